// What holds of every day's units, whatever was done: against the rule written down a second time, by trying every allocation.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Minutes } from './services.ts';
import { codeTable } from '../billing-tables/codes.ts';
import { codes } from '../../rules/testing/unit-rules.ts';
import type { Units } from './units.ts';
import { countUnits } from './units.ts';

const fifteen = ['97035', '97110', '97112', '97116', '97140', '97530', '97535'];
const day = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...fifteen), fc.integer({ min: 0, max: 70 })), {
    minLength: 1,
    maxLength: 6,
    selector: ([code]) => code,
  })
  .map((pairs): Minutes => Object.fromEntries(pairs));

function cms(minutes: Minutes) {
  return countUnits('cms', { minutes, on: '2026-06-01', codes });
}

function sum(units: Units): number {
  return Object.values(units).reduce((total, count) => total + count, 0);
}

/** The manual's table, written as its rule: fewer than 8 minutes are none, then one for each 15 minutes past 7. */
function table(minutes: number): number {
  return minutes < 8 ? 0 : Math.floor((minutes + 7) / 15);
}

/** Every allocation of the manual, found by trying: full units stay, a rest is not billed before a longer one. */
function tried(minutes: Minutes): Units[] {
  const pairs = Object.entries(minutes);
  const total = table(sum(minutes));
  let found: Units[] = [{}];
  for (const [code, count] of pairs)
    found = found.flatMap((units) => [0, 1].map((more) => ({ ...units, [code]: Math.floor(count / 15) + more })));
  return found.filter((units) => {
    if (sum(units) !== total) return false;
    const rests = pairs.map(([code, count]) => ({
      rest: count % 15,
      given: (units[code] ?? 0) > Math.floor(count / 15),
    }));
    return rests.every(({ rest, given }) => given || rests.every((other) => !other.given || other.rest >= rest));
  });
}

const inOrder = (all: readonly Units[]) => all.map((units) => JSON.stringify(Object.entries(units).sort())).sort();

test("the units of a day are those of its total in the manual's table, in every alternative", () => {
  fc.assert(
    fc.property(day, (minutes) => {
      const { alternatives, totalUnits, timedMinutes, units } = cms(minutes);
      expect([timedMinutes, totalUnits]).toEqual([sum(minutes), table(sum(minutes))]);
      expect(alternatives.map(sum)).toEqual(alternatives.map(() => totalUnits));
      expect(alternatives[0]).toEqual(units);
      for (const alternative of alternatives)
        expect(Object.keys(alternative).sort()).toEqual(Object.keys(minutes).sort());
    }),
  );
});

test('the alternatives are the allocations the manual allows, each once, and no other', () => {
  fc.assert(
    fc.property(day, (minutes) => {
      expect(inOrder(cms(minutes).alternatives)).toEqual(inOrder(tried(minutes)));
    }),
  );
});

test('of the alternatives the chosen one gives the units to more minutes, then to the lower code', () => {
  fc.assert(
    fc.property(day, (minutes) => {
      const byMinutes = Object.entries(minutes)
        .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
        .map(([code]) => code);
      const { alternatives, units } = cms(minutes);
      for (const other of alternatives) {
        const first = byMinutes.find((code) => other[code] !== units[code]);
        if (first !== undefined) expect(units[first] ?? 0).toBeGreaterThan(other[first] ?? 0);
      }
    }),
  );
});

test('a minute more never takes a unit away, neither from the day nor from its service', () => {
  fc.assert(
    fc.property(day, fc.nat(), (minutes, pick) => {
      const names = Object.keys(minutes);
      const code = names[pick % names.length] ?? '';
      const before = cms(minutes);
      const after = cms({ ...minutes, [code]: (minutes[code] ?? 0) + 1 });
      expect(after.totalUnits).toBeGreaterThanOrEqual(before.totalUnits);
      expect(after.units[code] ?? 0).toBeGreaterThanOrEqual(before.units[code] ?? 0);
    }),
  );
});

/** Codes that do not look like numbers: those keep the order in which they are named. */
const lettered = codeTable({
  version: '1',
  effective: '2026-01-01',
  reviewBy: '2026-12-31',
  source: 'made up',
  url: null,
  retrieved: '2026-01-01',
  notice: '',
  rows: ['A0001', 'B0001', 'C0001', 'D0001', 'E0001'].map((code) => ({
    code,
    words: 'made up',
    time: { kind: 'timed', minutesPerUnit: 15, pooled: true, then: null },
    therapy: null,
    added: null,
    deleted: null,
    replacedBy: null,
    payerForms: [],
  })),
});

test('the order in which the codes are named changes nothing', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 });
  const named = fc.constantFrom('A0001', 'B0001', 'C0001', 'D0001', 'E0001');
  const order = fc.uniqueArray(named, { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(minutes, order, (counts, codes) => {
      const pairs = codes.map((code, at) => [code, counts[at] ?? 0] as const);
      for (const rule of ['cms', 'midpoint'] as const) {
        const count = (each: typeof pairs) =>
          countUnits(rule, { minutes: Object.fromEntries(each), on: '2026-06-01', codes: lettered });
        expect(count(pairs)).toEqual(count([...pairs].sort()));
      }
    }),
  );
});

test('by the midpoint each service has the units it has alone', () => {
  fc.assert(
    fc.property(day, (minutes) => {
      const { units, alternatives } = countUnits('midpoint', { minutes, on: '2026-06-01', codes });
      expect(units).toEqual(Object.fromEntries(Object.entries(minutes).map(([code, count]) => [code, table(count)])));
      expect(alternatives).toEqual([units]);
    }),
  );
});
