// Puts two records of one person together, and takes them apart again: one reference stands for the other, nothing is deleted.
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { authorizationsThatMove, giveAuthorizations } from './authorizations.ts';
import { give, moveVisits } from './moves.ts';
import type { Merge, Moved, Stayed } from './moved.ts';
import { fieldsOf, numbersOf, refsOf, saidOf } from './rows.ts';
import { sameAs } from './same-as.ts';
import { putBack } from './undo.ts';

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
}

export interface PatientLink {
  readonly id: string;
  readonly patient: string;
  readonly standsFor: string;
  readonly at: string;
  readonly stayed: readonly Stayed[];
  readonly undoneAt: string | null;
}

export interface PatientLinks {
  /** Throws `state.conflict` where putting them together would leave something uncertain; says what and what to do first. */
  assertMayMerge(trx: Trx, merge: Merge): Promise<void>;
  /** In the transaction that settles the decision. Returns the link's id. */
  merge(trx: Trx, merge: Merge & { readonly workItem: string | null; readonly by: string }): Promise<string>;
  /** Puts everything back where it stood, with what came in since from the systems of the record that went. */
  undo(clinic: string, link: string, by: SessionPrincipal): Promise<void>;
  list(clinic: string, limit: number): Promise<PatientLink[]>;
}

export function createPatientLinks(needs: Needs): PatientLinks {
  const { db, audit, now } = needs;
  return {
    async assertMayMerge(trx, merge) {
      await standingPair(trx, merge);
      await authorizationsThatMove(trx, merge);
    },

    async merge(trx, { workItem, by, ...merge }) {
      const { clinic, stays, goes } = merge;
      await standingPair(trx, merge);
      const at = now();
      const before = { goes: await fieldsOf(trx, goes), stays: await fieldsOf(trx, stays) };
      const authorizations = await authorizationsThatMove(trx, merge);
      await giveAuthorizations(trx, authorizations, at);
      const visits = await moveVisits(trx, { ...merge, at });
      const checks = await refsOf(trx, 'eligibility_checks', clinic, goes);
      await give(trx, 'eligibility_checks', checks, stays, at);
      const charts = await refsOf(trx, 'scrub_charts', clinic, goes);
      const hasChart = (await refsOf(trx, 'scrub_charts', clinic, stays)).length > 0;
      const chartsMoved = hasChart ? [] : charts;
      await give(trx, 'scrub_charts', chartsMoved, stays, at);
      // One system says one thing of a patient: what it said of the record that stays is what counts there.
      const there = new Set((await saidOf(trx, clinic, stays)).map(({ connection }) => connection));
      const said = await saidOf(trx, clinic, goes);
      const saidMoved = said.filter(({ connection }) => !there.has(connection)).map(({ ref }) => ref);
      const saidLeft = said.filter(({ connection }) => there.has(connection)).map(({ ref }) => ref);
      await give(trx, 'patient_records', saidMoved, stays, at);
      const numbers = await numbersOf(trx, clinic, goes);
      await trx
        .updateTable('imported_rows')
        .set({ ref: stays })
        .where('clinic', '=', clinic)
        .where('kind', '=', 'patient')
        .where('ref', '=', goes)
        .execute();
      await writeFields(trx, merge, before, at);
      const moved: Moved = {
        rows: { ...visits.rows, eligibility_checks: checks, scrub_charts: chartsMoved, patient_records: saidMoved },
        numbers,
        authorizations,
        before,
      };
      const stayed: readonly Stayed[] = [
        ...visits.stayed,
        ...coverageThatStayed(before),
        ...(before.goes.chart !== null && before.stays.chart !== null
          ? [{ what: 'chart' as const, refs: [before.goes.chart], why: 'both' as const }]
          : []),
        ...(hasChart && charts.length > 0
          ? [{ what: 'scrub_charts' as const, refs: charts, why: 'both' as const }]
          : []),
        ...(saidLeft.length > 0 ? [{ what: 'patient_records' as const, refs: saidLeft, why: 'both' as const }] : []),
      ];
      const id = newReference('rec');
      await trx
        .insertInto('patient_links')
        .values({
          id,
          clinic,
          patient: goes,
          stands_for: stays,
          work_item: workItem,
          moved: JSON.stringify(moved),
          stayed: JSON.stringify(stayed),
          by_user: by,
          at,
          undone_by: null,
          undone_at: null,
        })
        .execute();
      await audit.append(trx, {
        clinic,
        actor: by,
        action: 'patient.merged',
        subject: goes,
        purpose: 'patient.merge',
        details: {
          standsFor: stays,
          link: id,
          moved: countsOf(moved),
          stayed: stayed.map(({ what, why }) => ({ what, why })),
        },
      });
      return id;
    },

    undo: (clinic, link, by) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('patient_links')
          .selectAll()
          .where('clinic', '=', clinic)
          .where('id', '=', link)
          .forNoKeyUpdate()
          .executeTakeFirst();
        if (row === undefined)
          throw new GaitError('reference.unknown', 'This clinic has no such link of two records.', { where: 'link' });
        if (row.undone_at !== null) return;
        if ((await sameAs(trx, clinic, row.stands_for)) !== row.stands_for)
          throw new GaitError('state.conflict', 'The record that stayed was put to a third one since.', {
            where: 'link',
            fix: 'Take those two apart first.',
          });
        const at = now();
        await putBack(trx, clinic, row, at);
        await trx
          .updateTable('patient_links')
          .set({ undone_by: by.user, undone_at: at })
          .where('id', '=', link)
          .execute();
        const [one = '', other = ''] = [row.patient, row.stands_for].sort();
        // Whoever took them apart has said that they are two.
        await trx
          .updateTable('patient_pairs')
          .set({ state: 'apart', at })
          .where('clinic', '=', clinic)
          .where('one', '=', one)
          .where('other', '=', other)
          .execute();
        await audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: 'patient.takenApart',
          subject: row.patient,
          purpose: 'patient.merge',
          details: { standsFor: row.stands_for, link },
        });
      }),

    async list(clinic, limit) {
      const rows = await db
        .selectFrom('patient_links')
        .select(['id', 'patient', 'stands_for', 'at', 'stayed', 'undone_at'])
        .where('clinic', '=', clinic)
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ stands_for: standsFor, at, undone_at: undoneAt, ...row }) => ({
        ...row,
        standsFor,
        at: at.toISOString(),
        undoneAt: undoneAt?.toISOString() ?? null,
      }));
    },
  };
}

/** Locks both and refuses a pair of which one answers as another already. */
async function standingPair(trx: Trx, { clinic, stays, goes }: Merge): Promise<void> {
  const rows = await trx
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', 'in', [stays, goes])
    .orderBy('ref')
    .forNoKeyUpdate()
    .execute();
  if (rows.length !== 2)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'workItem' });
  for (const ref of [stays, goes])
    if ((await sameAs(trx, clinic, ref)) !== ref)
      throw new GaitError('state.conflict', 'One of the records was put to another one meanwhile.', {
        where: 'workItem',
        fix: 'Keep these two apart here; the next data audit lays the record that stands before you, if it is still a double.',
      });
}

/** The record that stays takes over what it lacks; the one that goes is insured by nobody, so that nobody checks it twice. */
async function writeFields(trx: Trx, { stays, goes }: Merge, before: Moved['before'], at: Date): Promise<void> {
  const takes = {
    ...(before.stays.coverage === null ? { coverage: before.goes.coverage, payer: before.goes.payer } : {}),
    ...(before.stays.chart === null ? { chart: before.goes.chart } : {}),
  };
  await trx
    .updateTable('patients')
    .set({ ...takes, updated_at: at })
    .where('ref', '=', stays)
    .execute();
  await trx
    .updateTable('patients')
    .set({ coverage: null, payer: null, updated_at: at })
    .where('ref', '=', goes)
    .execute();
}

function coverageThatStayed({ goes, stays }: Moved['before']): Stayed[] {
  if (goes.coverage === null || stays.coverage === null) return [];
  return [{ what: 'coverage', refs: [goes.coverage], why: goes.payer === stays.payer ? 'both' : 'otherPayer' }];
}

function countsOf({ rows, numbers, authorizations }: Moved): Record<string, number> {
  const visits = Object.fromEntries(Object.entries(rows).map(([table, refs]) => [camel(table), refs.length]));
  return { ...visits, numbers: numbers.length, authorizations: authorizations.length };
}

const camel = (table: string): string => table.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
