// What a failed sending of mail means, by the reply codes of RFC 5321 and 3463: refused for good, not sent yet, or in doubt.
import type { Failure } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { Call } from '../faults.ts';
import { at, textAt } from '../json.ts';

/** RFC 3463 and RFC 7505 (5.1.10), RFC 7372 (5.7.20 …), in words. */
const enhanced: Readonly<Record<string, string>> = {
  '1.1': 'address-unknown',
  '1.2': 'domain-unknown',
  '1.3': 'address-malformed',
  '1.6': 'address-moved',
  '1.7': 'sender-invalid',
  '1.8': 'sender-invalid',
  '1.10': 'domain-takes-no-mail',
  '2.1': 'mailbox-disabled',
  '2.2': 'mailbox-full',
  '2.3': 'message-too-large',
  '3.4': 'message-too-large',
  '4.4': 'domain-unreachable',
  '7.1': 'refused-by-policy',
  '7.20': 'sender-not-authenticated',
  '7.23': 'sender-not-authenticated',
  '7.26': 'sender-not-authenticated',
};

/** RFC 5321 §4.2.3, where a server gives no enhanced code. */
const plain: Readonly<Record<number, string>> = {
  550: 'mailbox-unavailable',
  551: 'address-moved',
  552: 'mailbox-full',
  553: 'address-malformed',
  556: 'domain-takes-no-mail',
};

/** Servers that put somebody off by greylisting let him in after some minutes. */
const laterSeconds = 300;
const soonSeconds = 60;

/** The reply's words stay behind: they name the address. */
function replyOf(error: unknown): { readonly code: number; readonly enhanced: string | null } | null {
  const code = at(error, 'responseCode');
  if (typeof code !== 'number') return null;
  const [, found] = /^\d{3}[ -][245]\.(\d{1,3}\.\d{1,3})\b/.exec(textAt(error, 'response') ?? '') ?? [];
  return { code, enhanced: found ?? null };
}

/** Signing in is refused: by an own code, or because the server wants somebody to sign in first (530). */
function isAboutCredentials(error: unknown, code: number): boolean {
  return (textAt(error, 'code') === 'EAUTH' && code >= 500) || code === 530 || code === 535;
}

/** What is never sent at all, by what the server said of itself: nodemailer refuses it with a code and no reply. */
function ourRefusal(error: unknown, hasBegun: boolean): Failure | null {
  if (hasBegun) return null;
  const code = textAt(error, 'code');
  if (code === 'EMESSAGE') return rejected('vendor.rejected', [{ code: 'message-too-large' }]);
  return code === 'EENVELOPE' ? rejected('input.invalid', [{ code: 'address-malformed', field: 'to' }]) : null;
}

/**
 * @param hasBegun whether a byte of the message has left: from then on silence leaves it in doubt, a reply never does
 *
 * | what came | meaning |
 * | --- | --- |
 * | no encryption, or a certificate nobody vouches for | not sent: nothing was said |
 * | 530, 535, any refusal of signing in | not sent: look at the credentials |
 * | 421 | not sent: nothing more over this connection for five minutes |
 * | other 4xx, 503 | not sent, again after five minutes |
 * | 5xx | rejected, with the enhanced code in words |
 * | the server said before how large a message may be, or takes no such address | rejected |
 * | nothing, before the message began to leave | not sent |
 * | nothing, since then | an effect is uncertain |
 */
export function smtpFailure(error: unknown, hasBegun: boolean, call: Call): Failure {
  const closed: Failure = { kind: 'notSent', code: 'connection.refused', retryAfterSeconds: soonSeconds };
  if (textAt(error, 'code') === 'ETLS') return closed;
  const reply = replyOf(error);
  if (reply === null) {
    const refusal = ourRefusal(error, hasBegun);
    if (refusal !== null) return refusal;
    if (hasBegun) return doubtful(call, 'vendor.unavailable');
    if (textAt(error, 'code') === 'EAUTH') return { kind: 'notSent', code: 'connection.credentials' };
    return closed;
  }
  const { code, enhanced: detail } = reply;
  if (isAboutCredentials(error, code)) return { kind: 'notSent', code: 'connection.credentials' };
  if (code === 421) return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: laterSeconds };
  if (code < 500 || code === 503)
    return { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: laterSeconds };
  const words =
    (detail === null ? plain[code] : enhanced[detail]) ?? (detail?.startsWith('7.') ? 'refused-by-policy' : 'refused');
  return rejected('vendor.rejected', [{ code: words }]);
}
