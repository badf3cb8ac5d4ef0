// What was done and found in one session, as it was captured at the table: every draft is made of it and of nothing else.
import type { FromSchema } from 'json-schema-to-ts';
import {
  assistanceLevels,
  bandColors,
  bodyParts,
  credentials,
  devices,
  loadUnits,
  measureIds,
  motions,
  progressions,
  responses,
  sides,
  skills,
  strengthGrades,
  symptoms,
  topics,
} from './words.ts';

/** null everywhere: not recorded, which a document shows as a gap and never as zero, no or normal. */
const words = { type: ['string', 'null'], minLength: 1, phi: 'clinicalText' } as const;
const side = { enum: [...sides, null] } as const;
const part = { enum: [...bodyParts, null], phi: 'clinicalText' } as const;
const assistance = { enum: [...assistanceLevels, null], phi: 'measurement' } as const;
const count = { type: ['integer', 'null'], minimum: 0 } as const;
const minutes = { type: ['integer', 'null'], minimum: 0, maximum: 1440 } as const;
const seconds = { type: ['number', 'null'], minimum: 0, phi: 'measurement' } as const;

/** What every entry may say of itself. */
const marks = {
  /** Taken over from the last session and not looked at today. */
  carriedForward: { type: 'boolean' },
  /** Fields of this entry that were not understood for sure, each with its reason in words. */
  unsure: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['field', 'why'],
      properties: { field: { type: 'string', minLength: 1 }, why: { type: 'string', minLength: 1 } },
    },
  },
} as const;

export const loadSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['value', 'unit', 'band'],
  properties: {
    /** Of `lb`, `kg` and `level` (of a machine); null for a band and body weight. */
    value: { type: ['number', 'null'], minimum: 0 },
    unit: { enum: loadUnits },
    band: { enum: [...bandColors, null] },
  },
} as const;

export const interventionSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'name',
    'code',
    'minutes',
    'by',
    'sets',
    'repetitions',
    'holdSeconds',
    'load',
    'side',
    'part',
    'assistance',
    'skills',
    'response',
    'responseWords',
    'progression',
  ],
  properties: {
    /** As the clinic names it: "straight leg raise", "patellar mobilization grade III". */
    name: { type: 'string', minLength: 1, phi: 'clinicalText' },
    /** The code it is charged under. */
    code: { type: ['string', 'null'], pattern: '^[0-9A-Z]{5}$' },
    minutes,
    /** Ref of the clinician who gave it; null: whoever treated. */
    by: { type: ['string', 'null'], minLength: 1 },
    sets: count,
    repetitions: count,
    holdSeconds: { type: ['integer', 'null'], minimum: 0 },
    load: { anyOf: [{ type: 'null' }, loadSchema] },
    side,
    part,
    assistance,
    skills: { type: 'array', items: { enum: skills } },
    response: { enum: [...responses, null], phi: 'clinicalText' },
    responseWords: words,
    progression: { enum: [...progressions, null] },
    ...marks,
  },
} as const;

const reportSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['symptom', 'present', 'part', 'side'],
  properties: {
    symptom: { enum: symptoms, phi: 'clinicalText' },
    /** false: asked and denied. A symptom nobody asked about has no entry. */
    present: { type: 'boolean', phi: 'clinicalText' },
    part,
    side,
    ...marks,
  },
} as const;

const painSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['when', 'score', 'part', 'side'],
  properties: {
    when: { enum: ['before', 'after', 'worst', 'best'] },
    /** 0 to 10. */
    score: { type: ['number', 'null'], minimum: 0, maximum: 10, phi: 'measurement' },
    part,
    side,
    ...marks,
  },
} as const;

export const rangeOfMotionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['part', 'motion', 'side', 'mode', 'degrees'],
  properties: {
    part: { enum: bodyParts, phi: 'clinicalText' },
    motion: { enum: motions, phi: 'clinicalText' },
    side,
    mode: { enum: ['active', 'passive', null] },
    /** Negative where full extension is not reached: -5 is a lack of five degrees. */
    degrees: { type: ['integer', 'null'], minimum: -90, maximum: 220, phi: 'measurement' },
    ...marks,
  },
} as const;

export const strengthSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['part', 'motion', 'muscle', 'side', 'grade'],
  properties: {
    part: { enum: bodyParts, phi: 'clinicalText' },
    motion: { enum: [...motions, null], phi: 'clinicalText' },
    /** Where a muscle was named instead of a motion: "quadriceps". */
    muscle: words,
    side,
    grade: { enum: [...strengthGrades, null], phi: 'measurement' },
    ...marks,
  },
} as const;

const specialTestSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'side', 'positive'],
  properties: {
    name: { type: 'string', minLength: 1, phi: 'clinicalText' },
    side,
    positive: { type: ['boolean', 'null'], phi: 'clinicalText' },
    ...marks,
  },
} as const;

const gaitSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['distance', 'unit', 'device', 'assistance', 'deviations'],
  properties: {
    distance: { type: ['number', 'null'], minimum: 0, phi: 'measurement' },
    unit: { enum: ['ft', 'm', null] },
    device: { enum: [...devices, null], phi: 'clinicalText' },
    assistance,
    /** In words: "antalgic", "decreased left stance time". Empty: none were recorded. */
    deviations: { type: 'array', items: { type: 'string', minLength: 1, phi: 'clinicalText' } },
    ...marks,
  },
} as const;

const balanceSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['test', 'side', 'seconds', 'assistance'],
  properties: {
    /** "single leg stance", "tandem stance". */
    test: { type: 'string', minLength: 1, phi: 'clinicalText' },
    side,
    seconds,
    assistance,
    ...marks,
  },
} as const;

const functionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['activity', 'assistance', 'words'],
  properties: {
    /** "stair climbing", "sit to stand". */
    activity: { type: 'string', minLength: 1, phi: 'clinicalText' },
    assistance,
    words,
    ...marks,
  },
} as const;

const measureSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['measure', 'score'],
  properties: {
    measure: { enum: measureIds },
    /** In the measure's own unit: points, percent, seconds, meters. */
    score: { type: ['number', 'null'], phi: 'measurement' },
    ...marks,
  },
} as const;

const goalTouchedSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['goal', 'state', 'words'],
  properties: {
    /** Id of the goal in the plan of care. */
    goal: { type: 'string', minLength: 1 },
    state: { enum: ['met', 'progressing', 'unchanged', 'declined', null], phi: 'clinicalText' },
    words,
    ...marks,
  },
} as const;

export const clinicianSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['ref', 'credential'],
  properties: { ref: { type: 'string', minLength: 1 }, credential: { enum: [...credentials, null] } },
} as const;

export const sessionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Session',
  type: 'object',
  additionalProperties: false,
  required: [
    'ref',
    'patient',
    'date',
    'kind',
    'visitNumber',
    'clinicians',
    'supervision',
    'totalMinutes',
    'timedMinutes',
    'subjective',
    'homeProgram',
    'pain',
    'rangeOfMotion',
    'strength',
    'specialTests',
    'gait',
    'balance',
    'function',
    'measures',
    'interventions',
    'education',
    'goals',
    'assessment',
    'plan',
    'notAsked',
  ],
  properties: {
    ref: { type: 'string', pattern: '^ses_[0-9A-Za-z]+$' },
    patient: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
    date: { type: 'string', format: 'date', phi: 'visitTime' },
    kind: { enum: ['evaluation', 'treatment', 'reevaluation', 'discharge'] },
    /** Of this episode, the evaluation being the first. */
    visitNumber: { type: ['integer', 'null'], minimum: 1 },
    /** Who treated, the one who answers for the session first. */
    clinicians: { type: 'array', items: clinicianSchema },
    /** How the assistant was supervised, where one treated. */
    supervision: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'by'],
          properties: { kind: { enum: ['general', 'direct'] }, by: { type: ['string', 'null'], minLength: 1 } },
        },
      ],
    },
    /** The whole treatment time, untimed services too. */
    totalMinutes: minutes,
    /** The time of the services that are counted by minutes. */
    timedMinutes: minutes,
    subjective: {
      type: 'object',
      additionalProperties: false,
      required: ['words', 'reports'],
      properties: { words, reports: { type: 'array', items: reportSchema }, ...marks },
    },
    homeProgram: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['done', 'words'],
          properties: { done: { enum: ['all', 'most', 'some', 'none', null], phi: 'clinicalText' }, words, ...marks },
        },
      ],
    },
    pain: { type: 'array', items: painSchema },
    rangeOfMotion: { type: 'array', items: rangeOfMotionSchema },
    strength: { type: 'array', items: strengthSchema },
    specialTests: { type: 'array', items: specialTestSchema },
    gait: { anyOf: [{ type: 'null' }, gaitSchema] },
    balance: { type: 'array', items: balanceSchema },
    function: { type: 'array', items: functionSchema },
    measures: { type: 'array', items: measureSchema },
    interventions: { type: 'array', items: interventionSchema },
    /** What was taught, in words. */
    education: { type: 'array', items: { type: 'string', minLength: 1, phi: 'clinicalText' } },
    goals: { type: 'array', items: goalTouchedSchema },
    /** The clinician's own words about how it stands and about what comes next. */
    assessment: words,
    plan: words,
    /** What was left out knowingly; it stands as a gap in every document. */
    notAsked: { type: 'array', items: { enum: topics } },
  },
} as const;

export type Session = FromSchema<typeof sessionSchema>;
export type Intervention = Session['interventions'][number];
export type Load = NonNullable<Intervention['load']>;
export type SymptomReport = Session['subjective']['reports'][number];
export type PainScore = Session['pain'][number];
export type RangeOfMotion = Session['rangeOfMotion'][number];
export type Strength = Session['strength'][number];
export type SpecialTest = Session['specialTests'][number];
export type Gait = NonNullable<Session['gait']>;
export type Balance = Session['balance'][number];
export type FunctionalActivity = Session['function'][number];
export type MeasureScore = Session['measures'][number];
export type GoalTouched = Session['goals'][number];
