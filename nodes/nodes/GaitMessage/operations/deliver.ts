// Hands a message to a vendor, over the channel that the step names: under a permit, once.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { runEffect, subjectField } from '../../../shared/adapter';
import { connectionField } from '../../../shared/connection';
import { fieldsOf } from '../../../shared/operation';

/** What carries messages: the operation of the vendor, and whose connections it needs. */
export const carriers = [
  { name: 'Klara: Table for Staff or the Bridge', operation: 'klara.message.send', system: 'klara' },
  { name: 'Luma Health: Message', operation: 'lumaHealth.message.send', system: 'lumaHealth' },
  { name: 'SMTP: E-Mail', operation: 'smtp.message.send', system: 'smtp' },
  { name: 'Twilio: Call', operation: 'twilio.call.place', system: 'twilio' },
  { name: 'Twilio: Text', operation: 'twilio.message.send', system: 'twilio' },
] as const;

export const carrierField: INodeProperties = {
  displayName: 'Carrier',
  name: 'carrier',
  type: 'options',
  noDataExpression: true,
  options: carriers.map(({ name, operation }) => ({ name, value: operation })),
  default: 'twilio.message.send',
  description: 'Which vendor carries the message, and how',
};

export const description = fieldsOf({ resource: 'message', operation: 'deliver' }, [
  carrierField,
  connectionField('Twilio'),
  subjectField('Message', 'message', '={{ $json.item }}', 'The message, as the step "Send Message" hands it out'),
]);

/** The carrier that a stored choice names; the first one for a choice that this version does not know. */
export function carrierOf(operation: unknown): (typeof carriers)[number] {
  return carriers.find((carrier) => carrier.operation === operation) ?? carriers[0];
}

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const { system, operation } = carrierOf(this.getNodeParameter('carrier', 0));
  return await runEffect.call(this, system, operation, 'message', 'Message');
}
