// What Gait tells a PT system: the message is what its own reader reads back, sent once, over MLLP or as a file; and what is known of one in doubt.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { Receiver } from '../../sandbox/hl7/wire.ts';
import { readMessage } from './read-message.ts';
import { inquireAppointment, inquirePatient, sendAppointment, sendPatient } from './send.ts';
import { hl7Context } from './testing/context.ts';
import { clinicWords, settingsOf } from './testing/messages.ts';
import { appointmentMessage, patientMessage } from './write-messages.ts';
import type { NewPatient } from './write-messages.ts';

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const clinic = generateClinic({ seed: 3, today: '2026-11-18', canary: null });
const sending = { controlId: 'a1b2c3d4e5f6a7b8c9d0', at: '2026-11-18T20:00:00.000Z' };
const receivedAt = '2026-11-18T21:00:00.000Z';

const newPatients = clinic.patients.map(({ coverage, further, ...patient }): NewPatient => {
  return { ...patient, reference: 'pat_1', coverages: [coverage, ...further] };
});
const [patient] = newPatients;
if (patient === undefined) throw new Error('no patients');

const appointment = {
  appointmentId: 'V-1|2',
  recordNumber: patient.recordNumber ?? '',
  date: '2026-11-20',
  time: '09:30',
  startsAt: '2026-11-20T16:30:00.000Z',
  status: 'booked',
  type: 'Follow-up & tape',
  units: null,
  therapist: { id: 'T-7', name: 'Dana Quill' },
  room: 'Room 2',
  location: 'Mesa Falls',
  minutes: 45,
} as const;

test('every patient of the clinic, written and read again, is the same', () => {
  const settings = settingsOf({ identifier: { authority: 'PTSYS' } });
  for (const one of newPatients) {
    const text = patientMessage(settings, 'A31', one, sending);
    const { coverages, reference: _, clinical: _unsent, ...whole } = one;
    const known = { ...whole, planOfCare: null, authorizationRequired: null };
    const payers = Object.fromEntries(coverages.map(({ payerName, payerId }) => [payerName, payerId ?? 'other']));
    const rows = coverages.map((coverage) => ({
      ...known,
      coverage: { ...coverage, payerId: payers[coverage.payerName] },
    }));
    const words = { ...clinicWords, payers };
    expect(readMessage(text, settings, words, { receivedAt }).deliveries).toMatchObject([
      { kind: 'patients', rows, problems: [], asOf: sending.at },
    ]);
  }
});

test('a booked visit, written and read again, is the same', () => {
  const settings = settingsOf();
  const text = appointmentMessage(settings, appointment, patient, sending);
  expect(readMessage(text, settings, clinicWords, { receivedAt }).deliveries).toMatchObject([
    { kind: 'appointments', rows: [appointment], problems: [] },
  ]);
});

test('a newcomer without a number is named by Gait’s reference; without either nothing is sent', async () => {
  const settings = settingsOf({ send: { folder: '/nowhere' } });
  const newcomer = { ...patient, recordNumber: null };
  expect(patientMessage(settings, 'A28', newcomer, sending)).toContain('|pat_1^^^GAIT^PI|');
  const nobody = { ...newcomer, reference: null };
  const context = hl7Context({});
  expect(await sendPatient(context, settings, nobody, { ...sending, event: 'A28' })).toEqual({
    kind: 'rejected',
    code: 'input.invalid',
    reasons: [{ code: 'invalid', field: 'recordNumber' }],
  });
  expect(
    await sendPatient(context, settings, patient, { ...sending, controlId: 'x'.repeat(21), event: 'A28' }),
  ).toMatchObject({
    kind: 'rejected',
    reasons: [{ field: 'controlId' }],
  });
  expect(await sendPatient(context, settingsOf(), patient, { ...sending, event: 'A28' })).toMatchObject({
    kind: 'rejected',
    reasons: [{ field: 'hl7/send' }],
  });
});

describe('over MLLP', () => {
  const over = async (faults: Receiver['faults'], more: object = {}) => {
    const receiver = new Receiver();
    receiver.faults = faults;
    const port = await receiver.start(0);
    cleanups.push(() => receiver.stop());
    return { receiver, settings: settingsOf({ send: { host: '127.0.0.1', port, timeoutSeconds: 0.2, ...more } }) };
  };
  const a28 = { ...sending, event: 'A28' } as const;

  test('a doubtful sending is settled where the receiver knows a repeated message, and applied once', async () => {
    const { receiver, settings } = await over([{ fault: 'closeAfterTaking' }], { knowsRepeats: true });
    expect(await sendPatient(hl7Context({}), settings, patient, a28)).toMatchObject({ kind: 'uncertain' });
    expect(await inquirePatient(hl7Context({}), settings, patient, a28)).toEqual({
      kind: 'found',
      result: { code: 'AA', controlId: sending.controlId },
    });
    expect(receiver.received).toMatchObject([{ event: 'ADT^A28^ADT_A05', times: 2 }]);
  });

  test('where it does not, nobody can tell, and nothing is sent again', async () => {
    const { receiver, settings } = await over([{ fault: 'noAck' }]);
    const visit = { appointment, patient };
    expect(await sendAppointment(hl7Context({}), settings, visit, sending)).toMatchObject({ kind: 'uncertain' });
    expect(await inquireAppointment(hl7Context({}), settings, visit, sending)).toMatchObject({ kind: 'uncertain' });
    expect(receiver.received).toMatchObject([{ event: 'SIU^S12^SIU_S12', times: 1 }]);
  });
});

describe('into a folder', () => {
  const into = (more: object = {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'gait-hl7-out-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    return { folder, settings: settingsOf({ send: { folder, ...more } }) };
  };
  const a31 = { ...sending, event: 'A31' } as const;

  test('a message is a file under its control id, once; the same effect again changes nothing, another is refused', async () => {
    const { folder, settings } = into();
    const done = { kind: 'done', result: { code: 'file', controlId: sending.controlId } };
    expect(await sendPatient(hl7Context({}), settings, patient, a31)).toEqual(done);
    expect(await sendPatient(hl7Context({}), settings, patient, a31)).toEqual(done);
    expect(await inquirePatient(hl7Context({}), settings, patient, a31)).toMatchObject({ kind: 'found' });
    expect(await sendPatient(hl7Context({}), settings, { ...patient, birthDate: null }, a31)).toMatchObject({
      kind: 'rejected',
      reasons: [{ code: 'control-id-used' }],
    });
    expect(readdirSync(folder)).toEqual([`${sending.controlId}.hl7`]);
  });

  test('a file the interface has read meanwhile tells nothing', async () => {
    const { settings } = into();
    expect(await inquirePatient(hl7Context({}), settings, patient, a31)).toMatchObject({ kind: 'uncertain' });
  });

  test('a folder that is not there, and a name its character set has no letters for, send nothing', async () => {
    const { folder, settings } = into({ charset: 'windows-1252' });
    const named = (family: string) => ({ ...patient, name: { given: 'Zoë', family } });
    expect(await sendPatient(hl7Context({}), settings, named('Nowák'), a31)).toMatchObject({ kind: 'done' });
    expect(readFileSync(join(folder, `${sending.controlId}.hl7`)).includes(Buffer.from('Zoë', 'latin1'))).toBe(true);
    expect(await sendPatient(hl7Context({}), settings, named('Łoś'), a31)).toMatchObject({
      kind: 'rejected',
      reasons: [{ code: 'character-not-in-set' }],
    });
    writeFileSync(join(folder, 'file'), '');
    const nowhere = settingsOf({ send: { folder: join(folder, 'file') } });
    expect(await sendPatient(hl7Context({}), nowhere, patient, a31)).toMatchObject({ kind: 'notSent' });
  });
});
