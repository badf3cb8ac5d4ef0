// Reads the workflow files of the tests.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
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

/** The example flow in the folder of a node, as it is imported into n8n. */
export type ExampleFile = Pick<WorkflowFile, 'name' | 'connections' | 'settings'> & { readonly nodes: INode[] };

const nodesFolder = join(import.meta.dirname, '..', 'nodes');

/** By the folder of the node. Throws where a node has none. */
export function exampleFiles(): { folder: string; example: ExampleFile }[] {
  return readdirSync(nodesFolder)
    .sort()
    .map((folder) => ({ folder, example: JSON.parse(readFileSync(join(nodesFolder, folder, 'example.json'), 'utf8')) }));
}
