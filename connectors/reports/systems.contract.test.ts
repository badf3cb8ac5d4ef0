// The same clinic as four systems export it, each in its own labels, words, bytes and clocks: every record comes back, every bad row is told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { breezyNotesDialect } from '../../sandbox/breezy-notes/dialects.ts';
import { clinicientDialect } from '../../sandbox/clinicient/dialects.ts';
import { sameClinic } from '../../sandbox/clinic/several-systems.ts';
import type { SystemPatient } from '../../sandbox/clinic/systems/model.ts';
import { promptDialect } from '../../sandbox/prompt/dialects.ts';
import { raintreeDialect } from '../../sandbox/raintree/dialects.ts';
import { reportControl } from '../../sandbox/reports/control.ts';
import type { SystemDialect } from '../../sandbox/reports/dialect.ts';
import { systemSchemas } from '../pt-systems.ts';
import { operations } from '../registry.ts';
import { breezyNotesReports, readBreezyNotesProfile } from '../breezy-notes/config.ts';
import { clinicientReports, readClinicientProfile } from '../clinicient/config.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { promptReports, readPromptProfile } from '../prompt/config.ts';
import type { PatientRow, RecordKind, RowsByKind, RowsOf } from '../pt-records/rows.ts';
import { recordKinds } from '../pt-records/rows.ts';
import type { Delivery, RecordsFetched, RecordsRequest, RecordSource } from '../pt-records/source.ts';
import { raintreeReports, readRaintreeProfile } from '../raintree/config.ts';
import { availityContext } from '../testing/context.ts';

interface System {
  readonly source: RecordSource;
  readonly dialect: SystemDialect;
  readonly profile: (config: Readonly<Record<string, unknown>>) => { readonly id: string };
  readonly schema: { readonly properties: object };
}

const systems: Readonly<Record<string, System>> = {
  clinicient: {
    source: clinicientReports,
    dialect: clinicientDialect,
    profile: readClinicientProfile,
    schema: systemSchemas.clinicient,
  },
  raintree: {
    source: raintreeReports,
    dialect: raintreeDialect,
    profile: readRaintreeProfile,
    schema: systemSchemas.raintree,
  },
  prompt: { source: promptReports, dialect: promptDialect, profile: readPromptProfile, schema: systemSchemas.prompt },
  'breezy-notes': {
    source: breezyNotesReports,
    dialect: breezyNotesDialect,
    profile: readBreezyNotesProfile,
    schema: systemSchemas.breezyNotes,
  },
};

let server: Server;
let folder: string;

beforeAll(async () => {
  const app = express();
  for (const [path, { dialect }] of Object.entries(systems))
    app.use(`/sandbox/${path}`, reportControl({ dialect, seed: 3, now: () => new Date('2026-11-18T12:00:00Z') }));
  await new Promise<void>((resolve) => {
    server = app.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function exported(path: string, body: object = {}): Promise<unknown> {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const answer = await fetch(`http://127.0.0.1:${port}/sandbox/${path}/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ folder, patients: 8, ...body }),
  });
  return answer.json();
}

const clinic = { zone: 'America/Denver' };
const context = (config: object = {}): ConnectorContext => ({
  ...availityContext({ url: '' }),
  config: { dropFolder: folder, settleSeconds: 0, ...config },
});

function done<Result>(outcome: Outcome<Result>): Result {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

const asked = (more: Partial<RecordsRequest> = {}): RecordsRequest => ({ cursor: null, skip: [], clinic, ...more });

const isOf =
  <Kind extends RecordKind>(kind: Kind) =>
  (delivery: Delivery): delivery is Delivery & RowsOf<Kind> =>
    delivery.kind === kind;

function rowsOf<Kind extends RecordKind>({ deliveries }: RecordsFetched, kind: Kind): RowsByKind[Kind][] {
  return deliveries.filter(isOf(kind)).flatMap(({ rows }): readonly RowsByKind[Kind][] => rows);
}

/** What a list of patients tells of one, whatever else is known. */
const told = ({ recordNumber, name, birthDate, gender, address, coverage, diagnoses }: PatientRow | SystemPatient) => ({
  recordNumber,
  name,
  birthDate,
  gender,
  address,
  coverage,
  diagnoses,
});

describe.each(Object.keys(systems))('%s', (path) => {
  const system = systems[path];
  if (system === undefined) throw new Error(path);
  const { source, dialect, profile, schema } = system;

  test('every record of every report comes back as it is, every bad row is told with its reason', async () => {
    const options = { patients: 75, duplicates: 4, badRows: 9, disagreements: 6 };
    await exported(path, options);
    const records = sameClinic({
      ...options,
      seed: 3,
      today: '2026-11-18',
      systems: [dialect.system],
      conflicts: 0,
    }).systems[dialect.system];
    if (records === undefined) throw new Error('The clinic was made for it.');
    const fetched = done(await source.fetch(context(), asked()));
    expect(fetched).toMatchObject({ waiting: 0, skipped: 0, unrecognised: 0, more: false, cursor: null });
    const patients = records.patients.flatMap((one) => [one, ...one.further.map((coverage) => ({ ...one, coverage }))]);
    expect(rowsOf(fetched, 'patients').map(told)).toEqual(patients.map(told));
    expect(rowsOf(fetched, 'patients').map(({ contact }) => contact.phone)).toEqual(
      patients.map(({ contact }) => contact.phone),
    );
    expect(rowsOf(fetched, 'authorizations')).toEqual(records.authorizations);
    expect(rowsOf(fetched, 'appointments').map(({ startsAt: _, ...row }) => row)).toEqual(records.appointments);
    expect(rowsOf(fetched, 'notes')).toEqual(records.notes);
    expect(rowsOf(fetched, 'charges')).toEqual(records.charges);
    expect(rowsOf(fetched, 'outcomes')).toEqual(records.outcomes);
    const problems = fetched.deliveries.flatMap((delivery) =>
      delivery.problems.map(({ reason }) => `${delivery.kind}: ${reason}`),
    );
    expect(problems.toSorted()).toEqual(records.bad.map(({ kind, reason }) => `${kind}: ${reason}`).toSorted());
  });

  test('the same bytes are taken once; what is more than asked for waits for the next time', async () => {
    await exported(path);
    const kinds = source.kinds(context().config);
    const first = done(await source.fetch(context(), asked({ limit: 1 })));
    expect(first.deliveries.map(({ kind }) => kind)).toEqual(['patients']);
    expect(first.more).toBe(true);
    const taken = first.deliveries.map(({ id }) => id);
    const rest = done(await source.fetch(context(), asked({ skip: taken })));
    expect(rest).toMatchObject({ skipped: 1, more: false });
    expect(rest.deliveries.map(({ kind }) => kind)).toEqual(kinds.slice(1));
    const all = [...taken, ...rest.deliveries.map(({ id }) => id)];
    expect(done(await source.fetch(context(), asked({ skip: all })))).toMatchObject({
      deliveries: [],
      skipped: kinds.length,
    });
    const only = done(await source.fetch(context(), asked({ kinds: ['notes'] })));
    expect(only.deliveries.map(({ kind }) => kind)).toEqual(['notes']);
  });

  test('the test of the connection counts what lies there; wrong settings are named', async () => {
    await exported(path);
    writeFileSync(join(folder, 'something else.csv'), 'x');
    const { facts } = done(await source.test(context()));
    expect(facts).toContainEqual({ label: 'Patient reports', value: '1' });
    expect(facts).toContainEqual({ label: 'Files of no known name', value: '1' });
    const field = async (config: object) => {
      const outcome = await source.test(context(config));
      return outcome.kind === 'rejected' ? outcome.reasons[0]?.field : outcome.kind;
    };
    expect(await field({ dropFolder: 'here' })).toBe('dropFolder');
    expect(await field({ profile: 'nobody' })).toBe('profile');
    expect(await field({ profile: { id: 'x' } })).toBe('/title');
    expect(await field({ settleSeconds: 'long' })).toBe('settleSeconds');
    expect(source.kinds({ dropFolder: 'here' })).toEqual([]);
    expect(profile(context().config).id).toBe(dialect.profile);
    expect(Object.keys(schema.properties)).toContain('wholeSchedule');
  });
});

test.each([
  ['clinicient', operations['clinicient.records.fetch'], operations['clinicient.connection.test']],
  ['raintree', operations['raintree.records.fetch'], operations['raintree.connection.test']],
  ['prompt', operations['prompt.records.fetch'], operations['prompt.connection.test']],
  ['breezy-notes', operations['breezyNotes.records.fetch'], operations['breezyNotes.connection.test']],
] as const)(
  '%s: asked as the server asks, the same records come and the same folder is tested',
  async (path, records, check) => {
    await exported(path);
    const kinds = new Set(done(await records.run(context(), asked())).deliveries.map(({ kind }) => kind));
    expect([...kinds]).toEqual(systems[path]?.source.kinds(context().config));
    expect(done(await check.run(context(), {})).facts).toContainEqual({ label: 'Patient reports', value: '1' });
    const gone = context({ dropFolder: join(folder, 'gone') });
    expect(await records.run(gone, asked())).toMatchObject({ kind: 'rejected', code: 'file.unreadable' });
    expect(await check.run(gone, {})).toMatchObject({ kind: 'rejected', code: 'file.unreadable' });
  },
);

test('a system that knows no payers leaves the coverage open, one that does names it', async () => {
  await exported('breezy-notes');
  const { source } = systems['breezy-notes'] ?? { source: breezyNotesReports };
  expect(source.kinds(context().config)).toEqual(['patients', 'notes', 'charges', 'outcomes']);
  const patients = rowsOf(done(await source.fetch(context(), asked())), 'patients');
  expect(new Set(patients.map(({ coverage }) => coverage))).toEqual(new Set([null]));
});

test('a visit at another clock is told at the clinic’s, by its instant', async () => {
  await exported('prompt');
  const [visit] = rowsOf(done(await promptReports.fetch(context(), asked())), 'appointments');
  const [unknown] = rowsOf(done(await promptReports.fetch(context(), asked({ clinic: {} }))), 'appointments');
  expect(visit?.startsAt).toBe(unknown?.startsAt);
  expect(visit?.time).not.toBe(unknown?.time);
  expect(`${unknown?.date}T${unknown?.time}:00.000Z`).toBe(unknown?.startsAt);
});

test('a whole schedule is one where the connection says so', async () => {
  await exported('clinicient');
  const whole = async (config: object) => {
    const { deliveries } = done(await clinicientReports.fetch(context(config), asked({ kinds: ['appointments'] })));
    return deliveries.map((delivery) => delivery.whole);
  };
  expect([await whole({}), await whole({ wholeSchedule: true })]).toEqual([[false], [true]]);
});

test('every kind has a report in at least one of the systems', () => {
  const kinds = Object.values(systems).flatMap(({ source }) => source.kinds(context().config));
  expect(new Set(kinds)).toEqual(new Set(recordKinds));
});

test('the sandbox refuses an export of another system', async () => {
  expect(await exported('prompt', { systems: ['raintree'] })).toMatchObject({ error: { code: 'input.invalid' } });
});
