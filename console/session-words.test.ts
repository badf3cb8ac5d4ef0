import { expect, test } from 'vitest';
import { blankIntervention, blankSession } from '../domain/session/blank.ts';
import { sessionInWords } from './session-words.ts';

const blank = blankSession({ ref: 'ses_1', patient: 'pat_1', date: '2026-06-01', kind: 'treatment' });

test('what was not recorded has no part: neither zero nor "none"', () => {
  expect(sessionInWords(blank)).toEqual([]);
});

test('entries are told with what they hold, and a symptom that was denied as such', () => {
  const record = {
    ...blank,
    subjective: {
      words: null,
      reports: [{ symptom: 'night pain' as const, present: false, part: null, side: null }],
    },
    interventions: [{ ...blankIntervention('leg press'), minutes: 12, sets: 0 }],
  };
  expect(sessionInWords(record)).toEqual([
    { title: 'Interventions', entries: ['name leg press, minutes 12, sets 0'] },
    { title: 'In the patient’s words', entries: ['reports symptom night pain, present no'] },
  ]);
});
