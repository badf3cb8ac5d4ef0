// By itself each night: models are trained anew, and a therapist is told of who missed several visits and who may stay away.
import { nextNight } from '../../domain/reconciliation/nightly.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { alertsOf } from './missed.ts';
import { keepModels } from './models.ts';
import { dayOf } from './needs.ts';
import type { AttendanceNeeds } from './needs.ts';
import { patientRisks } from './risks.ts';

/** A therapist sees the patient, or calls them, within so many days. */
const daysToDecide = 3;
const tryAgainMinutes = 30;

export interface LookedOver {
  readonly visits: number;
  /** Items that were opened now. */
  readonly missedSeveral: number;
  readonly checkIns: number;
}

/** Trains the models and opens what a therapist must hear of; the same facts open nothing twice. */
export async function lookOver(needs: AttendanceNeeds, clinic: string, by: Principal): Promise<LookedOver> {
  const models = await keepModels(needs, clinic);
  const day = await dayOf(needs, clinic);
  let missedSeveral = 0;
  for (const { patient, key, words, appointments } of await alertsOf(needs, clinic, day)) {
    const opened = await open(needs, clinic, by, {
      kind: 'patient.missedSeveral',
      key: `patient.missedSeveral/${key}`,
      patient,
      reason: words,
      context: { appointments },
    });
    if (opened) missedSeveral += 1;
  }
  let checkIns = 0;
  const { checkIn } = day.rule.dropOut;
  const base = models.dropOut?.model.baseRate ?? null;
  const least = base === null ? Infinity : Math.max(checkIn.leastRisk, base * checkIn.timesBaseRate);
  for (const { patient, risk, from, reasons, since } of await patientRisks(needs, clinic, day, models)) {
    // Only what the clinic's own history tells apart is worth a question.
    if (from !== 'model' || risk === null || risk < least) continue;
    const usual = base === null ? '' : ` (usual here: ${Math.round(base * 100)} %)`;
    const opened = await open(needs, clinic, by, {
      kind: 'patient.checkIn',
      key: `patient.checkIn/${patient}/${since}`,
      patient,
      reason: `May stay away: about ${Math.round(risk * 100)} %${usual}. ${reasons.join('; ')}`,
      context: { since },
    });
    if (opened) checkIns += 1;
  }
  return { visits: models.noShow.model.visits, missedSeveral, checkIns };
}

/** While a therapist has one of a patient to decide, nobody lays a second beside it. True: it was opened now. */
async function open(
  { db, workItems, now }: AttendanceNeeds,
  clinic: string,
  by: Principal,
  of: {
    readonly kind: 'patient.missedSeveral' | 'patient.checkIn';
    readonly key: string;
    readonly patient: string;
    readonly reason: string;
    readonly context: Readonly<Record<string, unknown>>;
  },
): Promise<boolean> {
  const waiting = await db
    .selectFrom('work_items')
    .select('id')
    .where('clinic', '=', clinic)
    .where('subject', '=', of.patient)
    .where('kind', 'in', ['patient.missedSeveral', 'patient.checkIn'])
    .where('status', '=', 'open')
    .executeTakeFirst();
  if (waiting !== undefined) return false;
  const { kind, key, patient, reason, context } = of;
  const dueAt = new Date(now().getTime() + daysToDecide * 86_400_000).toISOString();
  const { created } = await workItems.open(
    { clinic, key, kind, subject: patient, workflow: null, dueAt, context, reason },
    systemPrincipal('attendance', by),
  );
  return created;
}

/** One round: every clinic whose night has come. One that failed is tried again half an hour later. */
export async function lookOverDue(needs: AttendanceNeeds, signal: AbortSignal): Promise<void> {
  const { db, now } = needs;
  const clinics = await db
    .selectFrom('clinics as c')
    .leftJoin('attendance_turns as t', 't.clinic', 'c.id')
    .select(['c.id', 't.due_at'])
    .where('c.shredded_at', 'is', null)
    .execute();
  for (const { id: clinic, due_at: dueAt } of clinics) {
    if (signal.aborted) return;
    if (dueAt !== null && dueAt > now()) continue;
    const { zone, rule } = await dayOf(needs, clinic);
    const next = new Date(nextNight(rule.nightlyAt, zone, now().toISOString()));
    if (dueAt === null) {
      // A clinic that is new has its first night before it.
      await db
        .insertInto('attendance_turns')
        .values({ clinic, due_at: next })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      continue;
    }
    const taken = await db
      .updateTable('attendance_turns')
      .set({ due_at: next })
      .where('clinic', '=', clinic)
      .where('due_at', '=', dueAt)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) continue;
    try {
      await lookOver(needs, clinic, systemPrincipal('attendance'));
    } catch (error) {
      const again = new Date(now().getTime() + tryAgainMinutes * 60_000);
      await db.updateTable('attendance_turns').set({ due_at: again }).where('clinic', '=', clinic).execute();
      throw error;
    }
  }
}
