// The closed words of a session record; what is in none of these lists is written as words, never squeezed into one.

export const sides = ['left', 'right', 'both', 'midline'] as const;
export type Side = (typeof sides)[number];

/** Where on the body: joints, regions of the spine, segments. */
export const bodyParts = [
  'head',
  'jaw',
  'cervical spine',
  'thoracic spine',
  'lumbar spine',
  'sacroiliac joint',
  'pelvis',
  'trunk',
  'shoulder',
  'scapula',
  'upper arm',
  'elbow',
  'forearm',
  'wrist',
  'hand',
  'thumb',
  'finger',
  'hip',
  'buttock',
  'groin',
  'thigh',
  'knee',
  'lower leg',
  'calf',
  'ankle',
  'heel',
  'foot',
  'toe',
] as const;
export type BodyPart = (typeof bodyParts)[number];

/** Parts of which there is a left and a right one. */
export const sidedParts = [
  'shoulder',
  'scapula',
  'upper arm',
  'elbow',
  'forearm',
  'wrist',
  'hand',
  'thumb',
  'finger',
  'hip',
  'thigh',
  'knee',
  'lower leg',
  'calf',
  'ankle',
  'heel',
  'foot',
  'toe',
] as const satisfies readonly BodyPart[];

export const motions = [
  'flexion',
  'extension',
  'abduction',
  'adduction',
  'internal rotation',
  'external rotation',
  'rotation',
  'side bending',
  'dorsiflexion',
  'plantar flexion',
  'inversion',
  'eversion',
  'supination',
  'pronation',
  'radial deviation',
  'ulnar deviation',
  'elevation',
  'depression',
  'protraction',
  'retraction',
  'horizontal abduction',
  'horizontal adduction',
  'grip',
] as const;
export type Motion = (typeof motions)[number];

/** Manual muscle test, 0 to 5 with plus and minus. */
export const strengthGrades = ['0', '1', '1+', '2-', '2', '2+', '3-', '3', '3+', '4-', '4', '4+', '5-', '5'] as const;
export type StrengthGrade = (typeof strengthGrades)[number];

/** From least help to most. */
export const assistanceLevels = [
  'independent',
  'modified independent',
  'supervision',
  'standby',
  'contact guard',
  'minimal',
  'moderate',
  'maximal',
  'dependent',
] as const;
export type AssistanceLevel = (typeof assistanceLevels)[number];

export const loadUnits = ['lb', 'kg', 'band', 'level', 'bodyweight'] as const;
export const bandColors = ['tan', 'yellow', 'red', 'green', 'blue', 'black', 'silver', 'gold'] as const;

/** What the patient made of an intervention. */
export const responses = ['well', 'fatigue', 'discomfort', 'more pain', 'less pain', 'modified', 'stopped'] as const;

/** What a clinician did that a layman could not: the facts that skilled need is argued from. */
export const skills = [
  'verbal cues',
  'tactile cues',
  'visual cues',
  'technique corrected',
  'manual facilitation',
  'guarding for safety',
  'dose adjusted',
  'response monitored',
  'vital signs monitored',
  'teaching',
] as const;

export const progressions = ['progressed', 'same', 'regressed', 'new'] as const;

/** What a patient may be asked about and report or deny. */
export const symptoms = [
  'pain',
  'night pain',
  'numbness',
  'tingling',
  'weakness',
  'stiffness',
  'swelling',
  'dizziness',
  'falls',
  'headache',
  'nausea',
  'fatigue',
  'giving way',
  'locking',
  'clicking',
  'radiating pain',
  'sleep disturbance',
  'shortness of breath',
  'chest pain',
  'fever',
  'bowel or bladder change',
  'new injury',
  'medication change',
] as const;
export type Symptom = (typeof symptoms)[number];

/** Outcome measures by the ids that their scoring has under rules/measures. */
export const measureIds = [
  'lefs',
  'odi',
  'ndi',
  'quickdash',
  'psfs',
  'tug',
  'six-minute-walk',
  'berg',
  'nprs',
] as const;
export type MeasureId = (typeof measureIds)[number];

export const devices = [
  'none',
  'single point cane',
  'quad cane',
  'front wheeled walker',
  'four wheeled walker',
  'crutches',
  'one crutch',
  'wheelchair',
  'parallel bars',
] as const;

export const credentials = ['PT', 'PTA', 'student', 'aide', 'physician', 'other'] as const;
export type Credential = (typeof credentials)[number];

/** What a session may tell of; named in `notAsked` when it was left out knowingly. */
export const topics = [
  'subjective',
  'home program',
  'pain',
  'range of motion',
  'strength',
  'special tests',
  'gait',
  'balance',
  'function',
  'measures',
  'interventions',
  'education',
  'goals',
  'assessment',
  'plan',
] as const;
export type Topic = (typeof topics)[number];
