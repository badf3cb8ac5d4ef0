// Speech of the capture page, written down by the connection the clinic set: sent once, with leave, and never kept.
import { operations } from '../../connectors/registry.ts';
import { GaitError } from '../../domain/errors.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { ModelNeeds } from '../notes/model-leave.ts';
import { leaveToAsk } from '../notes/model-leave.ts';
import { documentationOf } from '../notes/wording.ts';
import { withinSeconds } from '../operations/timeout.ts';

const operation = operations['languageModel.speech.transcribe'];
/** Words a recognizer without the field's vocabulary mishears most. */
const hint =
  'Physical therapy: sets, reps, degrees, flexion, extension, grade, contact guard, minimal assist, theraband.';

export interface Speech {
  readonly session: string;
  readonly mediaType: string;
  /** Base64. */
  readonly audio: string;
}

/**
 * What was said, as text. Nothing of the recording or the text is stored or logged.
 * Throws `state.conflict` where the clinic set no connection or may not use it now, and the code of a failed call.
 */
export async function writtenDown(
  needs: ModelNeeds,
  clinic: string,
  { session, mediaType, audio }: Speech,
  by: SessionPrincipal,
): Promise<{ readonly text: string }> {
  const { speechConnection } = await documentationOf(needs.db, clinic);
  if (speechConnection === undefined)
    throw new GaitError('state.conflict', 'This clinic has nothing set that writes down speech.', {
      fix: 'Type instead, or let an admin name a connection in the clinic’s settings.',
    });
  const bytes = new Uint8Array(Buffer.from(audio, 'base64'));
  const context = await leaveToAsk(needs, {
    clinic,
    connection: speechConnection,
    operation: operation.name,
    holds: ['clinicalText', 'name'],
    subject: session,
    details: { kilobytes: Math.ceil(bytes.length / 1000) },
    by,
  });
  const outcome = await withinSeconds(
    operation.run(context, { audio: bytes, mediaType, hint }),
    operation.requestTimeoutSeconds,
  );
  if (outcome !== 'late' && outcome.kind === 'done') return outcome.result;
  throw new GaitError(outcome === 'late' ? 'vendor.unavailable' : outcome.code, 'The recording was not written down.', {
    fix: 'Record again, or type.',
  });
}
