// The morning report as the desk reads it: what is lost first at the top, each line with its reason.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar.ts';
import { morningReport } from './report.ts';
import type { ReportInput } from './types.ts';

const today = { date: '2026-05-04', zone: 'America/Chicago' };

function item(change: Partial<ReportInput> = {}): ReportInput {
  return {
    workItem: 'wi_1',
    kind: 'authorization.request',
    role: 'frontDesk',
    authorization: 'auth_1',
    payer: { id: 'sunrise-medicare', name: 'Sunrise Medicare Advantage' },
    reason: 'Runs out Tue 12 May (visit 13 of 12); payer takes 7 days; send by 4 May',
    lossOn: '2026-05-12',
    actBy: '2026-05-04',
    dueAt: '2026-05-05T17:00:00Z',
    openedAt: '2026-05-01T12:00:00Z',
    escalated: false,
    reminded: false,
    ...change,
  };
}

test('what is lost first stands first, what loses nothing last', () => {
  const report = morningReport(
    [
      item({
        workItem: 'wi_nothing',
        kind: 'authorization.record',
        role: 'frontDesk',
        authorization: null,
        payer: null,
        lossOn: null,
        actBy: null,
        dueAt: null,
      }),
      item({ workItem: 'wi_later', lossOn: '2026-06-20', actBy: '2026-06-12' }),
      item({
        workItem: 'wi_today',
        kind: 'authorization.denied',
        role: 'biller',
        lossOn: '2026-05-04',
        actBy: '2026-04-26',
      }),
      item({ workItem: 'wi_soon' }),
      item({
        workItem: 'wi_sooner',
        lossOn: '2026-05-08',
        actBy: '2026-04-30',
        dueAt: '2026-05-02T17:00:00Z',
        escalated: true,
      }),
    ],
    today,
  );
  expect(report.lines.map(({ workItem }) => workItem)).toEqual([
    'wi_today',
    'wi_sooner',
    'wi_soon',
    'wi_later',
    'wi_nothing',
  ]);
  expect(report.counts).toEqual({
    total: 5,
    overdue: 1,
    escalated: 1,
    byPriority: { 1: 1, 2: 2, 3: 0, 4: 1, 5: 1 },
    byKind: { 'authorization.denied': 1, 'authorization.request': 3, 'authorization.record': 1 },
    byRole: { biller: 1, frontDesk: 4 },
  });
});

test('an item due late in the evening is not overdue the same day in the clinic’s zone', () => {
  const late = morningReport([item({ dueAt: '2026-05-05T03:00:00Z', lossOn: null, actBy: null })], today);
  expect(late.counts.overdue).toBe(0);
});

const anyItem = fc
  .record({
    id: fc.nat(1000),
    loss: fc.option(fc.integer({ min: -5, max: 60 })),
    turnaround: fc.nat(30),
    due: fc.option(fc.integer({ min: -5, max: 10 })),
  })
  .map(({ id, loss, turnaround, due }) =>
    item({
      workItem: `wi_${id}`,
      lossOn: loss === null ? null : addDays(today.date, loss),
      actBy: loss === null ? null : addDays(today.date, loss - 1 - turnaround),
      dueAt: due === null ? null : `${addDays(today.date, due)}T15:00:00Z`,
    }),
  );

test('the same items give the same list in any order, none is lost and the counts add up', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyItem, { selector: ({ workItem }) => workItem, maxLength: 30 }), (items) => {
      const report = morningReport(items, today);
      expect(morningReport([...items].reverse(), today)).toEqual(report);
      expect(report.lines).toHaveLength(items.length);
      expect(Object.values(report.counts.byPriority).reduce((sum, count) => sum + count, 0)).toBe(items.length);
      for (const [index, line] of report.lines.entries()) {
        const next = report.lines[index + 1];
        expect(line.priorityReason).not.toBe('');
        if (next === undefined) continue;
        expect(line.priority).toBeLessThanOrEqual(next.priority);
        if (line.priority === next.priority) expect((line.lossOn ?? '~') <= (next.lossOn ?? '~')).toBe(true);
      }
    }),
  );
});
