// Notes in free phrasing that no composer wrote, each beside the facts it was written from: the held-out part of the corpus.
import { blankIntervention, blankSession } from '../../session/blank.ts';
import type { Session } from '../../session/schema.ts';
import type { NoteSource } from '../source-schema.ts';

export interface HeldOut {
  readonly source: NoteSource;
  readonly sentences: readonly string[];
}

type Told = Omit<Partial<Session>, 'interventions'> & {
  readonly interventions?: readonly (Partial<Session['interventions'][number]> & { readonly name: string })[];
};

function heldOut(
  id: string,
  told: Told,
  limitations: string[],
  sentences: string[],
  before: Partial<Session> = {},
): HeldOut {
  const clinicians = [{ ref: 'usr_1', credential: 'PT' as const }];
  const session: Session = {
    ...blankSession({ ref: `ses_${id}`, patient: 'pat_held', date: '2026-06-10', kind: 'treatment' }),
    clinicians,
    ...told,
    interventions: (told.interventions ?? []).map((entry) => ({ ...blankIntervention(entry.name), ...entry })),
  };
  const first: Session = {
    ...blankSession({ ref: `ses_${id}0`, patient: 'pat_held', date: '2026-05-20', kind: 'evaluation' }),
    clinicians,
    ...before,
  };
  const source: NoteSource = {
    session,
    earlier: [first],
    author: { ref: 'usr_1', credential: 'PT' },
    episode: {
      diagnoses: [],
      onset: '2026-04-28',
      history: null,
      priorFunction: null,
      limitations,
      precautions: [],
      startOfCare: '2026-05-20',
      treatmentDays: 7,
      goals: [],
      plan: { from: '2026-05-20', to: '2026-07-15', visitsPerWeek: 2, weeks: 8, interventions: [] },
      rehabPotential: null,
      dischargeReason: null,
      dischargePlan: null,
      askOfPhysician: null,
    },
  };
  return { source, sentences };
}

const none = { part: null, side: null } as const;

export const heldOutNotes: readonly HeldOut[] = [
  heldOut(
    'a',
    {
      pain: [
        { when: 'before', score: 6, part: 'knee', side: 'right' },
        { when: 'after', score: 3, part: 'knee', side: 'right' },
      ],
      rangeOfMotion: [
        { part: 'knee', motion: 'flexion', side: 'right', mode: 'active', degrees: 112 },
        { part: 'knee', motion: 'extension', side: 'right', mode: 'active', degrees: -4 },
      ],
      interventions: [
        { name: 'quad sets', sets: 3, repetitions: 10, holdSeconds: 5, side: 'right', response: 'well' },
        {
          name: 'straight leg raise',
          sets: 2,
          repetitions: 12,
          load: { value: 2, unit: 'lb', band: null },
          side: 'right',
          response: 'well',
        },
      ],
    },
    [],
    [
      'Pt arrived with right knee pain at 6/10, down to 3/10 by the end.',
      'AROM of the right knee: flexion 112 degrees, extension -4 degrees.',
      'Quad sets 3x10 with a 5 second hold, then SLR 2x12 with 2 lbs on the right.',
      'Tolerated the session well.',
    ],
  ),
  heldOut(
    'b',
    {
      subjective: {
        words: 'Sleeping is better, two nights without waking',
        reports: [
          { symptom: 'numbness', present: false, ...none },
          { symptom: 'tingling', present: false, ...none },
        ],
      },
      strength: [
        { part: 'shoulder', motion: 'abduction', muscle: null, side: 'left', grade: '4-' },
        { part: 'shoulder', motion: 'external rotation', muscle: null, side: 'left', grade: '3+' },
      ],
      specialTests: [
        { name: 'Hawkins-Kennedy test', side: 'left', positive: true },
        { name: 'empty can test', side: 'left', positive: false },
      ],
      interventions: [
        {
          name: 'scapular retraction',
          sets: 3,
          repetitions: 15,
          load: { value: null, unit: 'band', band: 'green' },
          response: 'fatigue',
        },
      ],
    },
    ['cannot reach the top shelf'],
    [
      'She slept better: “two nights without waking”.',
      'Denies any numbness or tingling.',
      'MMT left shoulder: abduction 4-/5, ER 3+/5.',
      'Hawkins-Kennedy positive on the left, empty can negative.',
      'Scapular retraction against a green band for 3 sets of 15, with fatigue.',
      'Still cannot reach the top shelf.',
    ],
  ),
  heldOut(
    'c',
    {
      gait: {
        distance: 220,
        unit: 'ft',
        device: 'front wheeled walker',
        assistance: 'contact guard',
        deviations: ['decreased step length on the left'],
      },
      function: [
        { activity: 'sit to stand', assistance: 'minimal', words: null },
        { activity: 'bed mobility', assistance: 'supervision', words: null },
      ],
      measures: [{ measure: 'tug', score: 24 }],
      balance: [{ test: 'tandem stance', side: null, seconds: 8, assistance: 'standby' }],
    },
    [],
    [
      'Ambulated 220 ft with a rolling walker and CGA; decreased step length on the left.',
      'Sit to stand with min A, bed mobility with supervision.',
      'Timed up and go took 24 seconds.',
      'Held tandem stance for 8 seconds with SBA.',
    ],
  ),
  heldOut(
    'd',
    {
      rangeOfMotion: [
        { part: 'cervical spine', motion: 'rotation', side: 'left', mode: 'active', degrees: 55 },
        { part: 'cervical spine', motion: 'rotation', side: 'right', mode: 'active', degrees: 68 },
      ],
      measures: [{ measure: 'ndi', score: 28 }],
      interventions: [{ name: 'cervical lateral glide grade III', minutes: 12, code: '97140', response: 'less pain' }],
    },
    [],
    [
      'Neck rotation 55° to the left versus 68° to the right.',
      'NDI improved from 44% at evaluation to 28% today.',
      'Twelve minutes of cervical lateral glide grade III (97140) with relief.',
    ],
    { measures: [{ measure: 'ndi', score: 44 }] },
  ),
  heldOut(
    'e',
    {
      pain: [{ when: 'before', score: 0, part: 'ankle', side: 'left' }],
      subjective: {
        words: 'I walked the dog twice around the lake',
        reports: [
          { symptom: 'swelling', present: false, ...none },
          { symptom: 'giving way', present: true, ...none },
        ],
      },
      interventions: [
        { name: 'heel raises', sets: 2, repetitions: 20, response: 'well' },
        {
          name: 'single leg balance on foam',
          minutes: 8,
          skills: ['verbal cues', 'guarding for safety'],
          response: 'well',
        },
      ],
    },
    [],
    [
      'No pain and no swelling in the ankle on arrival.',
      'The ankle gave way once since last visit.',
      '“I walked the dog twice around the lake.”',
      'Heel raises 2x20.',
      'Single leg balance on foam for 8 min with verbal cueing, guarded for safety.',
    ],
  ),
  heldOut(
    'f',
    {
      totalMinutes: 48,
      timedMinutes: 45,
      interventions: [
        {
          name: 'bridging',
          code: '97110',
          minutes: 15,
          sets: 3,
          repetitions: 12,
          progression: 'progressed',
          response: 'well',
        },
        {
          name: 'bird dog',
          code: '97112',
          minutes: 14,
          sets: 2,
          repetitions: 10,
          skills: ['tactile cues'],
          response: 'well',
        },
        { name: 'hip hinge with dowel', code: '97530', minutes: 16, sets: 2, repetitions: 8, response: 'discomfort' },
      ],
    },
    ['cannot sit through a film'],
    [
      'Bridging was progressed to 3 sets of 12, 15 minutes.',
      'Bird dog 2 x 10 for 14 minutes needed tactile cues.',
      'Hip hinge with dowel 2x8 over 16 minutes, tolerated with discomfort.',
      'Total time 48 minutes, timed 45 minutes.',
      '97110 15 minutes, 97112 14 minutes, 97530 16 minutes.',
      'He cannot sit through a film.',
    ],
  ),
  heldOut(
    'g',
    {
      strength: [
        { part: 'knee', motion: 'extension', muscle: null, side: 'left', grade: '4' },
        { part: 'knee', motion: 'flexion', muscle: null, side: 'left', grade: '4+' },
        { part: 'hip', motion: 'abduction', muscle: null, side: 'both', grade: '3+' },
      ],
      homeProgram: { done: 'most', words: null },
    },
    [],
    ['Left quad strength 4/5, left hamstring 4+/5, bilateral hip abduction 3+/5.', 'Did the HEP most days.'],
  ),
  heldOut(
    'h',
    {
      pain: [
        { when: 'worst', score: 7, part: 'lumbar spine', side: null },
        { when: 'best', score: 2, part: 'lumbar spine', side: null },
      ],
      rangeOfMotion: [
        { part: 'lumbar spine', motion: 'flexion', side: null, mode: 'active', degrees: 48 },
        { part: 'lumbar spine', motion: 'extension', side: null, mode: 'active', degrees: 12 },
      ],
      subjective: {
        words: null,
        reports: [
          { symptom: 'bowel or bladder change', present: false, ...none },
          { symptom: 'radiating pain', present: true, ...none },
        ],
      },
      measures: [{ measure: 'odi', score: 38 }],
    },
    [],
    [
      'Low back pain 7/10 at worst and 2/10 at best.',
      'Lumbar flexion 48 degrees, extension 12 degrees.',
      'Reports radiating symptoms but denies bowel or bladder changes.',
      'Oswestry at 38 percent, reduced from 52 percent on 05/20/2026.',
    ],
    { measures: [{ measure: 'odi', score: 52 }] },
  ),
  heldOut(
    'i',
    {
      gait: { distance: 300, unit: 'm', device: 'none', assistance: 'independent', deviations: [] },
      measures: [
        { measure: 'berg', score: 49 },
        { measure: 'six-minute-walk', score: 410 },
      ],
      subjective: { words: null, reports: [{ symptom: 'falls', present: false, ...none }] },
    },
    [],
    [
      'No falls since the evaluation.',
      'Walks 300 meters independently without an assistive device.',
      'Berg 49 points; six minute walk 410 meters.',
    ],
  ),
  heldOut(
    'j',
    {
      rangeOfMotion: [
        { part: 'wrist', motion: 'extension', side: 'right', mode: 'active', degrees: 52 },
        { part: 'wrist', motion: 'flexion', side: 'right', mode: 'active', degrees: 60 },
      ],
      interventions: [
        {
          name: 'eccentric wrist extension',
          sets: 3,
          repetitions: 15,
          load: { value: 3, unit: 'lb', band: null },
          side: 'right',
          response: 'more pain',
          responseWords: 'sharp at the elbow on the last set',
        },
        { name: 'ultrasound', code: '97035', minutes: 8, side: 'right', response: 'well' },
      ],
    },
    [],
    [
      'Right wrist extension 52 degrees and flexion 60 degrees.',
      'Eccentric wrist extension on the right, 3 sets of 15 at 3 pounds, provoked pain: “sharp at the elbow on the last set”.',
      'Ultrasound for 8 minutes, well tolerated.',
    ],
  ),
];
