// Prior authorizations of Optum (rcm prior-authorization v1): the 278 as JSON, request (X217), inquiry (X215) and what a payer decided.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import {
  agreedAction,
  countsMeant,
  isLessThanAsked,
  reviewActions,
} from '../../domain/authorization/review-actions.ts';
import type { Quantity } from '../../domain/authorization/schema.ts';
import type { Reason } from '../connector.ts';
import { at, countAt, dateAt, isObject, listAt, textAt } from '../json.ts';
import { wireDate } from '../medical-network/dates.ts';
import type { Incomplete } from '../medical-network/eligibility-request.ts';
import { shownCode } from '../medical-network/network.ts';

/** UM02: initial, renewal, appeal of the decision. */
const certificationTypes = { initial: 'I', renewal: 'R', appeal: '1' } as const;

function missingIn({ patient, coverage, provider, service }: AuthorizationRequest): string[] {
  const required = {
    'patient.birthDate': patient.birthDate,
    'coverage.memberId': coverage.memberId,
    'provider.npi': provider.npi,
    'service.from': service.from,
    'service.to': service.to,
    'service.visits': service.visits,
  };
  return Object.entries(required).flatMap(([name, value]) => (value === null ? [name] : []));
}

function numbered(diagnoses: AuthorizationRequest['service']['diagnoses']): Record<string, string> {
  // HI holds twelve.
  return Object.fromEntries(
    diagnoses.slice(0, 12).flatMap(({ code }, index) => [
      [`diagnosisTypeCode${index + 1}`, index === 0 ? 'ABK' : 'ABF'],
      [`diagnosisCode${index + 1}`, code.replaceAll('.', '')],
    ]),
  );
}

interface Words {
  readonly payers: Readonly<Record<string, string>>;
}

function parties({ patient, coverage, provider }: AuthorizationRequest, { payers }: Words): Record<string, unknown> {
  return {
    payerId: payers[coverage.payerId] ?? coverage.payerId,
    payerName: coverage.payerName,
    requester: { requesterType: '1P', organizationName: provider.organizationName, npi: provider.npi ?? '' },
    subscriber: {
      memberId: coverage.memberId ?? '',
      lastName: patient.name.family,
      firstName: patient.name.given,
      dateOfBirth: wireDate(patient.birthDate ?? ''),
      genderCode: patient.gender === 'female' ? 'F' : patient.gender === 'male' ? 'M' : 'U',
    },
  };
}

/**
 * The body of a submission. The 278 has room for a short message only: how often therapy is asked for goes in, the
 * clinical text does not. A request with more than twelve diagnoses is refused rather than cut.
 */
export function toSubmission(request: AuthorizationRequest, words: Words): Record<string, unknown> | Incomplete {
  const { service } = request;
  const missing = missingIn(request);
  if (service.diagnoses.length > 12) missing.push('service.diagnoses');
  if (missing.length > 0) return { missing };
  return {
    ...parties(request, words),
    patientEventDetail: {
      requestCategoryCode: 'HS',
      certificationTypeCode: certificationTypes[request.kind],
      serviceTypeCode: service.serviceTypeCode,
      facilityTypeCode: service.placeOfService,
      facilityCodeQualifier: 'B',
      eventDateBegin: wireDate(service.from ?? ''),
      eventDateEnd: wireDate(service.to ?? ''),
      ...numbered(service.diagnoses),
      quantityQualifier: 'VS',
      serviceUnitCount: String(service.visits),
      ...(request.previousAuthorizationNumber === null
        ? {}
        : { previousReviewAuthorizationNumber: request.previousAuthorizationNumber }),
      ...(service.frequency === null || service.frequency.length > 264
        ? {}
        : { freeFormMessageText: service.frequency }),
      serviceLevel: service.procedures.map(({ code, units }) => ({
        serviceDateBegin: wireDate(service.from ?? ''),
        serviceDateEnd: wireDate(service.to ?? ''),
        professionalService: {
          productOrServiceIDQualifier: 'HC',
          procedureCode: code,
          ...(units === null ? {} : { unitOrBasisForMeasurementCode: 'UN', serviceUnitCount: String(units) }),
        },
      })),
    },
  };
}

/** The body of an inquiry for what `request` asked. */
export function toInquiry(request: AuthorizationRequest, words: Words): Record<string, unknown> | Incomplete {
  const missing = missingIn(request);
  if (missing.length > 0) return { missing };
  const { service } = request;
  return {
    ...parties(request, words),
    patientEventDetail: {
      requestCategoryCode: 'HS',
      serviceTypeCode: service.serviceTypeCode,
      eventDateBegin: wireDate(service.from ?? ''),
      eventDateEnd: wireDate(service.to ?? ''),
    },
  };
}

/** Every AAA of an answer, at whatever level: lists named `…RequestValidation` or `requestValidation`. */
export function refusalsOf(json: unknown, depth = 0): Reason[] {
  if (depth > 6) return [];
  if (Array.isArray(json)) return json.flatMap((one) => refusalsOf(one, depth + 1));
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) =>
    /requestvalidation$/i.test(name)
      ? listAt({ value }, 'value').map((one) => ({ code: shownCode(textAt(one, 'rejectReasonCode')), field: name }))
      : refusalsOf(value, depth + 1),
  );
}

/** The visits or units of an answer: its own, else those of its services that were not denied. */
function unitsOf(event: unknown): number | null {
  const counts = listAt(event, 'serviceLevel')
    .filter((service) => textAt(service, 'certificationActionCode') !== 'A3')
    .map(
      (service) =>
        countAt(at(service, 'professionalService'), 'serviceUnitCount') ?? countAt(service, 'serviceUnitCount'),
    );
  const known = counts.filter((count) => count !== null);
  return counts.length === 0 || known.length !== counts.length ? null : known.reduce((sum, count) => sum + count, 0);
}

/** HCR01 of the event, else the one on which its services agree. */
function actionOf(event: unknown): string | null {
  const services = listAt(event, 'serviceLevel').map((service) => textAt(service, 'certificationActionCode'));
  return textAt(event, 'certificationActionCode') ?? agreedAction(services);
}

/**
 * Reads a decision. An action code that is missing or unknown leaves the request pended, or the status unknown: neither is ever
 * read as a decision. `asked` tells a certification of fewer visits apart.
 */
export function toAnswer(
  json: unknown,
  authorizationId: string | null,
  asked: Quantity,
  receivedAt: string,
): AuthorizationAnswer {
  const event = at(json, 'patientEventDetail');
  const code = actionOf(event);
  const status = code === null ? 'pended' : (reviewActions[code] ?? 'unknown');
  const counted = textAt(event, 'quantityQualifier') === 'VS' ? countAt(event, 'serviceUnitCount') : null;
  const whole = countsMeant(code, { visits: counted, units: unitsOf(event) }, asked);
  const approved = status === 'approved' || status === 'partlyApproved';
  const reason = textAt(event, 'reviewDecisionReasonCode');
  return {
    status: status === 'approved' && isLessThanAsked(whole, asked) ? 'partlyApproved' : status,
    number: textAt(event, 'reviewIdentificationNumber'),
    visitsApproved: approved ? whole.visits : null,
    unitsApproved: approved ? whole.units : null,
    from: approved ? (dateAt(event, 'certificationEffectiveDateBegin') ?? dateAt(event, 'eventDateBegin')) : null,
    to: approved
      ? (dateAt(event, 'certificationEffectiveDateEnd') ??
        dateAt(event, 'certificationExpirationDate') ??
        dateAt(event, 'eventDateEnd'))
      : null,
    reasonCodes: reason === null ? [] : [shownCode(reason)],
    reasonText: textAt(event, 'freeFormMessageText'),
    vendorRequestId: authorizationId,
    receivedAt,
  };
}

/** Whether an answer to an inquiry is about the dates that were asked for. */
export function isSameRequest(json: unknown, request: AuthorizationRequest): boolean {
  const event = at(json, 'patientEventDetail');
  const begin = dateAt(event, 'eventDateBegin');
  const end = dateAt(event, 'eventDateEnd');
  return (begin === null || begin === request.service.from) && (end === null || end === request.service.to);
}
