// A physical therapy authorization request in Availity's words, and whether a service review found there is that request.
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import { countAt, dateAt, isObject, listAt, at, textAt } from '../json.ts';
import type { AvailityConfig } from './config.ts';
import type { WireProvider, WireServiceReview } from './wire.ts';

function genderCode(gender: string | null): 'F' | 'M' | 'U' {
  if (gender === 'female') return 'F';
  return gender === 'male' ? 'M' : 'U';
}

function person({ name, npi }: { name: string; npi: string | null }): WireProvider {
  const words = name.trim().split(/\s+/);
  const lastName = words.at(-1) ?? name;
  const firstName = words.slice(0, -1).join(' ');
  return { lastName, ...(firstName === '' ? {} : { firstName }), ...(npi === null ? {} : { npi }) };
}

/** The clinical text a reviewer reads, one note per topic; an empty topic is left out. */
function notes(request: AuthorizationRequest): { message: string }[] {
  const { clinical, service } = request;
  const measures = clinical.outcomeMeasures.map((m) => `${m.measure} ${m.score} on ${m.date}`).join('; ');
  const topics: [string, string | null][] = [
    ['Request', request.kind],
    ['Frequency', service.frequency],
    ['Evaluation', clinical.evaluationDate],
    ['Functional limitations', clinical.limitations],
    ['Goals', clinical.goals],
    ['Progress', clinical.progress],
    ['Outcome measures', measures],
    ['Referring provider', request.referringProvider === null ? null : request.referringProvider.name],
  ];
  return topics.flatMap(([label, text]) => (text === null || text === '' ? [] : [{ message: `${label}: ${text}` }]));
}

/** What Availity does not take a request without, as paths into the request. */
export interface Incomplete {
  readonly missing: readonly string[];
}

export function isIncomplete(review: WireServiceReview | Incomplete): review is Incomplete {
  return 'missing' in review;
}

/**
 * The body of a create call, or the paths that are still empty. The patient is sent as the subscriber (relationship 18):
 * the request knows no other.
 */
export function toServiceReview(request: AuthorizationRequest, config: AvailityConfig): WireServiceReview | Incomplete {
  const { patient, coverage, provider, service } = request;
  const { birthDate } = patient;
  const { memberId } = coverage;
  const { npi } = provider;
  const { from, to, visits } = service;
  if (birthDate === null || memberId === null || npi === null || from === null || to === null || visits === null) {
    const required = {
      'patient.birthDate': birthDate,
      'coverage.memberId': memberId,
      'provider.npi': npi,
      'service.from': from,
      'service.to': to,
      'service.visits': visits,
    };
    return { missing: Object.entries(required).flatMap(([path, value]) => (value === null ? [path] : [])) };
  }
  return {
    requestTypeCode: 'HS',
    serviceTypeCode: service.serviceTypeCode,
    placeOfServiceCode: service.placeOfService,
    quantity: String(visits),
    quantityTypeCode: 'VS',
    fromDate: from,
    toDate: to,
    diagnoses: service.diagnoses.map(({ code }, index) => ({
      qualifierCode: index === 0 ? ('ABK' as const) : ('ABF' as const),
      code: code.replaceAll('.', ''),
    })),
    procedures: service.procedures.map(({ code, units }) => ({
      qualifierCode: 'HC' as const,
      code,
      ...(units === null ? {} : { quantity: String(units), quantityTypeCode: 'UN' as const }),
    })),
    payer: { id: config.payers[coverage.payerId] ?? coverage.payerId, name: coverage.payerName },
    requestingProvider: {
      lastName: provider.organizationName,
      npi,
      ...(provider.taxId === null ? {} : { taxId: provider.taxId }),
    },
    renderingProviders: request.renderingProvider === null ? [] : [person(request.renderingProvider)],
    subscriber: { memberId, firstName: patient.name.given, lastName: patient.name.family },
    patient: {
      firstName: patient.name.given,
      lastName: patient.name.family,
      birthDate,
      genderCode: genderCode(patient.gender),
      subscriberRelationshipCode: '18',
    },
    providerNotes: notes(request),
    ...(request.previousAuthorizationNumber === null
      ? {}
      : { supplementalInformation: { refAuthNumber: request.previousAuthorizationNumber } }),
  };
}

/** The dotted query of a 278 inquiry for what `review` asked. */
export function toInquiry(review: WireServiceReview): Record<string, string> {
  return {
    'payer.id': review.payer.id,
    'requestingProvider.npi': review.requestingProvider.npi ?? '',
    'requestingProvider.lastName': review.requestingProvider.lastName ?? '',
    'subscriber.memberId': review.subscriber.memberId,
    'patient.lastName': review.patient.lastName,
    'patient.firstName': review.patient.firstName,
    'patient.birthDate': review.patient.birthDate,
    'patient.subscriberRelationshipCode': review.patient.subscriberRelationshipCode,
    requestTypeCode: review.requestTypeCode,
    fromDate: review.fromDate,
    toDate: review.toDate,
  };
}

/** Procedure codes in order: what was asked for, whatever the payer made of it. */
function procedureCodes(review: unknown): string {
  return listAt(review, 'procedures')
    .filter(isObject)
    .map((procedure) => textAt(procedure, 'code') ?? '')
    .sort()
    .join(' ');
}

/**
 * Whether `found` (one element of an inquiry's answer) asks what `sent` asked: same member, dates and procedures. The
 * quantity decides nothing, a payer may have cut it. A review created before `sentAt` (minus five minutes for the clocks) is
 * an earlier one.
 */
export function isSameRequest(found: unknown, sent: WireServiceReview, sentAt: string | null): boolean {
  const member = textAt(at(found, 'subscriber'), 'memberId');
  if (member !== null && member !== sent.subscriber.memberId) return false;
  if (dateAt(found, 'fromDate') !== sent.fromDate || dateAt(found, 'toDate') !== sent.toDate) return false;
  if (procedureCodes(found) !== procedureCodes(sent)) return false;
  if (sentAt === null) return true;
  const created = Date.parse(textAt(found, 'createdDate') ?? '');
  return Number.isNaN(created) || created >= Date.parse(sentAt) - 5 * 60_000;
}

/** Visits a service review names, whether asked or certified; `null` when it counts something else. */
export function visitsOf(review: unknown): number | null {
  return textAt(review, 'quantityTypeCode') === 'VS' ? countAt(review, 'quantity') : null;
}
