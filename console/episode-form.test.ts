import { expect, test } from 'vitest';
import type { Episode } from '../domain/note/source-schema.ts';
import { diagnosesIn, diagnosesText, episodeFrom, newGoal } from './episode-form.ts';

const before: Episode = {
  diagnoses: [{ code: 'M17.11', words: null }],
  onset: null,
  history: null,
  priorFunction: 'Walked two miles',
  limitations: [],
  precautions: [],
  startOfCare: null,
  treatmentDays: 4,
  goals: [],
  plan: null,
  rehabPotential: null,
  dischargeReason: null,
  dischargePlan: null,
  askOfPhysician: null,
};

test('diagnoses are read a line each, with or without words, and written back the same', () => {
  const text = 'M17.11 Osteoarthritis of the right knee\nZ96.651';
  const read = diagnosesIn(text);
  expect(read).toEqual({
    diagnoses: [
      { code: 'M17.11', words: 'Osteoarthritis of the right knee' },
      { code: 'Z96.651', words: null },
    ],
  });
  expect('diagnoses' in read ? diagnosesText({ ...before, ...read }) : '').toBe(text);
  expect(diagnosesIn('M17.11\nknee pain')).toEqual({
    wrong: 'Diagnosis 2 does not begin with an ICD-10-CM code.',
  });
});

test('an emptied field is unknown, a list keeps no empty line, and treatment days are not touched', () => {
  const said: Record<string, string> = {
    diagnoses: 'M17.11',
    limitations: 'Stairs\n\nSquatting\n',
    priorFunction: ' ',
  };
  const read = episodeFrom(before, [{ ...newGoal('goal_1'), words: 'Climbs stairs.' }], (name) => said[name] ?? '');
  expect(read).toMatchObject({
    episode: { priorFunction: null, limitations: ['Stairs', 'Squatting'], treatmentDays: 4, rehabPotential: null },
  });
});

test('a goal without words is not kept', () => {
  expect(episodeFrom(before, [newGoal('goal_1')], () => '')).toEqual({ wrong: 'A goal has no words.' });
});
