// The policy in force for one payer on one day: rule data, the regulation and the clinic's own settings merged.
import { dayNumber } from '../calendar.ts';
import type { LineOfBusiness } from './lines-of-business.ts';
import type { Payer, PayerPolicy, PayerRule, PolicySettings, RuleBook, TurnaroundRule } from './schema.ts';

interface Dated {
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly retrieved: string;
}

/** What a rule is looked up by; `on` is the day of the decision, `YYYY-MM-DD`. */
export interface RuleQuestion {
  readonly payer: string;
  readonly lineOfBusiness: LineOfBusiness;
  readonly on: string;
}

/**
 * The row about a payer's line of business that is in force on a day: the one that took effect last, of several the one
 * retrieved last. null: nobody has written one, and nothing may be assumed.
 */
export function selectRule(rows: readonly PayerRule[], question: RuleQuestion): PayerRule | null {
  return newestInForce(
    rows.filter((row) => row.payer === question.payer && row.lineOfBusiness === question.lineOfBusiness),
    question.on,
  );
}

/**
 * The payer a PT system's export means, by id or by name, letter case and spaces aside: an export seldom tells the line of
 * business. null: no rule in force knows it, or rows of several lines of business do, and nobody may guess between them.
 */
export function findPayer(rows: readonly PayerRule[], idOrName: string, on: string): Payer | null {
  const wanted = plain(idOrName);
  const matches = rows.filter(
    (row) =>
      (plain(row.payer) === wanted || plain(row.name) === wanted) &&
      row.effectiveFrom <= on &&
      (row.effectiveTo === null || row.effectiveTo >= on),
  );
  const [first] = matches;
  if (first === undefined) return null;
  const alike = matches.every((row) => row.payer === first.payer && row.lineOfBusiness === first.lineOfBusiness);
  return alike ? { id: first.payer, name: first.name, lineOfBusiness: first.lineOfBusiness } : null;
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The regulation's row for a line of business on a day, or null where no regulation speaks. */
export function selectTurnaround(
  rows: readonly TurnaroundRule[],
  question: Pick<RuleQuestion, 'lineOfBusiness' | 'on'>,
): TurnaroundRule | null {
  return newestInForce(
    rows.filter((row) => row.lineOfBusiness === question.lineOfBusiness),
    question.on,
  );
}

/** The row in force on a day that took effect last, of several the one retrieved last; null where none is in force. */
export function newestInForce<Row extends Dated>(rows: readonly Row[], on: string): Row | null {
  let best: Row | null = null;
  for (const row of rows) {
    if (row.effectiveFrom > on || (row.effectiveTo !== null && row.effectiveTo < on)) continue;
    if (best === null || row.effectiveFrom > best.effectiveFrom) best = row;
    else if (row.effectiveFrom === best.effectiveFrom && row.retrieved > best.retrieved) best = row;
  }
  return best;
}

/**
 * Makes the policy for one payer on one day. For each setting the clinic's own comes first, then the payer's rule, then
 * the defaults. The turnaround is the clinic's or the payer's contract, else the regulation of the line of business, else
 * unknown: a contract is what this payer promised this clinic, the regulation is what it may take at most.
 * @param override what the clinic set for this payer; null or absent settings fall through
 * @param name the payer's name where no rule tells it
 */
export function resolvePolicy(
  book: RuleBook,
  question: RuleQuestion,
  override: PolicySettings | null = null,
  name: string = question.payer,
): PayerPolicy {
  const rule = selectRule(book.payers, question);
  const regulation = selectTurnaround(book.turnarounds, question);
  const settings = { ...book.defaults.settings, ...rule?.settings, ...override };
  return {
    payer: question.payer,
    lineOfBusiness: question.lineOfBusiness,
    name: rule?.name ?? name,
    route: settings.route,
    horizonDays: settings.horizonDays,
    turnaround: turnaroundOf(settings.contractTurnaroundDays ?? null, rule, regulation),
    pollEveryMinutes: settings.pollEveryMinutes,
    visitsLeftWarning: settings.visitsLeftWarning,
    uncoveredWarningDays: settings.uncoveredWarningDays,
    requiredElements: [...settings.requiredElements],
    gapRuleDays: settings.gapRuleDays ?? null,
    reviewDueDays: settings.reviewDueDays,
    remindAfterHours: settings.remindAfterHours,
    escalateAfterHours: settings.escalateAfterHours,
    escalateTo: settings.escalateTo,
    authorizationRequired: settings.authorizationRequired ?? 'unknown',
    freeVisits: settings.freeVisits ?? null,
    freeVisitsPer: settings.freeVisitsPer ?? 'episode',
    denialReasonCitation: regulation?.denialReasonCitation ?? null,
    rule:
      rule === null
        ? null
        : {
            id: rule.id,
            source: rule.source,
            retrieved: rule.retrieved,
            staleDays: staleDays(rule.retrieved, question.on, book.defaults.staleAfterDays),
          },
  };
}

function turnaroundOf(
  contractDays: number | null,
  rule: PayerRule | null,
  regulation: TurnaroundRule | null,
): PayerPolicy['turnaround'] {
  const expeditedHours = regulation?.expeditedHours ?? null;
  if (contractDays !== null) {
    const citation = rule?.settings.contractTurnaroundDays === contractDays ? rule.source : "clinic's contract";
    return { standardDays: contractDays, expeditedHours, basis: 'contract', citation };
  }
  if (regulation !== null && regulation.standardDays !== null) {
    return {
      standardDays: regulation.standardDays,
      expeditedHours,
      basis: 'regulation',
      citation: regulation.citation,
    };
  }
  return { standardDays: null, expeditedHours, basis: 'unknown', citation: null };
}

/** The age of a rule in days once it is past the limit, else null. */
function staleDays(retrieved: string, on: string, staleAfterDays: number): number | null {
  const age = dayNumber(on) - dayNumber(retrieved);
  return age > staleAfterDays ? age : null;
}

/** What staff must be told about the ground a policy stands on; empty if it is a fresh rule. */
export function policyWarnings(policy: PayerPolicy): string[] {
  const warnings: string[] = [];
  if (policy.rule === null) warnings.push('No rule about this payer is on file: its requirements are unknown');
  else if (policy.rule.staleDays !== null) {
    warnings.push(`The rule about this payer was checked ${policy.rule.staleDays} days ago; check it again`);
  }
  if (policy.turnaround.standardDays === null) {
    warnings.push(`The payer's turnaround is unknown; the clinic's horizon of ${policy.horizonDays} days is used`);
  }
  return warnings;
}
