// Dictations written after the parser and understood by it unseen; the first reading is told in the test.
import type { Corpus } from '../spoken.ts';

export const heldOut: Corpus = [
  { say: 'Pt reports L knee pain 3/10 pre, 2/10 post.', means: ['pain before 3 left knee', 'pain after 2 left knee'] },
  { say: 'SLR 3x12 2# L.', means: ['do straight leg raise: sets 3, repetitions 12, load 2 lb, side left'] },
  { say: 'TKE green TB 3x15.', means: ['do tke: sets 3, repetitions 15, load green band, ?name'] },
  { say: 'He is doing his home exercise program every day.', means: ['home all'] },
  {
    say: 'Performed clamshells for three sets of twelve reps with a red band on the left side.',
    means: ['do clamshell: sets 3, repetitions 12, load red band, side left'],
  },
  {
    say: 'Right knee flexion measured at 118 degrees and extension at zero.',
    means: ['range right knee flexion 118', 'range right knee extension 0'],
  },
  {
    say: 'Left ankle dorsiflexion was five degrees, plantar flexion forty.',
    means: ['range left ankle dorsiflexion 5', 'range left ankle plantar flexion 40'],
  },
  {
    say: 'Strength in the right hip: flexion four out of five, abduction three plus, extension four minus.',
    means: ['strength right hip flexion 4', 'strength right hip abduction 3+', 'strength right hip extension 4-'],
  },
  { say: 'Bilateral shoulder abduction 160.', means: ['range both shoulder abduction 160'] },
  {
    say: 'Patient denies any new injuries or changes in medication.',
    means: ['denies new injury', 'denies medication change'],
  },
  {
    say: 'She reports that her pain was a 7 out of 10 this morning but is now a 4.',
    means: ['pain before 4 ?when', 'pain before 7 ?when'],
  },
  {
    say: 'No complaints of dizziness or shortness of breath.',
    means: ['denies dizziness', 'denies shortness of breath'],
  },
  {
    say: 'Spent 12 minutes on manual therapy and 28 minutes on therapeutic exercise.',
    means: ['do manual therapy: code 97140, minutes 12', 'do therapeutic exercise: code 97110, minutes 28'],
  },
  {
    say: 'NMR x 15 min, TE x 25 min.',
    means: ['do neuromuscular reeducation: code 97112, minutes 15', 'do therapeutic exercise: code 97110, minutes 25'],
  },
  { say: 'Cold pack left knee ten minutes post treatment.', means: ['do cold pack: minutes 10, side left, part knee'] },
  {
    say: 'Leg press increased to ninety pounds, three sets of ten.',
    means: ['do leg press: sets 3, repetitions 10, load 90 lb'],
  },
  {
    say: 'Gait training on level surfaces 150 feet with a cane and supervision, 8 minutes.',
    means: ['do gait training: code 97116, minutes 8, assistance supervision'],
  },
  {
    say: 'Ambulates 300 feet with rollator at supervision level.',
    means: ['gait 300 ft, four wheeled walker, supervision'],
  },
  { say: 'Transfers sit to stand with minimal assistance of one.', means: ['function sit to stand minimal'] },
  {
    say: 'Patient requires max assist for bed mobility and mod assist for transfers.',
    means: ['function bed mobility maximal', 'function transfers moderate'],
  },
  { say: 'Tandem stance 8 seconds left foot forward.', means: ['balance tandem stance left 8 ?side'] },
  {
    say: 'SLS left 6 seconds, right 14 seconds.',
    means: ['balance single leg stance left 6', 'balance single leg stance right 14'],
  },
  { say: 'Berg score improved to 48.', means: ['measure berg 48'] },
  { say: 'Oswestry went from 44 percent to 30 percent.', means: ['measure odi ?score'] },
  { say: 'LEFS 55 today, previously 46.', means: ['measure lefs ?score'] },
  {
    say: 'McMurray negative, Lachman negative, anterior drawer negative on the right.',
    means: ['test McMurray negative', 'test Lachman negative', 'test anterior drawer right negative'],
  },
  {
    say: 'Neers and Hawkins both positive on the left.',
    means: ['test Neer left positive', 'test Hawkins-Kennedy left positive'],
  },
  { say: 'Mini squats two by ten, no, two by twelve.', means: ['do mini squat: sets 2, ?repetitions'] },
  { say: 'Side plank thirty seconds times three each side.', means: ['do side plank: repetitions 3, hold 30'] },
  { say: 'Bike x 8 min level 3.', means: ['do recumbent bike: minutes 8, load level 3'] },
  { say: 'Bridges with five second holds, 2 sets of 10.', means: ['do bridge: sets 2, repetitions 10, hold 5'] },
  {
    say: 'Scapular squeezes 20 reps, rows 20 reps with blue band.',
    means: ['do scapular squeeze: repetitions 20', 'do row: repetitions 20, load blue band'],
  },
  {
    say: 'Cervical flexion 45, extension 50, left rotation 70, right rotation 60.',
    means: [
      'range cervical spine flexion 45',
      'range cervical spine extension 50',
      'range left cervical spine rotation 70',
      'range right cervical spine rotation 60',
    ],
  },
  { say: 'Wrist extension 4/5 right.', means: ['strength right wrist extension 4'] },
  {
    say: 'Shoulder ER strength 4-/5 left, 5/5 right.',
    means: ['strength left shoulder external rotation 4-', 'strength right shoulder external rotation 5'],
  },
  { say: 'Pain increased to 6/10 with stairs.', means: ['pain before 6 ?when'] },
  { say: 'Swelling and stiffness reported in the right ankle.', means: [] },
  { say: 'Denies fever, chills, or night sweats.', means: ['denies fever'] },
  { say: 'Total timed code minutes 38, total treatment time 46 minutes.', means: ['timed 38', 'total 46'] },
  {
    say: 'Lateral step ups 3x8 on a six inch step right leg.',
    means: ['do lateral step up: sets 3, repetitions 8, side right'],
  },
  {
    say: 'Straight leg raise three sets of ten on the left, then bridges two sets of fifteen, and heel slides two sets of twenty.',
    means: [
      'do straight leg raise: sets 3, repetitions 10, side left',
      'do bridge: sets 2, repetitions 15',
      'do heel slide: sets 2, repetitions 20',
    ],
  },
  { say: 'Knee flexion one twenty five on the right.', means: ['range right knee flexion 125 ?degrees'] },
  {
    say: 'Left shoulder flexion 120, strike that, right shoulder flexion 120.',
    means: ['range right shoulder flexion 120'],
  },
  {
    say: 'Ten minutes of ultrasound, scratch that, eight minutes of ultrasound.',
    means: ['do ultrasound: code 97035, minutes 8'],
  },
  {
    say: 'Hamstring curls 3x10 15 lbs. Correction, 20 lbs.',
    means: ['do hamstring curl: sets 3, repetitions 10, load 20 lb'],
  },
  { say: 'Quad strength 4+/5 left.', means: ['strength left knee quadriceps 4+'] },
  { say: 'Verbal cues needed for squats 2x10.', means: ['do squat: sets 2, repetitions 10, skills verbal cues'] },
  {
    say: 'Balance training single leg stance on foam 4 x 20 seconds with CGA.',
    means: ['do balance training single leg stance: sets 4, hold 20, assistance contact guard, ?name'],
  },
  { say: 'Pain 0 out of 10 at end of session.', means: ['pain after 0'] },
  {
    say: 'Patient ambulated with decreased step length and right foot drop.',
    means: ['gait decreased step length+foot drop'],
  },
];
