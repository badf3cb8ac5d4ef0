// What was not done today: left out, planned, done at an earlier visit, aimed at, or taught for home. None of it may become a thing done.
import type { Corpus } from '../spoken.ts';

export const moods: Corpus = [
  { say: 'Ultrasound was not performed today.', means: [] },
  { say: 'We did not do any bridges today.', means: [] },
  { say: 'Skip the treadmill.', means: [] },
  { say: 'No manual therapy today.', means: [] },
  { say: 'Unable to complete step ups, bridges 2x10.', means: ['do bridge: sets 2, repetitions 10'] },
  { say: 'Next visit add leg press 3x10.', means: [] },
  { say: 'Will add clamshells with green band next session.', means: [] },
  { say: 'Goal: knee flexion 120 degrees in four weeks.', means: [] },
  { say: 'Last visit he did clamshells 2x10.', means: [] },
  { say: 'Left shoulder flexion was 110 last week, 125 today.', means: ['range left shoulder flexion ?degrees'] },
  { say: 'HEP: quad sets 3x10, heel slides 3x10.', means: ['home'] },
  { say: 'Instructed patient in squats 3x10 for home.', means: [] },
  { say: 'No pain with squats 3x10.', means: ['denies pain ?present', 'do squat: sets 3, repetitions 10'] },
  { say: 'TUG 11 seconds, down from 14 seconds.', means: ['measure tug ?score'] },
  { say: 'Patient rates pain as 2.', means: ['pain before 2 ?when'] },
  { say: 'Pt. tolerated session well. Will progress resistance next visit.', means: [] },
  {
    say: 'Heel raises 3x15, progressed from last visit.',
    means: ['do heel raise: sets 3, repetitions 15, progression progressed'],
  },
  { say: 'Held leg press due to pain.', means: [] },
  { say: 'Straight leg raise to 60 degrees on the left.', means: [] },
  { say: 'Grip strength 45 pounds right, 60 pounds left.', means: [] },
  { say: 'BP 120/80, heart rate 72.', means: [] },
  { say: 'Left knee flexion improved from 95 to 110 degrees.', means: ['range left knee flexion ?degrees'] },
  {
    say: 'Step ups on 6 inch box 3x10 bilaterally with tactile cues for knee alignment.',
    means: ['do step up: sets 3, repetitions 10, side both, skills tactile cues'],
  },
  {
    say: 'Single leg balance 10 seconds on the left, 25 seconds on the right.',
    means: ['balance single leg stance left 10', 'balance single leg stance right 25'],
  },
  {
    say: 'Patient is a 65 year old male status post right total knee replacement 3 weeks ago.',
    means: [],
  },
  {
    say: 'Quad strength 3 out of 5 on the left compared to 5 out of 5 on the right.',
    means: ['strength left knee quadriceps 3', 'strength right knee quadriceps 5'],
  },
  {
    say: 'Manual: soft tissue mobilization right calf 8 min, ankle joint mobilizations grade III 6 min.',
    means: [
      'do soft tissue mobilization: minutes 8, side right, part calf',
      'do joint mobilization grade III: minutes 6, part ankle',
    ],
  },
  {
    say: 'Knee flexion AROM 105, PROM 115 on the left.',
    means: ['range left knee flexion active 105', 'range left knee flexion passive 115'],
  },
  {
    say: 'Gait: antalgic, decreased stance time on the right, no assistive device.',
    means: ['gait none, antalgic+decreased stance time'],
  },
  {
    say: 'patient reports right hip pain four out of ten today no numbness no tingling bridges three sets of ten clamshells two sets of fifteen green band right side lying hip abduction two sets of ten',
    means: [
      'pain before 4 right hip',
      'denies numbness',
      'denies tingling',
      'do bridge: sets 3, repetitions 10',
      'do clamshell: sets 2, repetitions 15, load green band, side right, ?side',
      'do lying hip abduction: sets 2, repetitions 10, part hip, ?name',
    ],
  },
];
