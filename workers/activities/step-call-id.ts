// The identity of a step call: the same for every attempt and every continued run of the question, and opaque.

import { createHash } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 22;

/** `call_` and 22 base62 characters of SHA-256 over workflow id, the run id of the first run in the chain, and activity id. */
export function stepCallId(workflowId: string, firstRunId: string, activityId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([workflowId, firstRunId, activityId]))
    .digest('hex');
  let rest = BigInt(`0x${digest}`);
  let id = '';
  while (id.length < length) {
    id += alphabet.charAt(Number(rest % 62n));
    rest /= 62n;
  }
  return `call_${id}`;
}
