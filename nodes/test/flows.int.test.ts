// Every workflow file beside this test runs through n8n's own engine; the pinned items of its nodes are what must come out.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openEngine, outputOf } from '../testing/engine.mts';
import type { Engine } from '../testing/engine.mts';
import { exampleFiles, workflowFiles } from '../testing/files.mts';
import { startGaitServer } from '../testing/gait-server.mts';
import type { GaitServer } from '../testing/gait-server.mts';

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

describe('a workflow file gives what its pinned items say', () => {
  test.each(workflowFiles())('$name', async (file) => {
    const run = await engine.run(file, server.credential);
    expect(run.data.resultData.error).toBeUndefined();
    const expected = Object.entries(file.pinData).filter(
      ([name]) => !/trigger$/i.test(file.nodes.find((node) => node.name === name)?.type ?? ''),
    );
    expect(expected.length).toBeGreaterThan(0);
    for (const [name, items] of expected) {
      const given = outputOf(run, name).map(({ json, pairedItem }) => ({ json, pairedItem }));
      expect(given).toEqual(items);
    }
  });
});

test.each(exampleFiles())('the example of $folder has every parameter its nodes want', ({ example }) => {
  const issues = example.nodes.flatMap((node) => engine.issuesOf(node).map((parameter) => `${node.name}: ${parameter}`));
  expect(issues).toEqual([]);
});

test('a node without a parameter it wants is marked', () => {
  const [tracks] = exampleFiles().flatMap(({ example }) => example.nodes.filter(({ name }) => name === 'Track authorizations'));
  if (tracks === undefined) throw new Error('no such node');
  expect(engine.issuesOf({ ...tracks, parameters: { ...tracks.parameters, authorization: '' } })).toEqual(['authorization']);
});
