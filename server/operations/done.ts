// What a connector's outcome is to a reading operation: its result, or an error of ours.
import type { Outcome } from '../../connectors/connector.ts';
import { GaitError } from '../../domain/errors.ts';

/** The result, or the vendor's fault as an error of ours. */
export function done<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.result;
  const [reason] = outcome.kind === 'rejected' ? outcome.reasons : [];
  throw new GaitError(
    outcome.code,
    'The connected system did not answer as asked.',
    reason?.field === undefined ? {} : { where: reason.field },
  );
}
