// Range of motion, strength, special tests and outcome measures.
import type { Corpus } from '../spoken.ts';

export const ranges: Corpus = [
  { say: 'Left shoulder flexion 110 degrees.', means: ['range left shoulder flexion 110'] },
  { say: 'Shoulder flexion 110.', means: ['range shoulder flexion 110'] },
  {
    say: 'Active range of motion right knee flexion one hundred fifteen degrees.',
    means: ['range right knee flexion active 115'],
  },
  {
    say: 'AROM left shoulder flexion 110 degrees, abduction 95, external rotation 45.',
    means: [
      'range left shoulder flexion active 110',
      'range left shoulder abduction active 95',
      'range left shoulder external rotation active 45',
    ],
  },
  {
    say: 'Shoulder flexion 110 on the left and 150 on the right.',
    means: ['range left shoulder flexion 110', 'range right shoulder flexion 150'],
  },
  { say: 'Left knee flexion 95, right 130.', means: ['range left knee flexion 95', 'range right knee flexion 130'] },
  {
    say: 'Right knee range of motion zero to one hundred twenty.',
    means: ['range right knee extension 0', 'range right knee flexion 120'],
  },
  { say: 'Left knee lacking 5 degrees of extension.', means: ['range left knee extension -5'] },
  {
    say: 'Knee extension minus five degrees, flexion 110 degrees, left.',
    means: ['range left knee extension -5', 'range left knee flexion 110'],
  },
  { say: 'Passive dorsiflexion 8 degrees left ankle.', means: ['range left ankle dorsiflexion passive 8'] },
  {
    say: 'Cervical rotation 60 degrees left, 45 degrees right.',
    means: ['range left cervical spine rotation 60', 'range right cervical spine rotation 45'],
  },
  {
    say: 'Lumbar flexion 40 degrees and extension 10 degrees.',
    means: ['range lumbar spine flexion 40', 'range lumbar spine extension 10'],
  },
  { say: 'PROM right shoulder ER 60°.', means: ['range right shoulder external rotation passive 60'] },
  { say: 'Right wrist extension fifty five degrees.', means: ['range right wrist extension 55'] },
  { say: 'Right shoulder flexion one ten.', means: ['range right shoulder flexion 110 ?degrees'] },
  { say: 'Hip internal rotation is 20 degrees on the right.', means: ['range right hip internal rotation 20'] },
  {
    say: 'Right elbow ROM 10 to 130.',
    means: ['range right elbow extension ?degrees', 'range right elbow flexion 130'],
  },
  { say: 'Left shoulder flexion 100 to 110 degrees.', means: ['range left shoulder flexion ?degrees'] },
];

export const strengths: Corpus = [
  { say: 'Left shoulder flexion 4 minus out of 5.', means: ['strength left shoulder flexion 4-'] },
  { say: 'Right quadriceps four plus out of five.', means: ['strength right knee quadriceps 4+'] },
  {
    say: 'Hip abduction 3+/5 on the left, 4/5 on the right.',
    means: ['strength left hip abduction 3+', 'strength right hip abduction 4'],
  },
  {
    say: 'MMT right knee extension 4-/5, flexion 4/5.',
    means: ['strength right knee extension 4-', 'strength right knee flexion 4'],
  },
  { say: 'Gluteus medius three out of five left.', means: ['strength left hip gluteus medius 3'] },
  { say: 'Strength of the left dorsiflexors five out of five.', means: ['strength left ankle dorsiflexion 5'] },
  { say: 'Right shoulder external rotation four minus.', means: ['strength right shoulder external rotation 4-'] },
  { say: 'Left hamstrings 3+ to 4-/5.', means: ['strength left knee hamstrings ?grade'] },
  {
    say: 'Right shoulder flexion 150 degrees, strength 4 minus out of five.',
    means: ['range right shoulder flexion 150', 'strength right shoulder flexion 4-'],
  },
  { say: 'Left hip flexion 6/5.', means: ['strength left hip flexion ?grade'] },
];

export const tests: Corpus = [
  { say: 'Lachman negative on the left.', means: ['test Lachman left negative'] },
  { say: 'Positive Hawkins-Kennedy on the right.', means: ['test Hawkins-Kennedy right positive'] },
  {
    say: 'Hawkins Kennedy positive right, empty can negative right.',
    means: ['test Hawkins-Kennedy right positive', 'test empty can right negative'],
  },
  { say: 'Straight leg raise test negative bilaterally.', means: ['test straight leg raise test both negative'] },
  { say: 'Spurling test was positive on the left.', means: ['test Spurling left positive'] },
  { say: 'Anterior drawer left.', means: ['test anterior drawer left ?positive'] },
];

export const measures: Corpus = [
  { say: 'LEFS 42 out of 80.', means: ['measure lefs 42'] },
  { say: 'LEFS score today is forty two.', means: ['measure lefs 42'] },
  { say: 'Oswestry thirty six percent.', means: ['measure odi 36'] },
  { say: 'ODI 18/50.', means: ['measure odi 36'] },
  { say: 'NDI 24 percent.', means: ['measure ndi 24'] },
  { say: 'QuickDASH 38.6.', means: ['measure quickdash 38.6'] },
  { say: 'TUG 13.5 seconds.', means: ['measure tug 13.5'] },
  { say: 'Timed up and go fourteen seconds with front wheeled walker.', means: ['measure tug 14'] },
  { say: 'Berg balance scale 46 out of 56.', means: ['measure berg 46'] },
  { say: 'Six minute walk test 380 meters.', means: ['measure six-minute-walk 380'] },
  { say: '6 minute walk 1200 feet.', means: ['measure six-minute-walk 365.8'] },
  { say: 'PSFS 4.7 out of ten.', means: ['measure psfs 4.7'] },
  { say: 'LEFS 92.', means: ['measure lefs ?score'] },
  { say: 'Six minute walk test 400.', means: ['measure six-minute-walk ?score'] },
];
