// Drafts a plan of care from a session, the episode, the clinic's protocols and what is known of limits; it decides nothing.
import { GaitError } from '../../domain/errors.ts';
import type { Episode } from '../../domain/note/source-schema.ts';
import { draftPlan, protocolFor } from '../../domain/plan-of-care/draft.ts';
import type { DraftGoal, PlanDraft } from '../../domain/plan-of-care/draft.ts';
import type { Protocol } from '../../domain/plan-of-care/protocol-schema.ts';
import { inForceOn } from '../../domain/dated-rows.ts';
import { blankSession } from '../../domain/session/blank.ts';
import type { Session } from '../../domain/session/schema.ts';
import type { Side } from '../../domain/session/words.ts';
import type { Trx } from '../database/tables.ts';
import { assertSession } from '../documentation/needs.ts';
import { currentEpisode } from '../episodes/episodes.ts';
import { unknownEpisode } from '../episodes/from-chart.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { assertPatient } from '../messages/views.ts';
import { allOf } from '../patient-links/same-as.ts';
import { newReference } from '../vault/reference.ts';
import { protocolsOf } from './library.ts';
import { limitsOf } from './limits.ts';
import type { PlanNeeds } from './needs.ts';
import { similarOf } from './similar.ts';
import { structureOf } from './stored.ts';
import type { SealedPlan } from './stored.ts';

/** Of a patient, or of a session and its patient. */
export interface DraftAsk {
  readonly patient?: string | undefined;
  readonly session?: string | undefined;
}

/**
 * Drafts the plan of a patient; where one is being drafted, that one.
 * Throws `input.invalid` where neither is named, `reference.unknown`, `state.conflict` where no protocol fits the diagnoses.
 */
export async function draftPlanOfCare(
  needs: PlanNeeds,
  clinic: string,
  ask: DraftAsk,
  by: Principal,
): Promise<{ readonly plan: string; readonly created: boolean }> {
  const { db } = needs;
  const { patient, session } = await subjectOf(needs, clinic, ask);
  const patients = await allOf(db, clinic, patient);
  const waiting = await waitingDraft(db, clinic, patients);
  if (waiting !== null) return { plan: waiting, created: false };
  const { date: today } = await needs.policies.today(db, clinic, needs.now());
  const actor = by.kind === 'session' ? by : systemPrincipal('plans-of-care', by);
  const found = await findingsOf(needs, clinic, { patient, patients, session }, today, actor);
  const episode = (await currentEpisode(needs, clinic, patient, today, { by: actor }))?.episode ?? unknownEpisode;
  const protocols = await protocolsOf(needs, clinic, today);
  const protocol = protocolIn(protocols, episode, today);
  const isAgain = await hadPlan(db, clinic, patients);
  const from = isAgain || found.ref === null ? today : found.session.date;
  const ref = newReference('poc');
  const side = sideOf(protocol, found.session);
  const limits = await limitsOf(needs, db, clinic, patient, from);
  const drafted = draftPlan({
    protocol,
    findings: { session: found.session, side },
    patientLimits: episode.precautions.length === 0 ? null : episode.precautions.map((one) => one.toLowerCase()),
    limits,
    from,
    measures: inForceOn(needs.planRules.measures, today),
  });
  const draft = { ...drafted, goals: drafted.goals.map((goal) => named(goal, ref, episode)) } satisfies PlanDraft;
  const similar = await similarOf(needs, { clinic, patient, protocol, protocols, today }, by);
  const sealed: SealedPlan = { draft, protocolName: protocol.name, part: protocol.part, side, limits, similar };
  return db.transaction().execute(async (trx) => {
    await trx.selectFrom('patients').select('ref').where('ref', '=', patient).forNoKeyUpdate().execute();
    const other = await waitingDraft(trx, clinic, patients);
    if (other !== null) return { plan: other, created: false };
    await keep(needs, trx, { clinic, patient, ref, session: found.ref, sealed, protocol, isAgain, by });
    return { plan: ref, created: true };
  });
}

async function keep(
  { vault, audit, now }: PlanNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly patient: string;
    readonly ref: string;
    readonly session: string | null;
    readonly sealed: SealedPlan;
    readonly protocol: Protocol;
    readonly isAgain: boolean;
    readonly by: Principal;
  },
): Promise<void> {
  const { clinic, patient, ref, session, sealed, protocol, isAgain, by } = of;
  await vault.put(clinic, 'planOfCare', { ...sealed }, { ref, trx });
  const at = now();
  await trx
    .insertInto('plans_of_care')
    .values({
      ref,
      clinic,
      patient,
      session,
      state: 'draft',
      revision: 1,
      recertification: isAgain,
      protocol: protocol.id,
      protocol_version: protocol.version,
      ...structureOf(sealed),
      drafted_at: at,
      drafted_by: actorOf(by),
      updated_at: at,
      approved_at: null,
      approved_by: null,
      hash: null,
    })
    .execute();
  const details = { patient, protocol: protocol.id, version: protocol.version };
  await audit.append(trx, { clinic, actor: actorOf(by), action: 'planOfCare.drafted', subject: ref, details });
}

async function subjectOf({ db }: PlanNeeds, clinic: string, { patient, session }: DraftAsk) {
  if (session !== undefined) {
    const row = await db
      .selectFrom('session_records as s')
      .innerJoin('appointments as a', 'a.ref', 's.appointment')
      .select(['a.patient', 's.state'])
      .where('s.clinic', '=', clinic)
      .where('s.ref', '=', session)
      .executeTakeFirst();
    if (row === undefined || (patient !== undefined && patient !== row.patient))
      throw new GaitError('reference.unknown', 'There is no such session record.', { where: 'session' });
    if (row.state === 'open')
      throw new GaitError('state.conflict', 'The session is still open.', {
        where: 'session',
        fix: 'Close it on the capture page, then draft.',
      });
    return { patient: row.patient, session };
  }
  if (patient === undefined)
    throw new GaitError('input.invalid', 'Neither a patient nor a session is named.', { where: 'patient' });
  await assertPatient(db, clinic, patient);
  return { patient, session: null };
}

/** The session named, else the newest that assessed the patient, else the newest; without any, nothing is found. */
async function findingsOf(
  needs: PlanNeeds,
  clinic: string,
  of: { readonly patient: string; readonly patients: readonly string[]; readonly session: string | null },
  today: string,
  actor: Parameters<PlanNeeds['vault']['open']>[2]['actor'],
): Promise<{ readonly ref: string | null; readonly session: Session }> {
  const rows =
    of.session === null
      ? await needs.db
          .selectFrom('session_records as s')
          .innerJoin('appointments as a', 'a.ref', 's.appointment')
          .select('s.ref')
          .where('s.clinic', '=', clinic)
          .where('a.patient', 'in', of.patients)
          .where('s.state', '=', 'closed')
          .orderBy('s.date', 'desc')
          .limit(20)
          .execute()
      : [{ ref: of.session }];
  const refs = rows.map(({ ref }) => ref);
  const opened = await needs.vault.openMany(clinic, refs, { purpose: 'planOfCare.draft', actor });
  const sessions = refs.map((ref) => {
    const session: unknown = opened.get(ref);
    assertSession(needs.validator, session);
    return { ref, session };
  });
  const assessed = sessions.find(({ session }) => session.kind !== 'treatment') ?? sessions[0];
  const blank = { ref: newReference('ses'), patient: of.patient, date: today, kind: 'evaluation' } as const;
  return assessed ?? { ref: null, session: blankSession(blank) };
}

function protocolIn(protocols: readonly Protocol[], episode: Episode, today: string): Protocol {
  const codes = episode.diagnoses.map(({ code }) => code);
  const protocol = protocolFor(protocols, codes, today);
  if (protocol !== null) return protocol;
  throw new GaitError(
    'state.conflict',
    codes.length === 0 ? 'No diagnosis is known of this patient.' : 'The library has no protocol for the diagnoses.',
    {
      where: 'patient',
      fix:
        codes.length === 0
          ? 'Enter the diagnosis in the episode of the patient, then draft.'
          : 'Add the diagnosis to a protocol of the library, or write the plan in the PT system.',
    },
  );
}

/** The one side that every finding of the part names; null: none does, or they differ. */
function sideOf(protocol: Protocol, { rangeOfMotion, strength, pain }: Session): Side | null {
  const sides = [...rangeOfMotion, ...strength, ...pain].flatMap(({ part, side }) =>
    part === protocol.part && side !== null ? [side] : [],
  );
  const [first] = sides;
  return first !== undefined && sides.every((side) => side === first) ? first : null;
}

/** A goal that the episode has already keeps its id, so that what sessions said of it goes on. */
function named(goal: DraftGoal, plan: string, episode: Episode): DraftGoal {
  const known = episode.goals.find(({ of }) => {
    if (of === null) return false;
    return 'measure' in of
      ? 'measure' in goal.of && goal.of.measure === of.measure
      : 'motion' in goal.of && goal.of.motion === of.motion;
  });
  return { ...goal, id: known?.id ?? `${plan}.${goal.id}` };
}

async function waitingDraft(db: PlanNeeds['db'], clinic: string, patients: readonly string[]): Promise<string | null> {
  const row = await db
    .selectFrom('plans_of_care')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return row?.ref ?? null;
}

/** Whether a plan was in force before: written here, or told by the chart. */
async function hadPlan(db: PlanNeeds['db'], clinic: string, patients: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('care_plans')
    .select('patient')
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('starts_on', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}
