// A clinic's copy shares nothing with the template but its shape.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTemplate, FillError } from './fill.ts';
import type { Flow } from './flow.ts';
import { keepsNothing } from './flow.ts';
import { answersSameSteps, lintTemplate } from './lint.ts';
import type { Manifest } from './manifest.ts';

const note = { content: '## Submit\nAnswers the step of the same name.', width: 600, height: 320, color: 4 };
const flow: Flow = {
  name: 'Small',
  nodes: [
    { id: 'n', name: 'Note', type: 'n8n-nodes-base.stickyNote', typeVersion: 1, position: [0, 0], parameters: note },
    {
      id: 'a',
      name: 'Asked',
      type: 'n8n-nodes-gait.gaitStepTrigger',
      typeVersion: 1,
      position: [100, 120],
      parameters: { step: 'authorization.submit' },
      webhookId: 'w',
    },
    {
      id: 'b',
      name: 'Answer',
      type: 'n8n-nodes-gait.gaitStepAnswer',
      typeVersion: 1,
      position: [400, 120],
      parameters: { at: [{ hour: 6, minute: 0 }], to: '' },
    },
  ],
  connections: { Asked: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } },
  settings: { ...keepsNothing, executionOrder: 'v1', timezone: 'UTC' },
};
const text = { type: 'string', title: 'T', description: 'D' } as const;
const manifest: Manifest = {
  id: 'small',
  version: '1.0.0',
  title: 'Small',
  summary: 'Small',
  parameters: { type: 'object', additionalProperties: false, properties: { to: text, time: text, zone: text } },
  fills: [
    { parameter: 'to', node: 'Answer', path: ['to'] },
    { parameter: 'time', node: 'Answer', path: ['at', 0, 'hour'], part: 'hour' },
    { parameter: 'time', node: 'Answer', path: ['at', 0, 'minute'], part: 'minute' },
    { parameter: 'zone', path: ['timezone'] },
  ],
  connections: [],
  steps: ['authorization.submit'],
  goldenRuns: [],
};
const knows = (type: string): boolean => /^n8n-nodes-(base\.stickyNote|gait\.)/.test(type);
const credential = { id: 'cred1', name: 'Gait – demo' };

function copyOf(values: Record<string, string>, of: Flow = flow): Flow {
  let count = 0;
  return fillTemplate(of, manifest, values, { name: 'Copy', credential, newId: () => `new${(count += 1)}` });
}

test('any value and time is put where the manifest says, and nowhere else', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat({ max: 23 }), fc.nat({ max: 59 }), (to, hour, minute) => {
      const two = (value: number): string => String(value).padStart(2, '0');
      const copy = copyOf({ to, time: `${two(hour)}:${two(minute)}`, zone: 'America/Chicago' });
      expect(copy.nodes[2]?.parameters).toEqual({ at: [{ hour, minute }], to });
      expect(copy.settings).toEqual({ ...flow.settings, timezone: 'America/Chicago' });
      expect(copy.nodes.map(({ parameters }) => parameters).slice(0, 2)).toEqual(
        flow.nodes.map(({ parameters }) => parameters).slice(0, 2),
      );
      expect(copy.connections).toEqual(flow.connections);
    }),
  );
});

test('every node and every webhook address is new, and only Gait nodes hold the credential', () => {
  const { nodes } = copyOf({ to: 'x', time: '06:00', zone: 'UTC' });
  const ids = nodes.flatMap(({ id, webhookId }) => (webhookId === undefined ? [id] : [id, webhookId]));
  expect(new Set(ids).size).toBe(4);
  expect(ids.every((id) => id.startsWith('new'))).toBe(true);
  expect(nodes.map(({ credentials }) => credentials)).toEqual([
    undefined,
    { gaitApi: credential },
    { gaitApi: credential },
  ]);
});

test('a manifest that fills a place the flow does not have is refused', () => {
  const [, ...others] = flow.nodes;
  expect(() => copyOf({ to: 'x', time: '06:00', zone: 'UTC' }, { ...flow, nodes: others.slice(0, 1) })).toThrow(
    FillError,
  );
  expect(() => copyOf({ to: 'x', zone: 'UTC' })).toThrow(FillError);
  expect(() => copyOf({ to: 'x', time: '6', zone: 'UTC' })).toThrow(FillError);
});

test('a template without fault has no finding, and each fault has its own', () => {
  expect(lintTemplate(flow, manifest, knows)).toEqual([]);
  const rules = (changed: Partial<Flow>): string[] =>
    lintTemplate({ ...flow, ...changed }, manifest, knows).map(({ rule }) => rule);
  const changed = (index: number, change: object): Partial<Flow> => ({
    nodes: flow.nodes.map((node, at) => (at === index ? { ...node, ...change } : node)),
  });
  expect(rules(changed(2, { type: 'CUSTOM.gaitStepAnswer' }))).toContain('type.custom');
  expect(rules(changed(2, { type: 'n8n-nodes-base.executeCommand' }))).toContain('type.excluded');
  expect(rules(changed(2, { type: 'n8n-nodes-other.thing' }))).toContain('type.unknown');
  expect(rules(changed(2, { parameters: { to: '={{ $env.SECRET }}' } }))).toContain('expression.env');
  expect(rules(changed(2, { id: 'a' }))).toContain('id.duplicate');
  expect(rules(changed(2, { credentials: { gaitApi: credential } }))).toContain('credential.bound');
  expect(rules(changed(2, { position: [180, 120] }))).toContain('canvas.overlap');
  expect(rules(changed(2, { position: [400, 40] }))).toContain('canvas.overlap');
  expect(rules(changed(0, { parameters: { ...note, height: 60 } }))).toContain('note.unreadable');
  expect(rules(changed(1, { webhookId: undefined }))).toContain('webhook.missing');
  expect(rules({ connections: {} })).toEqual(['branch.loose', 'branch.loose']);
  expect(rules({ connections: { Asked: { main: [[{ node: 'Gone', type: 'main', index: 0 }]] } } })).toContain(
    'branch.unknown',
  );
  expect(rules({ settings: { ...flow.settings, saveDataErrorExecution: 'all' } })).toEqual(['settings.keeps-data']);
  expect(lintTemplate(flow, { ...manifest, steps: [] }, knows).map(({ rule }) => rule)).toEqual(['steps.differ']);
  expect(lintTemplate(flow, { ...manifest, fills: [] }, knows).map(({ rule }) => rule)).toContain('parameter.unused');
});

test("a flow answers the same step only with the same clinic's credential", () => {
  const { nodes } = copyOf({ to: 'x', time: '06:00', zone: 'UTC' });
  expect(answersSameSteps(nodes, ['authorization.submit'], 'cred1')).toBe(true);
  expect(answersSameSteps(nodes, ['authorization.submit'], 'cred2')).toBe(false);
  expect(answersSameSteps(nodes, ['authorization.status'], 'cred1')).toBe(false);
});
