// The two halves of a call to a vendor: what precedes its first byte is surely not sent, what follows may be in doubt.
import type { EffectTimes } from '../../connectors/connector.ts';
import { GaitError } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { withinSeconds } from '../operations/timeout.ts';

/** What precedes the first byte. A failure here is surely not sent. */
export async function prepared<T extends object>(work: () => Promise<T>): Promise<T | { readonly code: ErrorCode }> {
  try {
    return await work();
  } catch (error) {
    return { code: error instanceof GaitError ? error.code : 'service.unavailable' };
  }
}

/** A connector that throws or never answers has left us in doubt, whatever it meant to say. */
export async function askVendor<T>(
  times: EffectTimes,
  call: () => Promise<T>,
): Promise<T | { readonly kind: 'uncertain'; readonly code: ErrorCode; readonly inquireAfterSeconds: number }> {
  const doubt = {
    kind: 'uncertain',
    code: 'vendor.unavailable',
    inquireAfterSeconds: times.inquireAfterSeconds,
  } as const;
  try {
    const answer = await withinSeconds(call(), times.requestTimeoutSeconds);
    return answer === 'late' ? doubt : answer;
  } catch {
    return doubt;
  }
}
