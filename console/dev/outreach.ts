// Messages and attendance of the synthetic clinic: two calls, the history of a patient, a model of a made-up half year.
import type { AttendanceFigures } from '../../domain/attendance/figures.ts';
import { foretell, train } from '../../domain/attendance/model.ts';
import { noShowFacts, noShowFeatures, noShowSamples, reasonsInWords } from '../../domain/attendance/no-show.ts';
import { history } from '../../domain/attendance/testing/history.ts';
import { addDays } from '../../domain/calendar.ts';
import { standing } from '../../domain/outreach/consent.ts';
import { confirmationOf } from '../../domain/outreach/confirmation.ts';
import { categories, channels } from '../../domain/outreach/words.ts';
import { workItemKinds } from '../../domain/work-item/kinds.ts';
import { attendanceRule } from '../../rules/testing/scheduling.ts';
import { outreachRules } from '../../rules/testing/outreach.ts';
import type { WorkItemPage } from '../api.ts';
import { dateInZone } from '../dates.ts';
import type {
  AttendancePage,
  CallList,
  ConsentWord,
  ContactPreference,
  ModelCard,
  PatientMessages,
  Recommendations,
  ShownMessage,
} from '../outreach.ts';
import { ok } from './answers.ts';
import type { Answer, Body } from './answers.ts';
import { patients, zone } from './people.ts';

export const callItems = ['wi_democall00000000000001', 'wi_democall00000000000002'] as const;
export const patientRef = 'pat_demo0000000000000005';

const nameOf = (place: number): string => {
  const [given = '', family = ''] = patients[place] ?? [];
  return `${family}, ${given}`;
};
const later = (now: Date, hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();

const reasons = [
  'Remind the patient of the visit: wants no messages',
  'Ask the patient for a new time after a missed visit: no message could be delivered (call 2 of 3)',
] as const;

/** The two calls as work items, so that they are opened and decided like any other. */
export function callPages(now: Date, hashOf: (draft: null) => string): WorkItemPage[] {
  return callItems.map((id, place) => ({
    item: {
      id,
      kind: 'patient.call',
      role: 'frontDesk',
      status: 'open',
      priority: 2,
      priorityReason: 'Call by today',
      reason: reasons[place] ?? '',
      title: workItemKinds['patient.call'].title,
      dueAt: later(now, 3 + place),
      openedAt: now.toISOString(),
      subject: patientRef,
      payer: null,
      escalated: false,
      remindedAt: null,
      patientName: nameOf(5 + place),
      decisions: workItemKinds['patient.call'].decisions,
      decision: null,
    },
    revision: { number: 1, hash: hashOf(null), by: 'Gait', at: now.toISOString() },
    draft: { system: 'Telephone', values: [] },
    draftKind: 'valuesToEnter',
    fields: [],
    copyReady: [
      { label: 'Telephone', value: '(303) 555-0142' },
      {
        label: 'What the message would have said',
        value: 'Lakeside PT: your visit is Tue Nov 24 at 9:30 AM. Please tell us that you come.',
      },
    ],
    evidence: [],
    missing: null,
    timeline: [],
  }));
}

export function callsOf(now: Date, items: readonly WorkItemPage[]): CallList {
  const lines = items.map(({ item }, place) => ({
    workItem: item.id,
    patient: patientRef,
    name: item.patientName ?? null,
    reason: item.reason ?? '',
    purpose: place === 0 ? ('visit.reminder' as const) : ('visit.missed' as const),
    startsAt: place === 0 ? later(now, 26) : null,
    dueAt: item.dueAt,
    isEscalated: false,
    decision: item.decision?.decision ?? null,
    decidedBy: item.decision === null ? null : 'Dana Reyes',
    decidedAt: item.decision?.at ?? null,
  }));
  return {
    open: lines.filter(({ decision }) => decision === null),
    made: lines.filter(({ decision }) => decision !== null),
  };
}

/** What the synthetic patient said so far; the newest first. */
export interface Wishes {
  consents: readonly (ConsentWord & { readonly evidence: string | null })[];
  preference: ContactPreference;
}

export function makeWishes(now: Date): Wishes {
  return {
    preference: { channels: ['text'], zone: null, language: 'en', hours: { from: '09:00', to: '18:00' } },
    consents: [
      {
        word: 2,
        state: 'revoked',
        categories: null,
        channels: ['text', 'voice'],
        source: 'reply',
        by: null,
        at: later(now, -30),
        hasEvidence: false,
        evidence: null,
      },
      {
        word: 1,
        state: 'granted',
        categories: ['reminder', 'waitlist'],
        channels: null,
        source: 'intake',
        by: 'Dana Reyes',
        at: later(now, -900),
        hasEvidence: true,
        evidence: 'Intake form of 3 May, signed at the desk.',
      },
    ],
  };
}

export function patientMessagesOf(now: Date, { consents, preference }: Wishes): PatientMessages {
  const day = dateInZone(now, zone);
  const message = (at: number, more: Partial<ShownMessage> & Pick<ShownMessage, 'purpose' | 'ways'>): ShownMessage => ({
    message: `msg_demo${Math.abs(at)}`,
    category: 'reminder',
    startsAt: null,
    ending: null,
    rule: null,
    waitsUntil: null,
    answer: null,
    answeredAt: null,
    at: later(now, at),
    ...more,
  });
  const way = { channel: 'text', notBefore: null, reason: null } as const;
  return {
    patient: patientRef,
    name: nameOf(5),
    zone,
    preference,
    standing: categories
      .filter((category) => category !== 'answer')
      .flatMap((category) =>
        channels.map((channel) => ({
          category,
          channel,
          ...standing(outreachRules.consent, consents, { category, channel, day }),
        })),
      ),
    consents: consents.map(({ evidence: _evidence, ...word }) => word),
    messages: [
      message(-3, {
        purpose: 'visit.reminder',
        startsAt: later(now, 26),
        ending: 'callList',
        rule: 'message.opted-out',
        ways: [
          { ...way, state: 'refused', reason: 'message.opted-out', sentAt: null },
          { ...way, channel: 'email', state: 'failed', reason: '5.1.1', sentAt: later(now, -3) },
        ],
      }),
      message(-31, {
        purpose: 'visit.reminder',
        startsAt: later(now, -20),
        ending: 'delivered',
        ways: [{ ...way, state: 'delivered', sentAt: later(now, -31) }],
      }),
      message(-200, {
        purpose: 'visit.reminder',
        startsAt: later(now, -170),
        ending: 'delivered',
        answer: 'yes',
        answeredAt: later(now, -199),
        ways: [{ ...way, state: 'delivered', sentAt: later(now, -200) }],
      }),
    ],
    replies: [
      { reply: 'rpl_demo1', message: 'msg_demo31', intent: 'stop', workItem: null, at: later(now, -30) },
      { reply: 'rpl_demo2', message: 'msg_demo200', intent: 'yes', workItem: null, at: later(now, -199) },
    ],
  };
}

/** Numbers that look like chance and are the same on every run. */
function madeUp(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export function attendanceOf(now: Date): AttendancePage {
  const day = dateInZone(now, zone);
  const past = history(400, 1.4, madeUp(7));
  const model = train(noShowSamples(past), noShowFeatures, attendanceRule);
  const { type, words, visits: seen, events, baseRate, trial } = model;
  const card: ModelCard = {
    trainedOn: day,
    historyFrom: addDays(day, -180),
    historyTo: addDays(day, -1),
    type,
    words,
    visits: seen,
    events,
    baseRate,
    trial,
  };
  const reminder = { ways: [{ state: 'delivered', reason: null }], ending: 'delivered', rule: null } as const;
  const visits = past
    .filter((_, place) => place % 10 === 9)
    .slice(0, 8)
    .map((visit, place) => {
      const facts = noShowFacts(
        visit,
        past.filter(({ patient }) => patient === visit.patient),
      );
      const { risk, from, contributions } = foretell(model, facts);
      const startsAt = new Date(
        Date.parse(`${addDays(day, 1 + (place % 3))}T15:00:00Z`) + place * 1_800_000,
      ).toISOString();
      return {
        visit: `appt_demo${place}`,
        patient: patientRef,
        name: nameOf(place),
        date: dateInZone(new Date(startsAt), zone),
        startsAt,
        risk,
        from,
        reasons: reasonsInWords(contributions, facts),
        confirmation: confirmationOf(
          {
            status: 'booked',
            startsAt,
            reminder: visit.confirmed === null ? null : { ...reminder, answer: visit.confirmed ? 'yes' : null },
            call: null,
          },
          { now: now.toISOString(), reminderHours: 48 },
        ),
      };
    })
    .sort((one, other) => (other.risk ?? 0) - (one.risk ?? 0));
  return {
    day,
    days: 7,
    noShow: card,
    dropOut: null,
    visits,
    patients: [],
    rebookings: [
      {
        place: 1,
        appointment: 'appt_demo1',
        patient: patientRef,
        name: nameOf(5),
        date: addDays(day, -2),
        priority: 'soon',
        behindPlan: 2,
        planEnds: addDays(day, 20),
        lastKept: addDays(day, -9),
        reasons: [
          'The therapist calls it soon',
          '2 visits behind the plan of this week',
          'The plan of care ends in 20 days',
          'Last seen 9 days ago',
        ],
      },
    ],
  };
}

export function recommendationsOf(now: Date): Recommendations {
  return {
    day: dateInZone(now, zone),
    lines: [
      {
        kind: 'callFirst',
        words: 'Call about the visit of Tue, Nov 24, 9:30 AM: reminded, no answer yet',
        why: 'Missed with about 41 %, usual here 12 %; Missed the last visit (odds × 2.3)',
        patient: patientRef,
        about: 'appt_demo1',
        name: nameOf(5),
      },
      {
        kind: 'load',
        words: 'Fri 27 Nov: 9 visits booked, 5 fewer than usual',
        why: '14 is the middle of that weekday over the last weeks. Offer the free hours to who waits or is behind the plan',
        patient: null,
        about: null,
        name: null,
      },
    ],
  };
}

export function attendanceFiguresOf(now: Date): AttendanceFigures {
  const asOf = dateInZone(now, zone);
  return {
    asOf,
    remindersSince: addDays(asOf, -60),
    noShow: {
      before: { missed: 62, kept: 438, share: 0.124 },
      since: { missed: 47, kept: 512, share: 47 / 559 },
      all: { missed: 109, kept: 950, share: 109 / 1059 },
    },
    reminders: {
      written: 540,
      underWay: 12,
      delivered: 455,
      sent: 31,
      notReached: 42,
      confirmed: 361,
      otherAnswer: 28,
      confirmedWithoutCall: 344,
    },
    slots: null,
    calls: { asked: 42, made: 39, reached: 27 },
  };
}

/** What is asked of messages and attendance; null: it is about something else. */
export function outreachAnswer(
  path: string,
  { now, calls, wishes }: { readonly now: Date; readonly calls: readonly WorkItemPage[]; readonly wishes: Wishes },
): Answer | null {
  if (path === 'calls') return ok(callsOf(now, calls));
  if (path === 'attendance') return ok(attendanceOf(now));
  if (path === 'attendance/figures') return ok(attendanceFiguresOf(now));
  if (path === 'recommendations') return ok(recommendationsOf(now));
  if (/^patients\/\w+\/messages$/.test(path)) return ok(patientMessagesOf(now, wishes));
  const word = /^patients\/\w+\/consents\/(\d+)$/.exec(path)?.[1];
  if (word !== undefined)
    return ok({ words: wishes.consents.find((one) => one.word === Number(word))?.evidence ?? null });
  const of = /^messages\/(\w+)\/words$/.exec(path)?.[1];
  if (of === undefined) return null;
  return of.startsWith('rpl_')
    ? ok({ words: [{ channel: null, text: of === 'rpl_demo1' ? 'Stop' : 'Yes, see you then' }] })
    : ok({
        words: [{ channel: 'text', text: 'Lakeside PT: your visit is Tue Nov 24 at 9:30 AM. Reply YES or STOP.' }],
      });
}

/** Writes down what a person says of the patient; null: it is about something else. */
export function outreachDeed(path: string, body: Body, wishes: Wishes, now: Date): Answer | null {
  if (path === '/v1/attendance/look-over') return ok({ visits: 4000, missedSeveral: 1, checkIns: 0 });
  if (/^\/v1\/console\/patients\/\w+\/contact-preference$/.test(path)) {
    const { channels: order, zone: named, language, hours } = body;
    wishes.preference = {
      channels: channels.filter((one) => Array.isArray(order) && order.includes(one)),
      zone: typeof named === 'string' ? named : null,
      language: typeof language === 'string' ? language : null,
      hours: hoursIn(hours),
    };
    return ok({ written: true });
  }
  if (!/^\/v1\/console\/patients\/\w+\/consents$/.test(path)) return null;
  const named = <One extends string>(list: unknown, all: readonly One[]): readonly One[] | null =>
    Array.isArray(list) ? all.filter((one) => list.includes(one)) : null;
  const { evidence } = body;
  wishes.consents = [
    {
      word: wishes.consents.length + 1,
      state: body['state'] === 'granted' ? 'granted' : 'revoked',
      categories: named(body['categories'], categories),
      channels: named(body['channels'], channels),
      source: body['source'] === 'intake' ? 'intake' : 'staff',
      by: 'Dana Reyes',
      at: now.toISOString(),
      hasEvidence: typeof evidence === 'string',
      evidence: typeof evidence === 'string' ? evidence : null,
    },
    ...wishes.consents,
  ];
  return ok({ written: true });
}

function hoursIn(value: unknown): ContactPreference['hours'] {
  if (typeof value !== 'object' || value === null) return null;
  const from: unknown = Reflect.get(value, 'from');
  const to: unknown = Reflect.get(value, 'to');
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
}
