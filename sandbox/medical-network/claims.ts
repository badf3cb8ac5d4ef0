// Professional claims at a simulated clearinghouse: checked, taken once, found by claim status.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { amountOf } from '../../domain/x12/money.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { readClaims } from '../../domain/x12/readers/claims.ts';
import type { PayersDesk } from '../adjudication/desk.ts';
import type { Wire } from '../adjudication/store.ts';
import { submittedOf, submittedOfJson } from '../adjudication/submitted.ts';
import { memberHash } from '../availity/reviews.ts';
import type { Fault } from './faults.ts';
import type { Gate } from './gate.ts';
import { listIn, textIn } from './json.ts';
import type { JsonObject } from './json.ts';
import type { NetworkStore, TakenClaim } from './store.ts';

const required = [
  'tradingPartnerServiceId',
  'submitter.contactInformation.name',
  'receiver.organizationName',
  'subscriber.paymentResponsibilityLevelCode',
  'billing.providerType',
  'billing.npi',
  'claimInformation.claimFilingCode',
  'claimInformation.patientControlNumber',
  'claimInformation.claimChargeAmount',
  'claimInformation.placeOfServiceCode',
  'claimInformation.claimFrequencyCode',
  'claimInformation.signatureIndicator',
  'claimInformation.planParticipationCode',
  'claimInformation.benefitsAssignmentCertificationIndicator',
  'claimInformation.releaseInformationCode',
] as const;

function bodyErrors(body: unknown): JsonObject[] {
  const missing = required.filter((path) => textIn(body, path) === '');
  const controlNumber = textIn(body, 'controlNumber');
  const lines = listIn(
    body && typeof body === 'object' && 'claimInformation' in body ? body.claimInformation : {},
    'serviceLines',
  );
  return [
    ...missing.map((field) => ({ field, description: `${field} is required` })),
    ...(/^\d{9}$/.test(controlNumber) ? [] : [{ field: 'controlNumber', description: 'nine digits are needed' }]),
    ...(lines.length === 0 ? [{ field: 'claimInformation.serviceLines', description: 'a line is needed' }] : []),
  ];
}

function x12Sets(text: string): TransactionSet[] {
  const found: TransactionSet[] = [];
  const sets = new TransactionSets((set) => found.push(set));
  const scanner = new Scanner(sets);
  scanner.push(Buffer.from(text));
  scanner.end();
  sets.end();
  return found;
}

type Facts = Pick<TakenClaim, 'patientControlNumber' | 'payer' | 'member' | 'charge' | 'lines' | 'format'>;

function factsOf(body: unknown): Facts {
  const x12 = textIn(body, 'x12');
  if (x12 === '')
    return {
      patientControlNumber: textIn(body, 'claimInformation.patientControlNumber'),
      payer: textIn(body, 'tradingPartnerServiceId'),
      member: memberHash(textIn(body, 'subscriber.memberId')),
      charge: textIn(body, 'claimInformation.claimChargeAmount'),
      lines: listIn(
        body && typeof body === 'object' && 'claimInformation' in body ? body.claimInformation : {},
        'serviceLines',
      ).length,
      format: 'json',
    };
  const segments = x12Sets(x12).flatMap((set) => set.segments);
  const first = (id: string, code: string) =>
    segments.find((segment) => segment.id === id && (code === '' || segment.element(1) === code));
  return {
    patientControlNumber: first('CLM', '')?.element(1) ?? '',
    payer: first('NM1', 'PR')?.element(9) ?? '',
    member: memberHash(first('NM1', 'IL')?.element(9) ?? ''),
    charge: first('CLM', '')?.element(2) ?? '',
    lines: segments.filter(({ id }) => id === 'SV1').length,
    format: 'x12',
  };
}

function errorsOf(body: unknown): JsonObject[] {
  const x12 = textIn(body, 'x12');
  if (x12 === '') return bodyErrors(body);
  return x12Sets(x12).some(({ type }) => type === '837') ? [] : [{ field: 'x12', description: 'no claim in it' }];
}

function response(facts: Facts, id: string, body: unknown): JsonObject {
  return {
    status: 'SUCCESS',
    controlNumber: textIn(body, 'controlNumber') || '000000001',
    tradingPartnerServiceId: facts.payer,
    claimReference: {
      correlationId: id,
      submitterId: '009998',
      customerClaimNumber: id,
      patientControlNumber: facts.patientControlNumber,
      claimType: 'PRO',
      payerID: facts.payer,
      formatVersion: '5010',
      rhclaimNumber: id,
    },
    editStatus: 'SUCCESS',
    payer: { payerID: facts.payer, payerName: facts.payer },
    meta: { applicationMode: 'sandbox', traceId: 'sandbox' },
  };
}

/** A refusal in a body of 200, whose words quote the patient. */
function refused(body: unknown): JsonObject {
  return {
    status: 'FAILURE',
    editStatus: 'FAILURE',
    errors: [
      {
        field: 'subscriber.memberId',
        value: textIn(body, 'subscriber.memberId'),
        code: '33',
        description: `Member ${textIn(body, 'subscriber.memberId')} of ${textIn(body, 'subscriber.lastName')} is not valid`,
        location: 'Loop 2010BA',
      },
    ],
  };
}

/** Hands a claim to its payer; what is no 837 of one claim is taken by its first. Returns the payer's number of it. */
function handToPayer(body: unknown, desk: PayersDesk, wire: Wire, now: Date): string {
  const x12 = textIn(body, 'x12');
  const sent =
    x12 === ''
      ? [submittedOfJson(body)]
      : x12Sets(x12).flatMap((set) => readClaims(set).claims.map(({ claim }) => submittedOf(claim)));
  const parties = { sender: 'ZZ:CLINIC', receiver: 'ZZ:CLEARING' };
  const [first] = sent.map((claim) => desk.take(claim, wire, parties, now));
  return first?.payerNumber ?? '';
}

/** Answers a validation or a submission that was let in. */
export async function answerClaim(
  of: {
    store: NetworkStore;
    gate: Gate;
    desk: PayersDesk;
    wire: Wire;
    now: () => Date;
    take: boolean;
    fault: Fault | null;
  },
  request: Request,
  httpResponse: Response,
): Promise<unknown> {
  const { store, gate, desk, wire, now, take, fault } = of;
  const body: unknown = request.body;
  const errors = errorsOf(body);
  if (errors.length > 0) {
    httpResponse.status(400).json({ status: 'FAILURE', errors });
    return null;
  }
  if (fault?.fault === 'editErrors') {
    httpResponse.json(refused(body));
    return null;
  }
  const facts = factsOf(body);
  const id = randomUUID();
  const answer = response(facts, id, body);
  if (take)
    store.change({
      claims: [
        ...store.state.claims,
        {
          at: now().toISOString(),
          vendorClaimId: id,
          payerNumber: handToPayer(body, desk, wire, now()),
          ...facts,
          hidden: fault?.fault === 'hidden' ? (fault.inquiries ?? 1) : 0,
        },
      ],
    });
  if (await gate.strikesAfter(fault, request, httpResponse)) return answer;
  httpResponse.json(answer);
  return answer;
}

/** The answer to a claim status question: every claim under the asked number, else "nothing found" (D0). */
export function claimStatusJson(store: NetworkStore, desk: PayersDesk, body: unknown, now: Date): JsonObject {
  const number = textIn(body, 'encounter.patientAccountNumber');
  const member = memberHash(textIn(body, 'subscriber.memberId'));
  const fitting = store.state.claims.filter(
    (claim) => claim.patientControlNumber === number && claim.member === member,
  );
  store.change({
    claims: store.state.claims.map((claim) =>
      fitting.includes(claim) && claim.hidden > 0 ? { ...claim, hidden: claim.hidden - 1 } : claim,
    ),
  });
  const today = now.toISOString().slice(0, 10).replaceAll('-', '');
  const shown = fitting.filter(({ hidden }) => hidden === 0);
  const claims = shown.map((claim) => {
    const standing = desk.standing({ number: null, payerNumber: claim.payerNumber }, now);
    const status = store.settings.claimStatus ?? standing ?? { category: 'A2', code: '20' };
    const isPaid = store.settings.claimStatus === null && standing !== null && standing.paidOn !== null;
    return {
      claimStatus: {
        statusCategoryCode: status.category,
        statusCode: status.code,
        entityCode: 'PR',
        effectiveDate: today,
        submittedAmount: claim.charge,
        amountPaid: isPaid ? amountOf(standing.paidCents) : '0',
        ...(isPaid ? { paidDate: standing.paidOn?.replaceAll('-', ''), checkNumber: standing.trace } : {}),
        trackingNumber: claim.vendorClaimId,
        claimServiceDate: [
          textIn(body, 'encounter.beginningDateOfService'),
          textIn(body, 'encounter.endDateOfService'),
        ].join('-'),
        tradingPartnerClaimNumber: claim.payerNumber,
        patientAccountNumber: claim.patientControlNumber,
      },
    };
  });
  return {
    controlNumber: textIn(body, 'controlNumber'),
    tradingPartnerServiceId: textIn(body, 'tradingPartnerServiceId'),
    reassociationKey: textIn(body, 'controlNumber'),
    status: 'success',
    claims:
      claims.length > 0
        ? claims
        : [{ claimStatus: { statusCategoryCode: 'D0', statusCode: '35', entityCode: 'QC', effectiveDate: today } }],
  };
}
