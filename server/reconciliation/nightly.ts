// Compares the visits of every clinic by itself each night, and keeps what each comparison found, whoever asked for it.
import type { ReconciliationFigures } from '../../domain/reconciliation/figures.ts';
import { nextNight } from '../../domain/reconciliation/nightly.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { reconcileClinic } from './reconcile.ts';
import type { Reconciliation, ReconciliationNeeds } from './reconcile.ts';

/** Whoever does not report for so long has crashed. */
const leaseSeconds = 600;
const tryAgainSeconds = 1_800;

/** Compares all patients of a clinic and keeps what was found, or why it was not. */
export async function reconcileAndKeep(
  needs: ReconciliationNeeds,
  clinic: string,
  by: Principal,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Reconciliation> {
  const { db, now } = needs;
  const startedAt = now();
  const keep = (found: { readonly figures: string } | { readonly figures: null; readonly failure: string }) =>
    db
      .insertInto('reconciliation_runs')
      .values({
        id: newReference('rec'),
        clinic,
        started_by: actorOf(by),
        started_at: startedAt,
        finished_at: now(),
        ...found,
      })
      .execute();
  try {
    const found = await reconcileClinic(needs, clinic, by, progress);
    const figures: ReconciliationFigures = { ...found, disagreeing: found.disagreeing.length };
    await keep({ figures: JSON.stringify(figures) });
    return found;
  } catch (error) {
    await keep({ figures: null, failure: error instanceof GaitError ? error.code : 'internal.bug' });
    throw error;
  }
}

/** One round: every clinic whose night has come. One that failed is tried again half an hour later. */
export async function reconcileDue(needs: ReconciliationNeeds, signal: AbortSignal): Promise<void> {
  const { db, now } = needs;
  await setTurns(needs);
  const due = await db
    .selectFrom('reconciliation_turns as t')
    .innerJoin('clinics as c', 'c.id', 't.clinic')
    .select(['t.clinic', 't.clock', 't.due_at', 'c.timezone'])
    .where('t.due_at', '<=', now())
    .where((where) => where.or([where('t.running_until', 'is', null), where('t.running_until', '<', now())]))
    .where('c.shredded_at', 'is', null)
    .orderBy('t.due_at')
    .execute();
  for (const turn of due) {
    if (signal.aborted) return;
    await takeTurn(needs, turn);
  }
}

async function takeTurn(
  needs: ReconciliationNeeds,
  turn: { readonly clinic: string; readonly clock: string; readonly due_at: Date; readonly timezone: string },
): Promise<void> {
  const { db, now } = needs;
  const { clinic, clock, due_at: dueAt, timezone } = turn;
  const lease = (): Date => new Date(now().getTime() + leaseSeconds * 1_000);
  const own = () => db.updateTable('reconciliation_turns').where('clinic', '=', clinic).where('due_at', '=', dueAt);
  const taken = await own()
    .set({ running_until: lease() })
    .where((where) => where.or([where('running_until', 'is', null), where('running_until', '<', now())]))
    .executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return;
  const ended = (next: Date) => own().set({ due_at: next, running_until: null }).execute();
  try {
    await reconcileAndKeep(needs, clinic, systemPrincipal('reconciliation'), () => {
      own()
        .set({ running_until: lease() })
        .execute()
        .catch(() => undefined);
    });
    await ended(new Date(nextNight(clock, timezone, now().toISOString())));
  } catch (error) {
    await ended(new Date(now().getTime() + tryAgainSeconds * 1_000));
    throw error;
  }
}

/** Gives each clinic its next night, anew where its clock was set otherwise, and takes it from one that wants none. */
async function setTurns({ db, now, rules }: ReconciliationNeeds): Promise<void> {
  const clinics = await db
    .selectFrom('clinics as c')
    .leftJoin('reconciliation_turns as t', 't.clinic', 'c.id')
    .select(['c.id', 'c.timezone', 'c.settings', 't.clock'])
    .where('c.shredded_at', 'is', null)
    .execute();
  for (const { id: clinic, timezone, settings, clock: before } of clinics) {
    const clock = settings.reconciliation?.nightlyAt ?? rules.nightlyAt;
    if (clock === before) continue;
    if (clock === false) {
      if (before !== null) await db.deleteFrom('reconciliation_turns').where('clinic', '=', clinic).execute();
      continue;
    }
    const turn = { clock, due_at: nextNight(clock, timezone, now().toISOString()) };
    await db
      .insertInto('reconciliation_turns')
      .values({ clinic, ...turn })
      .onConflict((conflict) => conflict.column('clinic').doUpdateSet(turn))
      .execute();
  }
}

/** How the comparison stands, for the page of an admin. Instants are ISO UTC. */
export interface ReconciliationShown {
  /** Null: it does not run by itself. */
  readonly nextAt: string | null;
  readonly isRunning: boolean;
  readonly last: {
    readonly startedBy: string;
    readonly finishedAt: string;
    readonly figures: ReconciliationFigures | null;
    readonly failure: string | null;
  } | null;
}

export async function reconciliationShown(db: Db, clinic: string, now: Date): Promise<ReconciliationShown> {
  const turn = await db
    .selectFrom('reconciliation_turns')
    .select(['due_at', 'running_until'])
    .where('clinic', '=', clinic)
    .executeTakeFirst();
  const last = await db
    .selectFrom('reconciliation_runs')
    .select(['started_by', 'finished_at', 'figures', 'failure'])
    .where('clinic', '=', clinic)
    .orderBy('finished_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return {
    nextAt: turn?.due_at.toISOString() ?? null,
    isRunning: (turn?.running_until ?? new Date(0)) > now,
    last:
      last === undefined
        ? null
        : {
            startedBy: last.started_by,
            finishedAt: last.finished_at.toISOString(),
            figures: last.figures,
            failure: last.failure,
          },
  };
}
