// Takes what the flow is told: the records themselves come from the server, which gives each out once.
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { listOf } from '../../shared/values';
import { answerRefused, claimAt } from '../../shared/webhook';

/** What a record is called where a later node asks for it. */
const nouns: Readonly<Record<string, string>> = {
  patients: 'patient',
  authorizations: 'authorization',
  appointments: 'appointment',
  notes: 'note',
  charges: 'charge',
  outcomes: 'outcome',
};

function startItem(entry: IDataObject): INodeExecutionData {
  const kind = typeof entry.kind === 'string' ? entry.kind : '';
  const { record, change, connection, structure } = entry;
  return {
    json: { [nouns[kind] ?? 'record']: record ?? null, kind, outcome: change ?? null, connection: connection ?? null, structure: structure ?? {} },
  };
}

/** @returns one start item per record, with a 200 when the flow has ended, or the server's refusing status with nothing started */
export async function claimRecords(this: IWebhookFunctions): Promise<IWebhookResponseData> {
  const reply = await claimAt.call(this, '/v1/records/claim');
  if (!reply.ok) return answerRefused.call(this, reply.refusal);
  const onlyNew = this.getNodeParameter('onlyNew', false) === true;
  const records = listOf(reply.body, 'records').filter(({ change }) => !onlyNew || change === 'added');
  // Nothing the flow wants to hear of: it does not start.
  if (records.length === 0) return { webhookResponse: { claimed: true } };
  return { workflowData: [records.map(startItem)] };
}
