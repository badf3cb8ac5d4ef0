// Whether offers reach everybody alike: by channel, language and payer class; few people in a cell are not shown.
import type { OfferOutcome } from './offer.ts';

export const equityGroups = ['channel', 'language', 'payerClass'] as const;
export type EquityGroup = (typeof equityGroups)[number];

/** One line of any ledger with what is known of the patient; null is unknown and a group of its own. */
export interface EquityLine {
  readonly patient: string;
  readonly eligible: boolean;
  /** null: was not asked. */
  readonly outcome: OfferOutcome | null;
  readonly channel: string | null;
  readonly language: string | null;
  readonly payerClass: string | null;
}

/** Counts of lines; shares from 0 to 1 with a 95 % interval (Wilson); null where nobody could be counted. */
export interface EquityCell {
  readonly value: string | null;
  /** Different people; null where the cell is hidden. */
  readonly people: number | null;
  readonly eligible: number | null;
  readonly offers: number | null;
  readonly acceptances: number | null;
  readonly offered: Share | null;
  readonly accepted: Share | null;
}

export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface EquityReport {
  readonly smallCell: number;
  readonly total: EquityCell;
  readonly groups: Readonly<Record<EquityGroup, readonly EquityCell[]>>;
}

/**
 * Counts ledgers by group. A cell of fewer people than `smallCell` is hidden; if it is the only hidden one of its group, the next
 * smallest is hidden as well, since the total would tell it.
 */
export function equity(lines: readonly EquityLine[], smallCell: number): EquityReport {
  const total = cellOf(null, lines);
  return {
    smallCell,
    total: (total.people ?? 0) < smallCell ? hidden(null) : total,
    groups: {
      channel: cells(lines, 'channel', smallCell),
      language: cells(lines, 'language', smallCell),
      payerClass: cells(lines, 'payerClass', smallCell),
    },
  };
}

function cells(lines: readonly EquityLine[], group: EquityGroup, smallCell: number): readonly EquityCell[] {
  const byValue = Map.groupBy(lines, (line) => line[group]);
  const all = [...byValue].map(([value, its]) => cellOf(value, its));
  const bySize = [...all].sort((one, other) => (one.people ?? 0) - (other.people ?? 0));
  const small = bySize.filter(({ people }) => (people ?? 0) < smallCell).length;
  const hide = new Set(bySize.slice(0, small === 1 ? 2 : small).map(({ value }) => value));
  return all
    .map((cell) => (hide.has(cell.value) ? hidden(cell.value) : cell))
    .sort((one, other) => ((one.value ?? '~') < (other.value ?? '~') ? -1 : 1));
}

function cellOf(value: string | null, lines: readonly EquityLine[]): EquityCell {
  const eligible = lines.filter((line) => line.eligible).length;
  const offers = lines.filter(({ outcome }) => outcome !== null && outcome !== 'undelivered').length;
  const acceptances = lines.filter(({ outcome }) => outcome === 'accepted').length;
  return {
    value,
    people: new Set(lines.map(({ patient }) => patient)).size,
    eligible,
    offers,
    acceptances,
    offered: wilson(offers, eligible),
    accepted: wilson(acceptances, offers),
  };
}

function hidden(value: string | null): EquityCell {
  return { value, people: null, eligible: null, offers: null, acceptances: null, offered: null, accepted: null };
}

/** Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927); z = 1.96. */
function wilson(of: number, all: number): Share | null {
  if (all === 0) return null;
  const z = 1.96;
  const share = of / all;
  const middle = (share + (z * z) / (2 * all)) / (1 + (z * z) / all);
  const half = (z / (1 + (z * z) / all)) * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
