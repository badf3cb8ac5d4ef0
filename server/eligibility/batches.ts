// Draws up batches of coverage checks, hands them out in chunks and writes down how each ended.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { errorTable } from '../../domain/errors.ts';
import { GaitError } from '../../domain/errors.ts';
import { isTransient } from '../../domain/step/call.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { BatchPlan, ChunkState } from '../../workflows/eligibility-batch/messages.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { candidatesOf } from './candidates.ts';
import type { Asked } from './candidates.ts';
import { openStates } from './states.ts';
import { checkRow } from './evidence.ts';
import { freshChecks } from './fresh.ts';
import type { EligibilityRules } from './rules.ts';
import type { Settling } from './settle.ts';
import type { CheckRow } from './request.ts';
import type { EligibilityTables } from './tables.ts';

export type BatchRow = Selectable<EligibilityTables['eligibility_batches']>;
/** `called`: what a person learned on the phone goes the same way to those who bill. */
export type BatchKind = 'overnight' | 'new' | 'asked' | 'called';

/** A check that was drawn up, or why there is none for a patient who was asked for. */
export type Drawn =
  | { readonly check: string; readonly patient: string }
  | { readonly patient: string; readonly error: { readonly code: 'reference.unknown' } };

export interface BatchStarted {
  readonly batch: string | null;
  readonly outcome: 'started' | 'alreadyStarted' | 'nothingToCheck';
  readonly checks: readonly Drawn[];
}

export interface Batches {
  /** The night's batch, once a day: who has to be checked is found when its workflow begins. */
  startOvernight(clinic: string, by: Principal): Promise<BatchStarted>;
  /** Those who were never checked and those with a visit that nobody asked about yet. */
  startNew(clinic: string, by: Principal): Promise<BatchStarted>;
  /**
   * These patients, now; one who is not known or has no coverage to ask about gets no check. Whoever is being asked about, or was answered
   * or refused within the last quarter of an hour and is still told the same, keeps that check: a flow that is run again asks no payer twice.
   */
  startAsked(clinic: string, patients: readonly string[], by: Principal): Promise<BatchStarted>;
  plan(clinic: string, batch: string): Promise<BatchPlan>;
  items(clinic: string, batch: string, chunk: number, step: ChunkStep): Promise<readonly ChunkItem[]>;
  settle(clinic: string, of: SettleChunk): Promise<ChunkState>;
  close(clinic: string, batch: string): Promise<void>;
}

export type ChunkStep = 'eligibility.check' | 'eligibility.deliver';

export interface ChunkItem {
  readonly item: string;
  readonly structure: Readonly<Record<string, unknown>>;
}

export interface SettleChunk {
  readonly batch: string;
  readonly chunk: number;
  readonly step: ChunkStep;
  readonly answers: readonly StepAnswer[];
  readonly giveUp: string | null;
}

export interface BatchNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly policies: Policies;
  readonly rules: EligibilityRules;
  readonly settling: Settling;
}

/** What a flow asks in one go, and what one delivery of a step holds. */
const checksPerChunk = 50;
export const hoursToAsk = { overnight: 10, new: 2, asked: 2, called: 2 } as const;
/** Chunks of one payer that are asked at the same time. */
const chunksAtOnce = 2;
const retrySeconds = 60;
/** A vendor that says when to ask again is asked then, within reason. */
const soonestSeconds = 2;

export function createBatches(needs: BatchNeeds): Batches {
  const { db, now, audit, policies } = needs;

  /** One batch per key; whoever comes second is given the first one. */
  const open = async (
    trx: Trx,
    clinic: string,
    of: { key: string; kind: BatchKind; day: string },
    by: Principal,
  ): Promise<{ row: BatchRow; created: boolean }> => {
    const at = now();
    const inserted = await trx
      .insertInto('eligibility_batches')
      .values({
        id: newReference('bat'),
        clinic,
        ...of,
        until: new Date(at.getTime() + hoursToAsk[of.kind] * 3_600_000),
        started_by: actorOf(by),
        created_at: at,
      })
      .onConflict((conflict) => conflict.columns(['clinic', 'key']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (inserted !== undefined) return { row: inserted, created: true };
    const row = await trx
      .selectFrom('eligibility_batches')
      .selectAll()
      .where('clinic', '=', clinic)
      .where('key', '=', of.key)
      .executeTakeFirstOrThrow();
    return { row, created: false };
  };

  /** Writes the checks in chunks of one payer each, the earliest visit first. */
  const draw = async (trx: Trx, batch: BatchRow, asked: readonly Asked[]): Promise<BatchStarted['checks']> => {
    const byPayer = Map.groupBy(
      [...asked].sort((a, b) => a.serviceDate.localeCompare(b.serviceDate) || a.patient.localeCompare(b.patient)),
      ({ payer }) => payer,
    );
    const rows = [...byPayer.values()]
      .flatMap((ofPayer) =>
        Array.from({ length: Math.ceil(ofPayer.length / checksPerChunk) }, (_, part) =>
          ofPayer.slice(part * checksPerChunk, (part + 1) * checksPerChunk),
        ),
      )
      .flatMap((part, chunk) =>
        part.map(({ patient, coverage, payer, serviceDate, serviceTypes, reasons }) => ({
          ref: newReference('chk'),
          clinic: batch.clinic,
          batch: batch.id,
          chunk,
          patient,
          coverage,
          payer,
          service_date: serviceDate,
          service_types: [...serviceTypes],
          reasons: [...reasons],
          state: 'open',
        })),
      );
    for (let from = 0; from < rows.length; from += 1000)
      await trx
        .insertInto('eligibility_checks')
        .values(rows.slice(from, from + 1000))
        .execute();
    const byPhone = rows.filter(({ payer }) => needs.rules.settings(payer, batch.day).electronic === false);
    for (const { ref } of byPhone) await needs.settling.byPhone(trx, await checkRow(trx, batch.clinic, ref));
    await trx.updateTable('eligibility_batches').set({ planned_at: now() }).where('id', '=', batch.id).execute();
    await audit.append(trx, {
      clinic: batch.clinic,
      actor: 'system:eligibility',
      action: 'eligibility.planned',
      subject: batch.id,
      details: { kind: batch.kind, checks: rows.length },
    });
    return rows.map(({ ref, patient }) => ({ check: ref, patient }));
  };

  const startWith = (
    clinic: string,
    kind: 'new' | 'asked',
    by: Principal,
    find: (trx: Trx, day: string) => Promise<readonly Asked[]>,
  ): Promise<BatchStarted> =>
    db.transaction().execute(async (trx): Promise<BatchStarted> => {
      // Two that look at the same time must not both find the same patient unchecked.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`eligibility ${clinic}`}, 0))`.execute(trx);
      const { date } = await policies.today(trx, clinic, now());
      const asked = await find(trx, date);
      if (asked.length === 0) return { batch: null, outcome: 'nothingToCheck', checks: [] };
      const { row } = await open(trx, clinic, { key: `${kind}/${randomUUID()}`, kind, day: date }, by);
      return { batch: row.id, outcome: 'started', checks: await draw(trx, row, asked) };
    });

  const chunkRows = (trx: Db, clinic: string, batch: string, chunk: number): Promise<CheckRow[]> =>
    trx
      .selectFrom('eligibility_checks')
      .selectAll()
      .where('clinic', '=', clinic)
      .where('batch', '=', batch)
      .where('chunk', '=', chunk)
      .orderBy('service_date')
      .orderBy('ref')
      .execute();

  return {
    startOvernight: (clinic, by) =>
      db.transaction().execute(async (trx): Promise<BatchStarted> => {
        const { date } = await policies.today(trx, clinic, now());
        const { row, created } = await open(
          trx,
          clinic,
          { key: `overnight/${date}`, kind: 'overnight', day: date },
          by,
        );
        return { batch: row.id, outcome: created ? 'started' : 'alreadyStarted', checks: [] };
      }),

    startNew: (clinic, by) =>
      startWith(clinic, 'new', by, (trx, day) =>
        candidatesOf(needs, trx, clinic, { day, only: ['newPatient', 'firstVisit'] }),
      ),

    async startAsked(clinic, patients, by) {
      const fresh: Drawn[] = [];
      const begun = await startWith(clinic, 'asked', by, async (trx, day) => {
        const candidates = await candidatesOf(needs, trx, clinic, { day, patients });
        const known = await freshChecks(trx, clinic, candidates, now());
        fresh.push(...known.values());
        return candidates.filter(({ patient }) => !known.has(patient));
      });
      const outcome = fresh.length > 0 && begun.outcome === 'nothingToCheck' ? 'alreadyStarted' : begun.outcome;
      const started = { ...begun, outcome, checks: [...begun.checks, ...fresh] } as const;
      const drawn = new Set(started.checks.map(({ patient }) => patient));
      const missing = patients
        .filter((patient) => !drawn.has(patient))
        .map((patient) => ({ patient, error: { code: 'reference.unknown' as const } }));
      return { ...started, checks: [...started.checks, ...missing] };
    },

    plan: (clinic, batch) =>
      db.transaction().execute(async (trx): Promise<BatchPlan> => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${`eligibility ${clinic}`}, 0))`.execute(trx);
        const row = await batchRow(trx, clinic, batch);
        if (row.planned_at === null) {
          const choice = row.patients === null ? {} : { patients: row.patients };
          await draw(trx, row, await candidatesOf(needs, trx, clinic, { day: row.day, ...choice }));
        }
        const chunks = await trx
          .selectFrom('eligibility_checks')
          .select(['chunk', 'payer', (all) => all.fn.countAll<string>().as('checks')])
          .where('batch', '=', batch)
          .groupBy(['chunk', 'payer'])
          .orderBy('chunk')
          .execute();
        const payers = [...new Set(chunks.map(({ payer }) => payer))];
        return {
          chunks: chunks.map(({ chunk, payer, checks }) => ({ chunk, payer, checks: Number(checks) })),
          atOnce: Object.fromEntries(payers.map((payer) => [payer, chunksAtOnce])),
          until: row.until.toISOString(),
        };
      }),

    async items(clinic, batch, chunk, step) {
      await batchRow(db, clinic, batch);
      const rows = await chunkRows(db, clinic, batch, chunk);
      if (step === 'eligibility.check')
        return rows.filter(isOpen).map(({ ref, payer, service_date, service_types, reasons }) => ({
          item: ref,
          structure: { payer, serviceDate: service_date, serviceTypes: service_types, reasons },
        }));
      const summaries = await db
        .selectFrom('eligibility_summaries')
        .select(['ref', 'check_ref', 'structure'])
        .where('clinic', '=', clinic)
        .where('check_ref', 'in', [...rows.map(({ ref }) => ref), ''])
        .orderBy('position')
        .execute();
      return rows
        .filter((row) => row.state === 'answered' && row.delivered_at === null)
        .map((row) => {
          const own = summaries.filter(({ check_ref }) => check_ref === row.ref);
          return {
            item: row.ref,
            structure: {
              payer: row.payer,
              patient: row.patient,
              serviceDate: row.service_date,
              summaries: own.map(({ ref, structure }) => ({ summary: ref, ...structure })),
            },
          };
        });
    },

    async settle(clinic, { batch, chunk, step, answers, giveUp }) {
      const row = await batchRow(db, clinic, batch);
      if (step === 'eligibility.deliver') {
        const rows = await chunkRows(db, clinic, batch, chunk);
        const left = rows.filter((one) => one.state === 'answered' && one.delivered_at === null);
        return { open: left.length, retryAfterSeconds: retrySeconds };
      }
      for (const check of (await chunkRows(db, clinic, batch, chunk)).filter(isOpen)) {
        const answer = answers.find(({ item }) => item === check.ref);
        const code = giveUp ?? (answer === undefined ? null : finalCode(answer));
        if (code !== null) await needs.settling.fail(check, code);
      }
      const open = (await chunkRows(db, clinic, batch, chunk)).filter(isOpen).length;
      return { open, retryAfterSeconds: pauseOf(answers, row.kind) };
    },

    close: (clinic, batch) =>
      db.transaction().execute(async (trx) => {
        const row = await batchRow(trx, clinic, batch);
        if (row.finished_at !== null) return;
        const counts = await trx
          .selectFrom('eligibility_checks')
          .select(['state', (all) => all.fn.countAll<string>().as('checks')])
          .where('batch', '=', batch)
          .groupBy('state')
          .execute();
        await trx.updateTable('eligibility_batches').set({ finished_at: now() }).where('id', '=', batch).execute();
        await audit.append(trx, {
          clinic,
          actor: 'system:eligibility',
          action: 'eligibility.finished',
          subject: batch,
          details: Object.fromEntries(counts.map(({ state, checks }) => [state, Number(checks)])),
        });
      }),
  };
}

/** Throws `reference.unknown`. */
export async function batchRow(db: Db, clinic: string, batch: string): Promise<BatchRow> {
  const row = await db
    .selectFrom('eligibility_batches')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('id', '=', batch)
    .executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'This clinic has no such batch.', { where: 'batch' });
  return row;
}

function isOpen({ state }: Pick<CheckRow, 'state'>): boolean {
  return openStates.some((open) => open === state);
}

/** Why a check that the server did not see answered is given up; null: it is asked again. */
function finalCode(answer: StepAnswer): string | null {
  if (isTransient(answer)) return null;
  // An outcome of the flow's own making without an answer in the vault says that the flow went another way.
  if (!('error' in answer)) return 'step.lost';
  return errorTable[answer.error.code].retry ? null : answer.error.code;
}

function pauseOf(answers: readonly StepAnswer[], kind: string): number {
  const said = answers
    .map((one) => ('structure' in one ? one.structure?.['retryAfterSeconds'] : undefined))
    .filter((one): one is number => typeof one === 'number' && one > 0);
  const seconds = said.length === 0 ? retrySeconds : Math.min(...said, retrySeconds * 5);
  return Math.max(soonestSeconds, kind === 'asked' ? Math.min(seconds, 15) : seconds);
}
