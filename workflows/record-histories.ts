// Makes the golden histories anew: drives every path of every workflow on a dev server and writes what Temporal stored.
// Run it with `node workflows/record-histories.ts [folder…]` after a change that is meant to alter histories, and only then.

import { writeFileSync } from 'node:fs';
import type { History as WorkflowHistory } from '@temporalio/common/lib/proto-utils.js';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startDevServer } from '../test/harness/temporal.ts';
import { bundleWorkflows } from '../workers/bundle.ts';
import { track } from './authorization/testing/bench.ts';
import { paths } from './authorization/testing/paths.ts';
import { trackClaim } from './claim/testing/bench.ts';
import { claimPaths } from './claim/testing/paths.ts';
import { withBatch } from './eligibility-batch/testing/bench.ts';
import { batchPaths } from './eligibility-batch/testing/paths.ts';
import { withMessage } from './message/testing/bench.ts';
import { messagePaths } from './message/testing/paths.ts';
import { withFiling } from './note-filing/testing/bench.ts';
import { filingPaths } from './note-filing/testing/paths.ts';
import { withSlot } from './waitlist-offer/testing/bench.ts';
import { waitlistPaths } from './waitlist-offer/testing/paths.ts';
import { historiesOf, testClient, testWorker } from './testing/bench.ts';

function write(folder: string, file: string, history: WorkflowHistory): void {
  const text = `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`;
  writeFileSync(new URL(`./${folder}/histories/${file}`, import.meta.url), text);
  process.stdout.write(`${folder} ${file}: ${history.events?.length ?? 0} events\n`);
}

const named = process.argv.slice(2);
const isWanted = (folder: string): boolean => named.length === 0 || named.includes(folder);

const [dev, bundle] = await Promise.all([startDevServer(), bundleWorkflows()]);
try {
  const client = testClient(dev.environment);
  for (const { name, server: serverOf, drive } of isWanted('authorization') ? paths : []) {
    const server = serverOf();
    const reference = `auth_${name}`;
    const worker = await testWorker(dev.environment, bundle, server, reference);
    const histories = await worker.runUntil(async () => {
      const handle = await track(client, reference, reference);
      await drive(handle, server);
      return historiesOf(client, handle);
    });
    for (const [run, history] of histories.entries()) write('authorization', `${name}-${run + 1}.json`, history);
  }
  for (const { name, server: serverOf, drive } of isWanted('claim') ? claimPaths : []) {
    const server = serverOf();
    const reference = `clm_${name}`;
    const worker = await testWorker(dev.environment, bundle, server, reference);
    const histories = await worker.runUntil(async () => {
      const handle = await trackClaim(client, reference, reference);
      await drive(handle, server);
      return historiesOf(client, handle);
    });
    for (const [run, history] of histories.entries()) write('claim', `${name}-${run + 1}.json`, history);
  }
  for (const { name, server } of isWanted('eligibility-batch') ? batchPaths : []) {
    const until = new Date(Date.now() + (name === 'given-up' ? 4_000 : 600_000)).toISOString();
    await withBatch(dev.environment, bundle, server(until), `bat_${name}`, async (handle) => {
      await handle.result();
      write('eligibility-batch', `${name}-1.json`, await handle.fetchHistory());
    });
  }
  for (const { name, server: serverOf, drive } of isWanted('message') ? messagePaths : []) {
    const server = serverOf();
    await withMessage(dev.environment, bundle, server, async (handle) => {
      await drive(handle, server);
      write('message', `${name}-1.json`, await handle.fetchHistory());
    });
  }
  for (const { name, server: serverOf, drive } of isWanted('waitlist-offer') ? waitlistPaths : []) {
    const server = serverOf();
    await withSlot(dev.environment, bundle, server, async (handle) => {
      await drive(handle, server);
      write('waitlist-offer', `${name}-1.json`, await handle.fetchHistory());
    });
  }
  for (const { name, server: serverOf, drive } of isWanted('note-filing') ? filingPaths : []) {
    const server = serverOf();
    await withFiling(dev.environment, bundle, server, async (handle) => {
      await drive(handle, server);
      write('note-filing', `${name}-1.json`, await handle.fetchHistory());
    });
  }
} finally {
  await dev.stop();
}
