// Every template of the library: free of faults against the installed n8n, and each golden run asks Gait for exactly what it says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readTemplate, templateIds, templatesFolder } from '../cli/templates/library.ts';
import { fillTemplate } from '../domain/template/fill.ts';
import type { Flow } from '../domain/template/flow.ts';
import { lintTemplate } from '../domain/template/lint.ts';
import { defaultsOf } from '../domain/template/manifest.ts';
import { openEngine } from '../nodes/testing/engine.mts';
import type { Engine, WorkflowFile } from '../nodes/testing/engine.mts';
import { startGaitServer } from '../nodes/testing/gait-server.mts';
import type { Call, GaitServer } from '../nodes/testing/gait-server.mts';

interface GoldenRun {
  readonly says: string;
  readonly start: string;
  readonly items: Record<string, never>[];
  readonly asks: Call[];
}

let engine: Engine;
let server: GaitServer;

beforeAll(async () => {
  engine = await openEngine();
  server = await startGaitServer();
}, 120_000);
afterAll(async () => {
  engine?.close();
  await server?.close();
});
afterEach(() => server.reset());

function knows(type: string, version: number): boolean {
  try {
    const { version: versions } = engine.nodeTypes.getByNameAndVersion(type, version).description;
    return Array.isArray(versions) ? versions.includes(version) : versions === version;
  } catch {
    return false;
  }
}

function runnable(flow: Flow, start: string, items: GoldenRun['items']): WorkflowFile {
  const nodes = flow.nodes.map((node): INode => {
    const { credentials: _, ...rest } = node;
    const parameters: INode['parameters'] = JSON.parse(JSON.stringify(rest.parameters)) as INode['parameters'];
    return { ...rest, position: [...rest.position], parameters };
  });
  return {
    name: flow.name,
    nodes,
    connections: structuredClone(flow.connections) as WorkflowFile['connections'],
    settings: { executionOrder: 'v1' },
    pinData: { [start]: items.map((json, item) => ({ json, pairedItem: { item } })) },
  };
}

const library = templateIds().map((id) => ({ id, ...readTemplate(id) }));

test.each(library)('$id has no fault against the installed n8n', ({ flow, manifest }) => {
  expect(lintTemplate(flow, manifest, knows)).toEqual([]);
});

describe.each(library)('$id', ({ id, flow, manifest }) => {
  const runs = manifest.goldenRuns.map(
    (path) => JSON.parse(readFileSync(join(templatesFolder, id, path), 'utf8')) as GoldenRun,
  );

  test.each(runs)('golden run: $says', async ({ start, items, asks }) => {
    const copy = fillTemplate(flow, manifest, defaultsOf(manifest), {
      name: 'copy',
      credential: { id: '1', name: 'Gait' },
      newId: () => crypto.randomUUID(),
    });
    const run = await engine.run(runnable(copy, start, items), server.credential);
    expect(run.data.resultData.error).toBeUndefined();
    expect(server.calls).toEqual(asks);
  });
});
