// Whole sessions as they are dictated, with and without punctuation.
import type { Corpus } from '../spoken.ts';

export const sessions: Corpus = [
  {
    say: 'Patient reports left knee pain four out of ten today, denies numbness. Therapeutic exercise fifteen minutes: straight leg raise three sets of ten, two pounds, heel slides two sets of fifteen. Manual therapy ten minutes, patellar mobilization grade three. Left knee flexion 115 degrees, extension minus 3 degrees. Pain two out of ten after treatment.',
    means: [
      'pain before 4 left knee',
      'denies numbness',
      'do therapeutic exercise: code 97110, minutes 15',
      'do straight leg raise: sets 3, repetitions 10, load 2 lb',
      'do heel slide: sets 2, repetitions 15',
      'do manual therapy: code 97140, minutes 10',
      'do patellar mobilization grade III',
      'range left knee flexion 115',
      'range left knee extension -3',
      'pain after 2',
    ],
  },
  {
    say: 'patient reports right shoulder pain five out of ten today denies tingling. active range of motion right shoulder flexion 130 degrees abduction 110 degrees. strength external rotation four minus out of five. fifteen minutes therapeutic exercise ten minutes manual therapy',
    means: [
      'pain before 5 right shoulder',
      'denies tingling',
      'range right shoulder flexion active 130',
      'range right shoulder abduction active 110',
      'strength right shoulder external rotation 4- ?part ?side',
      'do therapeutic exercise: code 97110, minutes 15',
      'do manual therapy: code 97140, minutes 10',
    ],
  },
  {
    say: 'Low back pain 6/10 before, 3/10 after. Oswestry 42 percent. Prone press ups 2x10, bird dogs 2x8, dead bugs 2x8. Lumbar flexion 45 degrees. Straight leg raise test negative on the right, positive on the left. Total treatment time 40 minutes.',
    means: [
      'pain before 6 lumbar spine',
      'pain after 3 lumbar spine',
      'measure odi 42',
      'do prone press up: sets 2, repetitions 10',
      'do bird dog: sets 2, repetitions 8',
      'do dead bug: sets 2, repetitions 8',
      'range lumbar spine flexion 45',
      'test straight leg raise test right negative',
      'test straight leg raise test left positive',
      'total 40',
    ],
  },
  {
    say: 'No falls since last visit. Berg 44 out of 56, TUG 15.2 seconds. Ambulated 200 feet with four wheeled walker, supervision. Sit to stand with SBA. Tandem stance 10 seconds. Neuromuscular re-education 25 minutes, gait training 15 minutes.',
    means: [
      'denies falls',
      'measure berg 44',
      'measure tug 15.2',
      'gait 200 ft, four wheeled walker, supervision',
      'function sit to stand standby',
      'balance tandem stance 10',
      'do neuromuscular reeducation: code 97112, minutes 25',
      'do gait training: code 97116, minutes 15',
    ],
  },
  {
    say: 'Neck pain three out of ten on arrival, reports headaches, denies dizziness. Cervical rotation 55 degrees right, 65 degrees left. Chin tucks 2x10 with five second hold. Rows 3x12 green band. NDI 28 percent.',
    means: [
      'pain before 3 cervical spine',
      'reports headache',
      'denies dizziness',
      'range right cervical spine rotation 55',
      'range left cervical spine rotation 65',
      'do chin tuck: sets 2, repetitions 10, hold 5',
      'do row: sets 3, repetitions 12, load green band',
      'measure ndi 28',
    ],
  },
  {
    say: 'Right ankle pain 2/10 today. Dorsiflexion 12 degrees active. Single leg stance 25 seconds right. Heel raises 3x15 right, ankle alphabet one set, calf stretch 3x30 seconds. LEFS 61 out of 80. Home exercise program done daily.',
    means: [
      'pain before 2 right ankle',
      'range right ankle dorsiflexion active 12 ?side',
      'balance single leg stance right 25',
      'do heel raise: sets 3, repetitions 15, side right',
      'do ankle alphabet: sets 1',
      'do calf stretch: sets 3, hold 30',
      'measure lefs 61',
      'home all',
    ],
  },
  {
    say: 'Left hip, post op week six. Hip flexion 95 degrees, abduction 30 degrees. Hip abduction strength three plus out of five. Ambulated 300 feet with single point cane, modified independent. Step ups two sets of ten, correction, three sets of ten. Therapeutic exercise thirty minutes.',
    means: [
      'range left hip flexion 95 ?side',
      'range left hip abduction 30 ?side',
      'strength left hip abduction 3+ ?side',
      'gait 300 ft, single point cane, modified independent',
      'do step up: sets 3, repetitions 10',
      'do therapeutic exercise: code 97110, minutes 30',
    ],
  },
  {
    say: 'Pain eight out of ten at worst, three at best. Empty can positive left, Neer positive left. Left shoulder passive flexion 140 degrees, active flexion 120 degrees. Quick DASH 45.5.',
    means: [
      'pain worst 8',
      'pain best 3',
      'test empty can left positive',
      'test Neer left positive',
      'range left shoulder flexion passive 140',
      'range left shoulder flexion active 120',
      'measure quickdash 45.5',
    ],
  },
  {
    say: 'Elbow pain 4/10 before treatment. Ultrasound right elbow eight minutes. Eccentric wrist extension 3x15 two pounds right. Grip strength improved. Pain 2/10 after.',
    means: [
      'pain before 4 elbow',
      'do ultrasound: code 97035, minutes 8, side right, part elbow',
      'do eccentric wrist extension: sets 3, repetitions 15, load 2 lb, side right, part wrist',
      'pain after 2',
    ],
  },
  {
    say: 'patient denies falls and dizziness ambulated 120 feet with front wheeled walker contact guard assist sit to stand min assist three repetitions. total treatment time 38 minutes',
    means: [
      'denies falls',
      'denies dizziness',
      'gait 120 ft, front wheeled walker, contact guard',
      'do sit to stand: repetitions 3, assistance minimal',
      'total 38',
    ],
  },
];
