// What the package promises n8n: nothing to install beside it, and every node complete.
import type { INodeType } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { errorTable } from '../../domain/errors.ts';
import { stepNames } from '../../domain/step/call.ts';
import { roles, workItemKinds } from '../../domain/work-item/kinds.ts';
import { kindOptions, roleOptions } from '../nodes/GaitWorklist/operations/choices';
import { stepOptions } from '../shared/steps';
import { refusalWords } from '../transport/words';
import { exampleFiles } from '../testing/files.mts';
import { nodesPage } from '../testing/nodes-page.mts';
import { existing, manifest, nodeSources, operationsOf, readText } from '../testing/sources.mts';

test('nothing is installed beside the package', () => {
  expect(manifest.dependencies).toBeUndefined();
  expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
  expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
});

test.each(nodeSources())(
  '$name has a codex, both icons and a schema for each operation',
  ({ name, source, folder }) => {
    const codex: { node: string } = JSON.parse(readText(`${folder}/${name}.node.json`));
    const type = /name: '([a-zA-Z0-9]+)',\n\s+icon:/.exec(source)?.[1];
    expect(codex.node).toBe(`n8n-nodes-gait.${type}`);
    const icons = [...source.matchAll(/file:\.\.\/\.\.\/(icons\/[a-z0-9.]+\.svg)/g)].map((match) => match[1] ?? '');
    expect(icons).toHaveLength(2);
    for (const icon of icons) expect(readText(icon)).toMatch(/viewBox="0 0 60 60"/);
    const schemas = operationsOf(source).map(
      ({ resource, operation }) => `${folder}/__schema__/v1.0.0/${resource}/${operation}.json`,
    );
    const wanted = schemas.length === 0 ? [`${folder}/__schema__/v1.0.0.json`] : schemas;
    for (const schema of wanted) {
      expect(existing(schema), schema).toBe(true);
      expect(JSON.parse(readText(schema))).toMatchObject({ type: 'object', version: 1 });
    }
  },
);

test('docs/nodes.md says what the nodes offer; npm run docs writes it', async () => {
  const entries = await Promise.all(
    exampleFiles().map(async ({ folder, example }) => {
      const module: Record<string, new () => INodeType> = await import(`../nodes/${folder}/${folder}.node.ts`);
      const Node = module[folder];
      if (Node === undefined) throw new Error(`${folder} is not what its folder says`);
      return { folder, description: new Node().description, example: example.name };
    }),
  );
  expect(readText('../docs/nodes.md')).toBe(nodesPage(entries));
});

test('every node is registered, and every registered one is there', () => {
  expect(manifest.n8n.nodes).toEqual(nodeSources().map(({ name }) => `dist/nodes/${name}/${name}.node.js`));
});

/** The nodes of n8n itself that an example may use. */
const ofN8n = ['manualTrigger', 'scheduleTrigger', 'filter', 'stickyNote'].map((name) => `n8n-nodes-base.${name}`);

function typeOf(source: string): string {
  return `n8n-nodes-gait.${/name: '([a-zA-Z0-9]+)',\n\s+icon:/.exec(source)?.[1] ?? ''}`;
}

test.each(exampleFiles())('the example of $folder uses its node, known nodes only, and no credential', ({ folder, example }) => {
  const sources = new Map(nodeSources().map(({ source }) => [typeOf(source), source]));
  const own = typeOf(nodeSources().find(({ name }) => name === folder)?.source ?? '');
  const names = example.nodes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(example.nodes.map(({ type }) => type)).toContain(own);
  for (const node of example.nodes) {
    expect([...sources.keys(), ...ofN8n]).toContain(node.type);
    expect(node.credentials, node.name).toBeUndefined();
    const offered = operationsOf(sources.get(node.type) ?? '');
    const { resource, operation } = node.parameters;
    if (offered.length > 0) expect(offered).toContainEqual({ resource, operation });
  }
  // Every node is reached: all but the first and the note have one before them.
  const reached = Object.entries(example.connections).flatMap(([from, { main = [] }]) => {
    expect(names).toContain(from);
    return main.flatMap((output) => (output ?? []).map(({ node }) => node));
  });
  const before = example.nodes.filter(({ type }) => !/(trigger|stickyNote)$/i.test(type)).map(({ name }) => name);
  expect(reached.sort()).toEqual(before.sort());
});

test('no two examples share an address', () => {
  const addresses = exampleFiles().flatMap(({ example }) => example.nodes.flatMap(({ webhookId }) => webhookId ?? []));
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('no source names a custom folder type, the environment, or binary data', () => {
  for (const { name, all } of nodeSources()) {
    expect(all, name).not.toMatch(/CUSTOM\.|process\.env|binary|prepareBinaryData/i);
  }
});

test("the nodes know exactly the codes of Gait's error table", () => {
  expect(Object.keys(refusalWords).sort()).toEqual(Object.keys(errorTable).sort());
});

test('the trigger offers exactly the steps that are asked', () => {
  expect(stepOptions.map(({ value }) => value).sort()).toEqual([...stepNames].sort());
});

test('the worklist offers exactly the kinds and roles there are', () => {
  expect(kindOptions.map(({ value }) => value).sort()).toEqual(Object.keys(workItemKinds).sort());
  expect(roleOptions.map(({ value }) => value).sort()).toEqual([...roles].sort());
});

test('the words of a refusal avoid "error", "problem" and "failure" and say what to do', () => {
  for (const { message, fix } of Object.values(refusalWords)) {
    expect(`${message} ${fix}`).not.toMatch(/\b(error|problem|fail(ed|ure)?)\b/i);
    expect(fix.length).toBeGreaterThan(10);
  }
});
