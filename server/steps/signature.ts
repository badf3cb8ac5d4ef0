// Signs a call to a flow and checks what a flow brings back: proof that the server made it, for this clinic, just now.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keyring } from '../vault/keyring.ts';

/** A signature is good for so many seconds, in either direction of the clocks. */
export const windowSeconds = 300;

/** HMAC-SHA256 (hex) over `<timestamp>.<body>` under a key of this clinic alone; `timestamp` in Unix seconds. */
export function signCall(keyring: Keyring, clinic: string, timestamp: number, body: string): string {
  return mac(keyring, keyring.current, clinic, String(timestamp), body).toString('hex');
}

/** Whether the body was signed for this clinic, and how old the signature is: `bad`, `old` or `good`. */
export function checkCall(
  keyring: Keyring,
  clinic: string,
  call: { timestamp: string; signature: string; body: string },
  now: Date,
): 'good' | 'old' | 'bad' {
  const given = Buffer.from(call.signature, 'hex');
  const matches = keyring.ids.some((id) => {
    const wanted = mac(keyring, id, clinic, call.timestamp, call.body);
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  });
  if (!matches || !/^\d{1,12}$/.test(call.timestamp)) return 'bad';
  return Math.abs(now.getTime() / 1000 - Number(call.timestamp)) > windowSeconds ? 'old' : 'good';
}

function mac(keyring: Keyring, masterKey: string, clinic: string, timestamp: string, body: string): Buffer {
  return createHmac('sha256', keyring.derive('step-signature', masterKey, clinic))
    .update(`${timestamp}.${body}`)
    .digest();
}
