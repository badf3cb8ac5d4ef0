// One item for a patient whose books disagree: opened, written anew, accepted by a person or closed when they agree.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChargeRow, NoteRow, OutcomeRow } from '../../connectors/pt-records/rows.ts';
import { addDays } from '../../domain/calendar.ts';
import { followedClinic, originOf, patientRow } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { readDataRules } from '../data-audit/rules.ts';
import { systemPrincipal } from '../http/principal.ts';
import { structureAmong } from '../imports/changes.ts';
import { numberedCharges, storeCharges, storeNotes, storeOutcomes } from '../imports/visits.ts';
import { createDecisions } from '../work-items/decide.ts';
import { noWorkflows } from '../authorizations/testing/followed.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { testDay } from '../testing/days.ts';
import { reconciliationShown } from './nightly.ts';
import { reconcileClinic } from './reconcile.ts';
import type { Reconciliation } from './reconcile.ts';

const today = testDay();
const by = systemPrincipal('test');
const recordNumber = patientRow().recordNumber;
/** The followed patient came every third day, five times until today. */
const came = [-15, -12, -9, -6, -3].map((days) => addDays(today, days));

let server: TestServer;
let clinic: Followed;
let from: Parameters<typeof storeNotes>[2];
let needs: Parameters<typeof storeNotes>[0];

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  needs = { ...server.services, ...clinic };
  from = originOf({ clinic: clinic.clinic, connection: clinic.webpt, today });
});
afterAll(() => server.stop());

const within = <T>(work: (trx: Parameters<typeof storeNotes>[1]) => Promise<T>): Promise<T> =>
  server.services.db.transaction().execute(work);
const note = (date: string, change: Partial<NoteRow> = {}): NoteRow => ({
  noteId: `N-${date}`,
  recordNumber,
  date,
  kind: 'daily',
  signedOn: date,
  clinicianName: 'Dana Quill',
  credential: 'PT',
  ...change,
});
const charge = (date: string, change: Partial<ChargeRow> = {}): ChargeRow => ({
  chargeId: null,
  recordNumber,
  date,
  code: '97110',
  modifiers: ['GP'],
  units: 2,
  chargeCents: 9_000,
  ...change,
});
const reconcile = async (): Promise<Reconciliation> => {
  const { reconciliation: rules } = await readDataRules(server.services.validator);
  const all = { ...rules, noteDays: 0, signDays: 0, chargeDays: 0 };
  return reconcileClinic({ ...server.services, ...clinic, rules: all }, clinic.clinic, by);
};
const items = () =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'status', 'reason', 'close_reason'])
    .where('kind', '=', 'visits.disagree')
    .orderBy('opened_at')
    .execute();

test('notes and charges are stored once, by reference; a changed one is changed, one of nobody is told', async () => {
  const notes = came.map((date) => note(date));
  const store = (rows: readonly NoteRow[]) => within((trx) => storeNotes(needs, trx, from, rows, new Map()));
  expect(await store(notes)).toEqual(['added', 'added', 'added', 'added', 'added']);
  expect(await store(notes)).toEqual(['same', 'same', 'same', 'same', 'same']);
  expect(await store([note(came[0] ?? '', { signedOn: null }), note(today, { recordNumber: 'nobody' })])).toEqual([
    'changed',
    'unmatched',
  ]);
  expect(await store([note(came[0] ?? '')])).toEqual(['changed']);
  // What a flow that hands an evaluation on hears of a note: whose, when, of what kind, signed or not.
  const [kept] = await server.services.db.selectFrom('visit_notes').select('ref').orderBy('date').execute();
  const told = await structureAmong(server.services.db, [{ kind: 'notes', ref: kept?.ref ?? '' }]);
  const { patient, authorization } = clinic;
  const structure = { patient, authorization, date: came[0], kind: 'daily', signedOn: came[0] };
  expect([...told.values()]).toEqual([structure]);
  // One code twice on a day is two charges, in a second report as in the first.
  const twice = [...came.map((date) => charge(date)), charge(came[0] ?? '', { units: 1 })];
  const charges = (rows: readonly ChargeRow[]) =>
    within((trx) => storeCharges(needs, trx, from, numberedCharges(rows), new Map()));
  expect(await charges(twice)).toEqual(['added', 'added', 'added', 'added', 'added', 'added']);
  expect(await charges(twice)).toEqual(['same', 'same', 'same', 'same', 'same', 'same']);
  const stored = await server.services.db.selectFrom('visit_charges').select('ref').execute();
  expect(stored.length).toBe(6);
});

test('scores of outcome measures are sealed', async () => {
  const score: OutcomeRow = { recordNumber, measure: 'LEFS', score: 57, date: came[0] ?? '' };
  const store = (rows: readonly OutcomeRow[]) => within((trx) => storeOutcomes(needs, trx, from, rows, new Map()));
  expect(await store([score])).toEqual(['added']);
  expect(await store([score])).toEqual(['same']);
  expect(await store([{ ...score, score: 61 }])).toEqual(['changed']);
  const row = await server.services.db.selectFrom('outcome_scores').selectAll().executeTakeFirstOrThrow();
  expect(row.patient).toBe(clinic.patient);
  expect(JSON.stringify(row)).not.toContain('LEFS');
  const opened = await server.services.vault.open(clinic.clinic, row.record, { purpose: 'test', actor: by });
  expect(opened).toEqual({ measure: 'LEFS', score: 61, date: came[0] });
});

test('books that agree ask nothing', async () => {
  const { patients, agree, asOf, disagreeing } = await reconcile();
  expect({ patients, agree, disagreeing }).toEqual({ patients: 1, agree: 1, disagreeing: [] });
  expect(asOf.schedule).not.toBeNull();
  expect(await items()).toEqual([]);
});

test('what disagrees is one item, written anew with the books, and closed when they agree', async () => {
  const extra = addDays(today, -8);
  await within((trx) => storeNotes(needs, trx, from, [note(extra, { noteId: 'N-extra' })], new Map()));
  const first = await reconcile();
  expect(first.items).toMatchObject({ opened: 1 });
  expect(first.byCode).toEqual([{ code: 'noteWithoutVisit', count: 1 }]);
  expect(first.disagreeing[0]?.counts).toMatchObject({ visits: 5, noteDays: 6 });
  expect((await reconcile()).items).toMatchObject({ opened: 0, same: 1 });

  await within((trx) => storeNotes(needs, trx, from, [note(came[1] ?? '', { signedOn: null })], new Map()));
  expect((await reconcile()).items).toMatchObject({ changed: 1 });
  expect(await items()).toMatchObject([{ status: 'open', reason: '1 note not signed, 1 note without a visit' }]);

  // The note is that of another day after all, and the other is signed.
  await within((trx) =>
    storeNotes(needs, trx, from, [note(came[2] ?? '', { noteId: 'N-extra' }), note(came[1] ?? '')], new Map()),
  );
  expect((await reconcile()).items).toMatchObject({ closed: 1 });
  expect(await items()).toMatchObject([{ status: 'closed', close_reason: 'booksAgree' }]);
});

test('what a person accepts is not asked again until something else disagrees', async () => {
  await within((trx) => storeNotes(needs, trx, from, [note(addDays(today, -8), { noteId: 'N-other' })], new Map()));
  await reconcile();
  const open = (await items()).find(({ status }) => status === 'open');
  const revision = await server.services.db
    .selectFrom('work_item_revisions')
    .select('hash')
    .where('work_item', '=', open?.id ?? '')
    .executeTakeFirstOrThrow();
  const decisions = createDecisions({ ...server.services, ...clinic, workflows: noWorkflows });
  const asItIs = { decision: 'asItIs', hash: revision.hash };
  await expect(decisions.decide(clinic.clinic, open?.id ?? '', asItIs, clinic.user)).rejects.toThrow('Say why');
  await decisions.decide(clinic.clinic, open?.id ?? '', { ...asItIs, reason: 'A phone call, noted.' }, clinic.user);
  expect((await reconcile()).items).toMatchObject({ accepted: 1, opened: 0 });
  await within((trx) => storeNotes(needs, trx, from, [note(addDays(today, -5), { noteId: 'N-third' })], new Map()));
  expect((await reconcile()).items).toMatchObject({ opened: 1 });
});

test('every night the visits are compared by themselves, once, at the clinic’s own time or not at all; the result is kept', async () => {
  const { services } = server;
  const { db } = services;
  const shown = async () => reconciliationShown(db, clinic.clinic, services.now());
  const until = async (isSo: (now: Awaited<ReturnType<typeof shown>>) => boolean) => {
    const end = Date.now() + 30_000;
    for (;;) {
      const now = await shown();
      if (isSo(now)) return now;
      if (Date.now() > end) throw new Error(`It did not happen: ${JSON.stringify(now)}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  const set = (nightlyAt: string | false) =>
    db
      .updateTable('clinics')
      .set({ settings: JSON.stringify({ reconciliation: { nightlyAt } }) })
      .where('id', '=', clinic.clinic)
      .execute();
  const runs = () => db.selectFrom('reconciliation_runs').selectAll().where('clinic', '=', clinic.clinic).execute();
  const { nextAt } = await until((now) => now.nextAt !== null);
  expect(await runs()).toEqual([]);
  const open = (await items()).filter(({ status }) => status === 'open').length;
  // The night has come.
  server.pass(Date.parse(nextAt ?? '') - services.now().getTime() + 1_000);
  const { last, nextAt: following } = await until((now) => now.last !== null && now.nextAt !== nextAt);
  expect(last).toMatchObject({ startedBy: 'system:reconciliation', failure: null, figures: { patients: 1 } });
  expect(JSON.stringify(last)).not.toContain(clinic.patient);
  const hours = (Date.parse(following ?? '') - Date.parse(nextAt ?? '')) / 3_600_000;
  expect([23, 24, 25]).toContain(hours);
  // A day later the same books open nothing again.
  const opened = (await items()).filter(({ status }) => status === 'open').length;
  expect(opened).toBeGreaterThanOrEqual(open);
  server.pass(Date.parse(following ?? '') - services.now().getTime() + 1_000);
  await until((now) => now.nextAt !== following);
  expect(await runs()).toHaveLength(2);
  expect((await items()).filter(({ status }) => status === 'open').length).toBe(opened);
  await set(false);
  await until((now) => now.nextAt === null);
  await set('21:15');
  expect((await until((now) => now.nextAt !== null)).nextAt).toMatch(/T\d\d:15:00\.000Z$/);
  expect(await runs()).toHaveLength(2);
});
