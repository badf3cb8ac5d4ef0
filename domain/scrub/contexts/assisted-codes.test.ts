// CQ: more than ten percent of a unit by an assistant alone, except where the therapist alone did eight minutes of the last one (42 CFR 410.60(a)(4)).
import { expect, test } from 'vitest';
import { chartOf, claimOf, found, intervention, unchecked, visit } from '../testing/charted.ts';

function assistant(
  hands: readonly (readonly [by: string | null, minutes: number | null])[],
  { modifiers = ['GP'], units = 1, on = '2026-05-04', code = '97110' } = {},
) {
  const interventions = hands.map(([by, minutes]) => intervention(code, minutes, { by }));
  const checked = {
    claim: claimOf([{ code, units, modifiers, on }]),
    chart: chartOf({ visits: [visit(on, { interventions })] }),
  };
  return {
    found: found('modifier.assistant', checked).map((one) => one.split(':')[0]),
    unchecked: unchecked('modifier.assistant', checked),
  };
}

test('all of it by the assistant needs CQ, all of it by the therapist must not have it', () => {
  expect(assistant([['PTA', 15]]).found).toEqual(['missing blocks 0']);
  expect(assistant([['PTA', 15]], { modifiers: ['GP', 'CQ'] }).found).toEqual([]);
  expect(assistant([['PT', 15]], { modifiers: ['GP', 'CQ'] }).found).toEqual(['not-needed warns 0']);
  expect(assistant([['PT', 15]]).found).toEqual([]);
});

test('a last unit of which the therapist alone did eight minutes is without it from 2022, with seven it is not', () => {
  const shared = (therapist: number, on: string) =>
    assistant(
      [
        ['PT', therapist],
        ['PTA', 7],
      ],
      { on },
    ).found;
  expect(shared(8, '2026-05-04')).toEqual([]);
  expect(shared(7, '2026-05-04')).toEqual(['missing blocks 0']);
  expect(shared(8, '2021-05-04')).toEqual(['missing blocks 0']);
});

test('an untimed service: more than ten percent of its minutes', () => {
  const group = (assistantMinutes: number) =>
    assistant(
      [
        ['PT', 36],
        ['PTA', assistantMinutes],
      ],
      { code: '97150' },
    ).found;
  expect(group(4)).toEqual([]);
  expect(group(5)).toEqual(['missing blocks 0']);
});

test('before 2020 nobody asked; who gave it is not guessed', () => {
  expect(assistant([['PTA', 15]], { on: '2019-12-31' })).toEqual({ found: [], unchecked: [] });
  expect(assistant([[null, 15]]).unchecked).toContain('needed');
});
