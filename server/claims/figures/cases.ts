// Puts the claims for one service together: what is owed of it, what was given up, and what came for each of its lines.
import { canonicalJson } from '../../../domain/canonical-json.ts';
import type { CaseFacts, LineFacts } from '../../../domain/claim-figures/facts.ts';
import type { ClaimLine } from '../../../domain/claim/line-schema.ts';
import type { Claim } from '../../../domain/claim/schema.ts';
import { bookClaim, booksOf, patientKinds } from '../../../domain/posting/books.ts';
import type { Books } from '../../../domain/posting/books.ts';
import { isSameCase } from '../../../domain/posting/match.ts';
import { rankOf } from '../../../domain/posting/rank.ts';
import type { LedgerRow } from '../../posting/ledger.ts';
import { deniedIn } from './decisions.ts';
import type { FigureRules } from './decisions.ts';
import type { ClaimRows, DecisionRow } from './rows.ts';

export interface Case {
  readonly claims: readonly ClaimRows[];
  readonly books: Books;
  /** What is billed now: the newest claim to the first payer; null: it takes back what was billed. */
  readonly billed: ClaimRows | null;
  readonly first: ClaimRows;
}

/** The claims of one number whose days fit, as the books put them together; a claim without a number stands by itself. */
export function casesOf(rows: readonly ClaimRows[]): Case[] {
  const byNumber = Map.groupBy(rows, ({ row, opened }) => opened.claim.patientControlNumber ?? row.ref);
  return [...byNumber.values()].flatMap((alike) => {
    const cases: ClaimRows[][] = [];
    for (const one of alike) {
      const known = cases.find((ones) => ones.some((other) => isSameCase(other.opened.claim, one.opened.claim)));
      if (known === undefined) cases.push([one]);
      else known.push(one);
    }
    return cases.flatMap(caseOf);
  });
}

function caseOf(claims: readonly ClaimRows[]): Case[] {
  const lowest = Math.min(...claims.map(rankIn));
  const toFirst = claims.filter((one) => rankIn(one) === lowest);
  const [first, newest] = [toFirst[0], toFirst.at(-1)];
  if (first === undefined || newest === undefined) return [];
  const posted = claims.find(({ books }) => books !== null)?.books ?? null;
  const books =
    posted ??
    booksOf(
      claims.map(({ opened }) => bookClaim(opened)),
      [],
    );
  return [{ claims, books, first, billed: newest.row.frequency === '8' ? null : newest }];
}

function rankIn({ opened }: ClaimRows): number {
  return rankOf(opened.claim.responsibility) ?? 1;
}

export function caseFacts(rules: FigureRules, one: Case): CaseFacts {
  const { claims, books, first } = one;
  const lives = claims.flatMap(({ life }) => (life === null ? [] : [life]));
  const states = lives.map(({ state }) => state);
  const { standing, chargeCents, openCents, patientBalanceCents } = books;
  return {
    payer: awaited(one).row.payer,
    serviceOn: first.row.service_from,
    books: { standing, chargeCents, openCents, patientBalanceCents },
    isFollowed: lives.length > 0,
    isClosed: lives.length > 0 && states.every((state) => state === 'closed'),
    owing: states.includes('paymentPlan') ? 'plan' : states.includes('patientBalance') ? 'balance' : null,
    writtenOff: writtenOff(rules, one),
  };
}

/** The first claim whose payer has not decided. */
function awaited({ claims, books, first }: Case): ClaimRows {
  const decided = new Set(books.payers.map(({ rank }) => rank));
  const waiting = claims.filter((one) => !decided.has(rankIn(one))).sort((a, b) => rankIn(a) - rankIn(b));
  return waiting[0] ?? first;
}

/** What a person gave up: what the books hold of it, and what had been denied and stands there as adjusted. */
function writtenOff(rules: FigureRules, { claims, books }: Case): CaseFacts['writtenOff'] {
  const given = claims.flatMap(({ events, posted }) =>
    events.filter(({ type }) => type === 'writtenOff').map(({ detail, at }) => ({ detail, at, posted })),
  );
  if (given.length === 0) return null;
  const { writtenOffCents: entered, patientBalanceCents: owed } = books;
  // Nothing is entered of an amount nobody knew.
  const isTold = entered > 0;
  const denied = given.map(({ detail, at, posted }) => {
    if (detail !== 'insurance') return isTold || (detail === 'patient' ? owed : books.openCents) !== null ? 0 : null;
    const decision = posted.findLast(({ effect, posted_at: on }) => effect === 'decides' && on !== null && on <= at);
    if (decision === undefined) return isTold ? 0 : null;
    return deniedIn(rules, decision).reduce((sum, { amountCents }) => sum + amountCents, 0);
  });
  return {
    cents: denied.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), entered),
  };
}

function sumOf(lines: readonly LedgerRow[], fits: (line: LedgerRow) => boolean): number {
  return lines.reduce((sum, line) => (fits(line) ? sum + line.cents : sum), 0);
}

/** The lines billed now. Money a payer told of the claim as a whole is known of a line only where no other therapist or day shares it. */
export function lineFacts({ claims, books, billed }: Case): LineFacts[] {
  if (billed === null) return [];
  const { claim } = billed.opened;
  const posted = claims.flatMap((one) => one.posted);
  const isDecided = books.payers.length > 0 && books.standing !== 'contradictory';
  const ofFirst = posted.filter(({ payer }) => payer === books.payers[0]?.payer);
  const facts = claim.lines.map((line) => ({
    therapist: therapistOf(claim, line)?.npi ?? null,
    visit: line.from === null ? null : visitOf(claim, line.from),
  }));
  const isOne = new Set(facts.map((one) => canonicalJson([one.therapist, one.visit]))).size === 1;
  const money = (rows: readonly DecisionRow[], index: number, fits: (line: LedgerRow) => boolean): number | null => {
    const lines = rows.flatMap((row) => row.lines).filter(fits);
    const whole = lines.filter(({ line }) => line === null);
    if (!isDecided || (sumOf(whole, () => true) !== 0 && !isOne)) return null;
    const own = lines.filter(({ line }) => line === claim.lines[index]?.number);
    return sumOf(index === 0 ? [...own, ...whole] : own, () => true);
  };
  return facts.map(({ therapist, visit }, index) => ({
    therapist,
    visit,
    billedCents: claim.lines[index]?.chargeCents ?? null,
    allowedCents: money(ofFirst, index, ({ kind }) => kind === 'payment' || patientKinds.some((one) => one === kind)),
    paidCents: money(posted, index, ({ kind }) => kind === 'payment'),
  }));
}

/** Who treated: told where it is not whoever bills (005010X222A1, loops 2310B and 2420A). */
export function therapistOf(claim: Claim, line: ClaimLine): Claim['rendering'] {
  const { billingProvider } = claim;
  return line.rendering ?? claim.rendering ?? (billingProvider.kind === 'person' ? billingProvider : null);
}

/** One patient's day. It never leaves the server. */
function visitOf(claim: Claim, day: string): string {
  const { given, birthDate } = claim.patient ?? claim.subscriber;
  return canonicalJson([claim.subscriber.memberId, given, birthDate, day]);
}
