// Professional claims: checked or sent in one call, and looked for by claim status when nobody knows whether they arrived.
import { saysNothing, statusRequestOf } from '../../domain/claim/facts.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import type { ClaimCheck, ClaimReceipt, ClaimSending, X12ClaimSending } from '../claim-operations.ts';
import type { ConnectorContext, Failure, Inquiry, Outcome, Reason, Rejected, Sending } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { Call } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { checkClaimStatus } from './claim-status.ts';
import { isUnsupported, toClaim } from './claim-request.ts';
import { isIncomplete } from './eligibility-request.ts';
import { failureOf, incomplete, isFailure, read, reasonsOf, shownCode } from './network.ts';
import type { MedicalNetwork, NetworkRequest } from './network.ts';

export type Usage = 'production' | 'test';

/** Edits as codes and places in the 837 (loop, segment, element): their words and the data they quote stay behind. */
function editsOf(json: unknown): Reason[] {
  return listAt(json, 'editResponses')
    .filter(isObject)
    .slice(0, 50)
    .map((edit) => {
      const place = ['loop', 'segment', 'element'].flatMap((name) => textAt(edit, name) ?? []);
      const shown = place.every((part) => /^[0-9A-Z-]{1,8}$/.test(part));
      return {
        code: shownCode(textAt(edit, 'qualifierCode') ?? textAt(edit, 'referenceID') ?? textAt(edit, 'editName')),
        ...(shown && place.length > 0 ? { field: place.join(' ') } : {}),
      };
    });
}

/** Why a 200 is no acceptance; empty where it is one. */
function refusalsIn(json: unknown): Reason[] {
  const failure = at(json, 'failure');
  return [
    ...reasonsOf(json),
    ...(textAt(failure, 'code') === null ? [] : [{ code: shownCode(textAt(failure, 'code')) }]),
  ];
}

function bodyOf(claim: Claim, key: string, network: MedicalNetwork, usage: Usage): object | Rejected {
  const body = toClaim(claim, { key, payers: network.payers, usage });
  if (isIncomplete(body)) return incomplete(body);
  if (isUnsupported(body))
    return rejected(
      'input.invalid',
      body.unsupported.map((field) => ({ code: 'unsupported', field })),
    );
  return body;
}

function isRejected(body: object): body is Rejected {
  return 'kind' in body;
}

/** Checks a claim without sending it to a payer. `path` is `/validation` or `/raw-x12-validation`. */
async function check(
  context: ConnectorContext,
  network: MedicalNetwork,
  path: string,
  body: object,
): Promise<Outcome<ClaimCheck>> {
  const answer = await network.send({
    ...read,
    method: 'POST',
    path: `${network.paths.claims}${path}`,
    pool: 'claims',
    body,
  });
  if (isFailure(answer)) return answer;
  const refusals = answer.status === 200 || answer.status === 400 ? refusalsIn(answer.json) : [];
  if (answer.status !== 200 && refusals.length === 0) return failureOf(context, answer, read);
  if (answer.malformed || !isObject(answer.json)) return doubtful(read, 'vendor.malformed');
  const edits = [...refusals, ...editsOf(answer.json)];
  return { kind: 'done', result: { acceptable: refusals.length === 0, edits, raw: answer.json } };
}

export async function validateClaim(
  context: ConnectorContext,
  network: MedicalNetwork,
  claim: Claim,
  usage: Usage,
): Promise<Outcome<ClaimCheck>> {
  const body = bodyOf(claim, claim.patientControlNumber ?? '', network, usage);
  return isRejected(body) ? body : check(context, network, '/validation', body);
}

export function validateX12(
  context: ConnectorContext,
  network: MedicalNetwork,
  x12: string,
): Promise<Outcome<ClaimCheck>> {
  return check(context, network, '/raw-x12-validation', { x12 });
}

/** What a vendor's own sending adds to the usual one: headers, and failures that mean something else there. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** A failure of this vendor's own; null for the usual reading of the status. */
  failure?(answer: HttpAnswer, call: Call): Failure | null;
}

async function post(
  context: ConnectorContext,
  network: MedicalNetwork,
  path: string,
  body: object,
  claim: Claim,
  sent: Sent,
): Promise<Outcome<ClaimReceipt>> {
  const call: Call = { effect: true, inquireAfterSeconds: network.inquireAfterSeconds };
  const request: NetworkRequest = {
    ...call,
    method: 'POST',
    path: `${network.paths.claims}${path}`,
    pool: 'claims',
    body,
    ...(sent.headers === undefined ? {} : { headers: sent.headers }),
  };
  const answer = await network.send(request);
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return sent.failure?.(answer, call) ?? failureOf(context, answer, call);
  const refusals = refusalsIn(answer.json);
  if (refusals.length > 0) return rejected('vendor.rejected', refusals);
  const reference = at(answer.json, 'claimReference');
  const vendorClaimId =
    textAt(reference, 'rhclaimNumber') ??
    textAt(reference, 'correlationId') ??
    textAt(reference, 'customerClaimNumber');
  // A success that names no claim may be any page of a gateway: only an inquiry can tell.
  if (vendorClaimId === null) return doubtful(call, 'vendor.malformed');
  const { patientControlNumber } = claim;
  return {
    kind: 'done',
    result: { patientControlNumber, vendorClaimId, edits: editsOf(answer.json), raw: answer.json },
  };
}

export async function submitClaim(
  context: ConnectorContext,
  network: MedicalNetwork,
  { claim, key }: ClaimSending,
  usage: Usage,
  sent: Sent = {},
): Promise<Outcome<ClaimReceipt>> {
  const body = bodyOf(claim, key, network, usage);
  return isRejected(body) ? body : post(context, network, '/submission', body, claim, sent);
}

export function submitX12(
  context: ConnectorContext,
  network: MedicalNetwork,
  { claim, x12 }: X12ClaimSending,
  sent: Sent = {},
): Promise<Outcome<ClaimReceipt>> {
  return post(context, network, '/raw-x12-submission', { x12 }, claim, sent);
}

/**
 * Whether the payer holds the claim: a status under its patient control number, not older than the sending. An inquiry never
 * sends, so it asks for the status even where the vendor would take the same claim again under the same key.
 */
export async function findClaim(
  context: ConnectorContext,
  network: MedicalNetwork,
  { claim, key }: ClaimSending,
  sending?: Sending,
): Promise<Inquiry<ClaimReceipt>> {
  if (claim.patientControlNumber === null) return incomplete({ missing: ['patientControlNumber'] });
  const outcome = await checkClaimStatus(context, network, {
    request: statusRequestOf(claim, { trace: key }),
    vendorRequestId: null,
  });
  if (outcome.kind !== 'done') return outcome;
  const result = outcome.result;
  if (result.kind === 'pending')
    return { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: result.retryAfterSeconds };
  const sentOn = sending?.sentAt.slice(0, 10) ?? null;
  const fitting = result.answer.claims.filter(
    (found) =>
      found.patientControlNumber === claim.patientControlNumber &&
      found.statuses.some(
        ({ category, effectiveOn }) =>
          !saysNothing(category) && (sentOn === null || effectiveOn === null || effectiveOn >= sentOn),
      ),
  );
  if (fitting.length > 1)
    return { kind: 'uncertain', code: 'state.conflict', inquireAfterSeconds: network.inquireAfterSeconds };
  const [found] = fitting;
  if (found === undefined) return { kind: 'notFound' };
  const { patientControlNumber } = claim;
  return {
    kind: 'found',
    result: { patientControlNumber, vendorClaimId: found.payerClaimNumber, edits: [], raw: result.raw },
  };
}
