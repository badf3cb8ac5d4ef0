// A session as it is captured: its shape, what is odd about it, and what of the last one it may begin with.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createValidator } from '../../server/http/validation.ts';
import { codeTable } from '../billing-tables/codes.ts';
import type { CodesFile } from '../billing-tables/codes-schema.ts';
import { phiFields } from '../phi/labels.ts';
import { blankIntervention, blankSession } from './blank.ts';
import { carryForward } from './carry.ts';
import { checkSession } from './checks.ts';
import { sessionSchema } from './schema.ts';
import type { Session } from './schema.ts';

const file = JSON.parse(
  readFileSync(new URL('../../rules/billing-tables/codes.json', import.meta.url), 'utf8'),
) as CodesFile;
const codes = codeTable(file);

const blank = blankSession({ ref: 'ses_1', patient: 'pat_1', date: '2026-05-04', kind: 'treatment' });
const treated: Session = {
  ...blank,
  visitNumber: 4,
  totalMinutes: 50,
  timedMinutes: 44,
  clinicians: [{ ref: 'usr_1', credential: 'PT' }],
  interventions: [
    { ...blankIntervention('bridging'), code: '97110', minutes: 33, response: 'well' },
    { ...blankIntervention('joint mobilization'), code: '97140', minutes: 7, part: 'knee', side: 'left' },
    { ...blankIntervention('stair practice'), code: '97530', minutes: 4 },
    { ...blankIntervention('cold pack'), code: '97010' },
  ],
};

const ids = (session: Session): string[] => checkSession(session, codes, 'cms').findings.map(({ id }) => id);

test('an empty and a full session have the shape of the schema, and its clinical fields carry marks', () => {
  const validator = createValidator();
  for (const session of [blank, treated]) validator.check(sessionSchema, session, 'session');
  expect(() =>
    validator.check(
      sessionSchema,
      { ...blank, pain: [{ when: 'before', score: 11, part: null, side: null }] },
      'session',
    ),
  ).toThrow();
  const marked = phiFields(sessionSchema).map(({ path }) => path);
  expect(marked).toEqual(
    expect.arrayContaining([
      'date',
      'subjective.words',
      'pain[].score',
      'rangeOfMotion[].degrees',
      'interventions[].name',
      'plan',
    ]),
  );
});

describe('minutes', () => {
  test('33, 7 and 4 timed minutes support three units (CMS Pub 100-04 ch. 5 §20.2)', () => {
    const { units, findings } = checkSession(treated, codes, 'cms');
    expect(units).toMatchObject({ timedMinutes: 44, totalUnits: 3 });
    expect(findings).toEqual([]);
  });

  test('a sum that is another than the recorded one cannot be', () => {
    expect(ids({ ...treated, timedMinutes: 40 })).toEqual(['minutes.timedSum']);
    expect(ids({ ...treated, totalMinutes: 30 })).toEqual(['minutes.totalBelowTimed']);
  });

  test('without minutes of one timed service there is no count, and it is asked for', () => {
    const interventions = [{ ...blankIntervention('bridging'), code: '97110' }];
    const { units, findings } = checkSession({ ...treated, interventions }, codes, 'cms');
    expect(units).toBeNull();
    expect(findings.map(({ id }) => id)).toContain('minutes.missing');
  });

  test('nobody knows how the payer counts: no units, and no guess', () => {
    expect(checkSession(treated, codes, null).units).toBeNull();
  });
});

describe('sides and ranges', () => {
  test('a knee has a side, a lumbar spine has none', () => {
    const motion = { motion: 'flexion' as const, side: null, mode: 'active' as const, degrees: 50 };
    expect(ids({ ...blank, rangeOfMotion: [{ ...motion, part: 'knee' }] })).toEqual(['side.missing']);
    expect(ids({ ...blank, rangeOfMotion: [{ ...motion, part: 'lumbar spine' }] })).toEqual([]);
  });

  test('no joint bends 210 degrees, and own effort does not outdo help', () => {
    const motion = { part: 'knee' as const, motion: 'flexion' as const, side: 'left' as const };
    expect(ids({ ...blank, rangeOfMotion: [{ ...motion, mode: null, degrees: 210 }] })).toEqual(['range.beyond']);
    const both = [
      { ...motion, mode: 'active' as const, degrees: 120 },
      { ...motion, mode: 'passive' as const, degrees: 115 },
    ];
    expect(ids({ ...blank, rangeOfMotion: both })).toEqual(['range.order']);
  });
});

test('what was not understood for sure and what was carried forward is to be looked at', () => {
  const unsure = [{ field: 'sets', why: 'two or three sets' }];
  const interventions = [{ ...blankIntervention('bridging'), code: '97010', unsure, carriedForward: true }];
  expect(ids({ ...blank, interventions })).toEqual(['unsure', 'carriedForward']);
});

test('an assistant is supervised, and how is asked for', () => {
  expect(ids({ ...blank, clinicians: [{ ref: 'usr_2', credential: 'PTA' }] })).toEqual(['supervision.missing']);
});

test('the last session gives treatments to begin with, and no finding, minute or response', () => {
  const measured = { ...treated, pain: [{ when: 'before' as const, score: 5, part: null, side: null }] };
  const next = carryForward(measured, { ref: 'ses_2', date: '2026-05-06', kind: 'treatment' });
  createValidator().check(sessionSchema, next, 'session');
  expect(next.visitNumber).toBe(5);
  expect(next.pain).toEqual([]);
  expect(next.interventions.map(({ name }) => name)).toEqual(treated.interventions.map(({ name }) => name));
  for (const entry of next.interventions)
    expect(entry).toMatchObject({ minutes: null, response: null, carriedForward: true });
  expect(ids(next)).toContain('carriedForward');
});
