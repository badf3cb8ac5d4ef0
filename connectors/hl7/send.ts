// Sends a message to the PT system, over MLLP or as a file its interface reads; and asks whether one in doubt arrived.
import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Inquiry, Outcome } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { AppointmentRow } from '../pt-records/rows.ts';
import { sendMllp } from './mllp-client.ts';
import type { Hl7Settings, SendSettings } from './settings.ts';
import { appointmentMessage, patientMessage } from './write-messages.ts';
import type { NewPatient, Sending } from './write-messages.ts';

/** `AA`: dealt with; `CA`: kept by the receiver; `file`: lies in the folder its interface reads. */
export interface MessageSent {
  readonly code: 'AA' | 'CA' | 'file';
  readonly controlId: string;
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

/**
 * Puts a message into the folder, whole or not at all, under its control id. A file of the same bytes is there already: it is the
 * same effect. Of other bytes: refused.
 */
async function sendFile(folder: string, bytes: Buffer, controlId: string): Promise<Outcome<MessageSent>> {
  const done = { kind: 'done', result: { code: 'file', controlId } } as const;
  const path = join(folder, `${controlId}.hl7`);
  const hidden = join(folder, `.${randomUUID()}.part`);
  try {
    await writeFile(hidden, bytes, { flag: 'wx', mode: 0o640 });
    // A link fails where the name is taken; a rename would overwrite what the interface has not read yet.
    await link(hidden, path);
    return done;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') return { kind: 'notSent', code: 'file.unreadable' };
    const before = await readFile(path).catch(() => null);
    if (before === null) return doubtful({ effect: true, inquireAfterSeconds: 60 }, 'file.unreadable');
    return before.equals(bytes) ? done : rejected('state.conflict', [{ code: 'control-id-used', field: 'MSH-10' }]);
  } finally {
    // What is left of a failed try is hidden and harms nobody.
    await rm(hidden, { force: true }).catch(() => undefined);
  }
}

function encodedAs(text: string, { charset }: SendSettings): Buffer | null {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  // The characters that Latin-1 and Windows-1252 share; a name with any other must not arrive misspelt.
  return [...text].every((one) => one.charCodeAt(0) <= 0xff && !/[\u0080-\u009f]/u.test(one))
    ? Buffer.from(text, 'latin1')
    : null;
}

async function sendText(
  context: ConnectorContext,
  settings: Hl7Settings,
  text: string,
  controlId: string,
): Promise<Outcome<MessageSent>> {
  const { send } = settings;
  if (send === undefined) return rejected('input.invalid', [{ code: 'not-set', field: 'hl7/send' }]);
  const bytes = encodedAs(text, send);
  if (bytes === null) return rejected('input.invalid', [{ code: 'character-not-in-set', field: 'hl7/send/charset' }]);
  if (send.folder !== undefined) return sendFile(send.folder, bytes, controlId);
  const { host = '127.0.0.1', port = 0, timeoutSeconds } = send;
  return sendMllp(bytes, { host, port, timeoutSeconds, signal: context.signal });
}

/** What cannot be written as a message is refused by its field, before anything leaves. */
function written(make: () => string): string | GaitError {
  try {
    return make();
  } catch (error) {
    if (error instanceof GaitError) return error;
    throw error;
  }
}

async function sendMessage(
  context: ConnectorContext,
  settings: Hl7Settings,
  sending: Sending,
  make: () => string,
): Promise<Outcome<MessageSent>> {
  const text = written(make);
  if (typeof text === 'string') return sendText(context, settings, text, sending.controlId);
  return rejected(text.code, [{ code: 'invalid', ...(text.where === undefined ? {} : { field: text.where }) }]);
}

/** Whether the file of a message lies in the folder. One that is not there was never put, or the interface has read it: nobody can tell. */
async function liesThere(folder: string, controlId: string): Promise<boolean> {
  return (await readFile(join(folder, `${controlId}.hl7`)).catch(() => null)) !== null;
}

/** A message in doubt is sent again where the receiver knows a repeated one; otherwise only a file that still lies there tells anything. */
async function inquireMessage(
  context: ConnectorContext,
  { send: target }: Hl7Settings,
  { controlId }: Sending,
  send: () => Promise<Outcome<MessageSent>>,
): Promise<Inquiry<MessageSent>> {
  const folder = target?.folder;
  if (folder !== undefined && (await liesThere(folder, controlId)))
    return { kind: 'found', result: { code: 'file', controlId } };
  if (target?.knowsRepeats !== true || context.signal.aborted)
    return doubtful({ effect: true, inquireAfterSeconds: 3600 }, 'vendor.unavailable');
  const outcome = await send();
  return outcome.kind === 'done' ? { kind: 'found', result: outcome.result } : outcome;
}

export interface PatientSending extends Sending {
  readonly event: 'A28' | 'A31';
}

/** Tells the PT system of a new (A28) or changed (A31) patient. Sends at most once. */
export function sendPatient(
  context: ConnectorContext,
  settings: Hl7Settings,
  patient: NewPatient,
  sending: PatientSending,
): Promise<Outcome<MessageSent>> {
  return sendMessage(context, settings, sending, () => patientMessage(settings, sending.event, patient, sending));
}

/** Whether the patient sent with the same control id and instant arrived. */
export function inquirePatient(
  context: ConnectorContext,
  settings: Hl7Settings,
  patient: NewPatient,
  sending: PatientSending,
): Promise<Inquiry<MessageSent>> {
  return inquireMessage(context, settings, sending, () => sendPatient(context, settings, patient, sending));
}

/** Tells the PT system of a booked visit (S12). Sends at most once. */
export function sendAppointment(
  context: ConnectorContext,
  settings: Hl7Settings,
  visit: { readonly appointment: AppointmentRow; readonly patient: NewPatient },
  sending: Sending,
): Promise<Outcome<MessageSent>> {
  const make = (): string => appointmentMessage(settings, visit.appointment, visit.patient, sending);
  return sendMessage(context, settings, sending, make);
}

/** Whether the visit sent with the same control id and instant arrived. */
export function inquireAppointment(
  context: ConnectorContext,
  settings: Hl7Settings,
  visit: { readonly appointment: AppointmentRow; readonly patient: NewPatient },
  sending: Sending,
): Promise<Inquiry<MessageSent>> {
  return inquireMessage(context, settings, sending, () => sendAppointment(context, settings, visit, sending));
}

/** Sends a signed note (T02) whose text was written beforehand. Sends at most once. */
export function sendNote(
  context: ConnectorContext,
  settings: Hl7Settings,
  text: string,
  sending: Sending,
): Promise<Outcome<MessageSent>> {
  return sendText(context, settings, text, sending.controlId);
}

/** Whether the note sent with the same control id arrived. */
export function inquireNote(
  context: ConnectorContext,
  settings: Hl7Settings,
  text: string,
  sending: Sending,
): Promise<Inquiry<MessageSent>> {
  return inquireMessage(context, settings, sending, () => sendNote(context, settings, text, sending));
}
