// Asking how a claim stands (claim status v2): the question in the Medical Network's words, its answer as the one ClaimStatusAnswer.
import type {
  AnsweredClaim,
  ClaimStatus,
  ClaimStatusAnswer,
  ClaimStatusLine,
  ClaimStatusRequest,
} from '../../domain/claim/status.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful } from '../faults.ts';
import { at, dateAt, isObject, listAt, textAt } from '../json.ts';
import type { Asked, ClaimStatusCheckResult } from '../payer-operations.ts';
import { controlNumberOf } from './control-number.ts';
import { periodAt, wireDate } from './dates.ts';
import { centsAt, textsAt } from './eligibility-answer.ts';
import type { SentQuestion } from './eligibility-answer.ts';
import type { Incomplete } from './eligibility-request.ts';
import { isIncomplete } from './eligibility-request.ts';
import { decimal } from './amounts.ts';
import { failureOf, incomplete, isFailure, read } from './network.ts';
import type { MedicalNetwork } from './network.ts';

export interface WireClaimStatusRequest {
  readonly controlNumber: string;
  readonly tradingPartnerServiceId: string;
  readonly providers: readonly Readonly<Record<string, string>>[];
  readonly subscriber: Readonly<Record<string, string>>;
  readonly dependent?: Readonly<Record<string, string>>;
  readonly encounter: Readonly<Record<string, string>>;
}

/** The entries that are known. */
function known(entries: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''),
  );
}

function genderCode(gender: string): string {
  return gender === 'female' ? 'F' : gender === 'male' ? 'M' : 'U';
}

function day(date: string | null): string | null {
  return date === null ? null : wireDate(date);
}

/** The vendor demands the subscriber's name and member id; the payer needs the provider's number. */
export function toClaimStatusRequest(
  request: ClaimStatusRequest,
  payers: Readonly<Record<string, string>>,
): WireClaimStatusRequest | Incomplete {
  const { provider, subscriber, dependent, claim } = request;
  const missing = [
    ...(provider.npi === null && provider.taxId === null ? ['provider.npi'] : []),
    ...(subscriber.memberId === null ? ['subscriber.memberId'] : []),
  ];
  if (missing.length > 0) return { missing };
  return {
    controlNumber: controlNumberOf(request.trace),
    tradingPartnerServiceId: payers[request.payer.id] ?? request.payer.id,
    providers: [
      known({
        providerType: 'BillingProvider',
        organizationName: provider.organizationName,
        npi: provider.npi,
        taxId: provider.taxId,
      }),
    ],
    subscriber: known({
      firstName: subscriber.given,
      lastName: subscriber.family,
      memberId: subscriber.memberId,
      dateOfBirth: day(subscriber.birthDate),
      gender: genderCode(subscriber.gender),
    }),
    ...(dependent === null
      ? {}
      : {
          dependent: known({
            firstName: dependent.given,
            lastName: dependent.family,
            dateOfBirth: day(dependent.birthDate),
            gender: genderCode(dependent.gender),
          }),
        }),
    encounter: known({
      beginningDateOfService: wireDate(claim.from),
      endDateOfService: wireDate(claim.to),
      patientAccountNumber: claim.patientControlNumber,
      tradingPartnerClaimNumber: claim.payerClaimNumber,
      submittedAmount: claim.chargeCents === null ? null : decimal(claim.chargeCents),
    }),
  };
}

/** STC01, STC10 and STC11 stand side by side under three prefixes; amounts and dates belong to all of them. */
function statusesOf(status: unknown, source: string): ClaimStatus[] {
  return ['', 'secondary', 'tertiary'].flatMap((prefix) => {
    const named = (name: string) => (prefix === '' ? name : `${prefix}${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`);
    const category = textAt(status, named('statusCategoryCode'));
    const code = textAt(status, named('statusCode'));
    if (category === null || code === null) return [];
    return [
      {
        category,
        code,
        entity: textAt(status, named('entityCode')),
        effectiveOn: dateAt(status, 'effectiveDate'),
        chargeCents: centsAt(status, 'submittedAmount'),
        paidCents: centsAt(status, 'amountPaid'),
        paidOn: dateAt(status, 'paidDate') ?? dateAt(status, 'checkIssueDate'),
        checkNumber: textAt(status, 'checkNumber'),
        source: prefix === '' ? source : `${source}.${prefix}`,
      },
    ];
  });
}

function lineOf(detail: unknown, source: string): ClaimStatusLine {
  const service = at(detail, 'service');
  return {
    procedure: textAt(service, 'procedureId') ?? textAt(service, 'procedureCode'),
    modifiers: textsAt(service, 'procedureModifiers'),
    chargeCents: centsAt(service, 'submittedAmount'),
    statuses: listAt(detail, 'status').flatMap((status, index) => statusesOf(status, `${source}.status[${index}]`)),
  };
}

function claimOf(claim: unknown, source: string, trace: string | null): AnsweredClaim {
  const status = at(claim, 'claimStatus');
  const period = periodAt(status, 'claimServiceDate');
  return {
    trace,
    patientControlNumber: textAt(status, 'patientAccountNumber'),
    payerClaimNumber: textAt(status, 'tradingPartnerClaimNumber'),
    from: period?.from ?? null,
    to: period?.to ?? period?.from ?? null,
    statuses: statusesOf(status, `${source}.claimStatus`),
    lines: listAt(claim, 'serviceDetails').map((detail, index) => lineOf(detail, `${source}.serviceDetails[${index}]`)),
  };
}

/** Reads an answer; the wire has no statuses outside claims. */
export function toClaimStatusAnswer(json: unknown, sent: SentQuestion): ClaimStatusAnswer {
  const trace = textAt(json, 'controlNumber') === sent.controlNumber ? sent.trace : null;
  const claims = listAt(json, 'claims').filter(isObject);
  return { claims: claims.map((claim, index) => claimOf(claim, `claims[${index}]`, trace)), statuses: [] };
}

/** Neither vendor leaves a question pending. */
export async function checkClaimStatus(
  context: ConnectorContext,
  network: MedicalNetwork,
  { request }: Asked<ClaimStatusRequest>,
): Promise<Outcome<ClaimStatusCheckResult>> {
  const body = toClaimStatusRequest(request, network.payers);
  if (isIncomplete(body)) return incomplete(body);
  const answer = await network.send({
    ...read,
    method: 'POST',
    path: network.paths.claimStatus,
    pool: 'inquiries',
    body,
  });
  if (isFailure(answer)) return answer;
  const errors = at(at(answer.json, 'errorResponse'), 'errors');
  if (Array.isArray(errors) && listAt(answer.json, 'claims').length === 0)
    return failureOf(context, { ...answer, status: 400, json: { errors } }, read);
  if (answer.status !== 200) return failureOf(context, answer, read);
  const sent = { trace: request.trace, controlNumber: body.controlNumber };
  if (!Array.isArray(at(answer.json, 'claims'))) return doubtful(read, 'vendor.malformed');
  return {
    kind: 'done',
    result: { kind: 'answered', answer: toClaimStatusAnswer(answer.json, sent), raw: answer.json },
  };
}
