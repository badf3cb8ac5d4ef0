// Drafts of treatment plans: the protocol's phase by what was found, goals from baselines, visits within what is known to be allowed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureFiles } from '../../rules/testing/measures.ts';
import { protocolFiles, similarRule } from '../../rules/testing/protocols.ts';
import { addDays } from '../calendar.ts';
import { blankSession } from '../session/blank.ts';
import type { Session } from '../session/schema.ts';
import { draftPlan, protocolFor } from './draft.ts';
import type { PlanCase } from './draft.ts';
import { frequencyWithin } from './frequency.ts';
import type { PlanLimits } from './frequency.ts';
import { similarPatients } from './similar.ts';

const protocols = protocolFiles.flatMap(({ rows }) => rows);
const measures = measureFiles.flatMap(({ rows }) => rows);
const from = '2026-03-02';

function protocol(condition: string) {
  const found = protocols.find((one) => one.condition === condition);
  if (found === undefined) throw new Error(`No protocol ${condition}`);
  return found;
}

const unknownLimits: PlanLimits = {
  authorization: { visitsLeft: null, visitsPerWeek: null, to: null },
  benefit: { visitsLeft: null, yearEnds: null },
  certificationDays: null,
};

function found(changes: Partial<Session> = {}): Session {
  return { ...blankSession({ ref: 'ses_1', patient: 'pat_1', date: from, kind: 'evaluation' }), ...changes };
}

function planOf(condition: string, session: Session, changes: Partial<PlanCase> = {}): PlanCase {
  const findings = { session, side: 'left' as const };
  return {
    protocol: protocol(condition),
    findings,
    patientLimits: [],
    limits: unknownLimits,
    from,
    measures,
    ...changes,
  };
}

const knee = (motion: 'flexion' | 'extension', degrees: number, side: 'left' | 'right' = 'left') =>
  ({ part: 'knee', motion, side, mode: null, degrees }) as const;

test('at least ten conditions; files are named after them, ids are of their own, each phase but the first says what begins it', () => {
  expect(protocols.length).toBeGreaterThanOrEqual(10);
  expect(new Set(protocols.map(({ id }) => id)).size).toBe(protocols.length);
  for (const { name, rows } of protocolFiles) for (const row of rows) expect(row.condition).toBe(name);
  for (const { phases, goals, measures: scheduled } of protocols) {
    expect(phases[0]?.begins).toEqual([]);
    for (const phase of phases.slice(1)) expect(phase.begins.length).toBeGreaterThan(0);
    const ids = phases.flatMap(({ interventions }) => interventions.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { measure } of scheduled) expect(measures.some((one) => one.measure === measure)).toBe(true);
    for (const { of, key } of goals)
      if (of === 'measure') expect(measures.some((one) => one.measure === key)).toBe(true);
  }
});

test('the longest beginning of a code wins, the first diagnosis before the second; without one there is no protocol', () => {
  expect(protocolFor(protocols, ['M75.01'], from)?.condition).toBe('adhesive-capsulitis');
  expect(protocolFor(protocols, ['M75.101'], from)?.condition).toBe('rotator-cuff-tendinopathy');
  expect(protocolFor(protocols, ['m54.50', 'M16.11'], from)?.condition).toBe('low-back-pain');
  expect(protocolFor(protocols, ['G20'], from)).toBeNull();
  expect(protocolFor(protocols, ['M54.50'], '2025-12-31')).toBeNull();
});

test("a clinic's edit of a protocol is a newer version of the same condition, and is taken", () => {
  const own = { ...protocol('neck-pain'), version: 2, name: 'Neck pain, as this clinic treats it' };
  expect(protocolFor([...protocols, own], ['M54.2'], from)?.version).toBe(2);
});

test('the phase follows what was found on the treated side; what was not found advances nobody', () => {
  const first = draftPlan(planOf('knee-replacement', found()));
  expect(first.phase).toBe('Motion and walking');
  expect(first.advanceWhen.map(({ met }) => met)).toEqual([null, null]);
  const bent = found({ rangeOfMotion: [knee('flexion', 95), knee('extension', -8)] });
  expect(draftPlan(planOf('knee-replacement', bent)).phase).toBe('Strength and stairs');
  const other = found({ rangeOfMotion: [knee('flexion', 130, 'right'), knee('extension', 0, 'right')] });
  expect(draftPlan(planOf('knee-replacement', other)).phase).toBe('Motion and walking');
  const readings = found({ rangeOfMotion: [knee('flexion', 95), knee('flexion', 80), knee('extension', 0)] });
  expect(draftPlan(planOf('knee-replacement', readings)).phase).toBe('Motion and walking');
});

test('a limit of the patient leaves interventions out, by name and reason; limits nobody asked for are said', () => {
  const limited = draftPlan(planOf('knee-replacement', found(), { patientLimits: ['no active knee extension'] }));
  expect(limited.leftOut).toEqual([{ name: 'straight leg raise', because: 'no active knee extension' }]);
  expect(limited.interventions.some(({ name }) => name === 'straight leg raise')).toBe(false);
  const unasked = draftPlan(planOf('knee-replacement', found(), { patientLimits: null }));
  expect(unasked.leftOut).toEqual([]);
  expect(unasked.unknown.join()).toContain('Whether the patient has limits is not known; straight leg raise');
});

test('a goal is the baseline and a change worth having, in the direction of the measure, and beyond the error of measuring', () => {
  const measured = found({ measures: [{ measure: 'lefs', score: 30 }], rangeOfMotion: [knee('flexion', 80)] });
  const goals = draftPlan(planOf('knee-replacement', measured)).goals;
  expect(goals.map(({ baseline, target, due }) => [baseline, target, due])).toEqual([
    [80, 100, '2026-03-30'],
    [null, -5, '2026-03-30'],
    [30, 39, '2026-05-11'],
  ]);
  const back = found({ measures: [{ measure: 'odi', score: 42 }] });
  expect(draftPlan(planOf('low-back-pain', back)).goals[1]).toMatchObject({
    baseline: 42,
    target: 31,
    unit: 'percent',
  });
});

test('a baseline that is not there is no zero: the target stays open and the plan says what to measure', () => {
  const draft = draftPlan(planOf('low-back-pain', found()));
  expect(draft.goals[1]).toMatchObject({ baseline: null, target: null });
  expect(draft.goals[1]?.remark).toContain('Not measured');
  expect(draft.unknown.filter((words) => words.startsWith('No baseline'))).toHaveLength(2);
});

test('unknown limits cut nothing and are each said to be unknown', () => {
  const { frequency, unknown } = draftPlan(planOf('knee-replacement', found()));
  expect(frequency).toMatchObject({ visits: 16, wanted: 16, to: addDays(from, 69) });
  expect(frequency.bounds.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
  expect(unknown).toContain('How many visits the authorization leaves is not known');
});

test('twelve authorized visits of sixteen wanted: the first twelve; measures end with them', () => {
  const limits = { ...unknownLimits, authorization: { visitsLeft: 12, visitsPerWeek: 'unlimited', to: null } } as const;
  const draft = draftPlan(planOf('knee-replacement', found(), { limits }));
  expect(draft.frequency.visitsPerWeek).toEqual([2, 2, 2, 2, 2, 2]);
  expect(draft.frequency.bounds.find(({ of }) => of === 'authorizationVisits')).toMatchObject({
    state: 'cuts',
    words: '16 visits wanted, 12 left in the authorization',
  });
  expect(draft.measures[0]?.onTreatmentDays).toEqual([1, 10, 12]);
});

test('the end of the authorization, a limit by week, 90 days of certification and the benefit each cut what lies beyond', () => {
  const wanted = [{ weeks: 20, visitsPerWeek: 3 }];
  const certified = frequencyWithin(wanted, from, { ...unknownLimits, certificationDays: 90 });
  expect(certified).toMatchObject({ visits: 39, to: addDays(from, 90) });
  const weekly = frequencyWithin(wanted, from, {
    ...unknownLimits,
    authorization: { visitsLeft: null, visitsPerWeek: 2, to: '2026-03-29' },
  });
  expect(weekly).toMatchObject({ visits: 8, to: '2026-03-29' });
  const benefit = frequencyWithin(wanted, '2026-12-14', {
    ...unknownLimits,
    benefit: { visitsLeft: 4, yearEnds: '2026-12-31' },
  });
  expect(benefit.visitsPerWeek.slice(0, 3)).toEqual([3, 1, 3]);
  expect(benefit.bounds.at(-1)?.words).toContain('what it allows is not known');
});

test('no visits left: no visits, and it is said', () => {
  const none = frequencyWithin([{ weeks: 4, visitsPerWeek: 2 }], from, {
    ...unknownLimits,
    authorization: { visitsLeft: 0, visitsPerWeek: null, to: null },
  });
  expect(none).toMatchObject({ visits: 0, visitsPerWeek: [] });
});

test('for all limits: never more than wanted, never more than any known limit allows, never after its last day', () => {
  const maybe = (most: number) => fc.oneof(fc.constant(null), fc.constant('unlimited' as const), fc.nat(most));
  const weeks = fc.array(
    fc.record({ weeks: fc.integer({ min: 1, max: 8 }), visitsPerWeek: fc.integer({ min: 1, max: 5 }) }),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(
      weeks,
      maybe(30),
      maybe(5),
      fc.option(fc.nat(120)),
      maybe(30),
      (wanted, left, weekly, days, benefit) => {
        const limits: PlanLimits = {
          authorization: { visitsLeft: left, visitsPerWeek: weekly, to: days === null ? null : addDays(from, days) },
          benefit: { visitsLeft: benefit, yearEnds: null },
          certificationDays: 90,
        };
        const { visits, visitsPerWeek, to, wanted: all } = frequencyWithin(wanted, from, limits);
        expect(visits).toBe(visitsPerWeek.reduce((sum, one) => sum + one, 0));
        expect(visits).toBeLessThanOrEqual(all);
        for (const limit of [left, benefit]) if (typeof limit === 'number') expect(visits).toBeLessThanOrEqual(limit);
        if (typeof weekly === 'number') for (const one of visitsPerWeek) expect(one).toBeLessThanOrEqual(weekly);
        expect(to <= addDays(from, 90)).toBe(true);
        if (days !== null) expect(to <= addDays(from, days)).toBe(true);
      },
    ),
  );
});

test('earlier patients are counts; small ones are hidden, and none can be worked out from the total', () => {
  const episode = (visits: number, improved: boolean | null) => ({ condition: 'neck-pain', visits, improved });
  const some = [
    ...Array.from({ length: 20 }, () => episode(8, true)),
    ...Array.from({ length: 15 }, () => episode(14, false)),
    ...Array.from({ length: 3 }, () => episode(30, null)),
  ];
  const { total, visits, outcome } = similarPatients(some, 'neck-pain', similarRule);
  expect(total).toBe(38);
  expect(outcome.map(({ count }) => count)).toEqual([20, null, null]);
  expect(visits.map(({ count }) => count)).toEqual([0, 20, null, 0, null, 0]);
  expect(similarPatients(some.slice(0, 10), 'neck-pain', similarRule)).toMatchObject({ total: null, outcome: [] });
  expect(similarPatients(some, 'ankle-sprain', similarRule).total).toBeNull();
});

test('for all histories: no shown count from 1 to 10, and what is hidden is never one cell alone', () => {
  const history = fc.array(
    fc.record({
      condition: fc.constant('neck-pain'),
      visits: fc.option(fc.integer({ min: 1, max: 40 })),
      improved: fc.option(fc.boolean()),
    }),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(history, (episodes) => {
      const { total, visits, outcome } = similarPatients(episodes, 'neck-pain', similarRule);
      if (total === null) return;
      for (const cells of [visits, outcome]) {
        const hidden = cells.filter(({ count }) => count === null).length;
        const shown = cells.reduce((sum, { count }) => sum + (count ?? 0), 0);
        for (const { count } of cells)
          expect(count === null || count === 0 || count >= similarRule.leastShown).toBe(true);
        if (hidden > 0) expect(hidden >= 2 && total - shown >= similarRule.leastShown).toBe(true);
      }
    }),
  );
});
