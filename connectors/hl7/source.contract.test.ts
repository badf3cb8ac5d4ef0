// Files of messages as three PT systems leave them in a folder: the same clinic, with other numbers, clocks and words; and what goes wrong with files.
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { everyPayer } from '../../sandbox/clinic/payers.ts';
import { hl7Dialects } from '../../sandbox/hl7/dialects.ts';
import type { Hl7Dialect } from '../../sandbox/hl7/dialects.ts';
import { spoiled } from '../../sandbox/hl7/faults.ts';
import type { WritingFault } from '../../sandbox/hl7/faults.ts';
import { writeMessages } from '../../sandbox/hl7/files.ts';
import { messageKinds, PtSystem } from '../../sandbox/hl7/messages.ts';
import type { MessageKind } from '../../sandbox/hl7/messages.ts';
import type { Delivery, RecordsFetched } from '../pt-records/source.ts';
import { hl7Source } from './source.ts';
import { dialectSettings, hl7Context, patientRowsOf } from './testing/context.ts';
import { header, message, pid } from './testing/messages.ts';

const today = '2026-11-18';
const zone = 'America/Denver';
const clinic = generateClinic({ seed: 7, today, canary: null });
const words = { zone, payers: Object.fromEntries(Object.values(everyPayer).map(({ name, id }) => [name, id])) };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-hl7-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(id: Hl7Dialect['id'], kinds: readonly MessageKind[], faults: readonly WritingFault[] = []): void {
  const dialect = hl7Dialects[id];
  const system = new PtSystem(clinic, dialect, zone);
  const [first, second] = clinic.patients;
  if (first === undefined || second === undefined) throw new Error('no patients');
  const more = { merged: () => system.merge(first, 'PT99999'), deleted: () => system.patient(second, 'A29') };
  for (const kind of kinds) {
    const messages = system.of(kind);
    const spoilt = kind === 'patients' ? spoiled(messages, faults, more) : messages;
    writeMessages(kind, spoilt, { folder, dialect, today, faults });
  }
}

async function fetched(hl7: object = {}, more: object = {}): Promise<RecordsFetched> {
  const context = hl7Context({ folder, settleSeconds: 0, ...hl7 });
  const outcome = await hl7Source.fetch(context, { cursor: null, skip: [], clinic: words, ...more });
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

function ofKind<Kind extends Delivery['kind']>({ deliveries }: RecordsFetched, kind: Kind) {
  const isKind = (one: Delivery): one is Extract<Delivery, { kind: Kind }> => one.kind === kind;
  return deliveries.filter(isKind);
}

test.each(['webpt', 'clinicient', 'raintree'] as const)('the clinic as %s tells it', async (id) => {
  const dialect = hl7Dialects[id];
  write(id, messageKinds);
  const found = await fetched(dialectSettings[id]);
  expect(found.deliveries.flatMap(({ problems }) => problems)).toEqual([]);
  const [patients] = ofKind(found, 'patients');
  expect(patients?.rows.map(({ planOfCare: _plan, clinical: _clinical, ...row }) => row)).toEqual(
    patientRowsOf(clinic, dialect),
  );
  const [visits] = ofKind(found, 'appointments');
  expect(visits?.rows.map(({ startsAt: _, ...row }) => row)).toEqual(
    clinic.visits.map((one) => ({ ...one, recordNumber: dialect.recordNumber(one.recordNumber), units: null })),
  );
  expect(visits?.rows.every(({ startsAt }) => startsAt !== null)).toBe(true);
  const kept = clinic.visits.filter(({ status }) => status === 'arrived');
  const [notes] = ofKind(found, 'notes');
  expect(notes?.rows.map(({ date, signedOn }) => [date, signedOn])).toEqual(kept.map(({ date }) => [date, date]));
  const procedures = new Map(clinic.patients.map((one) => [one.recordNumber, one.planOfCare?.procedures ?? []]));
  const [charges] = ofKind(found, 'charges');
  expect(charges?.rows.map(({ date, code, chargeCents }) => [date, code, chargeCents])).toEqual(
    kept.flatMap(({ date, recordNumber }) =>
      (procedures.get(recordNumber) ?? []).map(({ code }) => [date, code, 4500]),
    ),
  );
  const [scores] = ofKind(found, 'outcomes');
  expect(scores?.rows.map(({ measure, score, date }) => ({ measure, score, date }))).toEqual(
    clinic.patients.flatMap(({ clinical }) => clinical.outcomeMeasures),
  );
});

describe('what goes wrong with messages', () => {
  const told = async (faults: readonly WritingFault[]) => {
    write('webpt', ['patients'], faults);
    const found = await fetched(dialectSettings.webpt);
    const [patients] = ofKind(found, 'patients');
    return {
      ...found,
      patients,
      problems: patients?.problems.map(({ column, reason, rejected }) => [column, reason, rejected]),
    };
  };
  const count = clinic.patients.length;
  const persons = (rows: readonly { recordNumber: string }[] | undefined): number =>
    new Set(rows?.map(({ recordNumber }) => recordNumber)).size;

  test('a trailer that counts wrong is told, and nobody is lost', async () => {
    const { patients, problems } = await told(['wrongBatchCount']);
    expect([persons(patients?.rows), problems]).toEqual([count, [['BTS-1', 'count does not match', false]]]);
  });
  test('a batch that was cut off loses its last message and says so', async () => {
    const { patients, problems } = await told(['batchCutOff']);
    expect([persons(patients?.rows), problems]).toEqual([count - 1, [['BTS', 'row cut off', true]]]);
  });
  test('an unknown event, a missing number, letters of another set', async () => {
    const { patients, problems, unrecognised } = await told(['unknownEvent', 'missingPid3', 'latin1']);
    expect([unrecognised, persons(patients?.rows)]).toEqual([1, count - 1]);
    expect(problems).toEqual(
      expect.arrayContaining([
        ['PID-3', 'empty', true],
        ['MSH-9', 'unknown event', true],
        ['MSH-18', 'characters not declared', false],
      ]),
    );
    expect(patients?.rows.some(({ name }) => name.family.includes('á'))).toBe(true);
  });
  test('merged and deleted patients are gone; what is repeated counts once', async () => {
    const { gone, patients } = await told(['mergedPatient', 'deletedPatient', 'repeatedControlId']);
    expect(gone).toEqual([
      { of: 'patient', id: '99999', mergedInto: '10001' },
      { of: 'patient', id: '10002', mergedInto: null },
    ]);
    expect([patients?.duplicates, persons(patients?.rows)]).toEqual([1, count - 1]);
  });
});

describe('files', () => {
  const put = (name: string, bytes: Buffer): void => {
    writeFileSync(join(folder, name), bytes);
  };
  const a28 = message(header('ADT^A28'), pid);

  test('a file taken once is not taken again, whatever its name', async () => {
    put('one.hl7', a28);
    const first = await fetched();
    expect(first.deliveries).toMatchObject([{ kind: 'patients', file: 'one.hl7', asOf: '2026-11-18T16:30:00.000Z' }]);
    const skip = first.deliveries.map(({ id }) => id);
    put('again.hl7', a28);
    expect(await fetched({}, { skip })).toMatchObject({ deliveries: [], skipped: 2 });
  });

  test('of a file with two kinds each is skipped by itself', async () => {
    put('both.hl7', message(header('ADT^A28'), pid, header('SIU^S12'), 'SCH|1|2|||||||||^^^202611180930', pid));
    const first = await fetched();
    expect(first.deliveries.map(({ kind }) => kind)).toEqual(['patients', 'appointments']);
    const [id] = first.deliveries.map((one) => one.id);
    const second = await fetched({}, { skip: [id] });
    expect(second.deliveries.map(({ kind }) => kind)).toEqual(['appointments']);
    expect(await fetched({}, { skip: first.deliveries.map((one) => one.id) })).toMatchObject({ skipped: 1 });
    expect((await fetched({}, { kinds: ['appointments'] })).deliveries).toHaveLength(1);
  });

  test('a file still being written waits, one marked as done does not; links and other names are not looked at', async () => {
    put('whole.hl7', a28);
    put('whole.hl7.done', Buffer.from(''));
    put('Fenwick-Test.pdf', Buffer.from(''));
    symlinkSync('/etc/hostname', join(folder, 'link.hl7'));
    const growing = setInterval(() => put('growing.hl7', Buffer.alloc(Math.ceil(performance.now()))), 20);
    try {
      await new Promise((next) => setTimeout(next, 40));
      const found = await fetched({ settleSeconds: 0.2 });
      expect(found).toMatchObject({ waiting: 1, unrecognised: 1, deliveries: [{ file: 'whole.hl7' }] });
    } finally {
      clearInterval(growing);
    }
  });

  test('who is deleted in one file and comes back in a later one is not gone', async () => {
    put('1.hl7', message(header('ADT^A29'), pid));
    await new Promise((next) => setTimeout(next, 20));
    put('2.hl7', a28);
    expect((await fetched()).gone).toEqual([]);
  });

  test('a limit ends the answer after a file and says that more wait', async () => {
    put('1.hl7', a28);
    put('2.hl7', message(header('ADT^A31'), pid));
    expect(await fetched({}, { limit: 1 })).toMatchObject({ more: true, deliveries: [{ rows: [{}] }] });
  });

  test('a folder that is not there is told by its setting', async () => {
    const context = hl7Context({ folder: join(folder, 'none') });
    expect(await hl7Source.fetch(context, { cursor: null, skip: [], clinic: {} })).toEqual({
      kind: 'rejected',
      code: 'file.unreadable',
      reasons: [{ code: 'unreadable', field: 'hl7/folder' }],
    });
    expect(await hl7Source.test(context)).toMatchObject({ kind: 'rejected' });
    const tested = await hl7Source.test(hl7Context({ folder, settleSeconds: 0 }));
    const facts = tested.kind === 'done' ? tested.result.facts : [];
    expect(facts).toContainEqual({ label: 'Files of messages', value: '0' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
