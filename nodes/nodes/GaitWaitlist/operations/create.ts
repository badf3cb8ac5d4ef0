// Puts a patient on the waitlist with what they need, as somebody asked them; what nobody asked is left out.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { collection } from '../../../shared/values';
import { patientField } from '../../GaitPatient/operations/patients';
import { textList } from './lists';
import { priorityOptions } from './priorities';

export const description = fieldsOf({ resource: 'entry', operation: 'create' }, [
  patientField,
  {
    displayName: 'Discipline',
    name: 'discipline',
    type: 'string',
    required: true,
    default: 'PT',
    placeholder: 'e.g. PT',
    description: 'What kind of therapy the visit is for',
  },
  {
    displayName: 'Minutes',
    name: 'minutes',
    type: 'number',
    typeOptions: { minValue: 5, maxValue: 480 },
    required: true,
    default: 45,
    description: 'How long the visit has to be',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      { displayName: 'Days Apart', name: 'daysApart', type: 'number', typeOptions: { minValue: 1 }, default: 1, description: 'Least distance between the days of two visits; 2 leaves a day between' },
      { displayName: 'Equipment', name: 'equipment', type: 'string', default: '', placeholder: 'e.g. table, pool', description: 'What the room must have, separated by commas' },
      { displayName: 'Locations', name: 'locations', type: 'string', default: '', placeholder: 'e.g. North, Main Street', description: 'Where the patient comes to, separated by commas. Left out: anywhere.' },
      { displayName: 'Notice in Minutes', name: 'noticeMinutes', type: 'number', default: 60, description: 'So long before the visit the patient wants to know' },
      { displayName: 'Priority', name: 'priority', type: 'options', options: priorityOptions, default: 'routine', description: 'How urgent the therapist calls the next visit' },
      { displayName: 'Therapists', name: 'therapists', type: 'string', default: '', placeholder: 'e.g. thr_…, thr_…', description: 'References of those who may treat, separated by commas. Left out: anybody of the discipline.' },
      { displayName: 'Visit to Move', name: 'replaces', type: 'string', default: '', placeholder: 'e.g. appt_…', description: 'The booked visit that would be moved to a freed slot. Left out: it would be one more visit.' },
      { displayName: 'Visits per Week', name: 'visitsPerWeek', type: 'number', typeOptions: { minValue: 1, maxValue: 7 }, default: 2, description: 'What the plan of care asks for' },
      { displayName: 'Wanted Therapist', name: 'wantedTherapist', type: 'string', default: '', placeholder: 'e.g. thr_…', description: 'The reference of who treats the patient' },
    ],
  },
]);

const lists = ['equipment', 'locations', 'therapists'];

/** @returns per input item `{entry, patient, outcome}`, `outcome` added or known */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const patient = requiredText.call(this, 'patient', 'Patient', itemIndex);
    const discipline = requiredText.call(this, 'discipline', 'Discipline', itemIndex);
    const options = collection.call(this, 'options', itemIndex);
    const wishes = Object.entries(options).map(([name, value]) => [name, lists.includes(name) ? textList(value) : value]);
    const body: IDataObject = {
      patient,
      discipline,
      minutes: Number(this.getNodeParameter('minutes', itemIndex)),
      ...Object.fromEntries(wishes),
    };
    return {
      subject: patient,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/waitlist/entries', { body }),
      outputs: ({ entry = null, outcome = null }) => [{ entry, patient, outcome }],
    };
  });
}
