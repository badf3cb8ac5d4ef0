// Why a message did not reach a patient, in half a sentence for the front desk.
import { blockingRules } from '../effect/permit.ts';
import type { Way } from './course.ts';

const words: Readonly<Record<string, string>> = {
  'message.opted-out': 'wants no messages',
  'message.no-consent': 'has not agreed to such messages',
  'message.no-address': 'has no number or address for messages',
  'message.answer-open': 'wrote something that may mean stop',
  'message.content': 'the words of the message must be corrected by an administrator',
  'message.quiet-hours': 'the message would have come at night',
  'message.daily-cap': 'had as many messages today as they may',
  'message.weekly-cap': 'had as many messages this week as they may',
  'message.too-late': 'there was no time left to send it',
  'message.withdrawn': 'what it was about no longer holds',
  'agreement.missing': 'no agreement with the messaging vendor is on file',
  'agreement.not-yet': 'the agreement with the messaging vendor is not in force yet',
  'agreement.expired': 'the agreement with the messaging vendor has expired',
  'connection.paused': 'the connection to the messaging vendor is paused',
};

/** What a rule or a code says; null: it is no rule, but a code of the vendor. */
export function ruleInWords(rule: string | null): string | null {
  if (rule === null) return null;
  const known = words[rule];
  if (known !== undefined) return known;
  return Object.hasOwn(blockingRules, rule) ? 'a rule keeps it back' : null;
}

/** What is in doubt goes first, then the first reason among the ways that were tried, the rule of the message, that nothing arrived. */
export function keptBackInWords(ways: readonly Pick<Way, 'reason' | 'state'>[], rule: string | null): string {
  if (ways.length === 0) return words['message.no-address'] ?? '';
  if (ways.some(({ state }) => state === 'uncertain')) return 'nobody knows whether the message went out';
  const refused = ways.map(({ reason }) => ruleInWords(reason)).find((text) => text !== null);
  return refused ?? ruleInWords(rule) ?? 'no message could be delivered';
}
