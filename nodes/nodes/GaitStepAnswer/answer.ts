// Builds the one answer of a call from all items that reached the end of the flow, and sends it.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError, jsonParse } from 'n8n-workflow';
import { isDataObject } from '../../shared/values';
import { gaitRequest } from '../../transport/request';
import { refusalError } from '../../transport/refusal';
import { completeAnswers, errorCodeOf, withoutIndex } from './answers';
import type { GivenAnswer } from './answers';
import { askedCall } from './call';
import type { AskedCall } from './call';

export const answerDescription: INodeProperties[] = [
  {
    displayName: 'Outcome',
    name: 'outcome',
    type: 'string',
    required: true,
    default: '={{ $json.outcome }}',
    description: 'The answer for each item, e.g. approved. An item with an error is answered with its code.',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Item',
        name: 'item',
        type: 'string',
        default: '',
        placeholder: 'e.g. {{ $json.item }}',
        description:
          'Which item of the call is answered. Left out, it follows the item linking of n8n back to the Gait Step trigger.',
      },
      {
        displayName: 'References',
        name: 'refs',
        type: 'json',
        default: '[]',
        description: "References of records in the vault that belong to the outcome. Left out, the item's own refs are sent.",
      },
      {
        displayName: 'Structure',
        name: 'structure',
        type: 'json',
        default: '{}',
        description:
          "Dates, counts and codes that belong to the outcome; no name, number or clinical word. Left out, the item's own structure is sent.",
      },
    ],
  },
];

/** An option, or what the item itself brings under its name. */
function optionOrOwn(this: IExecuteFunctions, name: 'structure' | 'refs', input: INodeExecutionData, itemIndex: number): unknown {
  const value: unknown = this.getNodeParameter(`options.${name}`, itemIndex, input.json[name] ?? null);
  if (typeof value !== 'string') return value;
  return value.trim() === '' ? undefined : jsonParse(value, { fallbackValue: undefined });
}

function givenAnswer(
  this: IExecuteFunctions,
  asked: AskedCall,
  input: INodeExecutionData,
  itemIndex: number,
): GivenAnswer {
  const named: unknown = this.getNodeParameter('options.item', itemIndex, '');
  const item = typeof named === 'string' && named !== '' ? named : asked.itemOf(itemIndex);
  const code = errorCodeOf(input);
  if (code !== null) return { item, itemIndex, error: { code } };
  const outcome: unknown = this.getNodeParameter('outcome', itemIndex, '');
  const structure = optionOrOwn.call(this, 'structure', input, itemIndex);
  const refs = optionOrOwn.call(this, 'refs', input, itemIndex);
  if (typeof outcome !== 'string' || outcome === '') {
    throw new NodeOperationError(this.getNode(), `No outcome for ${item}`, {
      description: 'Fill "Outcome"; it usually comes from the node before. [input.invalid]',
      itemIndex,
    });
  }
  return {
    item,
    itemIndex,
    outcome,
    ...(isDataObject(structure) ? { structure } : {}),
    ...(Array.isArray(refs) && refs.length > 0
      ? { refs: refs.filter((ref): ref is string => typeof ref === 'string') }
      : {}),
  };
}

/**
 * Answers the call that started this run, once, with every item the call asked about.
 * @returns per item of the call `{call, item, outcome | error, state}`; `state` is `stored` or `alreadyAnswered`
 */
export async function answerStep(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const asked = askedCall.call(this);
  const given = this.getInputData().map((input, itemIndex) => givenAnswer.call(this, asked, input, itemIndex));
  const completed = completeAnswers(asked.items, given);
  if (!completed.ok) {
    throw new NodeOperationError(this.getNode(), completed.message, {
      description: completed.fix,
      itemIndex: completed.itemIndex,
    });
  }
  const answers = completed.answers.map(withoutIndex);
  const reply = await gaitRequest.call(this, 'POST', '/v1/steps/answer', {
    body: { call: asked.call, attempt: asked.attempt, answers },
  });
  if (!reply.ok) throw refusalError(this.getNode(), reply.refusal);
  return completed.answers.map((answer) => ({
    json: { call: asked.call, ...withoutIndex(answer), state: reply.body.state ?? null },
    pairedItem:
      answer.itemIndex === null ? this.getInputData().map((_, item) => ({ item })) : { item: answer.itemIndex },
  }));
}
