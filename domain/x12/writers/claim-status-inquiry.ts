// Writes a 276, claim status request (005010X212), about one claim or many.
import type { ClaimStatusRequest } from '../../claim/status.ts';
import { GaitError } from '../../errors.ts';
import { amountOf } from '../money.ts';
import type { WrittenSegment, WrittenSet } from '../writer.ts';
import type { WrittenLevel } from './levels.ts';
import { grouped, writeLevels } from './levels.ts';
import type { InquiryHeader } from './parts.ts';
import { beginning, demographics, fitting, organization, period, person, providerId } from './parts.ts';

export interface ClaimStatusHeader extends InquiryHeader {
  /** Who asks, by the number the payer or clearinghouse gave (ETIN). */
  readonly submitter: { readonly name: string; readonly id: string };
}

/**
 * Questions next to each other to one payer, about claims of one provider, share their levels; they stay in their order.
 * A 276 has room for one number of the provider, the NPI where there is one, and for the birth date and gender of the patient alone.
 *
 * @throws GaitError `input.invalid`, naming the field, where a payer could not read the question
 */
export function writeClaimStatusInquiry(
  requests: readonly ClaimStatusRequest[],
  header: ClaimStatusHeader,
): WrittenSet {
  const { submitter } = header;
  const levels = grouped(requests, ({ payer }) => payer).map((ofPayer): WrittenLevel => {
    const { payer } = ofPayer[0];
    const receiver: WrittenLevel = {
      code: '21',
      segments: [organization('41', submitter.name, ['46', submitter.id], 'submitter')],
      below: grouped(ofPayer, ({ provider }) => [provider.organizationName, providerId(provider)]).map(provider),
      tellsChildren: true,
    };
    return {
      code: '20',
      segments: [organization('PR', payer.name, ['PI', payer.id], 'payer')],
      below: [receiver],
      tellsChildren: true,
    };
  });
  const segments = [beginning('0010', header), ...writeLevels(levels)];
  return { type: '276', version: '005010X212', control: header.control, segments };
}

function provider(requests: readonly [ClaimStatusRequest, ...ClaimStatusRequest[]]): WrittenLevel {
  const { provider } = requests[0];
  return {
    code: '19',
    segments: [organization('1P', provider.organizationName, providerId(provider), 'provider')],
    below: requests.map(subscriber),
    tellsChildren: true,
  };
}

function subscriber(request: ClaimStatusRequest): WrittenLevel {
  const { subscriber, dependent } = request;
  const { memberId, birthDate, gender } = subscriber;
  if (memberId === null)
    throw new GaitError('input.invalid', 'The member id is missing; a claim status request needs it.', {
      where: 'subscriber.memberId',
      fix: 'Add the member id of the coverage the claim was sent under.',
    });
  const name = person('IL', subscriber, memberId, 'subscriber');
  const isPatient = dependent === null;
  return {
    code: '22',
    segments: isPatient ? [...born(birthDate, gender, 'subscriber'), name, ...claim(request)] : [name],
    below: isPatient ? [] : [patient(request, dependent)],
    tellsChildren: true,
  };
}

function patient(request: ClaimStatusRequest, dependent: NonNullable<ClaimStatusRequest['dependent']>): WrittenLevel {
  const { birthDate, gender } = dependent;
  const name = person('QC', dependent, null, 'dependent');
  const segments = [...born(birthDate, gender, 'dependent'), name, ...claim(request)];
  return { code: '23', segments, below: [], tellsChildren: false };
}

/** DMG of a 276 needs the birth date. */
function born(birthDate: string | null, gender: string, where: string): WrittenSegment[] {
  return birthDate === null ? [] : demographics(birthDate, gender, where);
}

function claim({ trace, claim }: ClaimStatusRequest): WrittenSegment[] {
  const { payerClaimNumber, patientControlNumber, chargeCents, from, to } = claim;
  const reference = (qualifier: string, value: string | null, where: string): WrittenSegment[] =>
    value === null ? [] : [['REF', qualifier, fitting(value, 'reference', where)]];
  return [
    ['TRN', '1', fitting(trace, 'reference', 'trace')],
    ...reference('1K', payerClaimNumber, 'claim.payerClaimNumber'),
    ...reference('EJ', patientControlNumber, 'claim.patientControlNumber'),
    ...(chargeCents === null ? [] : [['AMT', 'T3', amountOf(chargeCents)] as const]),
    period('472', from, to, 'claim.from'),
  ];
}
