// Submitting a request for authorization once, and asking how it stands.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import type { ConnectorContext, Inquiry, Outcome } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { Call } from '../faults.ts';
import { at, isObject, textAt } from '../json.ts';
import { isIncomplete } from '../medical-network/eligibility-request.ts';
import { failureOf, incomplete, isFailure, read } from '../medical-network/network.ts';
import type { MedicalNetwork } from '../medical-network/network.ts';
import { isSameRequest, refusalsOf, toAnswer, toInquiry, toSubmission } from './authorization.ts';
import { readChangeHealthcareConfig } from './config.ts';

const path = '/rcm/prior-authorization/v1';

function headersOf(context: ConnectorContext): Record<string, string> {
  const { tenantId } = readChangeHealthcareConfig(context.config);
  return tenantId === '' ? {} : { 'x-optum-tenant-id': tenantId };
}

function askedOf({ service }: AuthorizationRequest) {
  return { visits: service.visits, units: service.units };
}

export interface Submitted {
  readonly answer: AuthorizationAnswer;
}

/** `found` is null where the payer knows of no such request. */
export interface InquiryAnswer {
  readonly answer: AuthorizationAnswer | null;
}

export async function submitAuthorization(
  context: ConnectorContext,
  network: MedicalNetwork,
  request: AuthorizationRequest,
): Promise<Outcome<Submitted>> {
  const body = toSubmission(request, network);
  if (isIncomplete(body)) return incomplete(body);
  const call: Call = { effect: true, inquireAfterSeconds: network.inquireAfterSeconds };
  const answer = await network.send({
    ...call,
    method: 'POST',
    path: `${path}/submission`,
    pool: 'inquiries',
    body,
    headers: headersOf(context),
  });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return failureOf(context, answer, call);
  const json = at(at(answer.json, 'submission'), 'json');
  const id = textAt(answer.json, 'authorizationId');
  if (!isObject(json) && id === null) return doubtful(call, 'vendor.malformed');
  const refusals = refusalsOf(json);
  if (refusals.length > 0) return rejected('vendor.rejected', refusals);
  return { kind: 'done', result: { answer: toAnswer(json, id, askedOf(request), context.now().toISOString()) } };
}

export async function inquireAuthorization(
  context: ConnectorContext,
  network: MedicalNetwork,
  request: AuthorizationRequest,
): Promise<Outcome<InquiryAnswer>> {
  const body = toInquiry(request, network);
  if (isIncomplete(body)) return incomplete(body);
  const answer = await network.send({
    ...read,
    method: 'POST',
    path: `${path}/inquiry`,
    pool: 'inquiries',
    body,
    headers: headersOf(context),
  });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return failureOf(context, answer, read);
  const json = at(at(answer.json, 'inquiry'), 'json');
  if (!isObject(json)) return doubtful(read, 'vendor.malformed');
  const refusals = refusalsOf(json);
  // AAA03 75 and 67: neither patient nor subscriber is known with such a request.
  const unknown =
    refusals.some(({ code }) => code === '75' || code === '67') || at(json, 'patientEventDetail') === undefined;
  if (refusals.length > 0 && !unknown) return rejected('vendor.rejected', refusals);
  if (unknown || !isSameRequest(json, request)) return { kind: 'done', result: { answer: null } };
  const id = textAt(answer.json, 'authorizationId');
  return { kind: 'done', result: { answer: toAnswer(json, id, askedOf(request), context.now().toISOString()) } };
}

export async function findAuthorization(
  context: ConnectorContext,
  network: MedicalNetwork,
  request: AuthorizationRequest,
): Promise<Inquiry<Submitted>> {
  const outcome = await inquireAuthorization(context, network, request);
  if (outcome.kind !== 'done') return outcome;
  const { answer } = outcome.result;
  return answer === null ? { kind: 'notFound' } : { kind: 'found', result: { answer } };
}
