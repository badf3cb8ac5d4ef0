// The scores of outcome measures of a patient: of sessions captured here and of what other systems told, by the measure's id.
import { inForceOn } from '../../domain/dated-rows.ts';
import type { DatedScore } from '../../domain/measures/change.ts';
import type { Measure } from '../../domain/measures/schema.ts';
import type { Session } from '../../domain/session/schema.ts';
import { assertSession } from '../documentation/needs.ts';
import type { SessionPrincipal, SystemPrincipal } from '../http/principal.ts';
import type { PlanNeeds } from '../plans-of-care/needs.ts';

interface Span {
  readonly clinic: string;
  readonly patients: readonly string[];
  readonly from: string;
  readonly to: string;
}

type Needs = Pick<PlanNeeds, 'db' | 'vault' | 'validator' | 'planRules'>;
type Actor = SessionPrincipal | SystemPrincipal;

/** A score and who told it: this clinic's session, or another system. */
export interface ToldScore extends DatedScore {
  readonly from: 'session' | 'import';
}

/** The measure of an id in force on a day; null: it has no scoring here. */
export function measureNamed(measures: readonly Measure[], id: string, on: string): Measure | null {
  return inForceOn(measures, on).findLast(({ measure }) => measure === id) ?? null;
}

/** Closed sessions of a span, oldest first. */
export async function sessionsIn(
  { db, vault, validator }: Needs,
  { clinic, patients, from, to }: Span,
  by: Actor,
): Promise<readonly Session[]> {
  const rows = await db
    .selectFrom('session_records as s')
    .innerJoin('appointments as a', 'a.ref', 's.appointment')
    .select('s.ref')
    .where('s.clinic', '=', clinic)
    .where('a.patient', 'in', patients)
    .where('s.state', '=', 'closed')
    .where('s.date', '>=', from)
    .where('s.date', '<=', to)
    .orderBy('s.date')
    .orderBy('s.begun_at')
    .execute();
  const refs = rows.map(({ ref }) => ref);
  const opened = await vault.openMany(clinic, refs, { purpose: 'progress.read', actor: by });
  return refs.map((ref) => {
    const session: unknown = opened.get(ref);
    assertSession(validator, session);
    return session;
  });
}

/** By measure, in order; of one day the session's own counts. */
export async function scoresFor(
  needs: Needs,
  span: Span,
  by: Actor,
  sessions?: readonly Session[],
): Promise<ReadonlyMap<string, readonly ToldScore[]>> {
  const scores = new Map<string, ToldScore[]>();
  const add = (measure: string, score: ToldScore): void =>
    void scores.set(measure, [...(scores.get(measure) ?? []), score]);
  for (const { measure, date, score } of await importedScores(needs, span, by))
    add(measure, { date, score, from: 'import' });
  for (const { date, measures } of sessions ?? (await sessionsIn(needs, span, by)))
    for (const { measure, score } of measures) add(measure, { date, score, from: 'session' });
  for (const list of scores.values())
    list.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  return scores;
}

/** What other systems told, where its measure is one of those scored here, by id or by name. */
async function importedScores({ db, vault, planRules }: Needs, { clinic, patients, from, to }: Span, by: Actor) {
  const rows = await db
    .selectFrom('outcome_scores')
    .select(['record', 'date'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .execute();
  const refs = rows.map(({ record }) => record);
  const opened = await vault.openMany(clinic, refs, { purpose: 'progress.read', actor: by });
  return rows.flatMap(({ record, date }) => {
    const { measure, score } = opened.get(record) ?? {};
    const id = typeof measure === 'string' ? idOf(planRules.measures, measure) : null;
    return id === null || typeof score !== 'number' ? [] : [{ measure: id, score, date }];
  });
}

/** "LEFS", "Quick DASH", "Lower Extremity Functional Scale" → the id; null: none is meant for sure. */
function idOf(measures: readonly Measure[], told: string): string | null {
  const plain = (words: string): string => words.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const found = measures.find(({ measure, name }) => [plain(measure), plain(name)].includes(plain(told)));
  return found?.measure ?? null;
}
