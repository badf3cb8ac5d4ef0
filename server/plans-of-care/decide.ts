// What a named person does with a plan: edits it, approves it under its hash, discards it, records how it is certified.
import type { JSONSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Episode, Goal } from '../../domain/note/source-schema.ts';
import { editedDraft, editedPlanSchema } from '../../domain/plan-of-care/draft-schema.ts';
import type { EditedPlan } from '../../domain/plan-of-care/draft-schema.ts';
import type { DraftGoal } from '../../domain/plan-of-care/draft.ts';
import { measureIds, motions } from '../../domain/session/words.ts';
import type { Trx } from '../database/tables.ts';
import { currentEpisode, saveEpisode } from '../episodes/episodes.ts';
import { unknownEpisode } from '../episodes/from-chart.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { assertPatient } from '../messages/views.ts';
import { planInForce } from './in-force.ts';
import type { PlanNeeds } from './needs.ts';
import { openPlan, planHash, planRow, structureOf } from './stored.ts';
import type { PlanRow, SealedPlan } from './stored.ts';

export interface PlanAnswer {
  readonly plan: string;
  readonly state: PlanRow['state'];
  readonly revision: number;
}

/** Takes what a therapist changed as the next revision. Throws `input.invalid` naming the field, `state.conflict`. */
export async function editPlan(
  needs: PlanNeeds,
  clinic: string,
  ref: string,
  { revision, draft: sent }: { readonly revision: number; readonly draft: unknown },
  by: SessionPrincipal,
): Promise<PlanAnswer> {
  assertEdit(needs, sent);
  return needs.db.transaction().execute(async (trx) => {
    const row = await draftRow(trx, clinic, ref, revision);
    const sealed = await openPlan(needs.vault, clinic, ref, { purpose: 'planOfCare.edit', actor: by, trx });
    const next = { ...sealed, draft: editedDraft(sealed.draft, sent, sealed.limits) };
    await needs.vault.replace(clinic, ref, { ...next }, { trx });
    await trx
      .updateTable('plans_of_care')
      .set({ revision: row.revision + 1, updated_at: needs.now(), ...structureOf(next) })
      .where('ref', '=', ref)
      .execute();
    const details = { revision: row.revision + 1 };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'planOfCare.edited', subject: ref, details });
    return { plan: ref, state: 'draft', revision: row.revision + 1 };
  });
}

/**
 * Approves what was shown: the plan is the patient's from then on, its goals are the episode's, the one before is replaced.
 * Throws `access.forbidden` for who is no physical therapist on file, `state.conflict` where something else is stored than was shown.
 */
export async function approvePlan(
  needs: PlanNeeds,
  clinic: string,
  ref: string,
  { revision, hash }: { readonly revision: number; readonly hash: string },
  by: SessionPrincipal,
): Promise<PlanAnswer> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await draftRow(trx, clinic, ref, revision);
    await assertEstablishes(trx, by);
    const opening = { purpose: 'planOfCare.approve', actor: by, trx };
    const sealed = await openPlan(needs.vault, clinic, ref, opening);
    if (planHash(sealed.draft) !== hash)
      throw new GaitError('state.conflict', 'What is stored is another plan than the one that was shown.', {
        where: 'hash',
        fix: 'Look at it again, then approve.',
      });
    const at = needs.now();
    await trx
      .updateTable('plans_of_care')
      .set({ state: 'replaced', updated_at: at })
      .where('clinic', '=', clinic)
      .where('patient', '=', row.patient)
      .where('state', '=', 'approved')
      .execute();
    await trx
      .updateTable('plans_of_care')
      .set({ state: 'approved', approved_at: at, approved_by: by.user, hash, updated_at: at })
      .where('ref', '=', ref)
      .execute();
    await intoEpisode(needs, trx, clinic, row, sealed, by);
    await putInForce(trx, clinic, row.patient, at);
    const details = { patient: row.patient, revision, hash };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'planOfCare.approved', subject: ref, details });
    return { plan: ref, state: 'approved', revision };
  });
}

/** A plan of care is established by a physical therapist or a physician, not by an assistant (42 CFR 410.61(b)). */
async function assertEstablishes(trx: Trx, { user }: SessionPrincipal): Promise<void> {
  const row = await trx
    .selectFrom('clinician_credentials')
    .select('credential')
    .where('user_id', '=', user)
    .executeTakeFirst();
  if (row?.credential === 'PT' || row?.credential === 'physician') return;
  throw new GaitError('access.forbidden', 'A plan of care is approved by a physical therapist or a physician.', {
    fix: 'Let a physical therapist approve it, or have the operator enter your credential.',
  });
}

async function intoEpisode(
  needs: PlanNeeds,
  trx: Trx,
  clinic: string,
  row: PlanRow,
  sealed: SealedPlan,
  by: SessionPrincipal,
): Promise<void> {
  const { frequency, goals, interventions } = sealed.draft;
  const stored = await currentEpisode(needs, clinic, row.patient, frequency.from, { by, trx });
  const base = stored?.episode ?? unknownEpisode;
  const episode: Episode = {
    ...base,
    startOfCare: base.startOfCare ?? (row.recertification ? null : frequency.from),
    goals: goals.map((goal) => goalOf(goal, sealed)),
    plan: {
      from: frequency.from,
      to: frequency.to,
      visitsPerWeek: frequency.visitsPerWeek[0] ?? null,
      weeks: frequency.visitsPerWeek.length,
      interventions: interventions.map(({ name }) => name),
    },
  };
  const entry = { revision: stored?.revision ?? 0, episode, endedOn: null };
  await saveEpisode(needs, clinic, row.patient, entry, by, trx);
}

const units = ['degrees', 'points', 'percent', 'seconds', 'meters', 'feet', 'of 10', 'of 5'] as const;

function goalOf({ id, term, words, of, baseline, target, unit, due }: DraftGoal, { part, side }: SealedPlan): Goal {
  const motion = 'motion' in of ? motions.find((one) => one === of.motion) : undefined;
  const measure = 'measure' in of ? measureIds.find((one) => one === of.measure) : undefined;
  const about = motion !== undefined ? { part, motion, side } : measure !== undefined ? { measure } : null;
  return { id, term, words, of: about, baseline, target, unit: units.find((one) => one === unit) ?? null, due };
}

/** The one reader of plans tells of it from now on: proposals of visits, due dates, what patients hear. */
async function putInForce(trx: Trx, clinic: string, patient: string, at: Date): Promise<void> {
  const known = await trx
    .selectFrom('care_plans')
    .select(['starts_on', 'ends_on', 'visits_per_week', 'plan'])
    .where('patient', '=', patient)
    .executeTakeFirst();
  const nothing = { starts_on: null, ends_on: null, visits_per_week: null, plan: null };
  const { plan: earlier, ...told } = known ?? nothing;
  const facts = await planInForce(trx, patient, earlier === null ? told : nothing);
  await trx
    .insertInto('care_plans')
    .values({ patient, clinic, chart: null, chart_version: null, therapist_key: null, read_at: at, ...facts })
    // The chart is read anew: it may tell of a plan that began later.
    .onConflict((conflict) => conflict.column('patient').doUpdateSet({ ...facts, chart_version: null, read_at: at }))
    .execute();
}

/** Throws `state.conflict` where the plan is no draft any more. */
export async function discardPlan(
  needs: PlanNeeds,
  clinic: string,
  ref: string,
  { revision }: { readonly revision: number },
  by: SessionPrincipal,
): Promise<PlanAnswer> {
  return needs.db.transaction().execute(async (trx) => {
    await draftRow(trx, clinic, ref, revision);
    await trx
      .updateTable('plans_of_care')
      .set({ state: 'discarded', updated_at: needs.now() })
      .where('ref', '=', ref)
      .execute();
    const details = { revision };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'planOfCare.discarded', subject: ref, details });
    return { plan: ref, state: 'discarded', revision };
  });
}

/** How the plan that began on a day is certified; null: not, as the person knows. */
export interface CertificationEntry {
  readonly startsOn: string;
  readonly certifiedOn: string | null;
  readonly orderOnFile: boolean | null;
  readonly transmittedOn: string | null;
}

/** Records it under the person's name; said again, the newer word holds. Throws `state.conflict` where no plan began on that day. */
export async function certifyPlan(
  needs: PlanNeeds,
  clinic: string,
  patient: string,
  { startsOn, certifiedOn, orderOnFile, transmittedOn }: CertificationEntry,
  by: SessionPrincipal,
): Promise<CertificationEntry & { readonly patient: string }> {
  const { date: today } = await needs.policies.today(needs.db, clinic, needs.now());
  for (const [where, day] of Object.entries({ certifiedOn, transmittedOn }))
    if (day !== null && day > today) throw new GaitError('input.invalid', 'The day lies in the future.', { where });
  return needs.db.transaction().execute(async (trx) => {
    await assertPatient(trx, clinic, patient);
    const plan = await trx
      .selectFrom('care_plans')
      .select('starts_on')
      .where('patient', '=', patient)
      .where('starts_on', '=', startsOn)
      .executeTakeFirst();
    if (plan === undefined)
      throw new GaitError('state.conflict', 'No plan of care of this patient began on that day.', {
        where: 'startsOn',
      });
    const said = {
      certified_on: certifiedOn,
      order_on_file: orderOnFile,
      transmitted_on: transmittedOn,
      by_user: by.user,
      at: needs.now(),
    };
    await trx
      .insertInto('plan_certifications')
      .values({ clinic, patient, starts_on: startsOn, ...said })
      .onConflict((conflict) => conflict.columns(['patient', 'starts_on']).doUpdateSet(said))
      .execute();
    const details = { startsOn, certifiedOn, orderOnFile, transmittedOn };
    await needs.audit.append(trx, {
      clinic,
      actor: by.user,
      action: 'planOfCare.certified',
      subject: patient,
      details,
    });
    return { patient, startsOn, certifiedOn, orderOnFile, transmittedOn };
  });
}

async function draftRow(trx: Trx, clinic: string, ref: string, revision: number): Promise<PlanRow> {
  const row = await planRow(trx, clinic, ref, true);
  if (row.state !== 'draft')
    throw new GaitError('state.conflict', 'This plan of care is no draft any more.', { where: 'plan' });
  if (row.revision !== revision)
    throw new GaitError('state.conflict', 'The plan was changed by somebody else meanwhile.', {
      where: 'revision',
      fix: 'Look at the newest state.',
    });
  return row;
}

function assertEdit({ validator }: PlanNeeds, value: unknown): asserts value is EditedPlan {
  const schema: JSONSchema = editedPlanSchema;
  validator.check(schema, value, 'draft');
}
