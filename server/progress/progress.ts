// The course of an episode: goals as the clinician last said, scores with their measure, and flags with their reason.
import { addDays } from '../../domain/calendar.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import type { Goal } from '../../domain/note/source-schema.ts';
import { protocolFor } from '../../domain/plan-of-care/draft.ts';
import { progressFlags } from '../../domain/progress/flags.ts';
import type { ProgressGoal } from '../../domain/progress/flags.ts';
import type { Session } from '../../domain/session/schema.ts';
import { currentEpisode } from '../episodes/episodes.ts';
import { unknownEpisode } from '../episodes/from-chart.ts';
import { daysOfTreatment } from '../episodes/treatment-days.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { assertPatient } from '../messages/views.ts';
import { nameIn } from '../patient-links/name.ts';
import { allOf } from '../patient-links/same-as.ts';
import { protocolsOf } from '../plans-of-care/library.ts';
import type { PlanNeeds } from '../plans-of-care/needs.ts';
import { measureNamed, scoresFor, sessionsIn } from './scores.ts';

/** How far back is looked where nobody knows when care began. */
const unknownBack = 365;

/** Throws `reference.unknown` for a patient the clinic does not have. */
export async function progressOf(needs: PlanNeeds, clinic: string, patient: string, by: SessionPrincipal) {
  const { db, planRules } = needs;
  await assertPatient(db, clinic, patient);
  const { date: today } = await needs.policies.today(db, clinic, needs.now());
  const stored = await currentEpisode(needs, clinic, patient, today, { by });
  const episode = stored?.episode ?? unknownEpisode;
  const patients = await allOf(db, clinic, patient);
  const from = episode.startOfCare ?? addDays(today, -unknownBack);
  const span = { clinic, patients, from, to: today };
  const sessions = await sessionsIn(needs, span, by);
  const scores = await scoresFor(needs, span, by, sessions);
  const codes = episode.diagnoses.map(({ code }) => code);
  const population = protocolFor(await protocolsOf(needs, clinic, today), codes, today)?.population ?? null;
  const measures = [...scores].flatMap(([id, told]) => {
    const measure = measureNamed(planRules.measures, id, today);
    return measure === null ? [] : [{ measure, scores: told, population }];
  });
  const goals = episode.goals.map((goal) => ({ ...shown(goal), ...lastSaid(goal, sessions) }));
  const flags = progressFlags(
    {
      treatmentDays: await daysOfTreatment(db, span),
      goals: episode.goals.map(
        (goal): ProgressGoal => ({ ref: goal.id, target: targetOf(goal), state: lastSaid(goal, sessions).state }),
      ),
      measures,
      population,
      reports: sessions.at(-1)?.subjective.reports ?? [],
    },
    ruleOn(planRules.progress, today, 'documentation'),
  );
  const people = await needs.vault.openMany(clinic, [patient], { purpose: 'progress.view', actor: by });
  return {
    patient,
    name: nameIn(people.get(patient)),
    today,
    beganOn: stored?.beganOn ?? null,
    treatmentDays: episode.treatmentDays,
    goals,
    measures,
    flags,
    plan: await planToShow(needs, clinic, patients),
  };
}

/** The plan being drafted here, else the one in force; null: none was drafted here. */
async function planToShow({ db }: PlanNeeds, clinic: string, patients: readonly string[]): Promise<string | null> {
  const rows = await db
    .selectFrom('plans_of_care')
    .select(['ref', 'state'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('state', 'in', ['draft', 'approved'])
    .orderBy('updated_at', 'desc')
    .execute();
  return (rows.find(({ state }) => state === 'draft') ?? rows[0])?.ref ?? null;
}

function shown({ id, words, term, baseline, target, unit, due }: Goal) {
  return { id, words, term, baseline, target, unit, due };
}

/** As the clinician said last, and on which day; null: nobody has said. */
function lastSaid({ id }: Goal, sessions: readonly Session[]) {
  for (const { date, goals } of sessions.toReversed()) {
    const state = goals.find(({ goal }) => goal === id)?.state ?? null;
    if (state !== null) return { state, stateOn: date };
  }
  return { state: null, stateOn: null };
}

function targetOf({ of, target }: Goal): ProgressGoal['target'] {
  return of === null || target === null || !('measure' in of) ? null : { measure: of.measure, score: target };
}
