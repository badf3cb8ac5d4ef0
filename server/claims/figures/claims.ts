// One claim as figures take it: what its checks found, who said what of it first, and what came after a denial.
import { daysBetween } from '../../../domain/calendar.ts';
import { claimEventTypes } from '../../../domain/claim/event-schema.ts';
import type { ClaimFacts, DecisionFacts, HappenedFacts } from '../../../domain/claim-figures/facts.ts';
import type { AllowedLine } from '../../../domain/claim-figures/unusual.ts';
import { patientKinds } from '../../../domain/posting/books.ts';
import { rankOf } from '../../../domain/posting/rank.ts';
import type { ScrubChart } from '../../../domain/scrub/chart-schema.ts';
import type { Case } from './cases.ts';
import { dayOf, decisionFacts, deniedIn } from './decisions.ts';
import type { FigureRules } from './decisions.ts';
import type { ClaimRows } from './rows.ts';

/** What of a case is counted as a claim: a replacement and a void belong to the claim they are about. */
export function countedOf({ claims }: Case): readonly ClaimRows[] {
  const firsts = claims.filter(({ row }) => row.frequency !== '7' && row.frequency !== '8');
  return firsts.length === 0 ? claims : firsts;
}

/** @param charts by their records */
export function claimFacts(
  rules: FigureRules,
  one: Case,
  own: ClaimRows,
  charts: ReadonlyMap<string, ScrubChart>,
): ClaimFacts {
  const { row, findings, statuses, posted } = own;
  const blocks = findings.filter(({ severity }) => severity === 'blocks');
  const events = eventsOf(one, own);
  const decisions = posted.filter(({ effect }) => effect === 'decides').map((each) => decisionFacts(rules, each));
  return {
    ref: row.ref,
    payer: row.payer,
    takenInAt: row.imported_at.toISOString(),
    daysSinceNote: daysSinceNote(own, charts.get(own.scrub?.chart ?? '')),
    check:
      own.scrub === null
        ? null
        : {
            findings: findings.length,
            stoppedAt: blocks.map(({ found_at: at }) => at.toISOString()).sort()[0] ?? null,
            isStopped: blocks.some(({ fixed_at: fixed, overridden_at: stands }) => fixed === null && stands === null),
            overridden: findings.filter(({ overridden_at: at }) => at !== null).length,
          },
    isFollowed: own.life !== null,
    events,
    answers: statuses.map(({ at, sent_back: isSentBack }) => ({ at: at.toISOString(), isSentBack })),
    decisions,
    recoveredCents: recovered(one, decisions, events, posted[0]?.payer ?? null),
  };
}

/** Its own, and the sending of what replaced it. */
function eventsOf({ claims }: Case, own: ClaimRows): HappenedFacts[] {
  const replacing = claims.filter((other) => other !== own && other.row.frequency === '7');
  const others = replacing.flatMap(({ events }) =>
    events.filter(({ type }) => type === 'submitted').map((event) => ({ ...event, frequency: '7' })),
  );
  return [...own.events, ...others]
    .flatMap(({ type, at, detail, frequency }) => {
      const known = claimEventTypes.find((one) => one === type);
      return known === undefined ? [] : [{ type: known, at: at.toISOString(), detail, frequency }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Whatever that payer posted to the case since the denial was corrected or appealed; null: neither happened, or it has said nothing since. */
function recovered(
  { claims }: Case,
  decisions: readonly DecisionFacts[],
  events: readonly HappenedFacts[],
  payer: string | null,
): number | null {
  const deniedAt = decisions.find((one) => one.isDenied)?.postedAt;
  if (deniedAt === undefined) return null;
  const answered = events.find(
    ({ type, at, frequency }) =>
      at > deniedAt && (type === 'appealSent' || (type === 'submitted' && frequency !== '8')),
  );
  if (answered === undefined) return null;
  const since = claims
    .flatMap(({ posted }) => posted)
    .filter((row) => row.payer === payer && (row.posted_at?.toISOString() ?? '') > answered.at);
  if (since.length === 0) return null;
  return since
    .flatMap(({ lines }) => lines)
    .reduce((sum, { kind, cents }) => (kind === 'payment' ? sum + cents : sum), 0);
}

/** From the last signature under the notes of its days; null: one of them is not told to be signed. */
function daysSinceNote({ row, opened }: ClaimRows, chart: ScrubChart | undefined): number | null {
  const days = new Set(opened.claim.lines.flatMap(({ from }) => from ?? []));
  const signed = [...days].map((day) => {
    const notes = (chart?.visits ?? []).filter(({ date }) => date === day).map(({ note }) => note?.signedOn ?? null);
    return notes.length === 0 ? null : latest(notes);
  });
  const last = signed.length === 0 ? null : latest(signed);
  return last === null ? null : daysBetween(last, row.taken_in_on);
}

function latest(days: readonly (string | null)[]): string | null {
  return days.reduce<string | null>(
    (last, day) => (last === null || day === null ? null : day > last ? day : last),
    days[0] ?? null,
  );
}

/** What the first payer allowed for each line, by its standing decision; nothing of what it denied or nobody can tell apart. */
export function allowedLines(rules: FigureRules, { row, opened, posted }: ClaimRows): AllowedLine[] {
  const { claim } = opened;
  const decision = posted.at(-1);
  if (decision?.effect !== 'decides' || (decision.rank ?? 1) !== 1) return [];
  if ((rankOf(claim.responsibility) ?? 1) !== 1) return [];
  return claim.lines.flatMap(({ number, procedure, unit, units }): AllowedLine[] => {
    const own = decision.lines.filter(({ line }) => line === number);
    if (procedure?.qualifier !== 'HC' || unit !== 'UN' || units === null || own.length === 0) return [];
    if (deniedIn(rules, decision, own).length > 0) return [];
    const allowedCents = own.reduce(
      (sum, { kind, cents }) =>
        kind === 'payment' || patientKinds.some((patients) => patients === kind) ? sum + cents : sum,
      0,
    );
    const { code, modifiers } = procedure;
    return [
      { claim: row.ref, line: number, payer: row.payer, code, modifiers, units, allowedCents, on: dayOf(decision) },
    ];
  });
}
