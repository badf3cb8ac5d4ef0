// When documents are due: facts of Medicare's rules and of a payer with its own, counted in treatment days and in calendar days.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueRules } from '../../rules/testing/documentation.ts';
import { addDays } from '../calendar.ts';
import type { ScrubChart } from '../scrub/chart-schema.ts';
import { documentationDue } from './due.ts';
import type { DueItem, DueKind } from './item.ts';

type Visit = NonNullable<ScrubChart['visits']>[number];
type NoteKind = NonNullable<NonNullable<Visit['note']>['kind']>;

const start = '2026-03-02';

function visit(date: string, kind: NoteKind = 'daily', changes: Partial<NonNullable<Visit['note']>> = {}): Visit {
  return { date, note: { kind, signedOn: date, credential: 'PT', ...changes } };
}

/** An evaluation on `start` and daily notes every second day, `count` treatment days in all. */
function visits(count: number): Visit[] {
  return Array.from({ length: count }, (_, at) => visit(addDays(start, 2 * at), at === 0 ? 'evaluation' : 'daily'));
}

const medicare = { id: 'sunrise-medicare', lineOfBusiness: 'medicare' } as const;
const plan = { start, end: null, orderOnFile: false, transmittedOn: null, certifiedOn: '2026-03-05' };

interface Asked {
  readonly of: Visit[];
  readonly on: string;
  readonly payer?: ScrubChart['payer'];
  readonly planOfCare?: ScrubChart['planOfCare'];
  readonly booked?: string[] | null;
  readonly endedOn?: string | null;
}

function due({ of, on, payer = medicare, planOfCare = plan, booked = [], endedOn = null }: Asked) {
  const chart = { patient: 'pat_1', payer, planOfCare, visits: of };
  return documentationDue({ chart, booked, endedOn }, dueRules, on);
}

function one(items: readonly DueItem[], kind: DueKind): DueItem | undefined {
  return items.find((item) => item.kind === kind);
}

test('Medicare: the report is due by the tenth treatment day, the evaluation being the first', () => {
  const report = one(
    due({ of: visits(8), on: '2026-03-17', booked: ['2026-03-20', '2026-03-18', '2026-03-24'] }),
    'progressReport',
  );
  expect(report).toMatchObject({ due: '2026-03-20', treatmentDays: { soFar: 8, dueBy: 10 }, state: 'soon' });
});

test('two visits on one day are one treatment day', () => {
  const eight = visits(8);
  const twice = [...eight, ...eight.slice(1).map(({ date }) => visit(date))];
  expect(one(due({ of: twice, on: '2026-03-17' }), 'progressReport')?.treatmentDays?.soFar).toBe(8);
});

test('bookings of one day count once, those of today and before do not; where too few are booked, the day is not known', () => {
  const report = one(
    due({ of: visits(8), on: '2026-03-17', booked: ['2026-03-17', '2026-03-18', '2026-03-18'] }),
    'progressReport',
  );
  expect(report?.due).toBeNull();
  expect(report?.words).toContain('only 1 further treatment days are booked');
});

test('the tenth day is still in time, the day after is not; within seven days the report still serves', () => {
  const tenth = addDays(start, 18);
  expect(one(due({ of: visits(10), on: tenth }), 'progressReport')).toMatchObject({ state: 'soon', due: tenth });
  const after = one(due({ of: visits(10), on: addDays(tenth, 1) }), 'progressReport');
  expect(after).toMatchObject({ state: 'overdue', due: tenth });
  expect(after?.words).toContain(`written by ${addDays(tenth, 7)} it still serves`);
  expect(one(due({ of: visits(11), on: addDays(tenth, 2) }), 'progressReport')?.words).not.toContain('still serves');
});

test("a clinician's report begins a new period; an assistant's does not", () => {
  const reported = [...visits(6), visit('2026-03-16', 'progress'), visit('2026-03-18')];
  expect(one(due({ of: reported, on: '2026-03-18' }), 'progressReport')?.treatmentDays?.soFar).toBe(1);
  const assisted = [...visits(6), visit('2026-03-16', 'progress', { credential: 'PTA' }), visit('2026-03-18')];
  expect(one(due({ of: assisted, on: '2026-03-18' }), 'progressReport')?.treatmentDays?.soFar).toBe(8);
});

test('a report of which the chart does not tell who wrote it leaves it open whether one is due: unknown, not overdue', () => {
  const untold = [...visits(6), visit('2026-03-16', 'progress', { credential: null }), visit('2026-03-18')];
  const more = Array.from({ length: 4 }, (_, at) => visit(addDays('2026-03-20', 2 * at)));
  const item = one(due({ of: [...untold, ...more], on: '2026-04-10' }), 'progressReport');
  expect(item).toMatchObject({ state: 'unknown', treatmentDays: { soFar: 12, dueBy: 10 } });
  expect(item?.words).toContain('a report of 2026-03-16');
});

test('a payer of its own rule: every thirty days since the evaluation, whatever the visits', () => {
  const payer = { id: 'keystone-mutual', lineOfBusiness: 'commercial' } as const;
  const report = one(due({ of: visits(3), on: '2026-03-10', payer }), 'progressReport');
  expect(report).toMatchObject({
    due: addDays(start, 30),
    treatmentDays: null,
    rule: 'keystone-mutual.documentation/2026',
  });
});

test('a payer whose rule is not known: it is said, nothing is counted as not due', () => {
  const payer = { id: 'other', lineOfBusiness: 'commercial' } as const;
  const items = due({ of: visits(12), on: '2026-04-10', payer });
  expect(one(items, 'progressReport')).toMatchObject({ state: 'unknown', due: null });
  expect(one(items, 'certification')).toMatchObject({ state: 'unknown', due: null });
});

test('initial certification: signature within thirty days of the initial treatment', () => {
  const open = { ...plan, certifiedOn: null };
  const item = one(due({ of: visits(3), on: '2026-03-28', planOfCare: open }), 'certification');
  expect(item).toMatchObject({ due: '2026-04-01', state: 'soon', rule: 'medicare.certification/two-tracks' });
  expect(item?.words).toContain('no signed order on file, so only a signature serves');
  expect(one(due({ of: visits(3), on: '2026-04-02', planOfCare: open }), 'certification')?.state).toBe('overdue');
  expect(one(due({ of: visits(3), on: '2026-03-28' }), 'certification')).toBeUndefined();
});

test('the second track of 2025: an order on file and the plan sent within thirty days certify without a signature; earlier they did not', () => {
  const sent = { ...plan, certifiedOn: null, orderOnFile: true, transmittedOn: '2026-03-20' };
  expect(one(due({ of: visits(3), on: '2026-05-01', planOfCare: sent }), 'certification')).toBeUndefined();
  const late = { ...sent, transmittedOn: '2026-04-02' };
  expect(one(due({ of: visits(3), on: '2026-05-01', planOfCare: late }), 'certification')?.words).toContain(
    'after 31 days',
  );
  const of2024 = { ...sent, start: '2024-11-04', transmittedOn: '2024-11-10' };
  const item = one(
    due({ of: [visit('2024-11-04', 'evaluation')], on: '2026-05-01', planOfCare: of2024 }),
    'certification',
  );
  expect(item).toMatchObject({ state: 'overdue', rule: 'medicare.certification/signature' });
});

test('a track that the chart does not tell: unknown, not overdue', () => {
  const told = { start, certifiedOn: null };
  expect(one(due({ of: visits(3), on: '2026-05-01', planOfCare: told }), 'certification')?.state).toBe('unknown');
});

test('a recertification needs the signature, the order does not serve', () => {
  const second = { start: '2026-05-01', end: null, orderOnFile: true, transmittedOn: '2026-05-02', certifiedOn: null };
  const of = [...visits(3), visit('2026-05-01', 'recertification')];
  const items = due({ of, on: '2026-05-03', planOfCare: second }).filter(({ kind }) => kind === 'recertification');
  expect(items[0]).toMatchObject({ due: '2026-05-01', state: 'overdue' });
  expect(items[0]?.words).not.toContain('order');
});

test("certified for the plan's duration or 90 days from the initial treatment, whichever is less; visits beyond are named", () => {
  const ends = (end: string | null) =>
    one(
      due({ of: visits(3), on: '2026-03-10', planOfCare: { ...plan, end }, booked: ['2026-06-20'] }),
      'recertification',
    );
  expect(ends('2026-04-27')?.due).toBe('2026-04-27');
  expect(ends('2026-08-01')?.due).toBe('2026-05-31');
  expect(ends(null)?.words).toContain('may be earlier');
  expect(ends(null)?.words).toContain('The visit of 2026-06-20 lies after it');
});

test('the made-up payer certifies for sixty days', () => {
  const payer = { id: 'keystone-mutual', lineOfBusiness: 'commercial' } as const;
  expect(one(due({ of: visits(3), on: '2026-03-10', payer }), 'recertification')?.due).toBe(addDays(start, 60));
});

test('an unsigned note, a visit without one, and a chart that does not tell', () => {
  const of = [
    visit(start, 'evaluation', { signedOn: null }),
    { date: '2026-03-04', note: null },
    { date: '2026-03-06' },
  ];
  const items = due({ of, on: '2026-03-06' });
  expect(one(items, 'signature')).toMatchObject({ about: start, due: '2026-03-04', state: 'overdue' });
  expect(one(items, 'note')).toMatchObject({ about: '2026-03-04', state: 'soon' });
  expect(items.filter(({ about }) => about === '2026-03-06')).toHaveLength(0);
});

test('an episode that ended: a discharge summary is due, no further certification and no progress report', () => {
  const items = due({ of: visits(5), on: '2026-03-20', endedOn: '2026-03-10' });
  expect(items.map(({ kind }) => kind)).toEqual(['dischargeSummary']);
  expect(items[0]).toMatchObject({ due: '2026-03-17', state: 'overdue' });
  const written = [...visits(5).slice(0, -1), visit('2026-03-10', 'discharge')];
  expect(due({ of: written, on: '2026-03-20', endedOn: '2026-03-10' })).toEqual([]);
});

test('for every course: never more than ten treatment days without a report are called in time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.array(fc.nat(29), { maxLength: 6 }), (count, reports) => {
      const of = visits(count).map((each, at) =>
        at > 0 && reports.includes(at) ? visit(each.date, 'progress') : each,
      );
      const last = of.at(-1)?.date ?? start;
      const item = one(due({ of, on: addDays(last, 1) }), 'progressReport');
      const since =
        of.length -
        1 -
        Math.max(
          0,
          of.findLastIndex(({ note }, at) => at > 0 && note?.kind === 'progress'),
        );
      const soFar = of.some(({ note }) => note?.kind === 'progress') ? since : of.length;
      expect(item?.state === 'overdue').toBe(soFar >= 10);
    }),
  );
});
