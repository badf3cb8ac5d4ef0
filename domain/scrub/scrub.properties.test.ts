// What holds of any claim: it is checked without a throw, its lines may stand in any order, a right modifier never makes it worse.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrubRules } from '../../rules/testing/scrub-rules.ts';
import { sampleClaim } from '../claim/testing/claims.ts';
import type { Claim } from '../claim/schema.ts';
import { anyClaim } from '../x12/testing/claim-arbitrary.ts';
import type { ScrubChart } from './chart-schema.ts';
import { scrub } from './engine.ts';
import type { ScrubFinding } from './finding.ts';

const { book, tables, reference } = scrubRules;
const asOf = '2024-09-05';

function check(claim: Claim, chart: ScrubChart | null = null) {
  return scrub(book, { claim, chart, profile: {}, tables, reference, asOf });
}

const codes = tables.codes.origin.covers ?? [];
const nothing = fc.constant(null);
const day = fc.constantFrom('2017-12-29', '2024-07-05', '2024-08-12', '2024-08-14', '2026-02-03');

const line = fc.record({
  code: fc.oneof(fc.constantFrom(...codes), fc.constantFrom('97111', '9711O')),
  modifiers: fc.uniqueArray(fc.constantFrom('GP', 'GO', 'KX', 'CQ', '59', 'XS', 'GA', 'GZ', '95', '97'), {
    maxLength: 4,
  }),
  units: fc.oneof(fc.integer({ min: 1, max: 9 }), nothing),
  on: fc.oneof(day, nothing),
  place: fc.constantFrom(null, '11', '10', '21'),
  pointers: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
});

const billed = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    filingCode: fc.constantFrom('MB', '16', 'MC', 'CI', 'ZZ', null),
  })
  .map(({ lines, filingCode }): Claim => {
    const sample = sampleClaim();
    const [first] = sample.lines;
    if (first === undefined) throw new Error('the sample claim has lines');
    return {
      ...sample,
      filingCode,
      lines: lines.map(({ code, modifiers, units, on, place, pointers }, index) => ({
        ...first,
        number: index + 1,
        procedure: { qualifier: 'HC', code, modifiers, description: null },
        units,
        from: on,
        placeOfService: place,
        diagnosisPointers: pointers,
      })),
    };
  });

const chart = fc.record(
  {
    patient: fc.constant('patient-1'),
    therapySpend: fc.record({
      year: fc.constantFrom(2024, 2026),
      allowedCents: fc.oneof(fc.integer({ min: 0, max: 300_000 }), nothing),
    }),
    planOfCare: fc.oneof(
      nothing,
      fc.record({ start: fc.oneof(day, nothing), certifiedOn: fc.oneof(day, nothing) }, { requiredKeys: [] }),
    ),
    visits: fc.array(
      fc.record(
        {
          date: day,
          totalMinutes: fc.oneof(fc.integer({ min: 0, max: 90 }), nothing),
          interventions: fc.array(
            fc.record(
              {
                code: fc.constantFrom(...codes),
                minutes: fc.oneof(fc.integer({ min: 0, max: 60 }), nothing),
                by: fc.constantFrom('PT', 'PTA', null),
                text: fc.constantFrom(null, '', 'knee flexion 110 degrees'),
              },
              { requiredKeys: ['code'] },
            ),
            { maxLength: 4 },
          ),
        },
        { requiredKeys: ['date'] },
      ),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ['patient'] },
);

test('any claim a file can carry is checked, and its finding tells of that claim alone', () => {
  fc.assert(
    fc.property(anyClaim, fc.option(chart, { nil: null }), (claim, laid) => {
      for (const { line: at, message, facts } of check(claim, laid).findings) {
        if (at !== null) expect(at).toBeLessThan(claim.lines.length);
        expect(message).not.toMatch(/undefined|\[object|NaN|\{[a-z]/);
        for (const name of ['code', 'column1', 'column2'])
          if (typeof facts[name] === 'string' && at !== null)
            expect(claim.lines.map(({ procedure }) => procedure?.code)).toContain(facts[name]);
      }
    }),
    { numRuns: 150 },
  );
});

/** A finding without the lines it stands on and names, which another order changes. */
function told({ rule, variant, severity, citation, facts }: ScrubFinding): string {
  const { code, column1, column2, date, units, year, spentCents } = facts;
  return JSON.stringify([rule, variant, severity, citation, code, column1, column2, date, units, year, spentCents]);
}

test('the order of the lines does not matter', () => {
  fc.assert(
    fc.property(billed, fc.option(chart, { nil: null }), fc.nat(), (claim, laid, turn) => {
      const by = turn % claim.lines.length;
      const turned = { ...claim, lines: [...claim.lines.slice(by), ...claim.lines.slice(0, by)].reverse() };
      const all = (one: Claim): string[] => [...new Set(check(one, laid).findings.map(told))].sort();
      const missing = (one: Claim): string[] =>
        check(one, laid)
          .notChecked.map(({ rule, needs }) => `${rule} ${needs}`)
          .sort();
      expect(all(turned)).toEqual(all(claim));
      expect(missing(turned)).toEqual(missing(claim));
    }),
    { numRuns: 200 },
  );
});

test('a therapy modifier that is missing, put where it belongs, never adds a finding', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('97110', '97140', '97112', '97530', '97124', '97150', '97161', 'G0283'), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.nat(),
      (given, which) => {
        const of = (bare: number | null): Claim => {
          const sample = sampleClaim({ filingCode: 'MB' });
          const [first] = sample.lines;
          if (first === undefined) throw new Error('the sample claim has lines');
          return {
            ...sample,
            lines: given.map((code, index) => ({
              ...first,
              number: index + 1,
              from: '2024-08-12',
              procedure: { qualifier: 'HC', code, modifiers: index === bare ? [] : ['GP'], description: null },
            })),
          };
        };
        const rules = (claim: Claim): string[] =>
          check(claim).findings.map(({ rule, variant, line: at }) => `${rule} ${variant ?? ''} ${at ?? ''}`);
        const before = rules(of(which % given.length));
        const after = rules(of(null)).filter((one) => !one.startsWith('line.duplicate'));
        expect(after.filter((one) => !before.includes(one))).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

test('59 on a line that the note shows to be distinct never adds a finding', () => {
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.constantFrom(...codes), (one, other) => {
      const of = (modifiers: string[]): Claim => {
        const sample = sampleClaim({ filingCode: 'MB' });
        return {
          ...sample,
          lines: sample.lines.map((each, index) => ({
            ...each,
            from: '2024-08-12',
            procedure: {
              qualifier: 'HC',
              code: index === 0 ? one : other,
              modifiers: index === 0 ? ['GP'] : modifiers,
              description: null,
            },
          })),
        };
      };
      const rules = (claim: Claim): string[] =>
        check(claim).findings.map(({ rule, variant, line: at }) => `${rule} ${variant ?? ''} ${at ?? ''}`);
      const before = rules(of(['GP']));
      expect(rules(of(['GP', '59'])).filter((each) => !before.includes(each))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
