// Writes a 270, eligibility inquiry (005010X279A1), from the questions about one patient or many.
import type { EligibilityRequest } from '../../eligibility/request-schema.ts';
import type { WrittenSegment, WrittenSet } from '../writer.ts';
import type { WrittenLevel } from './levels.ts';
import { grouped, writeLevels } from './levels.ts';
import type { InquiryHeader } from './parts.ts';
import { beginning, day, demographics, fitting, organization, person, providerId } from './parts.ts';

/** INS02 of a dependent in a 270: 01 spouse, 19 child, 34 other adult. */
const relationships = { spouse: '01', child: '19', other: '34' } as const;

/**
 * Questions next to each other to one payer, by one provider, share their levels; they stay in their order.
 * A gender other than female and male has no code in a 270 and is left out.
 *
 * @throws GaitError `input.invalid`, naming the field, where a payer could not read the question
 */
export function writeEligibilityInquiry(requests: readonly EligibilityRequest[], header: InquiryHeader): WrittenSet {
  const levels = grouped(requests, ({ payer }) => payer).map((ofPayer): WrittenLevel => {
    const { payer } = ofPayer[0];
    return {
      code: '20',
      segments: [organization('PR', payer.name, ['PI', payer.id], 'payer')],
      below: grouped(ofPayer, ({ provider }) => provider).map(receiver),
      tellsChildren: true,
    };
  });
  const segments = [beginning('0022', header), ...writeLevels(levels)];
  return { type: '270', version: '005010X279A1', control: header.control, segments };
}

function receiver(requests: readonly [EligibilityRequest, ...EligibilityRequest[]]): WrittenLevel {
  const { provider } = requests[0];
  const { organizationName, npi, taxId } = provider;
  const taxNumber: WrittenSegment[] =
    npi === null || taxId === null ? [] : [['REF', 'TJ', fitting(taxId, 'reference', 'provider.taxId')]];
  return {
    code: '21',
    segments: [organization('1P', organizationName, providerId(provider), 'provider'), ...taxNumber],
    below: requests.map(subscriber),
    tellsChildren: true,
  };
}

function subscriber(request: EligibilityRequest): WrittenLevel {
  const { subscriber, dependent } = request;
  const { memberId, groupNumber, birthDate, gender } = subscriber;
  const group: WrittenSegment[] =
    groupNumber === null ? [] : [['REF', '6P', fitting(groupNumber, 'reference', 'subscriber.groupNumber')]];
  const named = [
    person('IL', subscriber.name, memberId, 'subscriber'),
    ...group,
    ...demographics(birthDate, gender, 'subscriber'),
  ];
  return {
    code: '22',
    segments: dependent === null ? [trace(request), ...named, ...question(request)] : named,
    below: dependent === null ? [] : [patient(request, dependent)],
    tellsChildren: true,
  };
}

function patient(request: EligibilityRequest, dependent: NonNullable<EligibilityRequest['dependent']>): WrittenLevel {
  const { name, birthDate, gender, relationship } = dependent;
  return {
    code: '23',
    segments: [
      trace(request),
      person('03', name, null, 'dependent'),
      ...demographics(birthDate, gender, 'dependent'),
      ['INS', 'N', relationships[relationship]],
      ...question(request),
    ],
    below: [],
    tellsChildren: true,
  };
}

/** TRN03 names who gave the number, in ten characters: 1 before an EIN, 9 before a number of the sender's own. */
function trace({ trace, provider }: EligibilityRequest): WrittenSegment {
  const taxNumber = provider.taxId?.replaceAll('-', '') ?? '';
  const own = `9${(provider.npi ?? taxNumber).slice(-9).padStart(9, '0')}`;
  return ['TRN', '1', fitting(trace, 'reference', 'trace'), /^\d{9}$/.test(taxNumber) ? `1${taxNumber}` : own];
}

/** DTP*291 is the day the plan is asked about: that of the visit. */
function question({ serviceDate, serviceTypes }: EligibilityRequest): WrittenSegment[] {
  return [
    ['DTP', '291', 'D8', day(serviceDate, 'serviceDate')],
    ['EQ', { repetitions: serviceTypes }],
  ];
}
