// The page behind a patient's link: it shows when and where, and only a press of a button does anything, once.
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { reply } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';
import { answers, takeAnswer } from './answers.ts';
import type { Answer, AnswerNeeds } from './answers.ts';
import { clinicOf, messageRow } from './needs.ts';
import type { MessageRow } from './needs.ts';
import { digestOfToken } from './queue.ts';

const open = { kind: 'public' } as const;

/** What each purpose lets a patient press. */
const buttons: Readonly<Record<string, readonly Answer[]>> = {
  'visit.reminder': ['yes', 'reschedule'],
  'visit.booked': ['yes', 'reschedule'],
  'waitlist.offer': ['yes', 'no'],
  'exercise.reminder': ['yes'],
};

const labels: Readonly<Record<string, Readonly<Partial<Record<Answer, string>>>>> = {
  'visit.reminder': { yes: 'I come', reschedule: 'I need another time' },
  'visit.booked': { yes: 'I come', reschedule: 'I need another time' },
  'waitlist.offer': { yes: 'I take it', no: 'Not this time' },
  'exercise.reminder': { yes: 'Done' },
};

const thanks: Readonly<Record<Answer, string>> = {
  yes: 'Thank you. We have it.',
  no: 'Thank you for telling us.',
  reschedule: 'Thank you. We call you about another time; until then your visit stays as it is.',
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
        if (found === null)
          return page('This link has been used or is over', 'Call the clinic if you have a question.');
        const { row } = found;
        const { name, zone } = await clinicOf(needs.db, row.clinic);
        return page(name, whenOf(row, zone), buttonsOf(row, params.token));
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
          if (found === null || !(buttons[found.row.purpose]?.includes(answer) ?? false)) return false;
          await trx
            .updateTable('message_links')
            .set({ used_at: needs.now(), used_for: answer })
            .where('digest', '=', digestOfToken(params.token))
            .execute();
          return takeAnswer(needs, trx, found.row, answer, { reply: `link/${found.row.ref}` });
        });
        return taken
          ? page(thanks[answer], 'You can close this page.')
          : page('This link has been used or is over', 'Call the clinic if you have a question.');
      },
    }),
  ];
}

async function linked(db: Db, token: string, now: Date, lock = false): Promise<{ row: MessageRow } | null> {
  const query = db
    .selectFrom('message_links')
    .select(['clinic', 'message'])
    .where('digest', '=', digestOfToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now);
  const link = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (link === undefined) return null;
  const row = await messageRow(db, link.clinic, link.message, lock);
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

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Without a name: whoever finds the telephone learns that somebody has a visit there, which the message told already. */
function page(title: string, line: string, more = ''): Reply {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/m.css">
<main><h1>${escaped(title)}</h1><p>${escaped(line)}</p>${more}</main>
</html>`;
  return reply(200, body, { 'content-type': 'text/html; charset=utf-8' });
}

const style = `body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;background:#f6f5f2;color:#1f2933}
main{max-width:26rem;margin:3rem auto;padding:1.5rem;background:#fff;border:1px solid #dcd9d2;border-radius:.75rem}
h1{font-size:1.375rem;margin:0 0 .5rem}form{margin:.75rem 0 0}
button{font:inherit;width:100%;padding:.875rem;border:0;border-radius:.5rem;background:#1d4e5f;color:#fff}
form+form button{background:#fff;color:#1d4e5f;border:1px solid #1d4e5f}
button:focus-visible{outline:3px solid #e0a33b;outline-offset:2px}`;

/** The look of the page; the policy of contents allows no style within it. */
export function linkStyle(): Endpoint {
  return endpoint({
    method: 'GET',
    path: '/m.css',
    access: open,
    handle: () => Promise.resolve(reply(200, style, { 'content-type': 'text/css; charset=utf-8' })),
  });
}
