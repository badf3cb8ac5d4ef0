// Swaps the clearinghouse of the published eligibility flow for several, as a practice admin would on the canvas.
import { readFileSync } from 'node:fs';
import type { FlowNode } from '../../domain/template/flow.ts';
import type { Stack } from '../../runtime/stack.ts';

interface Stored {
  readonly id: string;
  readonly name: string;
  readonly nodes: FlowNode[];
  readonly connections: Record<string, { main: { node: string; type: string; index: number }[][] }>;
  readonly settings: Record<string, unknown>;
}

export interface Way {
  readonly payer: string;
  /** Name of the connection. */
  readonly through: string;
}

const types: Readonly<Record<string, string>> = {
  Availity: 'availity',
  'Change Healthcare': 'changeHealthcare',
  Stedi: 'stedi',
  'X12 Files': 'x12Files',
};

/** The published flow, its node *Check at payer*, and how to change it. */
async function openFlow(stack: Stack) {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${stack.urls.n8n}/api/v1${path}`, {
      method,
      headers: {
        'X-N8N-API-KEY': readFileSync(stack.n8n.apiKeyFile, 'utf8').trim(),
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`n8n refused ${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { data } = (await ask('GET', '/workflows?limit=50')) as { data: Stored[] };
  const flow = data.find(({ nodes }) => nodes.some(({ name }) => name === 'Check at payer'));
  const old = flow?.nodes.find(({ name }) => name === 'Check at payer');
  if (flow === undefined || old === undefined) throw new Error('The eligibility template is not installed.');
  const publish = async (
    changed: Pick<Stored, 'connections'> & { readonly nodes: readonly unknown[] },
  ): Promise<void> => {
    const { id, name, settings } = flow;
    await ask('PUT', `/workflows/${id}`, { name, settings, ...changed });
    await ask('POST', `/workflows/${id}/publish`, {});
  };
  return { flow, old, publish };
}

/** Another node in the place of *Check at payer*; nodes named in `off` are switched off. */
export async function useClearinghouse(stack: Stack, through: string, off: readonly string[] = []): Promise<void> {
  const { flow, old, publish } = await openFlow(stack);
  await publish({
    nodes: flow.nodes.map((node) =>
      node === old ? { ...old, ...nodeOf(old, through) } : off.includes(node.name) ? { ...node, disabled: true } : node,
    ),
    connections: flow.connections,
  });
}

function nodeOf(old: FlowNode, through: string): Pick<FlowNode, 'type' | 'parameters'> {
  return {
    type: `n8n-nodes-gait.${types[through] ?? 'availity'}`,
    parameters: { ...old.parameters, connection: { __rl: true, mode: 'name', value: through } },
  };
}

/** In place of *Check at payer*: a Switch by payer, a node for each way, a Merge before the answer. */
export async function swapClearinghouse(stack: Stack, ways: readonly Way[]): Promise<void> {
  const { flow, old, publish } = await openFlow(stack);
  const [x, y] = old.position;
  const target = (node: string, index = 0) => ({ node, type: 'main', index });
  const rule = ({ payer }: Way, index: number) => ({
    conditions: {
      options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
      conditions: [
        {
          id: String(index),
          leftValue: '={{ $json.structure.payer }}',
          rightValue: payer,
          operator: { type: 'string', operation: 'equals' },
        },
      ],
      combinator: 'and',
    },
    renameOutput: true,
    outputKey: payer,
  });
  const nodes = [
    ...flow.nodes.filter((node) => node !== old),
    {
      id: 'by-payer',
      name: 'By payer',
      type: 'n8n-nodes-base.switch',
      typeVersion: 3.2,
      position: [x, y],
      parameters: { rules: { values: ways.map(rule) }, options: {} },
    },
    ...ways.map(({ through }, index) => ({
      ...old,
      id: `way-${index}`,
      name: `Check through ${through}`,
      position: [x + 200, y + index * 160],
      ...nodeOf(old, through),
    })),
    {
      id: 'all-payers',
      name: 'All payers',
      type: 'n8n-nodes-base.merge',
      typeVersion: 3.2,
      position: [x + 400, y],
      parameters: { mode: 'append', numberInputs: ways.length },
    },
  ];
  const { [old.name]: after, ...rest } = flow.connections;
  const connections = {
    ...rest,
    'Asked to check': { main: [[target('By payer')]] },
    'By payer': { main: ways.map(({ through }) => [target(`Check through ${through}`)]) },
    ...Object.fromEntries(
      ways.map(({ through }, index) => [`Check through ${through}`, { main: [[target('All payers', index)]] }]),
    ),
    'All payers': after ?? { main: [[target('Answer: coverage')]] },
  };
  await publish({ nodes, connections });
}
