// How urgent the therapist calls the next visit.
import type { INodePropertyOptions } from 'n8n-workflow';

export const priorityOptions: INodePropertyOptions[] = [
  { name: 'Routine', value: 'routine' },
  { name: 'Soon', value: 'soon' },
  { name: 'Urgent', value: 'urgent' },
];
