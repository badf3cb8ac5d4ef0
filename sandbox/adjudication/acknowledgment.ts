// What a payer says at once of claims it was sent (277CA, 005010X214): taken, or sent back and why; as X12 and as JSON.
import { amountOf } from '../../domain/x12/money.ts';
import type { WrittenSegment } from '../../domain/x12/writer.ts';
import type { JsonObject } from '../medical-network/json.ts';
import type { AnswerSet } from '../x12-files/envelopes.ts';
import type { Standing } from './decide.ts';
import type { HeldClaim } from './store.ts';
import { serviceDateOf } from './submitted.ts';

/** Who speaks to whom: NM1*40 and NM1*41 of the file, and its BHT03. */
export interface AcknowledgmentHeading {
  readonly source: { readonly name: string; readonly id: string };
  readonly submitter: { readonly name: string; readonly id: string };
  readonly reference: string;
}

const accepted: Standing = { category: 'A2', code: '20', entity: 'PR' };
const compact = (date: string): string => date.replaceAll('-', '');

/** @param trace the number of the acknowledgment itself; the reference of the file as a rule */
export function claimAcknowledgmentSet(
  claims: readonly HeldClaim[],
  { source, submitter, reference }: AcknowledgmentHeading,
  trace: string,
  now: Date,
): AnswerSet {
  const at = now.toISOString();
  const today = compact(at.slice(0, 10));
  const [first] = claims;
  const total = claims.reduce((sum, { claim }) => sum + claim.chargeCents, 0);
  const provider = first?.claim.provider ?? { name: '', npi: '' };
  return {
    type: '277',
    version: '005010X214',
    segments: [
      ['BHT', '0085', '08', trace, today, at.slice(11, 16).replace(':', ''), 'TH'],
      ['HL', '1', '', '20', '1'],
      ['NM1', 'PR', '2', source.name, '', '', '', '', '46', source.id],
      ['TRN', '1', trace],
      ['DTP', '050', 'D8', today],
      ['DTP', '009', 'D8', today],
      ['HL', '2', '1', '21', '1'],
      ['NM1', '41', '2', submitter.name, '', '', '', '', '46', submitter.id],
      ['TRN', '2', reference],
      ['STC', ['A1', '19', 'PR'], today, 'WQ', amountOf(total)],
      ['HL', '3', '2', '19', claims.length === 0 ? '0' : '1'],
      ['NM1', '85', '2', provider.name, '', '', '', '', 'XX', provider.npi],
      ...claims.flatMap((one, index) => claimSegments(one, index + 4, today)),
    ],
  };
}

function claimSegments({ claim, refusal, payerNumber }: HeldClaim, level: number, today: string): WrittenSegment[] {
  const { category, code, entity } = refusal ?? accepted;
  const { patient, memberId } = claim;
  const status = entity === null ? [category, code] : [category, code, entity];
  const day = compact(serviceDateOf(claim));
  return [
    ['HL', String(level), '3', 'PT'],
    ['NM1', 'QC', '1', patient.family, patient.given, '', '', '', 'MI', memberId ?? ''],
    ['TRN', '2', claim.number],
    ['STC', status, today, refusal === null ? 'WQ' : 'U', amountOf(claim.chargeCents)],
    ...(refusal === null ? [['REF', '1K', payerNumber] as const] : []),
    ...(day === '' ? [] : [['DTP', '472', 'D8', day] as const]),
  ];
}

/** One claim's acknowledgment as the Medical Network tells it (reports v2). */
export function claimAcknowledgmentJson({ claim, refusal, payerNumber }: HeldClaim, now: Date): JsonObject {
  const { category, code, entity } = refusal ?? accepted;
  const today = compact(now.toISOString().slice(0, 10));
  const status = {
    statusInformationEffectiveDate: today,
    actionCode: refusal === null ? 'WQ' : 'U',
    totalClaimChargeAmount: amountOf(claim.chargeCents),
    informationStatuses: [
      {
        healthCareClaimStatusCategoryCode: category,
        statusCode: code,
        ...(entity === null ? {} : { entityIdentifierCode: entity }),
      },
    ],
  };
  const claimStatus = {
    referencedTransactionTraceNumber: claim.number,
    patientAccountNumber: claim.number,
    ...(refusal === null ? { tradingPartnerClaimNumber: payerNumber } : {}),
    claimServiceBeginDate: compact(serviceDateOf(claim)),
    informationClaimStatuses: [status],
  };
  const patient = {
    subscriber: { lastName: claim.patient.family, firstName: claim.patient.given, memberId: claim.memberId },
    claims: [{ claimStatus }],
  };
  const transaction = { claimStatusDetails: [{ patientClaimStatusDetails: [patient] }] };
  const payers = [{ organizationName: claim.payer.name, claimStatusTransactions: [transaction] }];
  return { meta: { applicationMode: 'sandbox', traceId: 'sandbox' }, transactions: [{ payers }] };
}
