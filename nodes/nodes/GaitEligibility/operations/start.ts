// Starts one batch per run, however many items come in: who has to be checked is Gait's to find.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { fieldsOf, refuse } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'batch', operation: 'start' }, [
  {
    displayName: 'Kind',
    name: 'kind',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'New Patients and First Visits',
        value: 'new',
        description: 'Those who were never checked, and first visits that nobody asked about yet',
      },
      {
        name: 'Overnight',
        value: 'overnight',
        description:
          "Everybody who is due: new patients, first visits, new plan years and answers that are too old. A day's batch starts once, however often it is asked for.",
      },
    ],
    default: 'overnight',
    description: 'Whose coverage is checked. A batch starts once per run, not once per item.',
  },
]);

/** @returns one `{batch, outcome, checks}`, paired with every item; `outcome` is started, alreadyStarted or nothingToCheck */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const kind = this.getNodeParameter('kind', 0);
  const reply = await gaitRequest.call(this, 'POST', '/v1/eligibility/batches', { body: { kind } });
  if (!reply.ok) return [refuse.call(this, reply.refusal, 0)];
  const { batch = null, outcome = null, checks = [] } = reply.body;
  return [{ json: { batch, outcome, checks }, pairedItem: this.getInputData().map((_, item) => ({ item })) }];
}
