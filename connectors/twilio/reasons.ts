// Twilio's error codes that matter for a message or a call, in words; every other one keeps its number.

/** Source: Twilio's error and warning dictionary (2026). `opted-out`: the patient said STOP, there or at the carrier. */
const words: Readonly<Record<string, string>> = {
  '20003': 'credentials',
  '20404': 'path-or-id-unknown',
  '20429': 'too-many-requests',
  '21210': 'sender-invalid',
  '21211': 'number-invalid',
  '21212': 'sender-invalid',
  '21214': 'number-unreachable',
  '21215': 'region-not-enabled',
  '21216': 'number-not-allowed',
  '21217': 'number-invalid',
  '21219': 'number-not-verified',
  '21408': 'region-not-enabled',
  '21602': 'text-missing',
  '21603': 'sender-invalid',
  '21606': 'sender-invalid',
  '21608': 'number-not-verified',
  '21610': 'opted-out',
  '21611': 'sender-queue-full',
  '21612': 'number-unreachable',
  '21614': 'not-a-mobile',
  '21617': 'text-too-long',
  '21703': 'sender-invalid',
  '30001': 'sender-queue-full',
  '30002': 'account-suspended',
  '30003': 'unreachable',
  '30004': 'blocked',
  '30005': 'number-unknown',
  '30006': 'landline-or-unreachable',
  '30007': 'filtered',
  '30008': 'undelivered-unexplained',
  '30032': 'sender-not-registered',
  '30034': 'sender-not-registered',
};

/** The words for a code; `twilio-…` for one that has none here, null where there is none. */
export function twilioReason(code: string | null): string | null {
  if (code === null || !/^\d{1,6}$/.test(code) || code === '0') return null;
  return words[code] ?? `twilio-${code}`;
}

/** Codes that come with a refusal but pass by themselves: the same message may go later. */
const passing: ReadonlySet<string> = new Set(['sender-queue-full', 'too-many-requests']);

export function isPassing(reason: string): boolean {
  return passing.has(reason);
}
