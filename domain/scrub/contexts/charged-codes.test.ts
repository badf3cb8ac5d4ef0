// Does the note support the code: what it must tell differs by service; messages name the gap and never quote the note.
import { expect, test } from 'vitest';
import { scrubRules } from '../../../rules/testing/scrub-rules.ts';
import type { DocumentationElement } from '../documentation-schema.ts';
import { documentationElements, elementsSeen } from '../chart/documentation.ts';
import type { Intervention } from '../chart/treatment-days.ts';
import { chartOf, check, claimOf, day, found, intervention, unchecked, visit } from '../testing/charted.ts';

const rule = 'documentation.supports';
const billed = claimOf([{ code: '97140', units: 1 }]);
const noted = (one: Intervention, changes: Parameters<typeof visit>[1] = {}) =>
  chartOf({ visits: [visit(day, { interventions: [one], ...changes })] });

test('minutes that the note does not have are asked for by code and day', () => {
  expect(found(rule, { claim: billed, chart: noted(intervention('97140', null)) })).toEqual([
    'minutes blocks 0: The note of 4 May 2026 has no minutes for 97140.',
  ]);
  expect(found(rule, { claim: billed, chart: noted(intervention('97140', 15)) })).toEqual([]);
});

test('an untimed service needs no minutes', () => {
  const claim = claimOf([{ code: '97161', units: 1 }]);
  expect(found(rule, { claim, chart: noted(intervention('97161', null)) })).toEqual([]);
});

test('a code that no note of the day has is not documented, whatever other days have', () => {
  const chart = chartOf({ visits: [visit(day, { interventions: [intervention('97110', 30)] }), visit('2026-05-06')] });
  expect(found(rule, { claim: billed, chart })).toEqual([
    'not-documented blocks 0: 97140 is charged on 4 May 2026, and no note of that day has it.',
  ]);
});

test('exercise and manual therapy are documented differently: neither note serves for the other', () => {
  const exercise = 'Bridges and squats 3x10 with a red band';
  const manual = 'Grade III glides to the left knee, 3 x 30 s';
  const told = (code: string, text: string) =>
    found(rule, { claim: claimOf([{ code, units: 1 }]), chart: noted(intervention(code, 15, { text })) });
  expect(told('97110', exercise)).toEqual([]);
  expect(told('97140', manual)).toEqual([]);
  expect(told('97140', exercise)).toEqual([
    'service warns 0: The note of 4 May 2026 does not tell for 97140: the manual technique.',
    'detail asks 0: A reviewer will look in the note of 4 May 2026 for 97140: the area treated. It was not found.',
  ]);
  expect(told('97110', 'Soft tissue mobilization to the calf for 15 minutes')).toEqual([]);
  expect(told('97110', 'Soft tissue mobilization to the neck')).toEqual([
    'service warns 0: The note of 4 May 2026 does not tell for 97110: which exercises were done.',
    'detail asks 0: A reviewer will look in the note of 4 May 2026 for 97110: how much was done (sets, repetitions, time or resistance). It was not found.',
  ]);
});

test('the evaluation code and the complexity the note speaks of', () => {
  const text = 'History: two falls. Gait and strength tested; evolving. Moderate complexity decision making, TUG 14 s';
  const level = (code: string) =>
    found(rule, { claim: claimOf([{ code, units: 1 }]), chart: noted(intervention(code, 40, { text })) });
  expect(level('97162')).toEqual([]);
  expect(level('97163')).toEqual([
    'level warns 0: 97163 is charged on 4 May 2026, and the note of that day speaks of a level below high complexity.',
  ]);
  expect(level('97161')).toHaveLength(1);
});

test('no word in the note is a finding; a chart that leaves the words out is not checked', () => {
  expect(found(rule, { claim: billed, chart: noted(intervention('97140', 15, { text: null })) })).toEqual([
    'text warns 0: The note of 4 May 2026 has 97140 without a word on what was done.',
  ]);
  const { text: _left, ...wordless } = intervention('97140', 15);
  expect(found(rule, { claim: billed, chart: noted(wordless) })).toEqual([]);
  expect(unchecked(rule, { claim: billed, chart: noted(wordless) })).toEqual(
    expect.arrayContaining(['text textTold', 'service lacksService']),
  );
});

test('a note that is missing or not signed', () => {
  const one = intervention('97140', 15);
  expect(found(rule, { claim: billed, chart: noted(one, { note: null }) })).toEqual([
    'no-note blocks -: The visit of 4 May 2026 has no note.',
  ]);
  const unsigned = noted(one, { note: { kind: 'daily', signedOn: null, credential: 'PT' } });
  expect(found(rule, { claim: billed, chart: unsigned })).toEqual([
    'unsigned blocks -: The note of 4 May 2026 is not signed.',
  ]);
});

test('a day without a visit is a matter of the schedule, not of the note', () => {
  expect(found(rule, { claim: billed, chart: chartOf({ visits: [] }) })).toEqual([]);
  expect(unchecked(rule, { claim: billed, chart: chartOf({ visits: [] }) })).toContain('documented');
});

test('no finding holds a word of the note', () => {
  const secret = 'Zyxwvut said her neighbour Quibble drove';
  const chart = noted(intervention('97140', null, { text: secret }));
  const said = JSON.stringify(check({ claim: billed, chart }));
  for (const word of secret.split(' ').filter((one) => one.length > 6)) expect(said).not.toContain(word);
});

const rows: readonly DocumentationElement[] = [...scrubRules.reference.documentation.values()]
  .flat()
  .map(({ element }) => element);

test.each([...new Set(rows)].map((row) => [`${row.codes.join(' ')}: ${row.words}`, row] as const))(
  'the patterns of an element see its examples: %s',
  (_name, row) => {
    const [code = ''] = row.codes;
    const alone = documentationElements([row]);
    const lacks = (text: string) => {
      const seen = elementsSeen(alone, { code, on: row.effective.from ?? day, text, hasOutcome: false });
      return (
        [...seen.lacksService, ...seen.lacksDetails].length > 0 || (row.kind === 'against' && seen.against.length === 0)
      );
    };
    expect(row.examples.has.filter(lacks)).toEqual([]);
    expect(row.examples.lacks.filter((text) => !lacks(text))).toEqual([]);
  },
);
