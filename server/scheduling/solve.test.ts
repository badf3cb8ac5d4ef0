// The solver on top of the prices: never worse, always within the rules, its bound above; and an answer when time is up.
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { modelOf } from '../../domain/series/model.ts';
import { searchByPrices } from '../../domain/series/prices.ts';
import { proposalOf } from '../../domain/series/proposal.ts';
import { busyClinic, clinic, plan, therapist } from '../../domain/series/testing/clinics.ts';
import { faultsOf } from '../../domain/series/testing/faults.ts';
import { seriesRule as rule } from '../../rules/testing/scheduling.ts';
import { solve } from './solve.ts';

const now = () => performance.now();

describe('HiGHS', () => {
  test('makes a full clinic better, keeps every rule, and its proposal is worth what it says', async () => {
    const { clinic: busy, plans } = busyClinic(90, 2, randomFrom(11));
    const model = modelOf(busy, plans, rule);
    const first = searchByPrices(model);
    const solved = await solve(model, { seconds: 10, now });
    expect(solved.points).toBeGreaterThanOrEqual(first.points);
    expect(solved.bound).toBeGreaterThanOrEqual(solved.points);
    const proposal = proposalOf(model, solved.selection, solved.bound);
    expect(faultsOf(busy, plans, proposal)).toEqual([]);
    expect(proposal.points).toBe(solved.points);
  });

  test('proves the best for a handful of plans that the prices alone leave in doubt', async () => {
    // Four hours, six who each need two visits a day apart: eight places, no more.
    const small = clinic({
      therapists: [therapist('th_1', { hours: [0, 2].map((weekday) => ({ weekday, from: '08:00', to: '12:00' })) })],
    });
    const plans = [60, 60, 45, 45, 60, 30].map((minutes, index) =>
      plan(`plan_${index}`, { minutes, visitsPerWeek: [2], priority: index === 4 ? 'urgent' : 'routine' }),
    );
    const patient = { ...rule, search: { ...rule.search, secondsAtOnce: 60 } };
    const model = modelOf(small, plans, patient);
    const solved = await solve(model, { seconds: 60, now });
    expect(solved.bound - solved.points).toBeLessThanOrEqual(rule.search.gap * solved.bound);
    const proposal = proposalOf(model, solved.selection, solved.bound);
    expect(faultsOf(small, plans, proposal)).toEqual([]);
    expect(proposal.visits.filter(({ plan: of }) => of === 'plan_4')).toHaveLength(2);
  }, 90_000);

  test('when the time is up before it begins, the first proposal stands with its bound', async () => {
    const { clinic: busy, plans } = busyClinic(90, 1, randomFrom(12));
    const model = modelOf(busy, plans, rule);
    const solved = await solve(model, { seconds: 0, now });
    expect(solved).toMatchObject({ timedOut: true, groups: 0 });
    expect(faultsOf(busy, plans, proposalOf(model, solved.selection, solved.bound))).toEqual([]);
    expect(solved.bound).toBeGreaterThan(solved.points);
  });
});
