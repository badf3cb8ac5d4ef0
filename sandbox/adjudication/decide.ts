// What a simulated payer decides on a claim: sent back, paid, paid in part, or denied and why; always the same for the same claim.
import type { Adjustment } from '../../domain/claim/line-schema.ts';
import { addDays } from '../clinic/calendar.ts';
import { everyPayer } from '../clinic/payers.ts';
import { allowedFor, filingDaysOf, heldBackFrom, needsAuthorization } from './schedule.ts';
import { coverageOf, PatientShare } from './share.ts';
import type { SubmittedClaim, SubmittedLine } from './submitted.ts';
import { drawnOf, serviceDateOf } from './submitted.ts';

/** A status of a claim: category and code of X12 lists 507 and 508, the entity it is about. */
export interface Standing {
  readonly category: string;
  readonly code: string;
  readonly entity: string | null;
}

export interface DecidedLine {
  readonly allowedCents: number;
  readonly paidCents: number;
  readonly unitsPaid: number;
  readonly adjustments: readonly Adjustment[];
  /** RARC. */
  readonly remarks: readonly string[];
}

export interface Decision {
  /** CLP02. */
  readonly status: '1' | '4';
  readonly standing: Standing;
  readonly lines: readonly DecidedLine[];
}

/** What may become of a claim besides being paid as it should be; a person may choose one for a claim. */
export const outcomes = [
  'paid',
  'paidInPart',
  'noAuthorization',
  'missingInformation',
  'bundled',
  'benefitMaximum',
  'notCovered',
  'late',
  'duplicate',
] as const;
export type Outcome = (typeof outcomes)[number];

interface Denial {
  readonly group: string;
  readonly reason: string;
  readonly remarks: readonly string[];
  /** Claim status code of the whole claim. */
  readonly code: string;
}

/** Claim adjustment reason codes and remark codes seen in physical therapy. */
const denials = {
  noAuthorization: { group: 'CO', reason: '197', remarks: [], code: '84' },
  missingInformation: { group: 'CO', reason: '16', remarks: ['M76'], code: '255' },
  bundled: { group: 'CO', reason: '97', remarks: ['M15'], code: '585' },
  benefitMaximum: { group: 'CO', reason: '119', remarks: ['N362'], code: '483' },
  notCovered: { group: 'PR', reason: '204', remarks: ['N130'], code: '585' },
  late: { group: 'CO', reason: '29', remarks: [], code: '585' },
  duplicate: { group: 'CO', reason: '18', remarks: ['N522'], code: '54' },
  ended: { group: 'PR', reason: '27', remarks: [], code: '585' },
  modifier: { group: 'CO', reason: '4', remarks: [], code: '585' },
  unknownCode: { group: 'CO', reason: '181', remarks: ['M20'], code: '585' },
} as const satisfies Record<string, Denial>;

/** Units that are not paid of a line that is paid in part: not so many are thought to be needed. */
const tooMany = '151';

/** Of a hundred claims that nothing speaks against, so many end otherwise; the rest is paid. */
const draws: readonly (readonly [Exclude<Outcome, 'paid'>, number])[] = [
  ['notCovered', 3],
  ['benefitMaximum', 3],
  ['missingInformation', 2],
  ['paidInPart', 6],
];

const placeholder = /^(0+|TBD|NONE|N\/?A|PENDING)$/i;

/**
 * Why a claim is sent back before anybody decides on it (277CA), or null.
 * @param isKnown whether the payer holds a claim under that number which may be replaced or voided
 */
export function refusalOf(claim: SubmittedClaim, isKnown: (payerNumber: string) => boolean): Standing | null {
  const isOurs = Object.values(everyPayer).some(({ id }) => id === claim.payer.id);
  if (isOurs && coverageOf(claim).standing === 'unknown') return { category: 'A7', code: '33', entity: 'IL' };
  if (claim.diagnoses.length === 0) return { category: 'A6', code: '255', entity: null };
  if (claim.diagnoses.some((code) => !/^[A-Z]\d[\dA-Z]{1,5}$/.test(code)))
    return { category: 'A7', code: '255', entity: null };
  const isPointed = ({ pointers }: SubmittedLine) =>
    pointers.length > 0 && pointers.every((at) => at >= 1 && at <= claim.diagnoses.length);
  if (!claim.lines.every(isPointed)) return { category: 'A7', code: '477', entity: null };
  if (claim.chargeCents !== claim.lines.reduce((sum, { chargeCents }) => sum + chargeCents, 0))
    return { category: 'A7', code: '178', entity: null };
  if (claim.frequency === '1') return null;
  if (claim.originalNumber === null) return { category: 'A6', code: '464', entity: null };
  return isKnown(claim.originalNumber) ? null : { category: 'A7', code: '464', entity: null };
}

/**
 * The decision on a claim that was taken.
 * @param receivedOn `YYYY-MM-DD`
 * @param isDuplicate whether the payer has taken the same services before
 * @param chosen the outcome a person wants; null: as it falls
 */
export function decide(
  claim: SubmittedClaim,
  about: { readonly receivedOn: string; readonly isDuplicate: boolean; readonly chosen: Outcome | null },
): Decision {
  const outcome = about.chosen ?? naturalOutcome(claim, about.receivedOn, about.isDuplicate);
  if (outcome !== 'paid' && outcome !== 'paidInPart' && outcome !== 'bundled') return denied(claim, denials[outcome]);
  const share = new PatientShare(coverageOf(claim));
  const lines = claim.lines.map((line, at): DecidedLine => {
    const isLast = at === claim.lines.length - 1;
    const denial = outcome === 'bundled' && isLast ? denials.bundled : denialOf(claim, line);
    if (denial !== null) return deniedLine(line, denial);
    return paidLine(claim.payer.id, line, share, outcome === 'paidInPart' && at === 0 ? 1 : 0);
  });
  const isPaid = lines.some(({ allowedCents }) => allowedCents > 0);
  if (!isPaid) return { status: '4', standing: { category: 'F2', code: '585', entity: null }, lines };
  return { status: '1', standing: { category: 'F1', code: '65', entity: null }, lines };
}

function naturalOutcome(claim: SubmittedClaim, receivedOn: string, isDuplicate: boolean): Outcome | 'ended' {
  if (isDuplicate) return 'duplicate';
  const days = filingDaysOf(claim.payer.id);
  if (days !== null && addDays(serviceDateOf(claim) || receivedOn, days) < receivedOn) return 'late';
  if (coverageOf(claim).standing === 'inactive') return 'ended';
  const number = claim.authorizationNumber;
  if (needsAuthorization(claim.payer.id) && (number === null || placeholder.test(number))) return 'noAuthorization';
  let rest = drawnOf(claim);
  for (const [outcome, share] of draws) {
    rest -= share;
    if (rest < 0) return outcome;
  }
  return 'paid';
}

/** What speaks against one line. */
function denialOf(claim: SubmittedClaim, line: SubmittedLine): Denial | null {
  const { code, modifiers } = line;
  if (!modifiers.includes('GP') || modifiers.includes('GO') || modifiers.includes('GN')) return denials.modifier;
  const allowed = allowedFor(claim.payer.id, code, line.units, modifiers);
  if (allowed === null) return denials.unknownCode;
  const isPart = code === '97124' && claim.lines.some((other) => other.code === '97140');
  return allowed === 0 || isPart ? denials.bundled : null;
}

function paidLine(payerId: string, line: SubmittedLine, share: PatientShare, fewer: number): DecidedLine {
  const unitsPaid = line.units > 1 ? line.units - fewer : line.units;
  const cut = Math.round((line.chargeCents * (line.units - unitsPaid)) / Math.max(1, line.units));
  const charge = line.chargeCents - cut;
  const allowedCents = Math.min(charge, allowedFor(payerId, line.code, unitsPaid, line.modifiers) ?? 0);
  const owed = share.of(allowedCents);
  const owedCents = owed.reduce((sum, { amountCents }) => sum + amountCents, 0);
  const held = heldBackFrom(payerId, allowedCents - owedCents);
  const adjustments = [
    ...adjusted('CO', '45', charge - allowedCents),
    ...adjusted('CO', tooMany, cut),
    ...adjusted('CO', '253', held),
    ...owed,
  ];
  return { allowedCents, paidCents: allowedCents - owedCents - held, unitsPaid, adjustments, remarks: [] };
}

function adjusted(group: string, reason: string, amountCents: number): Adjustment[] {
  return amountCents === 0 ? [] : [{ group, reason, amountCents, quantity: null }];
}

function deniedLine(line: SubmittedLine, { group, reason, remarks }: Denial): DecidedLine {
  const adjustments = adjusted(group, reason, line.chargeCents);
  return { allowedCents: 0, paidCents: 0, unitsPaid: 0, adjustments, remarks };
}

function denied(claim: SubmittedClaim, denial: Denial): Decision {
  return {
    status: '4',
    standing: { category: 'F2', code: denial.code, entity: null },
    lines: claim.lines.map((line) => deniedLine(line, denial)),
  };
}
