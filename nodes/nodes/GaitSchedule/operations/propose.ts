// Proposes a series of visits for a patient's plan of care; the front desk accepts or changes it.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { collection } from '../../../shared/values';
import { gaitRequest } from '../../../transport/request';
import { patientField } from '../../GaitPatient/operations/patients';
import { textList } from '../../GaitWaitlist/operations/lists';

export const description = fieldsOf({ resource: 'series', operation: 'propose' }, [
  patientField,
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    description: 'What is left out is as the plan of care and the visits so far have it',
    options: [
      { displayName: 'Days Apart', name: 'daysApart', type: 'number', typeOptions: { minValue: 1, maxValue: 14 }, default: 2, description: 'Least distance between the days of two visits; 2 leaves a day between' },
      { displayName: 'Equipment', name: 'equipment', type: 'string', default: '', placeholder: 'e.g. table, pool', description: 'What the room must have, separated by commas' },
      { displayName: 'Minutes', name: 'minutes', type: 'number', typeOptions: { minValue: 5, maxValue: 480 }, default: 45, description: 'How long each visit is' },
      { displayName: 'Therapist', name: 'therapist', type: 'string', default: '', placeholder: 'e.g. thr_…', description: 'The reference of who treats the patient' },
      { displayName: 'Visits per Week', name: 'visitsPerWeek', type: 'string', default: '', placeholder: 'e.g. 3, 3, 2, 1', description: 'Week by week from tomorrow on, separated by commas; fewer each week tapers' },
    ],
  },
]);

/** @returns per input item `{patient, outcome, series, workItem}`; `outcome` proposed, known, notNeeded or planUnknown */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const patient = requiredText.call(this, 'patient', 'Patient', itemIndex);
    const { equipment, visitsPerWeek, ...options } = collection.call(this, 'options', itemIndex);
    const body: IDataObject = {
      patient,
      ...options,
      ...(equipment === undefined ? {} : { equipment: textList(equipment) }),
      ...(visitsPerWeek === undefined ? {} : { visitsPerWeek: textList(visitsPerWeek).map(Number) }),
    };
    return {
      subject: patient,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/schedule/series', { body }),
      outputs: ({ outcome = null, series = null, workItem = null }) => [{ patient, outcome, series, workItem }],
    };
  });
}
