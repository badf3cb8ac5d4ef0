// Sets, repetitions, holds, loads and sides of exercises.
import type { Corpus } from '../spoken.ts';

export const exercises: Corpus = [
  { say: 'Straight leg raise three sets of ten.', means: ['do straight leg raise: sets 3, repetitions 10'] },
  {
    say: 'Straight leg raises 3x10 on the left with a 2 pound ankle weight.',
    means: ['do straight leg raise: sets 3, repetitions 10, load 2 lb, side left'],
  },
  {
    say: 'Three sets of ten straight leg raises, two sets of fifteen bridges.',
    means: ['do straight leg raise: sets 3, repetitions 10', 'do bridge: sets 2, repetitions 15'],
  },
  {
    say: 'Clamshells 2 x 15 green band right.',
    means: ['do clamshell: sets 2, repetitions 15, load green band, side right'],
  },
  { say: 'Heel raises, 3 sets of 12, bilateral.', means: ['do heel raise: sets 3, repetitions 12, side both'] },
  { say: 'Quad sets ten reps with a five second hold.', means: ['do quad set: repetitions 10, hold 5'] },
  { say: 'Hamstring stretch 3 x 30 seconds left.', means: ['do hamstring stretch: sets 3, hold 30, side left'] },
  { say: 'Wall slides twenty repetitions.', means: ['do wall slide: repetitions 20'] },
  { say: 'Leg press 3x12 at eighty pounds.', means: ['do leg press: sets 3, repetitions 12, load 80 lb'] },
  {
    say: 'Mini squats two sets of ten body weight.',
    means: ['do mini squat: sets 2, repetitions 10, load bodyweight'],
  },
  {
    say: 'External rotation with red band 3x15 right shoulder.',
    means: ['do external rotation: sets 3, repetitions 15, load red band, side right, part shoulder'],
  },
  {
    say: 'Knee extension 3x10, 20 pounds.',
    means: ['do knee extension: sets 3, repetitions 10, load 20 lb, part knee'],
  },
  { say: 'Rows three sets of fifteen blue theraband.', means: ['do row: sets 3, repetitions 15, load blue band'] },
  {
    say: 'straight leg raises three sets of ten two pounds clamshells two sets of fifteen yellow band',
    means: [
      'do straight leg raise: sets 3, repetitions 10, load 2 lb',
      'do clamshell: sets 2, repetitions 15, load yellow band',
    ],
  },
  { say: 'Recumbent bike ten minutes level four.', means: ['do recumbent bike: minutes 10, load level 4'] },
  {
    say: 'Step ups 2x10 left, then side steps with green band 3 sets of 10.',
    means: ['do step up: sets 2, repetitions 10, side left', 'do side step: sets 3, repetitions 10, load green band'],
  },
  { say: 'Bicep curls 2x12, 2.5 kg each.', means: ['do biceps curl: sets 2, repetitions 12, load 2.5 kg'] },
  { say: 'Sit to stand 2 sets of 8.', means: ['do sit to stand: sets 2, repetitions 8'] },
  {
    say: 'Single leg stance 3 x 30 seconds on the right.',
    means: ['do single leg stance: sets 3, hold 30, side right'],
  },
  { say: 'Chin tucks x 10, hold 5 seconds.', means: ['do chin tuck: repetitions 10, hold 5'] },
  { say: 'Prone press ups 10 times.', means: ['do prone press up: repetitions 10'] },
  { say: 'Dead bugs three by eight.', means: ['do dead bug: sets 3, repetitions 8'] },
  { say: 'Bird dog 2 sets 10 reps.', means: ['do bird dog: sets 2, repetitions 10'] },
  { say: 'Plank three sets of twenty seconds.', means: ['do plank: sets 3, hold 20'] },
  {
    say: 'Calf stretch held for thirty seconds, three repetitions, both sides.',
    means: ['do calf stretch: repetitions 3, hold 30, side both'],
  },
  {
    say: 'Hip abduction 3 x 10 with red band.',
    means: ['do hip abduction: sets 3, repetitions 10, load red band, part hip'],
  },
  { say: 'Treadmill for eight minutes.', means: ['do treadmill: minutes 8'] },
  {
    say: 'Lunges two sets of eight per side, progressed from last visit.',
    means: ['do lunge: sets 2, repetitions 8, progression progressed'],
  },
  {
    say: 'Copenhagen adductor holds three sets of eight.',
    means: ['do copenhagen adductor holds: sets 3, repetitions 8, ?name'],
  },
  { say: 'Two sets of twelve landmine presses.', means: ['do landmine presses: sets 2, repetitions 12, ?name'] },
];
