// Pain, what patients report and deny, assistance, gait, balance and function.
import type { Corpus } from '../spoken.ts';

export const pains: Corpus = [
  {
    say: 'Pain is six out of ten before treatment and three out of ten after.',
    means: ['pain before 6', 'pain after 3'],
  },
  { say: 'Left knee pain 4/10 today.', means: ['pain before 4 left knee'] },
  { say: 'Pain at worst eight out of ten, at best two out of ten.', means: ['pain worst 8', 'pain best 2'] },
  { say: 'Pain after session was 2 out of 10.', means: ['pain after 2'] },
  { say: 'Low back pain five out of ten on arrival.', means: ['pain before 5 lumbar spine'] },
  { say: 'Current pain level 0/10.', means: ['pain before 0'] },
  { say: 'Pain 4 to 5 out of 10 today.', means: ['pain before ?score'] },
  { say: 'Pain seven out of ten.', means: ['pain before 7 ?when'] },
  {
    say: 'Right shoulder pain decreased from six to three out of ten after treatment.',
    means: ['pain before 6 right shoulder', 'pain after 3 right shoulder'],
  },
  { say: 'Pain is twelve out of ten today.', means: ['pain before ?score'] },
  { say: 'Reports pain 3/10 pre treatment, 1/10 post treatment.', means: ['pain before 3', 'pain after 1'] },
];

export const reports: Corpus = [
  { say: 'Patient denies numbness.', means: ['denies numbness'] },
  {
    say: 'Patient denies numbness, tingling, or night pain.',
    means: ['denies night pain', 'denies numbness', 'denies tingling'],
  },
  {
    say: 'Patient reports tingling in the left hand but denies numbness.',
    means: ['denies numbness', 'reports tingling left hand'],
  },
  { say: 'Complains of stiffness in the right shoulder.', means: ['reports stiffness right shoulder'] },
  { say: 'No falls since last visit.', means: ['denies falls'] },
  { say: 'Patient states she had a fall on Tuesday.', means: ['reports falls'] },
  { say: 'Patient reports no dizziness.', means: ['denies dizziness'] },
  { say: 'Denies chest pain and shortness of breath.', means: ['denies chest pain', 'denies shortness of breath'] },
  { say: 'Patient reports swelling has gone down.', means: ['reports swelling ?present'] },
  { say: 'No bowel or bladder changes.', means: ['denies bowel or bladder change'] },
  { say: 'Patient reports her knee is giving way on stairs.', means: ['reports giving way knee'] },
  { say: 'Denies pain at rest.', means: ['denies pain ?present'] },
  { say: 'Tolerated treatment with no increase in pain.', means: [] },
  { say: 'Patient did not report any headaches.', means: ['denies headache'] },
  { say: 'Home exercise program done daily.', means: ['home all'] },
  { say: 'Patient has not been doing her home exercises.', means: ['home none'] },
  { say: 'Compliant with HEP most days.', means: ['home most'] },
];

export const helped: Corpus = [
  { say: 'Sit to stand with min assist.', means: ['function sit to stand minimal'] },
  { say: 'Bed mobility moderate assistance.', means: ['function bed mobility moderate'] },
  { say: 'Transfers with contact guard assist.', means: ['function transfers contact guard'] },
  { say: 'Supine to sit SBA.', means: ['function supine to sit standby'] },
  { say: 'Stairs with CGA and one rail.', means: ['function stairs contact guard'] },
  { say: 'Patient is independent with transfers.', means: ['function transfers independent'] },
  { say: 'Transfers modified independent.', means: ['function transfers modified independent'] },
  {
    say: 'Sit to stand mod I, stairs max assist.',
    means: ['function sit to stand modified independent', 'function stairs maximal'],
  },
  { say: 'Sit to stand min to mod assist.', means: ['function sit to stand ?assistance'] },
  {
    say: 'Ambulated 150 feet with front wheeled walker and CGA.',
    means: ['gait 150 ft, front wheeled walker, contact guard'],
  },
  {
    say: 'Ambulated two hundred feet with single point cane, supervision, antalgic gait.',
    means: ['gait 200 ft, single point cane, supervision, antalgic'],
  },
  { say: 'Walked 50 meters independently without assistive device.', means: ['gait 50 m, none, independent'] },
  { say: 'Ambulation 75 ft with quad cane, minimal assistance.', means: ['gait 75 ft, quad cane, minimal'] },
  { say: 'Trendelenburg gait with decreased stance time.', means: ['gait Trendelenburg+decreased stance time'] },
  {
    say: 'Single leg stance 12 seconds left, 20 seconds right.',
    means: ['balance single leg stance left 12', 'balance single leg stance right 20'],
  },
  { say: 'Tandem stance thirty seconds with standby assist.', means: ['balance tandem stance 30 standby'] },
  { say: 'Rolling is dependent.', means: ['function rolling dependent'] },
];
