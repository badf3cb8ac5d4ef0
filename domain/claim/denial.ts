// What a payer's adjustments of one claim mean: nothing to do, the patient's share, or a denial with what to do about it. Pure.
import type { Role } from '../work-item/kinds.ts';
import type { DenialClass, DenialDeed, DenialRow } from './denial-schema.ts';
import type { ClaimTerms } from './terms.ts';

/** One denial in short: codes and cents, no name; `deadlineDays` null: nobody told Gait, a person looks into the contract. */
export interface Denial {
  readonly class: DenialClass;
  readonly whatToDo: DenialDeed;
  readonly role: Role;
  /** Days from the payer's decision, and the regulation that says so. */
  readonly deadlineDays: number | null;
  readonly deadlineCitation: string | null;
  readonly why: string;
  /** The row that said so; null: no row knows these codes. */
  readonly rule: string | null;
  readonly group: string;
  readonly reason: string;
  readonly remarks: readonly string[];
  readonly cents: number;
}

/** `denial` is the one that counts, null where nothing was denied; `others` are denied besides. */
export interface ClassifiedRemittance {
  readonly denial: Denial | null;
  readonly others: readonly Denial[];
  readonly patientCents: number;
}

/** What of a remittance's claim tells why it was not paid in full; a `RemittanceClaim` is one. */
export interface DecidedClaim {
  readonly status: string | null;
  readonly adjustments: readonly DecidedAdjustment[];
  readonly remarks: readonly string[];
  readonly lines: readonly {
    readonly adjustments: readonly DecidedAdjustment[];
    readonly remarks: readonly { readonly value: string | null }[];
  }[];
}

interface DecidedAdjustment {
  readonly group: string;
  readonly reason: string;
  readonly amountCents: number;
}

/** CLP02 of a claim that was denied, and of one that takes an earlier decision back (X12 005010X221A1). */
const deniedStatus = '4';
const reversalStatus = '22';

const noDenials: ReadonlySet<DenialClass> = new Set<DenialClass>(['contractual', 'information', 'patientShare']);

/**
 * Classifies what a payer did not pay. Reversals deny nothing: they take back what was decided.
 * @param rows rules/claims/denials.json; `on` is the day of the decision, `YYYY-MM-DD`
 */
export function classifyDenial(
  remittance: DecidedClaim,
  { rows, terms, on }: { readonly rows: readonly DenialRow[]; readonly terms: ClaimTerms; readonly on: string },
): ClassifiedRemittance {
  if (remittance.status === reversalStatus) return { denial: null, others: [], patientCents: 0 };
  const inForce = rows.filter((row) => row.effectiveFrom <= on && (row.effectiveTo === null || on <= row.effectiveTo));
  const found: Denial[] = [];
  let patientCents = 0;
  for (const { adjustment, remarks } of adjustmentsOf(remittance)) {
    if (adjustment.amountCents <= 0) continue;
    const read = readOne(adjustment, remarks, inForce, terms);
    if (read.class === 'patientShare') patientCents += adjustment.amountCents;
    if (!noDenials.has(read.class)) found.push(read);
  }
  const denials = together(found).sort((one, other) => rankOf(one) - rankOf(other) || other.cents - one.cents);
  const [denial = null, ...others] = denials;
  if (denial !== null || remittance.status !== deniedStatus || patientCents > 0)
    return { denial, others, patientCents };
  return { denial: unexplained(terms), others: [], patientCents };
}

/** An amount a payer denied, and what that means. */
export interface DeniedAmount extends DecidedAdjustment {
  readonly class: DenialClass;
}

/** What `classifyDenial` takes for denied, amount by amount; the limits within which it is answered do not matter to that. */
export function deniedAmounts(
  remittance: DecidedClaim,
  { rows, on }: { readonly rows: readonly DenialRow[]; readonly on: string },
): DeniedAmount[] {
  if (remittance.status === reversalStatus) return [];
  return classified(remittance, rows, on).filter(({ class: kind }) => !noDenials.has(kind));
}

/** Whether `classifyDenial` would find a denial. */
export function isDenied(
  remittance: DecidedClaim,
  { rows, on }: { readonly rows: readonly DenialRow[]; readonly on: string },
): boolean {
  if (remittance.status === reversalStatus) return false;
  const classes = classified(remittance, rows, on).map(({ class: kind }) => kind);
  if (classes.some((kind) => !noDenials.has(kind))) return true;
  return remittance.status === deniedStatus && !classes.includes('patientShare');
}

function classified(remittance: DecidedClaim, rows: readonly DenialRow[], on: string): DeniedAmount[] {
  const inForce = rows.filter((row) => row.effectiveFrom <= on && (row.effectiveTo === null || on <= row.effectiveTo));
  return [...adjustmentsOf(remittance)]
    .filter(({ adjustment }) => adjustment.amountCents > 0)
    .map(({ adjustment: { group, reason, amountCents }, remarks }) => ({
      group,
      reason,
      amountCents,
      class: rowFor({ group, reason }, remarks, inForce)?.class ?? 'unknown',
    }));
}

function* adjustmentsOf({
  adjustments,
  remarks,
  lines,
}: DecidedClaim): Generator<{ adjustment: DecidedAdjustment; remarks: readonly string[] }> {
  for (const adjustment of adjustments) yield { adjustment, remarks };
  for (const line of lines) {
    const said = line.remarks.flatMap(({ value }) => (value === null ? [] : [value]));
    // A remark on the claim (MOA) speaks of every line.
    for (const adjustment of line.adjustments) yield { adjustment, remarks: [...new Set([...said, ...remarks])] };
  }
}

function readOne(
  { group, reason, amountCents }: DecidedAdjustment,
  remarks: readonly string[],
  rows: readonly DenialRow[],
  terms: ClaimTerms,
): Denial {
  const row = rowFor({ group, reason }, remarks, rows);
  const codes = { group, reason, remarks, cents: amountCents };
  if (row === undefined) return { ...unexplained(terms), ...codes };
  const { class: kind, whatToDo, role, why, id } = row;
  return { class: kind, whatToDo, role, why, rule: id, ...deadlineOf(whatToDo, terms), ...codes };
}

function rowFor(
  { group, reason }: Pick<DecidedAdjustment, 'group' | 'reason'>,
  remarks: readonly string[],
  rows: readonly DenialRow[],
): DenialRow | undefined {
  return rows.find(
    (one) =>
      (one.groups === null || one.groups.some((known) => known === group)) &&
      (one.reasons === null || one.reasons.includes(reason)) &&
      (one.remarks === null || one.remarks.some((known) => remarks.includes(known))),
  );
}

/** What nobody knows how to read is read by a person. */
function unexplained(terms: ClaimTerms): Denial {
  return {
    class: 'unknown',
    whatToDo: 'ask',
    role: 'biller',
    why: 'No rule knows this reason; read the remittance or call the payer.',
    rule: null,
    ...deadlineOf('ask', terms),
    group: '',
    reason: '',
    remarks: [],
    cents: 0,
  };
}

/** A payer that takes no replacement corrects its decision when asked to reopen it, which has a limit of its own. */
function deadlineOf(
  deed: DenialDeed,
  { appealDays, reopeningDays, replacements, citations }: ClaimTerms,
): Pick<Denial, 'deadlineDays' | 'deadlineCitation'> {
  switch (deed) {
    case 'appeal':
    case 'ask':
      return { deadlineDays: appealDays, deadlineCitation: citations.appealDays ?? null };
    case 'correct':
      return replacements === 'notAccepted'
        ? { deadlineDays: reopeningDays, deadlineCitation: citations.reopeningDays ?? null }
        : { deadlineDays: null, deadlineCitation: null };
    default:
      return { deadlineDays: null, deadlineCitation: null };
  }
}

/** One denial per group, reason and rule, over all lines. */
function together(found: readonly Denial[]): Denial[] {
  const byCodes = new Map<string, Denial>();
  for (const one of found) {
    const key = [one.group, one.reason, one.rule ?? ''].join(' ');
    const known = byCodes.get(key);
    const remarks = [...new Set([...(known?.remarks ?? []), ...one.remarks])];
    byCodes.set(key, { ...one, remarks, cents: one.cents + (known?.cents ?? 0) });
  }
  return [...byCodes.values()];
}

/** A claim the payer could not process has no other fate until it is sent anew. */
function rankOf({ class: kind }: Denial): number {
  return kind === 'unprocessable' ? 0 : 1;
}
