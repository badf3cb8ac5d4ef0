// What a fix would make of a service line; the claim stays as it is.
import { expect, test } from 'vitest';
import { scrubRules } from '../../rules/testing/scrub-rules.ts';
import type { Claim } from '../claim/schema.ts';
import type { ScrubChart } from './chart-schema.ts';
import { scrub } from './engine.ts';
import { changeByFinding, changeBySuggestion } from './proposed-change.ts';
import { suggestions } from './suggestions.ts';
import { chartOf, claimOf, day, intervention, visit } from './testing/charted.ts';

const { book, tables, reference, changes, rules } = scrubRules;
const about = { changes, modifierOrder: reference.modifiers.order };

function proposals(claim: Claim, chart: ScrubChart | null) {
  const input = { claim, chart, profile: {}, tables, reference, asOf: '2026-05-20' };
  const before = JSON.stringify(claim);
  const { findings } = scrub(book, input);
  const byRule = findings.map((finding) => ({ rule: finding.rule, change: changeByFinding(claim, finding, about) }));
  const supported = suggestions(input).flatMap(({ codes }) =>
    codes.map((code) => ({ code: code.code, change: changeBySuggestion(claim, code) })),
  );
  expect(JSON.stringify(claim)).toBe(before);
  return { byRule, supported };
}

test('every row names a rule of the book, and a fact that the rule tells', () => {
  for (const { rule, variant, fact, modifier } of changes) {
    const own = rules.find((one) => one.id === rule && (one.variant ?? null) === variant);
    const named = [fact, modifier?.startsWith('{') === true ? modifier.slice(1, -1) : null].filter(
      (one) => one !== null,
    );
    expect({ rule, variant, there: own !== undefined }).toEqual({ rule, variant, there: true });
    expect(named.filter((one) => !Object.hasOwn(own?.facts ?? {}, one))).toEqual([]);
  }
});

test('three units of 33 minutes become two; a code nobody documented goes, one that was left out is put beside it', () => {
  const claim = claimOf([
    { code: '97110', units: 3 },
    { code: '97112', units: 1 },
  ]);
  const chart = chartOf({
    visits: [
      visit(day, { interventions: [intervention('97110', 33), intervention('97140', 7), intervention('97150', null)] }),
    ],
  });
  const { byRule, supported } = proposals(claim, chart);
  const over = byRule.find(({ rule, change }) => rule === 'units.minutes' && change?.line === 0);
  expect(over?.change?.before?.units).toBe(3);
  expect(over?.change?.after.map(({ units }) => units)).toEqual([2]);
  expect(supported.find(({ code }) => code === '97112')?.change).toMatchObject({ line: 1, after: [] });
  expect(supported.find(({ code }) => code === '97150')?.change).toMatchObject({
    line: null,
    before: null,
    after: [{ code: '97150', units: 1 }],
  });
});

test('a missing therapy modifier is put where it belongs; a modifier that attests something is never proposed', () => {
  const claim = claimOf([{ code: '97110', units: 2, modifiers: [] }]);
  const { byRule } = proposals(claim, null);
  const missing = byRule.find(({ rule }) => rule === 'modifier.discipline');
  expect(missing?.change?.after).toEqual([{ code: '97110', modifiers: ['GP'], units: 2 }]);
  const attesting = ['KX', '59', 'XE', 'XS', 'XP', 'XU', 'GA'];
  expect(changes.filter(({ modifier }) => attesting.includes(modifier ?? ''))).toEqual([]);
});

test('units of a code that stands on two lines of the day are counted together: no line is singled out', () => {
  const claim = claimOf([
    { code: '97110', units: 2 },
    { code: '97110', units: 2, modifiers: ['GP', 'CQ'] },
  ]);
  const chart = chartOf({ visits: [visit(day, { interventions: [intervention('97110', 15)] })] });
  const { byRule, supported } = proposals(claim, chart);
  expect(byRule.filter(({ rule }) => rule === 'units.minutes').map(({ change }) => change)).toEqual([null]);
  expect(supported.map(({ change }) => change)).toEqual([null]);
});
