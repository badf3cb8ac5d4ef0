// What is taken back while it is said.
import type { Corpus } from '../spoken.ts';

export const corrections: Corpus = [
  { say: 'Left shoulder flexion 110 degrees, correction, 115 degrees.', means: ['range left shoulder flexion 115'] },
  {
    say: 'Straight leg raise three sets of ten, strike that, two sets of fifteen.',
    means: ['do straight leg raise: sets 2, repetitions 15'],
  },
  { say: 'Left knee flexion 120, correction, right knee flexion 120.', means: ['range right knee flexion 120'] },
  { say: 'Pain six out of ten today, I mean five out of ten.', means: ['pain before 5'] },
  { say: 'Manual therapy fifteen minutes, make that twenty.', means: ['do manual therapy: code 97140, minutes 20'] },
  { say: 'Bridges 3x10. Strike that. Clamshells 3x10.', means: ['do clamshell: sets 3, repetitions 10'] },
  { say: 'Bridges three sets of ten. Scratch that.', means: [] },
  { say: 'Sit to stand with mod assist, correction, min assist.', means: ['function sit to stand minimal'] },
  {
    say: 'Clamshells 2x15 red band, no wait, green band.',
    means: ['do clamshell: sets 2, repetitions 15, load green band'],
  },
  { say: 'Lachman negative on the left, correction, right.', means: ['test Lachman right negative'] },
  {
    say: 'left hip abduction four plus out of five correction four minus out of five',
    means: ['strength left hip abduction 4-'],
  },
  { say: 'Squats three sets of ten, correction, twelve.', means: ['do squat: sets 3, repetitions 12, ?repetitions'] },
  { say: 'Pain six, sorry, five out of ten before treatment.', means: ['pain before 5'] },
  {
    say: 'Heel raises 3x10, scratch that, heel raises 2x10 on the right.',
    means: ['do heel raise: sets 2, repetitions 10, side right'],
  },
  {
    say: 'Fifteen minutes of manual therapy, correction, fifteen minutes of therapeutic exercise.',
    means: ['do therapeutic exercise: code 97110, minutes 15'],
  },
];

export const ranges: Corpus = [
  { say: 'Squats three sets of eight to ten.', means: ['do squat: sets 3, ?repetitions'] },
  { say: 'Manual therapy ten to fifteen minutes.', means: ['do manual therapy: code 97140, ?minutes'] },
  { say: 'Leg press 3x10, 40 to 50 pounds.', means: ['do leg press: sets 3, repetitions 10, ?load'] },
  { say: 'Bridges two or three sets of ten.', means: ['do bridge: repetitions 10, ?sets'] },
  { say: 'About ten minutes of manual therapy.', means: ['do manual therapy: code 97140, minutes 10, ?minutes'] },
];
