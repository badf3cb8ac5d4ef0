// The waitlist of the demo clinic: some patients wait, one visit of next week is cancelled in the PT system, and its time is offered.
import { addDays } from '../../domain/calendar.ts';
import { slotTimeInWords } from '../../domain/waitlist/slot-time.ts';
import type { Stack } from '../stack.ts';
import { table } from '../table.ts';
import { until } from './flow-api.ts';
import { pull } from './pull.ts';
import { adminOf, json, list, text } from './surfaces.ts';
import type { Json, Person } from './surfaces.ts';

const waiting = 8;
const everyDay = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '07:00', to: '19:00' }));
const wishes = {
  discipline: 'PT',
  minutes: 45,
  therapists: null,
  wantedTherapist: null,
  locations: null,
  equipment: [],
  times: everyDay,
  noticeMinutes: 120,
  visitsPerWeek: null,
  daysApart: 1,
  planFrom: null,
  planTo: null,
};

async function slotsOf(admin: Person): Promise<readonly Json[]> {
  return list((await admin.get('/v1/console/waitlist/slots'))['slots']);
}

/**
 * Puts patients on the list and lets the sandbox cancel one visit; the flow does the rest.
 * @param exported what the sandbox's export was written with: everybody else stays as they are
 * @returns whether the slot was opened in time
 */
export async function firstFreedVisit(
  stack: Stack,
  exported: object,
  today: string,
  milliseconds: number,
): Promise<boolean> {
  const admin = await adminOf(stack);
  const { patients } = await admin.get('/v1/console/waitlist/choices');
  const all = list(patients);
  const apart = Math.max(1, Math.floor(all.length / waiting));
  for (const { patient } of all.filter((_, index) => index % apart === 0).slice(0, waiting))
    await admin.post('/v1/console/waitlist', { patient: text(patient, 'patient'), wishes, priority: 'soon' });
  await pull(stack, 'webpt/export', { ...exported, cancel: { from: addDays(today, 5), count: 1 } });
  return until(milliseconds, async () => (await slotsOf(admin)).length > 0);
}

const phases: Readonly<Record<string, string>> = {
  offering: 'being offered',
  held: 'taken, to be booked',
  booked: 'booked',
  takenBack: 'taken back',
  exhausted: 'still free: the desk looks at it',
  lapsed: 'still free: too little time left',
};

/** Freed visits ahead and how far their offers have come; empty where none is. */
export async function waitlistTable(stack: Stack, zone: string): Promise<string> {
  const slots = await slotsOf(await adminOf(stack));
  if (slots.length === 0) return '';
  return [
    `Freed visits offered to who waits: ${slots.length}`,
    table(
      ['visit', 'stands', 'asked', 'next in line', 'to find out about'],
      slots.map((slot) => {
        const { start, phase, asked, toAsk, needStaff } = json(slot);
        const when = slotTimeInWords({ start: text(start, 'start'), zone });
        return [when, phases[String(phase)] ?? String(phase), String(asked), String(toAsk), String(needStaff)];
      }),
    ),
    '',
  ].join('\n');
}
