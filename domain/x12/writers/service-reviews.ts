// Writes a 278: a request for review, a renewal, revision, appeal or cancellation (005010X217), and an inquiry (005010X215).
import type { AuthorizationRequest } from '../../authorization/request-schema.ts';
import { GaitError } from '../../errors.ts';
import type { ReviewClinician, ServiceReviewAsk } from '../service-review-ask.ts';
import { askOf } from '../service-review-ask.ts';
import type { WrittenSegment, WrittenSet } from '../writer.ts';
import { chunks, dated, decimal, genderCode, text } from './elements.ts';
import type { WrittenLevel } from './levels.ts';
import { writeLevels } from './levels.ts';
import type { InquiryHeader } from './parts.ts';
import { day, fitting, organization, person, providerId } from './parts.ts';

/** The numbers by which a payer knows a request: its authorization number (REF*BB) and its number of the request (REF*NT). */
export interface ReviewNumbers {
  readonly authorizationNumber: string | null;
  readonly administrativeNumber: string | null;
}

/**
 * @param trace our own number of the question (TRN02); it comes back in the answer
 * @param revises whether the request changes one the payer has already
 * @throws GaitError `input.invalid`, naming the field, where a payer could not read the request
 */
export function writeServiceReviewRequest(
  header: InquiryHeader,
  request: AuthorizationRequest,
  trace: string,
  revises = false,
): WrittenSet {
  return writeServiceReviewAsk(header, askOf(request, trace, revises));
}

/** Takes a request back (UM02 3). @throws GaitError `input.invalid` where neither number of it is known */
export function writeServiceReviewCancel(
  header: InquiryHeader,
  request: AuthorizationRequest,
  trace: string,
  numbers: ReviewNumbers,
): WrittenSet {
  if (numbers.authorizationNumber === null && numbers.administrativeNumber === null)
    throw new GaitError('input.invalid', 'A request can be cancelled only by a number the payer gave it.', {
      where: 'authorizationNumber',
      fix: 'Wait for the payer’s answer, or call the payer.',
    });
  return writeServiceReviewAsk(header, { ...askOf(request, trace), ...numbered(numbers), certification: '3' });
}

/** Asks what became of a request (X215): by the payer's numbers where they are known, else by patient and dates. */
export function writeServiceReviewInquiry(
  header: InquiryHeader,
  request: AuthorizationRequest,
  trace: string,
  numbers: ReviewNumbers,
): WrittenSet {
  const ask = { ...askOf(request, trace), ...numbered(numbers), message: null };
  return written(header, ask, '28', '005010X215');
}

/** Any ask of the X217 guide. */
export function writeServiceReviewAsk(header: InquiryHeader, ask: ServiceReviewAsk): WrittenSet {
  return written(header, ask, '13', '005010X217');
}

function numbered({ authorizationNumber, administrativeNumber }: ReviewNumbers) {
  return { previousNumber: authorizationNumber, administrativeNumber };
}

function written(header: InquiryHeader, ask: ServiceReviewAsk, purpose: string, version: string): WrittenSet {
  const { reference, date, time, control } = header;
  const { payer, requester, procedures } = ask;
  const { organizationName, npi, taxId } = requester;
  const taxNumber: WrittenSegment[] =
    npi === null || taxId === null ? [] : [['REF', 'EI', fitting(taxId, 'reference', 'provider.taxId')]];
  const event: WrittenLevel = {
    code: 'EV',
    segments: eventOf(ask),
    // An inquiry finds a review by its event; its services are the payer's to tell.
    below: purpose === '28' ? [] : procedures.map(serviceOf),
    tellsChildren: true,
  };
  const levels: WrittenLevel = {
    code: '20',
    segments: [organization('X3', payer.name, ['PI', payer.id], 'coverage.payer')],
    below: [
      {
        code: '21',
        segments: [organization('1P', organizationName, providerId(requester), 'provider'), ...taxNumber],
        below: [{ code: '22', segments: patientOf(ask), below: [event], tellsChildren: true }],
        tellsChildren: true,
      },
    ],
    tellsChildren: true,
  };
  const beginning: WrittenSegment = [
    'BHT',
    '0007',
    purpose,
    fitting(reference, 'reference', 'reference'),
    day(date, 'date'),
    time,
  ];
  return { type: '278', version, control, segments: [beginning, ...writeLevels([levels])] };
}

/** The patient is sent as the subscriber: a request knows no other. */
function patientOf({ patient }: ServiceReviewAsk): WrittenSegment[] {
  const { given, family, memberId, groupNumber, birthDate, gender } = patient;
  const code = genderCode(gender);
  return [
    person('IL', { given, family }, memberId, 'patient'),
    ...reference('6P', groupNumber, 'coverage.groupNumber'),
    ...(birthDate !== null ? [['DMG', 'D8', day(birthDate, 'patient.birthDate'), code] as const] : []),
    ...(birthDate === null && gender !== 'unknown' ? [['DMG', '', '', code] as const] : []),
  ];
}

function eventOf(ask: ServiceReviewAsk): WrittenSegment[] {
  const { trace, requester, from, to, visits, units, message } = ask;
  const diagnoses = ask.diagnoses.map((code, index) => [index === 0 ? 'ABK' : 'ABF', code]);
  return [
    ['TRN', '1', fitting(trace, 'reference', 'trace'), assigner(requester)],
    ['UM', 'HS', ask.certification, ask.serviceType, [ask.placeOfService, 'B']],
    ...reference('BB', ask.previousNumber, 'previousAuthorizationNumber'),
    ...reference('NT', ask.administrativeNumber, 'administrativeNumber'),
    ...(from === null ? [] : [dated('AAH', from, to)]),
    ...chunks(diagnoses, 12).map((some): WrittenSegment => ['HI', ...some]),
    ...(visits === null ? [] : [['HSD', 'VS', decimal(visits)] as const]),
    ...(visits === null && units !== null ? [['HSD', 'FL', decimal(units)] as const] : []),
    ...(message === null ? [] : [['MSG', message] as const]),
    ...clinician('SJ', ask.rendering, 'renderingProvider'),
    ...clinician('DN', ask.referring, 'referringProvider'),
  ];
}

function serviceOf({ code, units }: ServiceReviewAsk['procedures'][number]): WrittenLevel {
  const count = units === null ? [] : ['', 'UN', decimal(units)];
  return { code: 'SS', segments: [['SV1', ['HC', code], ...count]], below: [], tellsChildren: true };
}

function clinician(role: string, one: ReviewClinician | null, where: string): WrittenSegment[] {
  if (one === null) return [];
  const { given, family, npi } = one;
  const id = npi === null ? [] : ['', '', '', 'XX', npi];
  return [['NM1', role, '1', fitting(family, 'family', `${where}.name`), text(given), ...id]];
}

function reference(qualifier: string, value: string | null, where: string): WrittenSegment[] {
  return value === null ? [] : [['REF', qualifier, fitting(value, 'reference', where)]];
}

/** TRN03 names who gave the number, in ten characters: 1 before an EIN, 9 before a number of the sender's own. */
function assigner({ npi, taxId }: ServiceReviewAsk['requester']): string {
  const taxNumber = taxId?.replaceAll('-', '') ?? '';
  return /^\d{9}$/.test(taxNumber) ? `1${taxNumber}` : `9${(npi ?? taxNumber).slice(-9).padStart(9, '0')}`;
}
