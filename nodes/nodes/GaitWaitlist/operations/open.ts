// Opens a freed slot: those who wait are ranked and the first is asked; what the schedule does not tell is asked of staff.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { eachItem, fieldsOf } from '../../../shared/operation';
import { collection } from '../../../shared/values';
import { textList } from './lists';

export const description = fieldsOf({ resource: 'slot', operation: 'open' }, [
  {
    displayName: 'Visit',
    name: 'appointment',
    type: 'string',
    default: '={{ $json.appointment }}',
    placeholder: 'e.g. appt_…',
    description: 'The cancelled visit whose time is free. Empty: an hour that was always free; then say every fact of it below.',
  },
  {
    displayName: 'Facts',
    name: 'facts',
    type: 'collection',
    placeholder: 'Add fact',
    default: {},
    description: 'What the schedule does not tell of the visit. A fact that nobody knows becomes an item for the front desk.',
    options: [
      { displayName: 'Discipline', name: 'discipline', type: 'string', default: 'PT', placeholder: 'e.g. PT' },
      { displayName: 'Equipment', name: 'equipment', type: 'string', default: '', placeholder: 'e.g. table, pool', description: 'What the room has, separated by commas' },
      { displayName: 'Location', name: 'location', type: 'string', default: '', placeholder: 'e.g. North' },
      { displayName: 'Minutes', name: 'minutes', type: 'number', typeOptions: { minValue: 5, maxValue: 480 }, default: 45 },
      { displayName: 'Starts At', name: 'startsAt', type: 'dateTime', default: '', description: 'When the slot begins' },
      { displayName: 'Therapist', name: 'therapist', type: 'string', default: '', placeholder: 'e.g. thr_…', description: 'The reference of the therapist whose time it is' },
    ],
  },
]);

/** @returns per input item `{slot, outcome, missing, workItem}`; `outcome` opened, known, asksStaff, over or notFree */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const visit: unknown = this.getNodeParameter('appointment', itemIndex, '');
    const { equipment, ...facts } = collection.call(this, 'facts', itemIndex);
    const appointment = typeof visit === 'string' && visit.trim() !== '' ? visit.trim() : null;
    const body: IDataObject = {
      ...facts,
      ...(equipment === undefined ? {} : { equipment: textList(equipment) }),
      ...(typeof facts.startsAt === 'string' ? { startsAt: new Date(facts.startsAt).toISOString() } : {}),
      ...(appointment === null ? {} : { appointment }),
    };
    return {
      ...(appointment === null ? {} : { subject: appointment }),
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/waitlist/slots', { body }),
      outputs: ({ slot = null, outcome = null, missing = [], workItem = null }) => [{ appointment, slot, outcome, missing, workItem }],
    };
  });
}
