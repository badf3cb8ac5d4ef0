// The page behind a patient's link: it shows when and where, and only a press of a button does anything, once.
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { reply } from '../http/reply.ts';
import { answers, takeAnswer } from './answers.ts';
import type { Answer, AnswerNeeds } from './answers.ts';
import { clinicOf, messageRow } from './needs.ts';
import type { MessageRow } from './needs.ts';
import { escaped, overPage, patientPage, patientStyle } from './patient-page.ts';
import { digestOfToken } from './queue.ts';

const open = { kind: 'public' } as const;

/** What each purpose lets a patient press. */
const buttons: Readonly<Record<string, readonly Answer[]>> = {
  'visit.reminder': ['yes', 'reschedule', 'no'],
  'visit.booked': ['yes', 'reschedule', 'no'],
  'waitlist.offer': ['yes', 'no'],
  'exercise.reminder': ['yes'],
};

const labels: Readonly<Record<string, Readonly<Partial<Record<Answer, string>>>>> = {
  'visit.reminder': { yes: 'I come', reschedule: 'I need another time', no: 'I cannot come' },
  'visit.booked': { yes: 'I come', reschedule: 'I need another time', no: 'I cannot come' },
  'waitlist.offer': { yes: 'I take it', no: 'Not this time' },
  'exercise.reminder': { yes: 'Done' },
};

/** A visit is cancelled by a person: a press of a button leaves it where it is. */
const visitStays = 'Thank you. We call you about another time; until then your visit stays as it is.';

const thanks: Readonly<Record<Answer, string>> = {
  yes: 'Thank you. We have it.',
  no: 'Thank you for telling us.',
  reschedule: visitStays,
};

export function linkEndpoints(needs: AnswerNeeds): Endpoint[] {
  return [
    // Programs that follow links in messages before the patient does change nothing here.
    endpoint({
      method: 'GET',
      path: '/m/:token',
      access: open,
      async handle({ params }) {
        const found = await linked(needs.db, params.token, needs.now());
        if (found === null) return overPage();
        const { row } = found;
        const { name, zone } = await clinicOf(needs.db, row.clinic);
        const own = await needs.pages?.[row.purpose]?.(row, params.token);
        if (own !== undefined && own !== null) return own;
        return patientPage(name, whenOf(row, zone), buttonsOf(row, params.token));
      },
    }),
    endpoint({
      method: 'POST',
      path: '/m/:token/:answer',
      access: open,
      async handle({ params }) {
        const answer = answers.find((one) => one === params.answer);
        if (answer === undefined) throw new GaitError('input.invalid', 'There is no such answer.', { where: 'answer' });
        const taken = await needs.db.transaction().execute(async (trx) => {
          const found = await linked(trx, params.token, needs.now(), true);
          if (found === null || !(buttons[found.row.purpose]?.includes(answer) ?? false)) return null;
          await trx
            .updateTable('message_links')
            .set({ used_at: needs.now(), used_for: answer })
            .where('digest', '=', digestOfToken(params.token))
            .execute();
          const told = await takeAnswer(needs, trx, found.row, answer, { reply: `link/${found.row.ref}` });
          if (!told) return null;
          return answer === 'no' && found.row.purpose.startsWith('visit.') ? visitStays : thanks[answer];
        });
        return taken === null ? overPage() : patientPage(taken, 'You can close this page.');
      },
    }),
  ];
}

/** The message of a link that is neither used nor over. */
export async function linked(db: Db, token: string, now: Date, lock = false): Promise<{ row: MessageRow } | null> {
  const query = db
    .selectFrom('message_links')
    .select(['clinic', 'message'])
    .where('digest', '=', digestOfToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now);
  const link = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (link === undefined) return null;
  const found = await messageRow(db, link.clinic, link.message);
  // An answer to an offer takes the slot before any message: two who say yes at once would wait for each other for ever.
  const row =
    lock && !found.purpose.startsWith('waitlist.') ? await messageRow(db, link.clinic, link.message, true) : found;
  return row.answered_at === null && row.withdrawn_at === null ? { row } : null;
}

function whenOf({ about_at, purpose }: MessageRow, zone: string): string {
  if (about_at === null) return purpose === 'exercise.reminder' ? 'Your home program' : '';
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' }).format(about_at);
}

function buttonsOf({ purpose }: MessageRow, token: string): string {
  return (buttons[purpose] ?? [])
    .map(
      (answer) =>
        `<form method="post" action="/m/${encodeURIComponent(token)}/${answer}"><button>${escaped(labels[purpose]?.[answer] ?? answer)}</button></form>`,
    )
    .join('');
}

/** The look of the page; the policy of contents allows no style within it. */
export function linkStyle(): Endpoint {
  return endpoint({
    method: 'GET',
    path: '/m.css',
    access: open,
    handle: () => Promise.resolve(reply(200, patientStyle, { 'content-type': 'text/css; charset=utf-8' })),
  });
}
