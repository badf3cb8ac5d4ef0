// Acknowledgments of claims (277CA) in the Medical Network's JSON (reports v2), read into the one ClaimStatusAnswer.
import type { AnsweredClaim, ClaimStatus, ClaimStatusAnswer, ClaimStatusLine } from '../../domain/claim/status.ts';
import { at, dateAt, isObject, listAt, textAt } from '../json.ts';
import { centsAt, textsAt } from './eligibility-answer.ts';

/** Below each level: the lists of statuses with their date and amounts. */
interface Level {
  readonly statuses: string;
  readonly codes: string;
  readonly effective: string;
}

const claimLevel: Level = {
  statuses: 'informationClaimStatuses',
  codes: 'informationStatuses',
  effective: 'statusInformationEffectiveDate',
};
const lineLevel: Level = { statuses: 'serviceClaimStatuses', codes: 'serviceStatuses', effective: 'effectiveDate' };
const batchLevel: Level = {
  statuses: 'providerClaimStatuses',
  codes: 'providerStatuses',
  effective: 'statusInformationEffectiveDate',
};
const providerLevel: Level = {
  statuses: 'serviceProviderClaimStatuses',
  codes: 'serviceProviderStatuses',
  effective: 'statusInformationEffectiveDate',
};

function statusesOf(holder: unknown, level: Level, source: string): ClaimStatus[] {
  return listAt(holder, level.statuses).flatMap((information, outer) =>
    listAt(information, level.codes).flatMap((status, inner) => {
      const category = textAt(status, 'healthCareClaimStatusCategoryCode');
      const code = textAt(status, 'statusCode');
      if (category === null || code === null) return [];
      return [
        {
          category,
          code,
          entity: textAt(status, 'entityIdentifierCode'),
          effectiveOn: dateAt(information, level.effective),
          chargeCents: centsAt(information, 'totalClaimChargeAmount'),
          paidCents: centsAt(information, 'claimPaymentAmount'),
          paidOn: dateAt(information, 'adjudicatedFinalizedDate') ?? dateAt(information, 'remittanceDate'),
          checkNumber: textAt(information, 'remittanceTraceNumber'),
          source: `${source}.${level.statuses}[${outer}].${level.codes}[${inner}]`,
        },
      ];
    }),
  );
}

function lineOf(line: unknown, source: string): ClaimStatusLine {
  const service = at(line, 'service');
  return {
    procedure: textAt(service, 'procedureCode'),
    modifiers: textsAt(service, 'procedureModifiers'),
    chargeCents: centsAt(service, 'chargeAmount'),
    statuses: statusesOf(line, lineLevel, source),
  };
}

function claimOf(claim: unknown, source: string): AnsweredClaim {
  const status = at(claim, 'claimStatus');
  const from = dateAt(status, 'claimServiceBeginDate') ?? dateAt(status, 'claimServiceDate');
  return {
    trace: textAt(status, 'referencedTransactionTraceNumber'),
    patientControlNumber: textAt(status, 'patientAccountNumber'),
    payerClaimNumber: textAt(status, 'tradingPartnerClaimNumber'),
    from,
    to: dateAt(status, 'claimServiceEndDate') ?? from,
    statuses: statusesOf(status, claimLevel, `${source}.claimStatus`),
    lines: listAt(claim, 'serviceLines').map((line, index) => lineOf(line, `${source}.serviceLines[${index}]`)),
  };
}

/** Every entry of a list with the path it stands under. */
function* within(holder: unknown, list: string, source: string): Generator<[unknown, string]> {
  for (const [index, one] of listAt(holder, list).entries())
    if (isObject(one)) yield [one, `${source === '' ? '' : `${source}.`}${list}[${index}]`];
}

/** Whether a body is such a report at all. */
export function isAcknowledgment(json: unknown): boolean {
  return Array.isArray(at(json, 'transactions'));
}

export function toAcknowledgment(json: unknown): ClaimStatusAnswer {
  const claims: AnsweredClaim[] = [];
  const statuses: ClaimStatus[] = [];
  for (const [transaction, a] of within(json, 'transactions', ''))
    for (const [payer, b] of within(transaction, 'payers', a))
      for (const [batch, c] of within(payer, 'claimStatusTransactions', b)) {
        statuses.push(...statusesOf(batch, batchLevel, c));
        for (const [details, d] of within(batch, 'claimStatusDetails', c)) {
          statuses.push(...statusesOf(details, providerLevel, d));
          for (const [patient, e] of within(details, 'patientClaimStatusDetails', d))
            for (const [claim, f] of within(patient, 'claims', e)) claims.push(claimOf(claim, f));
        }
      }
  return { claims, statuses };
}
