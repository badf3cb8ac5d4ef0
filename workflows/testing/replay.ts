// Replays golden histories on the workflows as they are now.

import { readFileSync, readdirSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../payload-codec/data-converter.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { syntheticKeys } from './synthetic-key.ts';

function filesIn(folder: URL): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json'));
}

/** The ways that have a history, in order; a way may have several runs. */
export function historyNames(folder: URL): string[] {
  return [...new Set(filesIn(folder).map((name) => name.replace(/-\d+\.json$/, '')))].sort();
}

/** @returns how many were replayed, and each that differs with its reason */
export async function replayAll(folder: URL): Promise<{ failed: string[]; replayed: number; files: number }> {
  const files = filesIn(folder);
  const histories = files.map((name) => {
    const parsed: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    return { workflowId: name, history: historyFromJSON(parsed) };
  });
  const failed: string[] = [];
  let replayed = 0;
  const options = { workflowBundle: await bundleWorkflows(), dataConverter: dataConverter(syntheticKeys) };
  for await (const result of Worker.runReplayHistories(options, histories)) {
    replayed += 1;
    if (result.error !== undefined) failed.push(`${result.workflowId}: ${result.error.message}`);
  }
  return { failed, replayed, files: files.length };
}
