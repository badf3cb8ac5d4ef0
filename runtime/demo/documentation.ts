// The documents of the demo clinic: sessions captured and closed as at the table, drafted by the flow, waiting for the therapist.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { addDays } from '../../domain/calendar.ts';
import { blankIntervention, blankSession } from '../../domain/session/blank.ts';
import type { Intervention, Session } from '../../domain/session/schema.ts';
import { newReference } from '../../server/vault/reference.ts';
import type { Stack } from '../stack.ts';
import { table } from '../table.ts';
import { until } from './flow-api.ts';
import { json, list, signIn, text } from './surfaces.ts';
import type { Json, Person } from './surfaces.ts';

/** Sessions that are captured, and how many days back a visit is looked for. */
const sessions = 6;
const daysBack = 7;

const quads: Intervention = {
  ...blankIntervention('terminal knee extension'),
  code: '97110',
  minutes: 23,
  sets: 3,
  repetitions: 10,
  side: 'left',
  part: 'knee',
  skills: ['verbal cues'],
  response: 'well',
  progression: 'progressed',
};
const balance: Intervention = {
  ...blankIntervention('single leg stance'),
  code: '97112',
  minutes: 12,
  sets: 3,
  side: 'left',
  response: 'well',
};

/** What the tablet recorded; every second record lacks what a daily note tells, so that a draft shows gaps. */
function recordOf(
  of: { readonly patient: string; readonly date: string; readonly user: string },
  place: number,
): Session {
  const isWhole = place % 2 === 0;
  const blank = blankSession({ ref: newReference('ses'), patient: of.patient, date: of.date, kind: 'treatment' });
  return {
    ...blank,
    visitNumber: 3 + place,
    clinicians: [{ ref: of.user, credential: 'PT' }],
    totalMinutes: 40,
    timedMinutes: isWhole ? 35 : 23,
    subjective: { words: isWhole ? 'Stairs are easier than last week' : null, reports: [] },
    pain: [
      { when: 'before', score: 5 - (place % 3), part: 'knee', side: 'left' },
      ...(isWhole ? [{ when: 'after', score: 2, part: 'knee', side: 'left' } as const] : []),
    ],
    rangeOfMotion: [
      { part: 'knee', motion: 'flexion', side: 'left', mode: 'active', degrees: 104 + place * 3 },
      { part: 'knee', motion: 'extension', side: 'left', mode: 'active', degrees: -4 },
    ],
    interventions: isWhole ? [quads, balance] : [quads],
    assessment: isWhole ? 'Quadriceps control improves' : null,
    plan: isWhole ? 'Add step downs' : null,
  };
}

export async function therapistOf(stack: Stack): Promise<Person> {
  const password = readFileSync(stack.secrets.demoPassword, 'utf8').trim();
  return signIn({ server: stack.urls.server, password }, 'therapist@example.org');
}

/** Visits that took place and of which nothing was captured, the newest first. */
async function uncaptured(therapist: Person, today: string): Promise<{ readonly day: string; readonly visit: Json }[]> {
  const found: { day: string; visit: Json }[] = [];
  for (let back = 0; back <= daysBack && found.length < sessions; back += 1) {
    const day = addDays(today, -back);
    const visits = list((await therapist.get(`/v1/console/capture?day=${day}`))['visits']);
    found.push(...visits.filter(({ session }) => session === null).map((visit) => ({ day, visit })));
  }
  return found.slice(0, sessions);
}

async function notesOf(therapist: Person): Promise<readonly Json[]> {
  return list((await therapist.get('/v1/console/notes'))['notes']);
}

/** Captures sessions of the last days and waits until the flow has drafted their notes. False: not in time. */
export async function firstNotes(stack: Stack, today: string, milliseconds: number): Promise<boolean> {
  const therapist = await therapistOf(stack);
  const user = text(json((await therapist.get('/v1/session'))['user'])['id'], 'user');
  const visits = await uncaptured(therapist, today);
  for (const [place, { day, visit }] of visits.entries()) {
    const record = recordOf({ patient: text(visit['patient'], 'patient'), date: day, user }, place);
    const path = `/v1/console/session-records/${record.ref}`;
    const appointment = text(visit['appointment'], 'visit');
    await therapist.post(`${path}/saves`, { save: randomUUID(), appointment, base: 0, record });
    await therapist.post(`${path}/close`, { revision: 1 });
  }
  return until(milliseconds, async () => (await notesOf(therapist)).length >= visits.length);
}

const states: Readonly<Record<string, string>> = {
  draft: 'draft: to read, correct and sign',
  awaitingCosign: 'signed, waits for a co-signature',
  signed: 'signed, on its way into the chart',
  filed: 'signed and in the chart',
  discarded: 'discarded',
};

/** How many documents there are, how far, and what stands open in them; empty where nothing was captured. */
export async function notesTable(stack: Stack): Promise<string> {
  const notes = await notesOf(await therapistOf(stack));
  if (notes.length === 0) return '';
  const sum = (rows: readonly Json[], count: (row: Json) => unknown): number =>
    rows.reduce((total, row) => total + Number(count(row)), 0);
  return [
    `Documents drafted from captured sessions: ${notes.length} (therapist@example.org signs them in the console under Notes)`,
    table(
      ['stands', 'documents', 'statements to check', 'gaps to fill or accept'],
      [...Map.groupBy(notes, ({ state }) => String(state))].map(([state, rows]) => [
        states[state] ?? state,
        String(rows.length),
        String(sum(rows, ({ findings }) => json(findings)['block'])),
        String(sum(rows, ({ gaps }) => gaps) + sum(rows, ({ missing }) => missing)),
      ]),
    ),
    '',
  ].join('\n');
}
