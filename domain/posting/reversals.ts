// What is left of a claim's decisions once those that were taken back are taken out, whichever came first.
import type { StatusRow } from './codes-schema.ts';
import type { PostingLine } from './lines.ts';

/** One claim of a remittance as it was posted. */
export interface Decision {
  /** The same decision is the same id, however often it is handed in. */
  readonly id: string;
  /** The clinic's claim it was posted to. */
  readonly claim: string;
  readonly payer: string;
  readonly effect: Extract<StatusRow['effect'], 'decides' | 'reverses'>;
  /** 1 for the first payer; null where its status does not tell. */
  readonly rank: number | null;
  readonly passedOn: boolean;
  readonly chargeCents: number;
  readonly lines: readonly PostingLine[];
}

export interface Standings {
  /** Decisions that nobody took back. */
  readonly live: readonly Decision[];
  /** Reversals of what is not in the books. */
  readonly loose: readonly Decision[];
}

const paymentOf = ({ lines }: Decision): number =>
  lines.reduce((sum, { kind, cents }) => (kind === 'payment' ? sum + cents : sum), 0);

/** Every amount by what it is for; two decisions of one print cannot be told apart in the books. */
function printOf({ payer, chargeCents, lines }: Decision, sign: 1 | -1): string {
  const sums = new Map<string, number>();
  for (const { group, reason, line, cents } of lines) {
    const what = [group ?? '', reason ?? '', line ?? ''].join(' ');
    sums.set(what, (sums.get(what) ?? 0) + sign * cents);
  }
  const parts = [...sums].filter(([, cents]) => cents !== 0).map(([what, cents]) => `${what} ${cents}`);
  return [payer, sign * chargeCents, ...parts.sort()].join('|');
}

/** Charge and payment alone: a payer may take back the adjustments as a correction (group CR) of one sum. */
function totalsOf(decision: Decision, sign: 1 | -1): string {
  return [decision.payer, sign * decision.chargeCents, sign * paymentOf(decision)].join('|');
}

/**
 * Pairs each reversal with the decision it undoes: the one whose every amount it repeats with the other sign (005010X221A1, section
 * 1.10.2.8), else the one of that charge and payment. The order in which they came does not matter.
 */
export function standingsOf(decisions: readonly Decision[]): Standings {
  const once = [...new Map(decisions.map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  let live = once.filter(({ effect }) => effect === 'decides');
  let loose = once.filter(({ effect }) => effect === 'reverses');
  for (const keyOf of [printOf, totalsOf]) {
    const left = new Map<string, Decision[]>();
    for (const one of live) left.set(keyOf(one, 1), [...(left.get(keyOf(one, 1)) ?? []), one]);
    const undone = new Set<Decision>();
    loose = loose.filter((reversal) => {
      const original = left.get(keyOf(reversal, -1))?.shift();
      if (original !== undefined) undone.add(original);
      return original === undefined;
    });
    live = live.filter((one) => !undone.has(one));
  }
  return { live, loose };
}
