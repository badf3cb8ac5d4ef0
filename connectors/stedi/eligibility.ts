// Asking Stedi about coverage over its typed endpoint (2026-06-01).
import type { EligibilityAnswer } from '../../domain/eligibility/answer.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { readEligibilityResponse } from '../../domain/x12/readers/eligibility-response.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful } from '../faults.ts';
import { listAt, textAt } from '../json.ts';
import { mayHoldRejects } from '../medical-network/eligibility.ts';
import { isIncomplete } from '../medical-network/eligibility-request.ts';
import { failureOf, incomplete, isFailure, read } from '../medical-network/network.ts';
import type { MedicalNetwork } from '../medical-network/network.ts';
import { transactionSetsIn } from '../medical-network/x12-text.ts';
import type { Asked, EligibilityCheckResult } from '../payer-operations.ts';
import { versions } from './client.ts';
import { toTypedAnswer, typedRejects } from './typed-answer.ts';
import { toTypedRequest } from './typed-request.ts';

/**
 * The payer's own 271 that comes with the answer, where one does. The typed lists name one service type per entry, so that one
 * limit for three therapies looks like three limits there; the 271 keeps it as the payer made it.
 */
function fromX12(json: unknown, receivedAt: string): EligibilityAnswer | null {
  const set = transactionSetsIn(textAt(json, 'x12') ?? '').find(({ type }) => type === '271');
  if (set === undefined) return null;
  const { answer } = readEligibilityResponse(set);
  const says = answer.people.length > 0 || answer.rejects.length > 0;
  return says ? { ...answer, asOf: receivedAt } : null;
}

export async function checkTypedEligibility(
  context: ConnectorContext,
  network: MedicalNetwork,
  { request }: Asked<EligibilityRequest>,
): Promise<Outcome<EligibilityCheckResult>> {
  const body = toTypedRequest(request, network.payers);
  if (isIncomplete(body)) return incomplete(body);
  const answer = await network.send({
    ...read,
    method: 'POST',
    path: `${versions.typed}/eligibility-check`,
    pool: 'inquiries',
    body,
  });
  if (isFailure(answer)) return answer;
  const refused = mayHoldRejects(answer) && typedRejects(answer.json).length > 0;
  if (answer.status !== 200 && !refused) return failureOf(context, answer, read);
  const receivedAt = context.now().toISOString();
  const told = fromX12(answer.json, receivedAt);
  if (told === null && !refused && listAt(answer.json, 'plans').length === 0) return doubtful(read, 'vendor.malformed');
  return {
    kind: 'done',
    result: { kind: 'answered', answer: told ?? toTypedAnswer(answer.json, receivedAt), raw: answer.json },
  };
}
