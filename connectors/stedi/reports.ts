// Acknowledgments and remittances that Stedi has received for the clinic, by the id its webhook names.
import type { ClaimStatusAnswer } from '../../domain/claim/status.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful } from '../faults.ts';
import { isAcknowledgment, toAcknowledgment } from '../medical-network/acknowledgment.ts';
import { failureOf, isFailure, read } from '../medical-network/network.ts';
import type { MedicalNetwork } from '../medical-network/network.ts';
import { versions } from './client.ts';

export interface ReportId {
  readonly transactionId: string;
}

/** `raw` is the JSON as Stedi gives it; there is no X12 behind this path. It is PHI. */
export interface Acknowledgment {
  readonly answer: ClaimStatusAnswer;
  readonly raw: unknown;
}

export interface Remittance {
  readonly raw: unknown;
}

async function get(
  context: ConnectorContext,
  network: MedicalNetwork,
  transactionId: string,
  set: '277' | '835',
): Promise<Outcome<unknown>> {
  const path = `${versions.change}/medicalnetwork/reports/v2/${encodeURIComponent(transactionId)}/${set}`;
  const answer = await network.send({ ...read, method: 'GET', path, pool: 'claims' });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return failureOf(context, answer, read);
  return isAcknowledgment(answer.json) ? { kind: 'done', result: answer.json } : doubtful(read, 'vendor.malformed');
}

export async function getAcknowledgment(
  context: ConnectorContext,
  network: MedicalNetwork,
  { transactionId }: ReportId,
): Promise<Outcome<Acknowledgment>> {
  const outcome = await get(context, network, transactionId, '277');
  if (outcome.kind !== 'done') return outcome;
  return { kind: 'done', result: { answer: toAcknowledgment(outcome.result), raw: outcome.result } };
}

export async function getRemittance(
  context: ConnectorContext,
  network: MedicalNetwork,
  { transactionId }: ReportId,
): Promise<Outcome<Remittance>> {
  const outcome = await get(context, network, transactionId, '835');
  return outcome.kind === 'done' ? { kind: 'done', result: { raw: outcome.result } } : outcome;
}
