// Today as the development server tells it: every source of the synthetic clinic, one of them silent.
import { sourceOf } from '../../domain/today/today.ts';
import type { Today, TodaySource } from '../../domain/today/today.ts';
import type { Role } from '../../domain/work-item/kinds.ts';
import { confirmationOf } from '../../domain/outreach/confirmation.ts';
import type { ReminderOf } from '../../domain/outreach/confirmation.ts';
import { dateInZone } from '../dates.ts';
import type { VisitOfDay, VisitsOfDay } from '../visits.ts';
import { callItems } from './outreach.ts';
import { patients, zone } from './people.ts';

export function todayOf(now: Date, roles: readonly Role[]): Today {
  const at = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const bills = roles.includes('biller') || roles.includes('admin');
  const isAdmin = roles.includes('admin');
  const money: Parameters<typeof sourceOf>[2] = bills
    ? [
        { words: 'Charged on open claims', value: 1_284_350, unit: 'cents', page: 'figures' },
        { words: 'Denied and not settled', value: 61_200, unit: 'cents', page: 'denials' },
      ]
    : [];
  const audit = isAdmin ? 'dataAudit' : null;
  const sources: readonly TodaySource[] = [
    sourceOf('work', now.toISOString(), [
      { words: 'For you', value: 9, page: 'workList' },
      { words: 'For everybody', value: 14, page: 'workList' },
      { words: 'Overdue', value: 2, page: 'workList', urgent: true },
      { words: 'Escalated', value: 1, page: 'workList', urgent: true },
    ]),
    sourceOf(
      'visits',
      at(0.2),
      [
        { words: 'Booked or kept', value: 8, page: 'visits' },
        { words: 'Cancelled or missed', value: 1 },
        { words: 'Confirmed', value: 4, page: 'visits' },
        { words: 'Cannot come, or another time', value: 1, page: 'visits', urgent: true },
        { words: 'Reminded, without an answer', value: 2, page: 'visits' },
      ],
      [
        { name: 'Jane', asOf: at(0.2), words: '2 visits', urgent: false },
        { name: 'WebPT drop folder', asOf: at(3), words: '6 visits', urgent: false },
      ],
    ),
    sourceOf('authorizations', at(3), [
      { words: 'To act on by today', value: 3, page: 'authorizations', urgent: true },
      { words: 'To act on within 7 days', value: 5, page: 'authorizations' },
      { words: 'Asked for, not answered', value: 4, page: 'authorizations' },
      { words: 'Held: coverage changed', value: 0, page: 'authorizations', urgent: true },
      { words: 'Visits nothing covers', value: 1, page: 'workList', urgent: true },
    ]),
    ...(roles.some((role) => role !== 'therapist')
      ? [
          sourceOf('coverage', at(6), [
            { words: 'Exceptions for a person', value: 2, page: 'benefits', urgent: true },
            { words: "Today's visits with an answer", value: 7, page: 'benefits' },
            { words: 'Waiting for the payer', value: 1, page: 'benefits' },
          ]),
        ]
      : []),
    sourceOf('claims', at(1), [
      { words: 'For us to do', value: 6, page: 'claims' },
      { words: 'At the payer', value: 31, page: 'claims' },
      { words: 'The payer is late', value: 2, page: 'claims', urgent: true },
      { words: 'Denied', value: 3, page: bills ? 'denials' : 'claims', urgent: true },
      { words: 'Partly paid or taken back', value: 1, page: 'claims' },
      { words: 'With the patient', value: 4, page: 'claims' },
      ...money,
    ]),
    sourceOf('messages', at(0.1), [
      { words: 'On the call list', value: 2, page: 'messages', urgent: true },
      { words: 'Replies to read', value: 2, page: 'workList', urgent: true },
      { words: 'Under way', value: 3, page: 'messages' },
      { words: 'Sent or delivered today', value: 11 },
      { words: 'Nobody reached today', value: 1, page: 'messages' },
    ]),
    ...(roles.some((role) => role === 'therapist' || role === 'admin')
      ? [
          sourceOf('documentation', at(0.5), [
            { words: 'Drafts to sign', value: 3, page: 'notes', urgent: true },
            { words: 'Waiting for a co-signature', value: 1, page: 'notes', urgent: true },
            { words: 'Closed sessions without a note', value: 2, page: 'notes', urgent: true },
            { words: 'Documents overdue', value: 1, page: 'workList', urgent: true },
          ]),
        ]
      : []),
    sourceOf(
      'imports',
      at(0.2),
      [
        { words: 'Systems that told us something', value: 3, page: isAdmin ? 'connections' : null },
        { words: 'To look at', value: 1, page: isAdmin ? 'connections' : null, urgent: true },
      ],
      [
        { name: 'Jane', asOf: at(0.2), words: 'within the last hour', urgent: false },
        { name: 'Therabill', asOf: at(74), words: '3 days ago, 2 rows refused', urgent: true },
        { name: 'WebPT drop folder', asOf: at(3), words: '3 hours ago', urgent: false },
      ],
    ),
    sourceOf('dataAudit', at(200), [
      { words: 'Pairs that look like one person', value: 1, page: 'workList', urgent: true },
      { words: 'Findings that stop later work', value: 4, page: audit, urgent: true },
      { words: 'To be corrected', value: 7, page: audit },
      { words: 'Days since the last audit', value: 8, page: audit },
    ]),
    // Nothing was compared yet.
    sourceOf('reconciliation', null, [
      { words: 'Patients compared', value: 0, page: audit },
      { words: 'Whose books disagree', value: 0, page: 'workList', urgent: true },
      { words: 'Open items of it', value: 0, page: 'workList' },
    ]),
  ];
  return { day: dateInZone(now, zone), at: now.toISOString(), sources };
}

const reminded = { ways: [{ state: 'delivered', reason: null }], ending: 'delivered', rule: null } as const;
const refused = {
  ways: [{ state: 'refused', reason: 'message.opted-out' }],
  ending: 'callList',
  rule: 'message.opted-out',
} as const;

const courses: readonly Partial<ReminderOf>[] = [
  { status: 'arrived', reminder: { ...reminded, answer: 'yes' } },
  { reminder: { ...reminded, answer: 'yes' } },
  { reminder: { ...reminded, answer: 'yes' } },
  { reminder: { ...reminded, answer: null } },
  { reminder: { ...reminded, answer: 'reschedule' } },
  { reminder: { ...refused, answer: null }, call: { isOpen: true, decision: null } },
  { reminder: { ...reminded, answer: 'no' } },
  {},
];

/** Eight visits of a day, half an hour apart. */
export function visitsOf(now: Date, day = dateInZone(now, zone)): VisitsOfDay {
  const visits = courses.map((course, place): VisitOfDay => {
    const [given = '', family = ''] = patients[place] ?? [];
    const startsAt = new Date(Date.parse(`${day}T14:00:00Z`) + place * 1_800_000).toISOString();
    const reminder: ReminderOf = { status: 'booked', startsAt, reminder: null, call: null, ...course };
    return {
      visit: `appt_demo00000000000000${10 + place}`,
      patient: `pat_demo000000000000000${place}`,
      name: `${family}, ${given}`,
      startsAt,
      status: reminder.status,
      call: reminder.call === null ? null : callItems[0],
      confirmation: confirmationOf(reminder, { now: now.toISOString(), reminderHours: 48 }),
    };
  });
  return { day, visits };
}
