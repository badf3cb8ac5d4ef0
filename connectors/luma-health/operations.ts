// What Gait asks of Luma Health: messages that respect an opt-out, patients and appointments, waitlists, offers, reminders.
import type { ConnectionTest, Effect, Read } from '../connector.ts';
import { createAppointment, findAppointment, findAppointmentUpdate, updateAppointment } from './appointments.ts';
import type { AppointmentCreation, AppointmentUpdate } from './appointments.ts';
import { lumaHealthTimes as times } from './config.ts';
import type { LumaRecord } from './effects.ts';
import { listOffers, listReminders, listWaitlists } from './lists.ts';
import type { Listed, Offer, Reminder, WaitlistEntry } from './lists.ts';
import { contactPreferences, findMessage, messageStatus, sendMessage } from './messages.ts';
import type { ContactPreferences, MessageSending, MessageStatus } from './messages.ts';
import { createPatient, findPatient, findPatientUpdate, updatePatient } from './patients.ts';
import type { PatientCreation, PatientUpdate } from './patients.ts';
import { lumaSource } from './source.ts';

type AskOf<List extends (context: never, request: never) => unknown> = List extends (
  context: never,
  request: infer Request,
) => unknown
  ? Request
  : never;

interface LumaHealthOperations {
  readonly 'lumaHealth.message.send': Effect<MessageSending, LumaRecord>;
  readonly 'lumaHealth.message.get': Read<{ readonly messageId: string }, MessageStatus>;
  readonly 'lumaHealth.contactPreferences.get': Read<{ readonly patientId: string }, ContactPreferences>;
  readonly 'lumaHealth.patient.create': Effect<PatientCreation, LumaRecord>;
  readonly 'lumaHealth.patient.update': Effect<PatientUpdate, LumaRecord>;
  readonly 'lumaHealth.appointment.create': Effect<AppointmentCreation, LumaRecord>;
  readonly 'lumaHealth.appointment.update': Effect<AppointmentUpdate, LumaRecord>;
  readonly 'lumaHealth.waitlists.list': Read<AskOf<typeof listWaitlists>, Listed<WaitlistEntry>>;
  readonly 'lumaHealth.offers.list': Read<AskOf<typeof listOffers>, Listed<Offer>>;
  readonly 'lumaHealth.reminders.list': Read<AskOf<typeof listReminders>, Listed<Reminder>>;
  readonly 'lumaHealth.connection.test': Read<Record<string, never>, ConnectionTest>;
}

/** Four calls of at most a minute, half a minute of waiting for its turn before each. */
const requestTimeoutSeconds = 360;
const system = 'lumaHealth';
const reading = { system, effect: false, requestTimeoutSeconds } as const;
const effect = { system, effect: true, requestTimeoutSeconds, inquireAfterSeconds: 60, times } as const;

export const lumaHealthOperations: LumaHealthOperations = {
  'lumaHealth.message.send': { ...effect, name: 'lumaHealth.message.send', run: sendMessage, inquire: findMessage },
  'lumaHealth.message.get': { ...reading, name: 'lumaHealth.message.get', run: messageStatus },
  'lumaHealth.contactPreferences.get': {
    ...reading,
    name: 'lumaHealth.contactPreferences.get',
    run: contactPreferences,
  },
  'lumaHealth.patient.create': {
    ...effect,
    name: 'lumaHealth.patient.create',
    run: createPatient,
    inquire: findPatient,
  },
  'lumaHealth.patient.update': {
    ...effect,
    name: 'lumaHealth.patient.update',
    run: updatePatient,
    inquire: findPatientUpdate,
  },
  'lumaHealth.appointment.create': {
    ...effect,
    name: 'lumaHealth.appointment.create',
    run: createAppointment,
    inquire: findAppointment,
  },
  'lumaHealth.appointment.update': {
    ...effect,
    name: 'lumaHealth.appointment.update',
    run: updateAppointment,
    inquire: findAppointmentUpdate,
  },
  'lumaHealth.waitlists.list': { ...reading, name: 'lumaHealth.waitlists.list', run: listWaitlists },
  'lumaHealth.offers.list': { ...reading, name: 'lumaHealth.offers.list', run: listOffers },
  'lumaHealth.reminders.list': { ...reading, name: 'lumaHealth.reminders.list', run: listReminders },
  'lumaHealth.connection.test': {
    ...reading,
    name: 'lumaHealth.connection.test',
    run: (context) => lumaSource.test(context),
  },
};
