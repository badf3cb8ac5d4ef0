// Asking a connected system through Gait: a reading operation, or an outside effect under a permit.
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../transport/request';
import type { Refusal } from '../transport/refusal';
import type { Reply } from '../transport/request';
import { connectionResolver } from './connection';
import { eachItem, requiredText } from './operation';
import { listOf } from './values';

/** The reference an operation is about. */
export function subjectField(label: string, name: string, fallback: string, description: string): INodeProperties {
  return { displayName: label, name, type: 'string', required: true, default: fallback, description };
}

/** What a person approved, and the effect's name in business terms. */
export const effectFields: INodeProperties[] = [
  {
    displayName: 'Approval',
    name: 'approval',
    type: 'string',
    default: '={{ $json.structure.approval }}',
    description:
      'The revision that a person approved, as the step names it. Gait sends that revision and nothing else.',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Effect Key',
        name: 'key',
        type: 'string',
        default: '={{ $json.structure.effectKey }}',
        description:
          'The identity of the effect in business terms. Gait derives it when this is left out; the same key is never sent twice.',
      },
    ],
  },
];

async function withConnection(
  resolve: (itemIndex: number) => Promise<string | Refusal>,
  itemIndex: number,
  send: (connection: string) => Promise<Reply>,
): Promise<Reply> {
  const connection = await resolve(itemIndex);
  return typeof connection === 'string' ? await send(connection) : { ok: false, refusal: connection };
}

/**
 * Runs a reading operation once per item.
 * @param ask gives the subject and options of an item
 * @returns `{operation, subject, outcome, structure, refs}`, or one output per entry where the system answers with a list
 */
export async function runReading(
  this: IExecuteFunctions,
  system: string,
  operation: string,
  ask: (itemIndex: number) => { subject?: string; options?: IDataObject },
): Promise<INodeExecutionData[]> {
  const resolve = connectionResolver(this, system);
  return await eachItem.call(this, async (itemIndex) => {
    const { subject, options } = ask(itemIndex);
    return {
      ...(subject === undefined ? {} : { subject }),
      ask: async () =>
        await withConnection(
          resolve,
          itemIndex,
          async (connection) =>
            await gaitRequest.call(this, 'POST', '/v1/operations', {
              body: {
                operation,
                connection,
                ...(subject === undefined ? {} : { subject }),
                ...(options === undefined ? {} : { options }),
              },
            }),
        ),
      outputs: (body) =>
        Array.isArray(body.items)
          ? listOf(body, 'items')
          : [
              {
                operation,
                subject: subject ?? null,
                outcome: body.outcome ?? null,
                structure: body.structure ?? {},
                refs: body.refs ?? [],
              },
            ],
    };
  });
}

/**
 * Asks for an outside effect once per item. Whatever the permit says (done, duplicate, shadow, blocked, wait, uncertain, not sent) comes
 * back as an outcome and is never thrown: a retry setting must not turn doubt into a second submission.
 * @returns `{operation, subject, key, state, outcome, rule, retryAfterSeconds, structure, refs}`; `outcome` is the answer of the system,
 *   or the state where there is none
 */
export async function runEffect(
  this: IExecuteFunctions,
  system: string,
  operation: string,
  subjectName: string,
  subjectLabel: string,
): Promise<INodeExecutionData[]> {
  const resolve = connectionResolver(this, system);
  return await eachItem.call(this, async (itemIndex) => {
    const subject = requiredText.call(this, subjectName, subjectLabel, itemIndex);
    const approval: unknown = this.getNodeParameter('approval', itemIndex, '');
    const key: unknown = this.getNodeParameter('options.key', itemIndex, '');
    return {
      subject,
      ask: async () =>
        await withConnection(
          resolve,
          itemIndex,
          async (connection) =>
            await gaitRequest.call(this, 'POST', '/v1/effects', {
              body: {
                operation,
                connection,
                subject,
                ...(typeof approval === 'string' && approval !== '' ? { approval } : {}),
                ...(typeof key === 'string' && key !== '' ? { key } : {}),
              },
            }),
        ),
      outputs: (body) => [
        {
          operation,
          subject,
          key: body.key ?? null,
          state: body.state ?? null,
          outcome: body.outcome ?? body.state ?? null,
          rule: body.rule ?? null,
          retryAfterSeconds: body.retryAfterSeconds ?? null,
          structure: body.structure ?? {},
          refs: body.refs ?? [],
        },
      ],
    };
  });
}
