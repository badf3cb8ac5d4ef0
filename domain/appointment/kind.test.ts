// Facts on the words PT systems have for the type of a visit.
import { expect, test } from 'vitest';
import { appointmentKindOf } from './kind.ts';

test.each([
  ['PT Initial Evaluation', 'evaluation'],
  ['Re-Eval', 'evaluation'],
  ['PT Treatment', 'visit'],
  ['PT Progress Note', 'visit'],
  ['Follow-Up', 'visit'],
  ['Telehealth Follow-Up', 'telehealth'],
  ['Initial Evaluation (Video)', 'telehealth'],
])('"%s" is %s', (type, kind) => {
  expect(appointmentKindOf(type)).toBe(kind);
});

test('words that say nothing of the kind are unknown, never a guess', () => {
  expect([appointmentKindOf(null), appointmentKindOf('Block'), appointmentKindOf('Medieval lecture')]).toEqual([
    null,
    null,
    null,
  ]);
});
