// Asking a payer's system about many patients in few calls: the coverage checks of all items of one connection together.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../transport/request';
import { connectionResolver } from './connection';
import { fieldsOf } from './operation';
import { askTogether, entryOf } from './together';

/** As many as the server answers well within a request's time-out. */
const subjectsPerCall = 50;

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

/**
 * Runs `operation` for every item, the items of one connection in lists.
 * @returns one `{operation, subject, outcome, structure, refs}` per item in the order of the items; a check that failed is refused alone
 */
export async function runChecks(
  this: IExecuteFunctions,
  system: string,
  operation: string,
): Promise<INodeExecutionData[]> {
  const resultIn = entryOf('results', 'item');
  return await askTogether.call(this, {
    field: { name: 'check', label: 'Check' },
    perRequest: subjectsPerCall,
    groupOf: connectionResolver(this, system),
    ask: async (subjects, connection) =>
      await gaitRequest.call(this, 'POST', '/v1/operations', { body: { operation, connection, subjects } }),
    resultOf: (body, subject) => {
      const result = resultIn(body, subject);
      if (result === undefined || result.error !== undefined) return result;
      const { outcome = null, structure = {}, refs = [] } = result;
      return { operation, subject, outcome, structure, refs };
    },
  });
}
