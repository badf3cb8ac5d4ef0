// Bulk exports over real HTTP: started, waited for, read file by file over several looks, and all that happens to jobs and files.
import { expect, test } from 'vitest';
import type { RecordsFetched } from '../pt-records/source.ts';
import { fhirSource } from './source.ts';
import { clinic, fetched, fetchedAll, problemsOf, simulatedEndpoint } from './testing/endpoint.ts';

const endpoint = simulatedEndpoint(4);
const { context, fail, lever, calls, advance } = endpoint;
const told = () => endpoint.sandbox().clinic();
const exporting = (fhir: object = {}) =>
  context({
    way: 'exportThenSearch',
    read: ['Patient', 'Coverage', 'ClaimResponse', 'Appointment', 'DocumentReference'],
    ...fhir,
  });

function counts(answers: readonly RecordsFetched[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { kind, rows } of answers.flatMap(({ deliveries }) => deliveries))
    found[kind] = (found[kind] ?? 0) + rows.length;
  return found;
}

const rows = (answer: RecordsFetched) => answer.deliveries.map((one) => one.rows);

/** A job that is ready to be read. */
async function ready(one = exporting()): Promise<string | null> {
  await lever('settings', { notReady: 0 });
  return (await fetched(one)).cursor;
}

const everything = () => ({
  patients: told().patients.reduce((sum, { further }) => sum + 1 + further.length, 0),
  authorizations: told().authorizations.length,
  appointments: told().visits.length,
  notes: told().visits.filter(({ status }) => status === 'arrived').length,
});

test('the first look starts the job, the next waits as long as it is told, the last reads everything and deletes it', async () => {
  const one = exporting();
  const first = await fetched(one);
  expect([first.waiting, first.more, first.deliveries]).toEqual([1, false, []]);
  const second = await fetched(one, { cursor: first.cursor });
  expect([second.waiting, await calls('poll')]).toEqual([1, 1]);
  const tooEarly = await fetched(one, { cursor: second.cursor });
  expect([tooEarly.waiting, await calls('poll')]).toEqual([1, 1]);
  advance(6);
  const { answers } = await fetchedAll(one, { cursor: tooEarly.cursor });
  expect(counts(answers)).toEqual(everything());
  expect(problemsOf(answers)).toEqual([]);
  expect(endpoint.sandbox().store.jobs.size).toBe(0);
});

test('an export tells what a search tells', async () => {
  const one = exporting();
  const exported = await fetchedAll(one, { cursor: await ready(one) });
  const searched = await fetchedAll(exporting({ way: 'search' }));
  const all = (answers: readonly RecordsFetched[]) => answers.flatMap(rows).flat();
  const said = (answers: readonly RecordsFetched[]) => all(answers).map((row) => JSON.stringify(row)).sort(); // prettier-ignore
  expect(said(exported.answers)).toEqual(said(searched.answers));
});

test('after the export searches take over, from the instant the export was made at', async () => {
  const one = exporting({ overlapSeconds: 0 });
  const { cursor } = await fetchedAll(one, { cursor: await ready(one) });
  advance(60);
  await lever('change', {
    type: 'Appointment',
    id: `rt-a${told().visits[0]?.appointmentId ?? ''}`,
    set: { status: 'noshow' },
  });
  const next = await fetched(one, { cursor });
  expect(counts([next])).toEqual({ appointments: 1 });
  expect(await calls('export')).toBe(1);
});

test('exports only: the next one asks for what changed since, and tells of what was deleted', async () => {
  const one = exporting({ way: 'export' });
  const { cursor } = await fetchedAll(one, { cursor: await ready(one) });
  advance(60);
  const [first, second] = told().visits.map(({ appointmentId }) => `rt-a${appointmentId}`);
  await lever('change', { type: 'Appointment', id: first ?? '', set: { status: 'cancelled' } });
  await lever('change', { type: 'Appointment', id: second ?? '', remove: true });
  await lever('change', { type: 'Coverage', id: 'rt-p1002-c1', set: { subscriberId: 'CHANGED-2' } });
  const started = await fetched(one, { cursor });
  const { answers } = await fetchedAll(one, { cursor: started.cursor });
  expect(counts(answers)).toEqual({ patients: 1, appointments: 1 });
  expect(JSON.stringify(answers.flatMap(rows))).toContain('CHANGED-2');
  expect(answers.flatMap(({ gone }) => gone)).toEqual([{ of: 'appointment', id: second, mergedInto: null }]);
});

test('a limit is kept line by line, and nothing is told twice', async () => {
  const one = exporting({ read: ['Patient', 'Appointment'] });
  const { answers } = await fetchedAll(one, { cursor: await ready(one), limit: 20 });
  expect(answers.length).toBeGreaterThan(3);
  expect(Math.max(...answers.map((answer) => rows(answer).flat().length))).toBeLessThanOrEqual(40);
  expect(counts(answers)).toEqual({ patients: 4, appointments: told().visits.length });
});

test.each([
  ['a job that is gone', { fault: 'exportGone', on: 'poll' }],
  ['a file that is gone', { fault: 'fileGone', on: 'file', type: 'Appointment' }],
])('%s is started again', async (_name, fault) => {
  const one = exporting({ read: ['Appointment'] });
  const cursor = await ready(one);
  await fail(fault);
  const again = await fetched(one, { cursor });
  expect([again.waiting, await calls('export')]).toEqual([1, 2]);
  const { answers } = await fetchedAll(one, { cursor: again.cursor });
  expect(counts(answers)).toEqual({ appointments: told().visits.length });
});

test('a job that failed is told and deleted, so that another one begins', async () => {
  const one = exporting({ read: ['Appointment'] });
  const cursor = await ready(one);
  await fail({ fault: 'exportFails', on: 'poll' });
  const look = () => fhirSource.fetch(one, { cursor, skip: [], clinic });
  expect(await look()).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
  expect(await look()).toMatchObject({ kind: 'done', result: { waiting: 1 } });
  expect(await calls('export')).toBe(2);
});

test('a file whose connection breaks is read again, and the files before it are not', async () => {
  const one = exporting({ read: ['Patient', 'Appointment'] });
  const cursor = await ready(one);
  await fail({ fault: 'fileResets', on: 'file', type: 'Appointment' });
  const first = await fetched(one, { cursor });
  expect([counts([first]), first.more]).toEqual([{ patients: 4 }, true]);
  const { answers } = await fetchedAll(one, { cursor: first.cursor });
  expect(counts(answers)).toEqual({ appointments: told().visits.length });
});

test('a file that ends within a line: the line is told as cut off, the others are taken', async () => {
  const one = exporting({ read: ['Appointment'] });
  const cursor = await ready(one);
  await fail({ fault: 'fileBreaksOff', on: 'file', type: 'Appointment' });
  const { answers } = await fetchedAll(one, { cursor });
  const last = told().visits.length;
  expect(problemsOf(answers)).toEqual([{ row: last, column: null, reason: 'row cut off', rejected: true }]);
  expect(counts(answers)).toEqual({ appointments: last - 1 });
});

test('what could not be exported is told by its place, without the sentence about it', async () => {
  await fail({ fault: 'exportErrors', on: 'export' });
  const one = exporting({ read: ['Patient'] });
  const { answers } = await fetchedAll(one, { cursor: await ready(one) });
  expect(problemsOf(answers)).toEqual([
    { row: 2, column: 'Coverage.payor', reason: 'refused by its system', rejected: true },
  ]);
  expect(JSON.stringify(answers)).not.toContain('could not be exported');
});

test('files that want no token get none', async () => {
  await lever('settings', { openFiles: true });
  const sent: (string | null)[] = [];
  const one = exporting({ read: ['Patient'] });
  const watching = {
    ...one,
    fetch: (...[input, init]: Parameters<typeof fetch>) => {
      if (input instanceof URL && input.pathname.includes('bulk-file'))
        sent.push(new Headers(init?.headers).get('authorization'));
      return fetch(input, init);
    },
  };
  const { answers } = await fetchedAll(watching, { cursor: await ready(watching) });
  expect(counts(answers)).toEqual({ patients: 4 });
  expect(new Set(sent)).toEqual(new Set([null]));
});

test('too many polls: the delay is kept, the job stays', async () => {
  const one = exporting({ read: ['Patient'] });
  const cursor = await ready(one);
  await fail({ fault: 'throttled', on: 'poll', retryAfterSeconds: 4 });
  const look = () => fhirSource.fetch(one, { cursor, skip: [], clinic });
  expect(await look()).toEqual({ kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 4 });
  advance(5);
  expect(await look()).toMatchObject({ kind: 'done', result: { waiting: 0 } });
});
