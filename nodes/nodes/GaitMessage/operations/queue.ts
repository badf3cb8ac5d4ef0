// Queues a message to a patient for an occasion, once; the rules decide when it goes and over which channel.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { readRefusal } from '../../../transport/refusal';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { isDataObject, listOf } from '../../../shared/values';
import { patientField } from '../../GaitPatient/operations/patients';

export const description = fieldsOf({ resource: 'message', operation: 'queue' }, [
  patientField,
  {
    displayName: 'Purpose',
    name: 'purpose',
    type: 'options',
    options: [
      { name: 'Discharge Notice', value: 'discharge.notice', description: 'The plan ends soon' },
      { name: 'Discharge, Fewer Visits', value: 'discharge.fewer', description: 'Visits become fewer before the plan ends' },
      { name: 'Exercise Milestone', value: 'exercise.milestone', description: 'The home program was done so many times' },
      { name: 'Exercise Reminder', value: 'exercise.reminder', description: 'Time for the home program' },
      { name: 'Forms', value: 'forms.request', description: 'Ask for the intake forms before a visit' },
      { name: 'Missed Visit', value: 'visit.missed', description: 'Offer a new time' },
      { name: 'Video Visit', value: 'visit.telehealth', description: 'How to join a video visit' },
      { name: 'Visit Booked', value: 'visit.booked', description: 'When it is and how to prepare' },
      { name: 'Visit Reminder', value: 'visit.reminder', description: 'When it is, with a way to confirm or to change it' },
      { name: 'Welcome', value: 'patient.welcome', description: 'A new patient, with the forms' },
    ],
    default: 'visit.reminder',
    description: 'Why the message is written: its words, its consent and its caps follow from it',
  },
  {
    displayName: 'Visit',
    name: 'about',
    type: 'string',
    default: '={{ $json.appointment }}',
    placeholder: 'e.g. appt_…',
    description: 'The visit it is about. Empty: about no visit.',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      { displayName: 'Count', name: 'count', type: 'number', default: 1, description: 'How often the home program was done' },
      { displayName: 'Date', name: 'date', type: 'string', default: '', placeholder: 'e.g. 2026-12-01', description: 'The day it is about, where it is about no visit' },
      { displayName: 'Link', name: 'link', type: 'string', default: '', placeholder: 'e.g. https://…', description: 'Where it leads: a video room, a home program, a form. It names no patient.' },
      { displayName: 'Occasion', name: 'occasion', type: 'string', default: '', placeholder: 'e.g. week-3', description: 'Tells two messages of one purpose apart. The same occasion again is the same message.' },
      { displayName: 'Useful for Hours', name: 'untilHours', type: 'number', default: 72, description: 'After so many hours the message is of no use and is not sent' },
    ],
  },
]);

/** @returns per input item `{patient, message, outcome, structure, refs}`, `outcome` queued or known */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const patient = requiredText.call(this, 'patient', 'Patient', itemIndex);
    const about: unknown = this.getNodeParameter('about', itemIndex, '');
    const options: unknown = this.getNodeParameter('options', itemIndex, {});
    const said = Object.entries(isDataObject(options) ? options : {}).filter(([, value]) => value !== '');
    const message: IDataObject = {
      patient,
      purpose: this.getNodeParameter('purpose', itemIndex),
      ...(typeof about === 'string' && about !== '' ? { about } : {}),
      ...Object.fromEntries(said),
    };
    return {
      subject: patient,
      ask: async () => {
        const reply = await gaitRequest.call(this, 'POST', '/v1/messages', { body: { messages: [message] } });
        const error = reply.ok ? listOf(reply.body, 'items')[0]?.error : undefined;
        return isDataObject(error) ? { ok: false, refusal: readRefusal(502, { error }) } : reply;
      },
      outputs: (body) =>
        listOf(body, 'items').map(({ outcome = null, structure = {}, refs = [] }) => ({
          patient,
          message: Array.isArray(refs) ? (refs[0] ?? null) : null,
          outcome,
          structure,
          refs,
        })),
    };
  });
}
