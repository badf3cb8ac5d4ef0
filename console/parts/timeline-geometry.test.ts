import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Period, Projection } from '../api.ts';
import { dateOfDay, dayNumber } from '../dates.ts';
import { timelineGeometry } from './timeline-geometry.ts';

const period = (from: string, to: string, status: string): Period => ({
  sequence: 1,
  kind: 'initial',
  status,
  from,
  to,
  requested: { visits: 12, units: null },
  approved: { visits: status === 'denied' ? null : 10, units: null },
});

const projection = (actBy: string, runsOutOn: string): Projection => ({
  state: 'runsOut',
  limitedBy: 'visits',
  runsOutOn,
  firstUncoveredVisit: { date: runsOutOn, number: 11, of: 10 },
  actBy,
  turnaround: { days: 7, basis: 'regulation', citation: null },
  visits: { approved: 10, used: 6, booked: 8, left: 4 },
  units: { approved: null, used: null, booked: null, left: null },
  reason: '',
});

test('requested and approved are two bars over the same dates', () => {
  const { bars } = timelineGeometry(
    {
      today: '2026-05-01',
      periods: [period('2026-04-01', '2026-05-31', 'partlyApproved')],
      visits: [],
      projection: null,
    },
    800,
    80,
  );
  expect(bars.map((bar) => bar.label)).toEqual(['requested: 12 visits', 'approved: 10 visits']);
  expect(bars[0]?.x).toBe(bars[1]?.x);
});

test('a booked visit from the first uncovered one on is marked, an arrived one never', () => {
  const visits = [
    { date: '2026-05-12', status: 'arrived' },
    { date: '2026-05-11', status: 'booked' },
    { date: '2026-05-12', status: 'booked' },
    { date: '2026-05-12', status: 'cancelled' },
  ];
  const { dots } = timelineGeometry(
    { today: '2026-05-01', periods: [], visits, projection: projection('2026-05-04', '2026-05-12') },
    800,
    80,
  );
  expect(dots.map((dot) => dot.state)).toEqual(['arrived', 'booked', 'uncovered']);
});

test('an unknown turnaround draws no band', () => {
  const known = projection('2026-05-04', '2026-05-12');
  const unknown: Projection = { ...known, turnaround: { days: null, basis: 'clinicHorizon', citation: null } };
  const draw = (given: Projection) =>
    timelineGeometry({ today: '2026-05-01', periods: [], visits: [], projection: given }, 800, 80).band;
  expect(draw(known)?.days).toBe(7);
  expect(draw(unknown)).toBeNull();
});

test('nothing is ever drawn outside the picture, and ticks are Mondays', () => {
  const day = fc.integer({ min: 19000, max: 22000 }).map(dateOfDay);
  fc.assert(
    fc.property(
      day,
      fc.array(fc.tuple(day, day), { maxLength: 4 }),
      fc.array(day, { maxLength: 30 }),
      day,
      day,
      fc.integer({ min: 320, max: 1400 }),
      (today, spans, dates, actBy, runsOut, width) => {
        const timeline = timelineGeometry(
          {
            today,
            periods: spans.map(([a, b]) => period(a < b ? a : b, a < b ? b : a, 'approved')),
            visits: dates.map((date) => ({ date, status: 'booked' })),
            projection: projection(actBy, runsOut),
          },
          width,
          90,
        );
        const xs = [
          ...timeline.bars.flatMap((bar) => [bar.x, bar.x + bar.width]),
          ...timeline.dots.map((dot) => dot.x),
          ...timeline.markers.map((marker) => marker.x),
          ...timeline.ticks.map((tick) => tick.x),
        ];
        for (const x of xs) {
          expect(x).toBeGreaterThanOrEqual(timeline.left - 0.001);
          expect(x).toBeLessThanOrEqual(timeline.right + 3);
        }
        for (const tick of timeline.ticks) expect((dayNumber(tick.date) + 3) % 7).toBe(0);
      },
    ),
  );
});
