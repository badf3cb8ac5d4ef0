// A remittance (835) in sentences: what was paid, what was not and why, what was taken back.
import type { Remittance, RemittanceClaim, RemittanceLine } from '../../claim/remittance.ts';
import type { Sentence, Telling } from './words.ts';
import { amount, code, count, fix, list, organization, person, procedure, record, sentence } from './words.ts';

type Adjustment = RemittanceClaim['adjustments'][number];

export function remittanceSentences(value: Remittance, telling: Telling): Sentence[] {
  const { payment, claims, adjustments } = value;
  const denied = claims.filter(({ status }) => status === '4').length;
  return [
    sentence(
      `${organization(value.payer, 'An unnamed payer')} pays ${organization(value.payee, 'an unnamed payee')} ` +
        `${amount(payment.amountCents)}${payment.method === null ? '' : ` by ${payment.method}`}` +
        `${payment.on === null ? '' : ` on ${payment.on}`}${payment.trace === null ? '' : `, number ${payment.trace}`}.`,
    ),
    sentence(`It is about ${count(claims.length, 'claim')}${denied === 0 ? '' : `; denied: ${denied}`}.`),
    ...claims.flatMap((claim) => claimSentences(claim, telling)),
    ...value.reversals.map(({ reversed, corrected }) => {
      const [taken, placed] = [claims[reversed], corrected === null ? undefined : claims[corrected]];
      const instead =
        placed === undefined
          ? 'no claim in this remittance takes its place'
          : `${named(placed, telling)} takes its place`;
      return sentence(
        `${taken === undefined ? 'A claim' : named(taken, telling)} takes back an earlier payment; ${instead}.`,
        taken?.source ?? null,
      );
    }),
    ...adjustments.map(({ amountCents, reason, source, reference }) => {
      const takes = (amountCents ?? 0) >= 0;
      return sentence(
        `Outside the claims ${amount(amountCents === null ? null : Math.abs(amountCents))} ` +
          `${takes ? 'is taken from' : 'is added to'} the payment: ${code(telling, 'provider-adjustments', reason)}` +
          `${record(telling, reference) === '' ? '' : `, about${record(telling, reference)}`}.`,
        source,
      );
    }),
  ];
}

function named({ patientControlNumber, source }: RemittanceClaim, telling: Telling): string {
  return person(telling, `Claim${record(telling, patientControlNumber)}`, null, source);
}

function claimSentences(claim: RemittanceClaim, telling: Telling): Sentence[] {
  const patient = claim.names.find(({ role }) => role === 'QC') ?? null;
  const ofWhom = telling.names && patient !== null ? ` of ${person(telling, 'patient', patient, null)}` : '';
  const owes = claim.patientResponsibilityCents;
  return [
    sentence(
      `${named(claim, telling)}${ofWhom}: charged ${amount(claim.chargeCents)}, paid ${amount(claim.paidCents)}` +
        `${owes === null ? '' : `, the patient owes ${amount(owes)}`}. ` +
        `Status ${code(telling, 'claim-payment-statuses', claim.status)}.`,
      claim.source,
    ),
    ...adjusted(claim.adjustments, telling, claim.source),
    ...remarks(claim.remarks, telling, claim.source),
    ...claim.lines.flatMap((line) => lineSentences(line, telling)),
  ];
}

function lineSentences(line: RemittanceLine, telling: Telling): Sentence[] {
  const billed = line.submittedProcedure === null ? '' : `, billed as ${procedure(line.submittedProcedure)}`;
  const units = line.units === null ? '' : `, ${count(line.units, 'unit')}`;
  const codes = line.remarks.flatMap(({ qualifier, value }) => (qualifier === 'HE' && value !== null ? [value] : []));
  return [
    sentence(
      `Line ${procedure(line.procedure)}${billed}${units}: charged ${amount(line.chargeCents)}, paid ${amount(line.paidCents)}.`,
      line.source,
    ),
    ...adjusted(line.adjustments, telling, line.source),
    ...remarks(codes, telling, line.source),
  ];
}

function adjusted(adjustments: readonly Adjustment[], telling: Telling, source: string): Sentence[] {
  return adjustments
    .filter(({ amountCents }) => amountCents !== 0)
    .map(({ group, reason, amountCents }) =>
      sentence(
        `${amount(amountCents)} not paid: ${code(telling, 'adjustment-groups', group)}, ` +
          `${code(telling, 'adjustment-reasons', reason)}.${fix(telling, 'adjustment-reasons', reason)}`,
        source,
      ),
    );
}

function remarks(codes: readonly string[], telling: Telling, source: string): Sentence[] {
  if (codes.length === 0) return [];
  const all = list(codes.map((one) => code(telling, 'remark-codes', one)));
  return [sentence(`Remarks: ${all}.${codes.map((one) => fix(telling, 'remark-codes', one)).join('')}`, source)];
}
