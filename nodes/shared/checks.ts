// Asking a payer's system about many patients in few calls: the coverage checks of all items of one connection together.
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Reply } from '../transport/request';
import { gaitRequest } from '../transport/request';
import { readRefusal, refusalOf } from '../transport/refusal';
import type { Refusal } from '../transport/refusal';
import { connectionResolver } from './connection';
import { fieldsOf, refuse, requiredText } from './operation';
import { isDataObject, listOf } from './values';

/** As many as the server answers well within a request's time-out. */
const subjectsPerCall = 25;

/** The fields of an eligibility check, the same for every clearinghouse: swapping one is swapping its node. */
export function checkFields(resource: string): INodeProperties[] {
  return fieldsOf({ resource, operation: 'check' }, [
    {
      displayName: 'Check',
      name: 'check',
      type: 'string',
      required: true,
      default: '={{ $json.item }}',
      description: 'The reference of the eligibility check, as the step gives it',
    },
  ]);
}

interface Asked {
  readonly itemIndex: number;
  readonly subject: string;
}

/**
 * Runs `operation` for every item, the items of one connection in lists.
 * @returns one `{operation, subject, outcome, structure, refs}` per item in the order of the items; a check that failed is refused alone
 */
export async function runChecks(
  this: IExecuteFunctions,
  system: string,
  operation: string,
): Promise<INodeExecutionData[]> {
  const resolve = connectionResolver(this, system);
  const outputs: INodeExecutionData[] = [];
  const lists = new Map<string, Asked[]>();
  for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex += 1) {
    const subject = requiredText.call(this, 'check', 'Check', itemIndex);
    const connection = await resolve(itemIndex);
    if (typeof connection !== 'string') outputs[itemIndex] = refuse.call(this, connection, itemIndex, subject);
    else lists.set(connection, [...(lists.get(connection) ?? []), { itemIndex, subject }]);
  }
  for (const [connection, asked] of lists)
    for (let from = 0; from < asked.length; from += subjectsPerCall) {
      const part = asked.slice(from, from + subjectsPerCall);
      const reply = await gaitRequest.call(this, 'POST', '/v1/operations', {
        body: { operation, connection, subjects: part.map(({ subject }) => subject) },
      });
      for (const one of part) outputs[one.itemIndex] = outputOf.call(this, operation, one, reply);
    }
  return outputs;
}

function outputOf(this: IExecuteFunctions, operation: string, asked: Asked, reply: Reply): INodeExecutionData {
  const { itemIndex, subject } = asked;
  if (!reply.ok) return refuse.call(this, reply.refusal, itemIndex, subject);
  const result = listOf(reply.body, 'results').find((one) => one.item === subject);
  const refusal = refusalIn(result);
  if (result === undefined || refusal !== null)
    return refuse.call(this, refusal ?? refusalOf('service.unavailable'), itemIndex, subject);
  return {
    json: {
      operation,
      subject,
      outcome: result.outcome ?? null,
      structure: result.structure ?? {},
      refs: result.refs ?? [],
    },
    pairedItem: { item: itemIndex },
  };
}

/** A result that holds an error is read as the refusal of a call would be. */
function refusalIn(result: IDataObject | undefined): Refusal | null {
  return result !== undefined && isDataObject(result.error) ? readRefusal(502, { error: result.error }) : null;
}
