// The steps a clinic's flow may answer, as the editor offers them.
import type { INodePropertyOptions } from 'n8n-workflow';

export const stepOptions: INodePropertyOptions[] = [
  {
    name: 'Check Authorization',
    value: 'authorization.status',
    description: 'How has the payer decided? Answer with pending, approved, partlyApproved, denied or cancelled.',
  },
  {
    name: 'Check Claim',
    value: 'claim.status',
    description:
      'How does the claim stand? Answer with pending, or with answered and the category the clearinghouse node tells.',
  },
  {
    name: 'Check Eligibility',
    value: 'eligibility.check',
    description: 'What does the payer cover? Answer each check of the list with what the clearinghouse node says.',
  },
  {
    name: 'Deliver Benefits Summaries',
    value: 'eligibility.deliver',
    description: 'Hand each summary to those who bill. Answer with delivered.',
  },
  {
    name: 'File Note',
    value: 'note.file',
    description: 'Put a signed note where the charts are kept. Answer with what the node "Gait Note" says.',
  },
  {
    name: 'Record Authorization',
    value: 'authorization.record',
    description: 'Write the decision to the PT system. Answer with recorded or workItem.',
  },
  {
    name: 'Send Message',
    value: 'message.send',
    description: 'Hand a message to a patient to the vendor of the channel. Answer with what the vendor node says.',
  },
  {
    name: 'Submit Authorization',
    value: 'authorization.submit',
    description: 'Submit an approved request to the payer. Answer with what the payer or the permit says.',
  },
  {
    name: 'Submit Claim',
    value: 'claim.submit',
    description: 'Send an approved claim to the payer. Answer with what the clearinghouse or the permit says.',
  },
];
