// What a flow asks for, as a message: which occasion it is, until when it is of use, whether a person calls whom it does not reach.
import { GaitError } from '../../domain/errors.ts';
import type { Purpose } from '../../domain/outreach/words.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { videoLinkOf } from '../care/video.ts';
import { clinicOf } from './needs.ts';
import type { MessageNeeds } from './needs.ts';
import { queueMessage } from './queue.ts';
import type { Queued } from './queue.ts';

/** By reference only. `occasion` tells two messages of one kind apart; the same occasion again is the same message. */
export interface FlowAsk {
  readonly patient: string;
  readonly purpose: Purpose;
  readonly about?: string;
  readonly occasion?: string;
  readonly date?: string;
  readonly link?: string;
  readonly count?: number;
  readonly untilHours?: number;
}

const usualUntilHours = 72;
const leastMinutes = 120;
/** Without a reminder or an answer to a question of theirs nobody calls. */
const called: readonly Purpose[] = [
  'visit.reminder',
  'visit.booked',
  'visit.missed',
  'visit.telehealth',
  'discharge.notice',
  'discharge.fewer',
  'patient.welcome',
  'forms.request',
];
/** These ask for an answer, which a page takes too. */
const withPage: readonly Purpose[] = ['visit.reminder', 'exercise.reminder'];

export async function queueFor(
  needs: MessageNeeds,
  trx: Trx,
  clinic: string,
  ask: FlowAsk,
  by: Principal,
): Promise<Queued> {
  const { patient, purpose, about = null } = ask;
  const known = await trx
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', patient)
    .executeTakeFirst();
  if (known === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patient' });
  const startsAt =
    about === null ? await dateOf(trx, clinic, ask.date) : await startOf(trx, clinic, { patient, about });
  const now = needs.now().getTime();
  const last = now + (ask.untilHours ?? usualUntilHours) * 3_600_000;
  const isAboutVisit = about !== null && startsAt !== null && startsAt.getTime() > now;
  const until = isAboutVisit
    ? Math.min(startsAt.getTime() - leastMinutes * 60_000, ask.untilHours === undefined ? Infinity : last)
    : last;
  const link = ask.link ?? (purpose === 'visit.telehealth' ? await videoLink(needs, trx, clinic, about) : undefined);
  const occasion = ask.occasion ?? startsAt?.toISOString() ?? new Date(now).toISOString().slice(0, 10);
  return queueMessage(
    needs,
    trx,
    clinic,
    {
      patient,
      purpose,
      about,
      key: [purpose, about ?? patient, occasion].join('/'),
      until: new Date(until),
      callIfUnreached: called.includes(purpose),
      occasion: {
        ...(startsAt === null ? {} : { startsAt }),
        ...(link === undefined ? { page: withPage.includes(purpose) } : { link }),
        ...(ask.count === undefined ? {} : { count: ask.count }),
      },
    },
    by,
  );
}

/** The link of the visit, or the clinic's room; never guessed. */
async function videoLink(needs: MessageNeeds, trx: Trx, clinic: string, about: string | null): Promise<string> {
  const link = about === null ? null : await videoLinkOf(needs, trx, clinic, about);
  if (link !== null) return link;
  throw new GaitError('input.invalid', 'Nobody knows where this video visit takes place.', {
    where: 'link',
    fix: 'Enter the link of the visit in the console under Care, or set the room of the clinic (care.videoRoom).',
  });
}

async function startOf(
  trx: Trx,
  clinic: string,
  of: { readonly patient: string; readonly about: string },
): Promise<Date> {
  const visit = await trx
    .selectFrom('appointments')
    .select('starts_at')
    .where('clinic', '=', clinic)
    .where('ref', '=', of.about)
    .where('patient', '=', of.patient)
    .executeTakeFirst();
  if (visit === undefined)
    throw new GaitError('reference.unknown', 'This patient has no such visit.', { where: 'about' });
  if (visit.starts_at === null)
    throw new GaitError('state.conflict', 'Nobody knows at what time this visit begins.', { where: 'about' });
  return visit.starts_at;
}

/** Noon of a day that is told without a time. */
async function dateOf(trx: Trx, clinic: string, date: string | undefined): Promise<Date | null> {
  if (date === undefined) return null;
  const { zone } = await clinicOf(trx, clinic);
  const noon = instantOf(`${date}T12:00`, zone);
  return noon === null ? null : new Date(noon);
}
