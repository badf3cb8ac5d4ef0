// Asking about coverage: one call, one answer; a refusal by the payer is an answer whatever the status it comes with.
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';
import { textAt } from '../json.ts';
import type { Asked, EligibilityCheckResult } from '../payer-operations.ts';
import { isEligibilityAnswer, toEligibilityAnswer } from './eligibility-answer.ts';
import { isIncomplete, toEligibilityRequest } from './eligibility-request.ts';
import { failureOf, incomplete, isFailure, read } from './network.ts';
import type { MedicalNetwork } from './network.ts';
import { rejectsOf } from './rejects.ts';

/** Statuses under which a payer's refusal may come. */
export function mayHoldRejects({ status }: HttpAnswer): boolean {
  return status === 200 || status === 400 || status === 422;
}

/** Neither vendor leaves a question pending, so that there is nothing to ask for by `vendorRequestId`. */
export async function checkEligibility(
  context: ConnectorContext,
  network: MedicalNetwork,
  { request }: Asked<EligibilityRequest>,
): Promise<Outcome<EligibilityCheckResult>> {
  const body = toEligibilityRequest(request, network.payers);
  if (isIncomplete(body)) return incomplete(body);
  const answer = await network.send({
    ...read,
    method: 'POST',
    path: network.paths.eligibility,
    pool: 'inquiries',
    body,
  });
  if (isFailure(answer)) return answer;
  const refused = mayHoldRejects(answer) && rejectsOf(answer.json).length > 0;
  if (answer.status !== 200 && !refused) return failureOf(context, answer, read);
  if (!isEligibilityAnswer(answer.json)) return unanswered(answer.json);
  const sent = { trace: request.trace, controlNumber: body.controlNumber };
  return {
    kind: 'done',
    result: {
      kind: 'answered',
      answer: toEligibilityAnswer(answer.json, sent, context.now().toISOString()),
      raw: answer.json,
    },
  };
}

/** A success without an answer: the payer's system found fault with the transaction (999), or something was cut off. */
function unanswered(json: unknown): Outcome<EligibilityCheckResult> {
  const acknowledged =
    textAt(json, 'transactionSetAcknowledgement') ?? textAt(json, 'implementationTransactionSetSyntaxError');
  return acknowledged === null ? doubtful(read, 'vendor.malformed') : rejected('vendor.rejected', [{ code: '999' }]);
}
