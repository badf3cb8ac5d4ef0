// Figures of claims as lines for a terminal; what nobody knows reads "unknown".
import type { ClaimStatistics, PayerClaims } from '../../domain/claim-figures/statistics.ts';
import type { CentSum, DaysSpent } from '../../domain/claim-figures/sums.ts';
import { amountOf } from '../../domain/x12/money.ts';

export function statisticsLines({ payers, total, therapists, unusualPayments, asOf }: ClaimStatistics): string[] {
  if (payers.length === 0) return ['No claim was taken in.'];
  return [
    ...[...payers, ...(payers.length > 1 ? [total] : [])].flatMap((one) => payerLines(one, asOf)),
    ...therapists.flatMap(({ therapist, name, visits, billed, allowed, paid, paidPerVisitCents }) => [
      `Therapist ${name ?? therapist ?? 'not named'}: ${visits ?? 'unknown'} visits`,
      `  billed ${sumOf(billed)}, allowed ${sumOf(allowed)}, paid ${sumOf(paid)}; paid per visit ${centsOf(paidPerVisitCents)}`,
    ]),
    ...unusualPayments.map(
      ({ payer, code, modifiers, units, allowedCents, usualCents, claim, on }) =>
        `Unusual: ${payer} allowed ${amountOf(allowedCents)} for ${[code, ...modifiers].join(' ')}, units ${units}, on ${on}; usual ${amountOf(usualCents)} (${claim})`,
    ),
  ];
}

function payerLines({ payer, figures: one, receivables: owed }: PayerClaims, asOf: string): string[] {
  const { denials } = one;
  return [
    `${payer ?? 'All payers'}: ${one.claims} claims taken in`,
    `  checked ${one.checked}: with findings ${counted(one.withFindings)}, stopped ${counted(one.stopped)} (settled ${counted(one.stoppedAndSettled)}), overridden ${counted(one.overridden)}`,
    `  sent ${one.sent}: accepted ${counted(one.accepted)}, sent back ${counted(one.sentBack)}, no answer ${one.notAnswered}; accepted at first ${percent(one.acceptanceShare)}`,
    `  decided ${one.decided}: paid in full ${counted(one.paidInFull)}, partly ${counted(one.paidPartly)}, denied ${counted(one.denied)}; denied at first ${percent(one.denialShare)}`,
    ...denials.map(
      ({ class: kind, group, reason, claims, cents }) =>
        `    ${group}-${reason} ${kind}: ${claims} claims, ${amountOf(cents)}`,
    ),
    `  corrected ${counted(one.corrected)} (won ${counted(one.wonByCorrection)}), appealed ${counted(one.appealed)} (won ${counted(one.wonByAppeal)}), recovered ${sumOf(one.recoveredCents)}; denied and not followed ${one.deniedNotFollowed}`,
    `  note to taken in       ${inWords(one.noteToTakenIn)}`,
    `  taken in to sent       ${inWords(one.takenInToSent)}`,
    `  sent to acknowledged   ${inWords(one.sentToAcknowledged)}`,
    `  sent to decided        ${inWords(one.sentToDecided)}`,
    `  decided to closed      ${inWords(one.decidedToClosed)}`,
    `  owed on ${asOf}: open ${sumOf(owed.open)}; patients ${sumOf(owed.patients)}, under a plan ${sumOf(owed.underPlan)}; written off ${sumOf(owed.writtenOff)}`,
    ...owed.byAge
      .filter(({ open }) => open.known !== null || open.unknownFor > 0)
      .map(({ fromDays, toDays, open }) => `    ${bandOf(fromDays, toDays)}: ${sumOf(open)}`),
    `  days in receivables ${owed.daysInReceivables ?? 'unknown'}`,
  ];
}

function bandOf(from: number | null, to: number | null): string {
  return from === null ? 'day of service unknown' : to === null ? `${from} days and more` : `${from} to ${to} days`;
}

function counted(count: number | null): string {
  return count === null ? 'unknown' : String(count);
}

function percent(share: number | null): string {
  return share === null ? 'unknown' : `${Number((share * 100).toFixed(1))}%`;
}

function centsOf(cents: number | null): string {
  return cents === null ? 'unknown' : amountOf(cents);
}

function sumOf({ known, unknownFor }: CentSum): string {
  const rest = known === null || unknownFor === 0 ? '' : ` (unknown for ${unknownFor})`;
  return `${centsOf(known)}${rest}`;
}

function inWords({ count, medianDays, days90thPercentile, unknownFor }: DaysSpent): string {
  const rest = unknownFor === 0 ? '' : `, unknown for ${unknownFor}`;
  return count === 0
    ? `unknown${rest}`
    : `median ${medianDays} days, 90th percentile ${days90thPercentile} days (${count}${rest})`;
}
