// Puts a signed note where the charts are kept: the version that was signed, under a permit, once.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { connectionField } from '../../../shared/connection';
import { fieldsOf } from '../../../shared/operation';

/** Where charts are kept: the operation of the system, and whose connections it needs. */
export const charts = [
  { name: 'BreezyNotes', operation: 'breezyNotes.note.file', system: 'breezyNotes' },
  { name: 'Clinicient', operation: 'clinicient.note.file', system: 'clinicient' },
  { name: 'Prompt', operation: 'prompt.note.file', system: 'prompt' },
  { name: 'Raintree', operation: 'raintree.note.file', system: 'raintree' },
  { name: 'WebPT', operation: 'webpt.note.file', system: 'webpt' },
] as const;

const chartField: INodeProperties = {
  displayName: 'Chart',
  name: 'chart',
  type: 'options',
  noDataExpression: true,
  options: charts.map(({ name, operation }) => ({ name, value: operation })),
  default: 'webpt.note.file',
  description:
    'Which system keeps the charts. Its connection says how notes go there: as messages, as files, or by a person.',
};

export const description = fieldsOf({ resource: 'note', operation: 'file' }, [
  chartField,
  connectionField('WebPT'),
  subjectField('Note', 'note', '={{ $json.item }}', 'The signed note, as the step "File Note" hands it out'),
  ...effectFields,
]);

/** The chart that a stored choice names; the first one for a choice that this version does not know. */
export function chartOf(operation: unknown): (typeof charts)[number] {
  return charts.find((chart) => chart.operation === operation) ?? charts[0];
}

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const { system, operation } = chartOf(this.getNodeParameter('chart', 0));
  return await runEffect.call(this, system, operation, 'note', 'Note');
}
