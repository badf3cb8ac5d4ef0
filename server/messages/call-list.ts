// The call list: a person calls whom no message reached, with the words that were not sent and the number.
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { assertMessage } from './record.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';

/** A call about a visit must come before it; one about nothing in particular within a day. */
const hoursToCall = 24;
const leastMinutes = 60;

const why: Readonly<Record<string, string>> = {
  'message.opted-out': 'wants no messages',
  'message.no-consent': 'has not agreed to such messages',
  'message.no-address': 'has no number or address for messages',
  'message.answer-open': 'wrote something that may mean stop',
  'message.content': 'the words of the message must be corrected by an administrator',
  'message.quiet-hours': 'the message would have come at night',
  'message.daily-cap': 'had as many messages today as they may',
  'message.weekly-cap': 'had as many messages this week as they may',
  'message.too-late': 'there was no time left to send it',
};

const what: Readonly<Record<string, string>> = {
  'visit.reminder': 'Remind the patient of the visit',
  'visit.booked': 'Tell the patient of the visit that was booked',
  'visit.missed': 'Ask the patient for a new time after a missed visit',
  'visit.telehealth': 'Tell the patient how to join the video visit',
  'waitlist.offer': 'Offer the patient the open time',
  'waitlist.notBooked': 'Tell the patient that the time they took could not be booked',
  'discharge.notice': 'Tell the patient that the plan ends soon',
  'forms.request': 'Ask the patient for the forms',
  'patient.welcome': 'Welcome the patient',
};

export async function openCall(needs: MessageNeeds, trx: Trx, row: MessageRow): Promise<void> {
  const { clinic, ref, patient, purpose, about_at, ways } = row;
  const record: unknown = await needs.vault.open(clinic, ref, {
    purpose: 'message.callList',
    actor: systemPrincipal('messages'),
    trx,
  });
  assertMessage(needs.validator, record);
  const now = needs.now().getTime();
  const due = Math.min(now + hoursToCall * 3_600_000, (about_at?.getTime() ?? Infinity) - leastMinutes * 60_000);
  const words = record.texts.text ?? record.texts.email ?? record.texts.voice;
  const values = [
    { label: 'Telephone', value: record.phone },
    { label: 'E-mail', value: record.email },
    { label: 'What the message would have said', value: words?.body ?? null },
  ].filter((one): one is { label: string; value: string } => one.value !== null);
  await needs.workItems.open(
    {
      clinic,
      key: `patient.call/${ref}`,
      kind: 'patient.call',
      subject: patient,
      workflow: null,
      dueAt: new Date(Math.max(due, now)).toISOString(),
      context: { message: ref, purpose, about: row.about },
      reason: `${what[purpose] ?? 'Call the patient'}: ${reasonOf(ways, row.rule)}`,
      draft: { system: 'Telephone', values },
    },
    systemPrincipal('messages'),
    trx,
  );
}

function reasonOf(ways: MessageRow['ways'], rule: string | null): string {
  if (ways.length === 0) return why['message.no-address'] ?? '';
  if (ways.some(({ state }) => state === 'uncertain')) return 'nobody knows whether the message went out';
  const refused = ways.map(({ reason }) => why[reason ?? '']).find((text) => text !== undefined);
  return refused ?? why[rule ?? ''] ?? 'no message could be delivered';
}
