// Queues the reminders that are due: each booked visit once, from so many hours before it on.
import { usualReminderHours } from '../../domain/outreach/settings.ts';
import { askForVideoLink, videoLinkOf } from '../care/video.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { clinicOf } from './needs.ts';
import type { MessageNeeds } from './needs.ts';
import { queueMessage } from './queue.ts';
import type { Queued } from './queue.ts';

export interface Reminded {
  readonly visit: string;
  readonly patient: string;
  readonly message: string;
  readonly outcome: 'queued' | 'known';
}

const atOnce = 500;
/** Minutes before the visit after which a reminder is of no use. */
const leastMinutes = 120;

/**
 * Every visit that begins within the clinic's hours of reminding and was not reminded of. A visit that was moved is another occasion.
 * One that was booked late is reminded as soon as the rules allow.
 */
export async function queueReminders(needs: MessageNeeds, clinic: string, by: Principal): Promise<Reminded[]> {
  const now = needs.now();
  const { outreach } = await clinicOf(needs.db, clinic);
  const hours = outreach.reminderHours ?? usualReminderHours;
  const visits = await needs.db
    .selectFrom('appointments')
    .select(['ref', 'patient', 'starts_at', 'kind'])
    .where('clinic', '=', clinic)
    .where('status', '=', 'booked')
    .where('starts_at', '>', new Date(now.getTime() + leastMinutes * 60_000))
    .where('starts_at', '<=', new Date(now.getTime() + hours * 3_600_000))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('messages as m')
            .select('m.ref')
            .whereRef('m.clinic', '=', 'appointments.clinic')
            .whereRef('m.about', '=', 'appointments.ref')
            .whereRef('m.about_at', '=', 'appointments.starts_at')
            .where('m.key', 'like', 'visit.reminder/%'),
        ),
      ),
    )
    .orderBy('starts_at')
    .limit(atOnce)
    .execute();
  const reminded: Reminded[] = [];
  for (const { ref: visit, patient, starts_at: startsAt, kind } of visits) {
    if (startsAt === null) continue;
    const isVideo = kind === 'telehealth';
    const queued = await needs.db
      .transaction()
      .execute((trx) => remindOf(needs, trx, { clinic, visit, patient, startsAt, isVideo, by }));
    if (queued !== null) reminded.push({ visit, patient, ...queued });
  }
  return reminded;
}

/** A video visit has words of its own with its link; without one the desk is asked for it, and the reminder waits. */
async function remindOf(
  needs: MessageNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly visit: string;
    readonly patient: string;
    readonly startsAt: Date;
    readonly isVideo: boolean;
    readonly by: Principal;
  },
): Promise<Queued | null> {
  const { clinic, visit, patient, startsAt, isVideo, by } = of;
  const link = isVideo ? await videoLinkOf(needs, trx, clinic, visit) : null;
  if (isVideo && link === null) {
    await askForVideoLink(needs, trx, { clinic, patient, visit, startsAt });
    return null;
  }
  return queueMessage(
    needs,
    trx,
    clinic,
    {
      patient,
      purpose: isVideo ? 'visit.telehealth' : 'visit.reminder',
      about: visit,
      key: `visit.reminder/${visit}/${startsAt.toISOString()}`,
      until: new Date(startsAt.getTime() - leastMinutes * 60_000),
      callIfUnreached: true,
      occasion: { startsAt, ...(link === null ? { page: true } : { link }) },
    },
    by,
  );
}
