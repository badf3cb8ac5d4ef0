// The steps a clinic's flow may answer, as the editor offers them.
import type { INodePropertyOptions } from 'n8n-workflow';

export const stepOptions: INodePropertyOptions[] = [
  {
    name: 'Check Authorization',
    value: 'authorization.status',
    description: 'How has the payer decided? Answer with pending, approved, partlyApproved, denied or cancelled.',
  },
  {
    name: 'Record Authorization',
    value: 'authorization.record',
    description: 'Write the decision to the PT system. Answer with recorded or workItem.',
  },
  {
    name: 'Submit Authorization',
    value: 'authorization.submit',
    description: 'Submit an approved request to the payer. Answer with what the payer or the permit says.',
  },
];
