// Reads the workflow files of the tests.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from './engine.mts';

const folder = join(import.meta.dirname, '..', 'test', 'workflows');

/** One workflow file by its name without `.json`. */
export function workflowFile(name: string): WorkflowFile {
  const file: WorkflowFile = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return file;
}

/** All of them, in the order of their names. */
export function workflowFiles(): WorkflowFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => workflowFile(name.replace(/\.json$/, '')));
}
