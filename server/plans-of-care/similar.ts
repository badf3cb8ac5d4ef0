// How earlier patients of this clinic fared: finished episodes with their condition, days of treatment and change, as counts alone.
import { ruleOn } from '../../domain/dated-rows.ts';
import { changeBetween, knownScores } from '../../domain/measures/change.ts';
import { protocolFor } from '../../domain/plan-of-care/draft.ts';
import type { Protocol } from '../../domain/plan-of-care/protocol-schema.ts';
import { similarPatients } from '../../domain/plan-of-care/similar.ts';
import type { PastEpisode, SimilarPatients } from '../../domain/plan-of-care/similar.ts';
import { daysOfTreatment } from '../episodes/treatment-days.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { PlanNeeds } from './needs.ts';
import { measureNamed, scoresFor } from '../progress/scores.ts';

/** How many finished episodes are read, the newest first. */
const mostEpisodes = 300;

interface Asked {
  readonly clinic: string;
  /** Not counted: the one the plan is for. */
  readonly patient: string;
  readonly protocol: Protocol;
  readonly protocols: readonly Protocol[];
  readonly today: string;
}

/** Counts of earlier episodes of the protocol's condition; small ones are hidden. */
export async function similarOf(needs: PlanNeeds, of: Asked, by: Principal): Promise<SimilarPatients> {
  const rule = ruleOn(needs.planRules.similar, of.today, 'documentation');
  return similarPatients(await pastEpisodes(needs, of, by), of.protocol.condition, rule);
}

async function pastEpisodes(needs: PlanNeeds, of: Asked, by: Principal): Promise<PastEpisode[]> {
  const { db, vault } = needs;
  const rows = await db
    .selectFrom('episodes')
    .select(['ref', 'patient', 'began_on', 'ended_on'])
    .where('clinic', '=', of.clinic)
    .where('patient', '<>', of.patient)
    .where('ended_on', 'is not', null)
    .orderBy('ended_on', 'desc')
    .limit(mostEpisodes)
    .execute();
  const actor = systemPrincipal('plans-of-care', by);
  const opening = { purpose: 'plan.similar', actor };
  const opened = await vault.openMany(
    of.clinic,
    rows.map(({ ref }) => ref),
    opening,
  );
  const past: PastEpisode[] = [];
  for (const { ref, patient, began_on: from, ended_on: to } of rows) {
    const protocol = protocolFor(of.protocols, codesIn(opened.get(ref)), of.today);
    if (protocol === null || to === null || protocol.condition !== of.protocol.condition) continue;
    const span = from === null ? null : { clinic: of.clinic, patients: [patient], from, to };
    past.push({
      condition: protocol.condition,
      visits: span === null ? null : (await daysOfTreatment(db, span)).length,
      improved: span === null ? null : await improvedIn(needs, protocol, span, actor),
    });
  }
  return past;
}

/** By the protocol's first measure that was taken twice; null: none was, or nothing is published to hold the change against. */
async function improvedIn(
  needs: PlanNeeds,
  protocol: Protocol,
  span: { readonly clinic: string; readonly patients: readonly string[]; readonly from: string; readonly to: string },
  by: Parameters<typeof scoresFor>[2],
): Promise<boolean | null> {
  const scores = await scoresFor(needs, span, by);
  for (const { measure: id } of protocol.measures) {
    const measure = measureNamed(needs.planRules.measures, id, span.to);
    const known = knownScores(scores.get(id) ?? []);
    const [first, last] = [known[0], known.at(-1)];
    if (measure === null || first === undefined || last === undefined || known.length < 2) continue;
    const { direction, important } = changeBetween(measure, first, last, protocol.population);
    return important === null ? null : direction === 'better' && important.reached;
  }
  return null;
}

function codesIn(record: unknown): string[] {
  const rows: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'diagnoses') : null;
  const entries: readonly unknown[] = Array.isArray(rows) ? rows : [];
  return entries.flatMap((entry) => {
    const code: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'code') : null;
    return typeof code === 'string' ? [code] : [];
  });
}
