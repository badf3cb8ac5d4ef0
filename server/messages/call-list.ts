// The call list: a person calls whom no message reached, with the words that were not sent and the number.
import { keptBackInWords } from '../../domain/outreach/kept-back.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { assertMessage } from './record.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';

/** A call about a visit must come before it; one about nothing in particular within a day. */
const hoursToCall = 24;
/** Whom nobody reached is called again so much later, and no more often than this in all. */
const hoursToCallAgain = 3;
export const mostCalls = 3;
const leastMinutes = 60;

const what: Readonly<Record<string, string>> = {
  'visit.reminder': 'Remind the patient of the visit',
  'visit.booked': 'Tell the patient of the visit that was booked',
  'visit.missed': 'Ask the patient for a new time after a missed visit',
  'visit.telehealth': 'Tell the patient how to join the video visit',
  'waitlist.offer': 'Offer the patient the open time',
  'waitlist.notBooked': 'Tell the patient that the time they took could not be booked',
  'discharge.notice': 'Tell the patient that the plan ends soon',
  'discharge.fewer': 'Tell the patient that visits become fewer before the plan ends',
  'forms.request': 'Ask the patient for the forms',
  'patient.welcome': 'Welcome the patient',
};

/** Asked for the first time, or again after nobody was reached: `attempt` is from 1. */
export async function openCall(needs: MessageNeeds, trx: Trx, row: MessageRow, attempt = 1): Promise<void> {
  const { clinic, ref, patient, purpose, about_at, ways } = row;
  const record: unknown = await needs.vault.open(clinic, ref, {
    purpose: 'message.callList',
    actor: systemPrincipal('messages'),
    trx,
  });
  assertMessage(needs.validator, record);
  const now = needs.now().getTime();
  const latest = (about_at?.getTime() ?? Infinity) - leastMinutes * 60_000;
  const due = Math.min(now + (attempt === 1 ? hoursToCall : hoursToCallAgain) * 3_600_000, latest);
  const words = record.texts.text ?? record.texts.email ?? record.texts.voice;
  const values = [
    { label: 'Telephone', value: record.phone },
    { label: 'E-mail', value: record.email },
    { label: 'What the message would have said', value: words?.body ?? null },
  ].filter((one): one is { label: string; value: string } => one.value !== null);
  await needs.workItems.open(
    {
      clinic,
      key: attempt === 1 ? `patient.call/${ref}` : `patient.call/${ref}/${attempt}`,
      kind: 'patient.call',
      subject: patient,
      workflow: null,
      dueAt: new Date(Math.max(due, now)).toISOString(),
      context: { message: ref, purpose, about: row.about, attempt },
      reason: `${what[purpose] ?? 'Call the patient'}: ${keptBackInWords(ways, row.rule)}${attempt === 1 ? '' : ` (call ${attempt} of ${mostCalls})`}`,
      draft: { system: 'Telephone', values },
    },
    systemPrincipal('messages'),
    trx,
  );
}
