// How earlier patients of this clinic with the same condition fared: counts only, with small ones hidden, never a name or a reference.
import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;

const similarRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'effectiveFrom', 'effectiveTo', 'leastShown', 'visitBands', 'source', 'url'],
  properties: {
    id: text,
    effectiveFrom: date,
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    /** A smaller count is not shown. */
    leastShown: { type: 'integer', minimum: 2 },
    /** Upper ends of the bands of visits; the last band is open. */
    visitBands: { type: 'array', minItems: 1, items: { type: 'integer', minimum: 1 } },
    source: text,
    url: text,
  },
} as const;

export const similarFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Similar patients',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'reviewBy', 'rows'],
  properties: { retrieved: date, reviewBy: date, rows: { type: 'array', minItems: 1, items: similarRuleSchema } },
} as const;

export type SimilarRule = FromSchema<typeof similarRuleSchema>;

/** One finished episode, by what is counted of it alone. */
export interface PastEpisode {
  readonly condition: string;
  /** null: not known. */
  readonly visits: number | null;
  /** Whether the first measure of the protocol improved by a change worth having; null: not measured twice. */
  readonly improved: boolean | null;
}

export interface Cell {
  readonly label: string;
  /** null: hidden, because it is small or would tell one that is. */
  readonly count: number | null;
}

export interface SimilarPatients {
  /** null: hidden. */
  readonly total: number | null;
  readonly visits: readonly Cell[];
  readonly outcome: readonly Cell[];
  readonly words: string;
}

/** Counts of the earlier episodes of a condition. */
export function similarPatients(
  episodes: readonly PastEpisode[],
  condition: string,
  rule: SimilarRule,
): SimilarPatients {
  const own = episodes.filter((one) => one.condition === condition);
  if (own.length < rule.leastShown) {
    const words = `Fewer than ${rule.leastShown} earlier patients of this condition: too few to show`;
    return { total: null, visits: [], outcome: [], words };
  }
  const bands = rule.visitBands.map((to, at) => ({ from: (rule.visitBands[at - 1] ?? 0) + 1, to }));
  const last = (rule.visitBands.at(-1) ?? 0) + 1;
  const count = (holds: (one: PastEpisode) => boolean): number => own.filter(holds).length;
  const visits = [
    ...bands.map(({ from, to }) => ({
      label: `${from} to ${to} visits`,
      count: count(({ visits: had }) => had !== null && had >= from && had <= to),
    })),
    { label: `${last} or more visits`, count: count(({ visits: had }) => had !== null && had >= last) },
    { label: 'visits not known', count: count(({ visits: had }) => had === null || had < 1) },
  ];
  const outcome = [
    { label: 'improved by a change worth having', count: count(({ improved }) => improved === true) },
    { label: 'did not', count: count(({ improved }) => improved === false) },
    { label: 'not measured twice', count: count(({ improved }) => improved === null) },
  ];
  const words = `${own.length} earlier patients of this clinic; counts below ${rule.leastShown} are not shown`;
  return {
    total: own.length,
    visits: hidden(visits, rule.leastShown),
    outcome: hidden(outcome, rule.leastShown),
    words,
  };
}

/** Hides small counts, and with them the next smallest until what is hidden cannot be worked out from the total. */
function hidden(cells: readonly { readonly label: string; readonly count: number }[], least: number): Cell[] {
  const small = new Set(cells.filter(({ count }) => count > 0 && count < least));
  const sumOf = (): number => [...small].reduce((total, { count }) => total + count, 0);
  const rest = cells.filter((cell) => !small.has(cell) && cell.count > 0).sort((one, other) => one.count - other.count);
  while (small.size > 0 && (small.size < 2 || sumOf() < least)) {
    const next = rest.shift();
    if (next === undefined) break;
    small.add(next);
  }
  return cells.map(({ label, count }) => ({
    label,
    count: [...small].some((one) => one.label === label) ? null : count,
  }));
}
