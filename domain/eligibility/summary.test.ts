// What a biller may rely on in a benefit summary: every coverage, nothing guessed, nothing taken for zero.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createValidator } from '../../server/http/validation.ts';
import { phiFields } from '../phi/labels.ts';
import { response } from '../x12/testing/eligibility-samples.ts';
import type { EligibilityAnswer } from './answer.ts';
import type { Field } from './fields.ts';
import { fieldNames, isKnown } from './fields.ts';
import { summarise } from './summary.ts';
import { benefitSummarySchema } from './summary-schema.ts';
import { eligibilityAnswer } from './testing/arbitrary.ts';
import { answerIn, options, summariesOf, summaryOf, told } from './testing/read.ts';

const plan = ['EB*1*IND*30*PR*GOLD PPO', 'DTP*346*RD8*20260101-20261231', 'EB*1**PT*PR*GOLD PPO'];

test('a whole answer: each field with its segment, the time of the answer and how sure it is', () => {
  const summary = summaryOf(
    ...plan,
    'EB*C*IND*30***23*1500',
    'EB*C*IND*30***29*400',
    'EB*B*IND*PT***27*25',
    'EB*F*IND*PT***23***VS*30*Y',
    'EB*F*IND*PT***29***VS*12',
    'EB*G*IND*30***29*4000',
  );
  const values = Object.fromEntries(fieldNames.map((name) => [name, summary[name]]));
  expect(values).toMatchObject({
    active: { value: true, source: 'EB*1 segment 15', asOf: '2026-06-01T12:00', confidence: 'high' },
    planName: { value: 'GOLD PPO', confidence: 'high' },
    begins: { value: '2026-01-01', source: 'DTP*346 segment 14' },
    ends: { value: '2026-12-31' },
    therapyCovered: { value: true, confidence: 'high', why: 'payer answered service type PT' },
    copayCents: { value: 2500, source: 'EB*B segment 18' },
    coinsurance: { value: null, unknown: true },
    deductibleCents: { value: 150_000, confidence: 'medium' },
    deductibleLeftCents: { value: 40_000 },
    deductibleMetCents: { value: 110_000, source: 'EB*C segment 16 and EB*C segment 17' },
    outOfPocketLeftCents: { value: 400_000 },
    visitsAllowed: { value: 30, source: 'EB*F segment 19' },
    visitsUsed: { value: 18 },
    visitsLeft: { value: 12, source: 'EB*F segment 20' },
    benefitYear: { value: 'calendarYear' },
    benefitYearResets: { value: '2027-01-01' },
    authorizationRequired: { value: true, source: 'EB*F segment 19' },
    referralRequired: { value: null, unknown: true },
  });
  expect(summary.disclaimer).toMatchObject({
    text: expect.stringContaining('no guarantee') as string,
    asOf: '2026-06-01T12:00',
  });
  expect(summary.patient).toMatchObject({ role: 'subscriber', trace: 'TRACE1', memberId: 'SAMPLE0001' });
});

test('every coverage is a summary of its own, never only the first', () => {
  const summaries = summariesOf(
    'EB*6**30*HM*SILVER HMO',
    'DTP*347*D8*20251231',
    'EB*1**30*PR*GOLD PPO',
    'DTP*346*D8*20260101',
    'EB*C*IND*30*PR*GOLD PPO*29*400',
    'EB*1**30*MB',
    'EB*A**PT*MB****.2',
    'EB*B**PT***27*25',
  );
  expect(
    summaries.map(({ coverage, planName, active }) => [coverage.insuranceType, told(planName), told(active)]),
  ).toEqual([
    ['HM', 'SILVER HMO', false],
    ['PR', 'GOLD PPO', true],
    ['MB', 'unknown: the payer did not state it', true],
  ]);
  const [ended, gold, partB] = summaries;
  expect(ended?.active).toMatchObject({ why: 'coverage ended on 2025-12-31, before 2026-06-15' });
  expect([gold, partB].map((one) => one && told(one.deductibleLeftCents))).toEqual([
    40_000,
    'unknown: the payer did not state it',
  ]);
  expect([gold, partB].map((one) => one && told(one.coinsurance))).toEqual([
    'unknown: the payer did not state it',
    0.2,
  ]);
  // The copay names neither coverage.
  const unsaid = 'unknown: stated at EB*B segment 20 without saying which of the 3 coverages it is of';
  expect([gold, partB].map((one) => one && told(one.copayCents))).toEqual([unsaid, unsaid]);
});

test('a statement that names no plan is of the only coverage in force, and of the one that is about its service', () => {
  const [, current] = summariesOf('EB*6**30*PR*OLD', 'EB*1**30*PR*NEW', 'EB*B**PT***27*30');
  expect(current && told(current.copayCents)).toBe(3000);
  const [medical] = summariesOf('EB*1**30*PR*GOLD', 'EB*1**88*OT*PHARMACY', 'EB*C*IND*30***29*0');
  expect(medical && told(medical.deductibleLeftCents)).toBe(0);
});

test('a description in EB05 makes no second coverage, and a type that only a later statement names is one', () => {
  expect(summariesOf('EB*1**30*PR*GOLD', 'EB*B**PT*PR*SPECIALIST VISIT*27*30')).toHaveLength(1);
  expect(summariesOf('EB*1**30**GOLD', 'EB*1**PT*PR*GOLD', 'EB*1**98')).toHaveLength(1);
  expect(summariesOf('EB*1**30*MA', 'EB*C*IND*30*MB**23*257')).toHaveLength(2);
});

test('coverage that ended before the visit or begins after it is not active that day, whatever the status says', () => {
  const ended = summaryOf('EB*1**30', 'DTP*346*RD8*20250101-20260531').active;
  expect(ended).toMatchObject({
    value: false,
    why: 'coverage ended on 2026-05-31, before 2026-06-15',
    source: 'DTP*346 segment 14',
  });
  const later = summaryOf('EB*1**30', 'DTP*348*D8*20260701').active;
  expect(later).toMatchObject({ value: false, why: 'coverage begins on 2026-07-01, after 2026-06-15' });
});

test("the day asked about, which payers echo, is no beginning; Medicare's single day of the past is one", () => {
  expect(told(summaryOf('DTP*291*D8*20260615', 'EB*1**30').begins)).toMatch(/^unknown/);
  expect(told(summaryOf('DTP*291*D8*20260601', 'EB*1**30').begins)).toMatch(/^unknown/);
  expect(summaryOf('EB*1**30*MB', 'DTP*291*D8*20190301').begins).toMatchObject({
    value: '2019-03-01',
    confidence: 'low',
  });
});

test('of two periods of one plan the one of the visit counts', () => {
  const { active, begins, ends } = summaryOf(
    'EB*1**30*PR*GOLD',
    'DTP*346*RD8*20250101-20251231',
    'EB*1**30*PR*GOLD',
    'DTP*346*RD8*20260101-20261231',
  );
  expect([told(active), told(begins), told(ends)]).toEqual([true, '2026-01-01', '2026-12-31']);
});

test('unknown is never zero, and a real zero is zero', () => {
  const silent = summaryOf('EB*1**30');
  for (const name of fieldNames) {
    const field: Field<unknown> = silent[name];
    if (!isKnown(field)) expect(field.value).toBeNull();
  }
  expect(told(silent.visitsLeft)).toBe('unknown: the payer did not state it');
  expect(told(silent.deductibleLeftCents)).toBe('unknown: the payer did not state it');
  const met = summaryOf('EB*1**30', 'EB*C*IND*30***29*0', 'EB*F**PT***29***VS*0', 'EB*B**PT***27*0', 'EB*A**PT*****0');
  expect([met.deductibleLeftCents, met.visitsLeft, met.copayCents, met.coinsurance].map(told)).toEqual([0, 0, 0, 0]);
  expect(told(summaryOf('EB*C*IND*30***23*0').deductibleLeftCents)).toBe(0);
});

test('an answer about the plan as a whole is graded low, and says nothing of therapy', () => {
  const summary = summaryOf('EB*1**30*PR*GOLD', 'EB*C*IND*30***29*400', 'EB*A**30*****.2');
  const why = 'payer answered service type 30 only';
  expect(summary.active).toMatchObject({ value: true, confidence: 'low', why });
  expect(summary.deductibleLeftCents).toMatchObject({ value: 40_000, confidence: 'low', why });
  expect(summary.coinsurance).toMatchObject({ value: 0.2, confidence: 'low', why });
  expect(told(summary.therapyCovered)).toBe('unknown: payer did not name service type PT');
});

test('the service itself before a wider one before the plan; an office visit tells the copay only', () => {
  const wider = summaryOf('EB*1**30', 'EB*1**AE', 'EB*B**AE***27*40', 'EB*B**30***27*20');
  expect(wider.copayCents).toMatchObject({
    value: 4000,
    confidence: 'medium',
    why: 'payer answered the wider service type AE',
  });
  expect(wider.therapyCovered).toMatchObject({ value: true, confidence: 'medium' });
  const exact = summaryOf('EB*1**PT', 'EB*B**98***27*40', 'EB*B**PT***27*30');
  expect(exact.copayCents).toMatchObject({ value: 3000, confidence: 'high' });
  const office = summaryOf('EB*1**98', 'EB*B**98***27*40', 'EB*F**98***23***VS*10');
  expect(
    [office.copayCents, office.visitsAllowed, office.therapyCovered].map((field) => isKnown<unknown>(field)),
  ).toEqual([true, false, false]);
});

test('visits, units and dollars are three limits', () => {
  const { visitsAllowed, unitsAllowed, dollarCapCents, flags } = summaryOf(
    'EB*1**PT',
    'EB*F**PT***23***VS*30',
    'EB*F**PT***23***P6*120',
    'EB*F**PT***23*2500',
  );
  expect([visitsAllowed, unitsAllowed, dollarCapCents].map(told)).toEqual([30, 120, 250_000]);
  expect(flags).toMatchObject([{ code: 'complexPlan', why: 'Several limits hold at once' }]);
  const units = summaryOf('EB*1**PT', 'EB*F**PT***23***P6*120');
  expect([told(units.visitsAllowed), told(units.unitsAllowed)]).toEqual(['unknown: the payer did not state it', 120]);
});

test('used is counted to date (24), left is remaining (29); a limit for a visit or a week is no yearly one', () => {
  const used = summaryOf('EB*F**PT***23***VS*30', 'EB*F**PT***24***VS*7');
  expect([used.visitsUsed, used.visitsLeft].map(told)).toEqual([7, 23]);
  const weekly = summaryOf('EB*F**PT***35***VS*3', 'EB*F**PT***27***P6*4');
  expect(told(weekly.visitFrequency)).toEqual({ quantity: 3, count: 1, period: 'WK' });
  expect([weekly.visitsAllowed, weekly.unitsAllowed].map((field) => isKnown(field))).toEqual([false, false]);
  expect(weekly.unused.map(({ source }) => source)).toEqual(['EB*F segment 14']);
});

test('visits may be told by a delivery (HSD), with or without how often', () => {
  const total = summaryOf('EB*F**PT', 'HSD*VS*30***22');
  expect([told(total.visitsAllowed), told(total.visitsPeriod)]).toEqual([30, 'serviceYear']);
  const often = summaryOf('EB*F**PT', 'HSD*VS*12*WK*3*34*1');
  expect([told(often.visitsAllowed), told(often.visitFrequency)]).toEqual([
    'unknown: the payer did not state it',
    { quantity: 3, count: 1, period: 'WK' },
  ]);
});

test('no limit is an answer, not unknown', () => {
  const { visitsAllowed, visitsLeft } = summaryOf('EB*1**PT', 'EB*H**PT******VS');
  expect([visitsAllowed, visitsLeft].map(told)).toEqual(['unlimited', 'unlimited']);
});

test('one limit for several disciplines is a pool; a limit for one says nothing of the others', () => {
  const pooled = summaryOf('EB*1**PT', 'EB*F**PT^AD^AF***23***VS*60').pooledWith;
  expect(pooled).toMatchObject({ value: ['AD', 'AF'], source: 'EB*F segment 14', confidence: 'medium' });
  expect(told(summaryOf('EB*F**PT***23***VS*60').pooledWith)).toMatch(/^unknown/);
});

test('what the network changes stands in its set, and at the top only what both have', () => {
  const summary = summaryOf('EB*1**PT', 'EB*B**PT***27*25*****Y', 'EB*A**PT*****.4****N', 'EB*F**PT***23***VS*30**W');
  expect([summary.inNetwork.copayCents, summary.outOfNetwork.copayCents].map(told)).toEqual([
    2500,
    'unknown: the payer did not state it',
  ]);
  expect(told(summary.copayCents)).toBe('unknown: told apart by network: stated in network only');
  expect(told(summary.outOfNetwork.coinsurance)).toBe(0.4);
  expect(
    [summary.visitsAllowed, summary.inNetwork.visitsAllowed, summary.outOfNetwork.visitsAllowed].map(told),
  ).toEqual([30, 30, 30]);
  const apart = summaryOf('EB*B**PT***27*25*****Y', 'EB*B**PT***27*60*****N');
  expect(told(apart.copayCents)).toBe('unknown: told apart by network');
});

test('individual before family, and an amount of no level less surely', () => {
  const both = summaryOf('EB*C*FAM*30***23*3000', 'EB*C*IND*30***23*1500');
  expect([both.deductibleCents, both.deductibleFamilyCents].map(told)).toEqual([150_000, 300_000]);
  expect(told(summaryOf('EB*C*FAM*30***23*3000').deductibleCents)).toMatch(/^unknown/);
  const none = summaryOf('EB*1**PT', 'EB*C**PT***23*1500').deductibleCents;
  expect(none).toMatchObject({
    value: 150_000,
    confidence: 'medium',
    why: expect.stringContaining('individual or family') as string,
  });
});

test('equally exact statements that contradict each other leave the field unknown and name both', () => {
  const { copayCents, flags } = summaryOf('EB*1**PT', 'EB*B**PT***27*25', 'EB*B**PT***27*40');
  expect(told(copayCents)).toBe('unknown: EB*B segment 14 and EB*B segment 15 say different things');
  expect(flags).toMatchObject([{ code: 'contradiction', sources: ['EB*B segment 14', 'EB*B segment 15'] }]);
  const sum = summaryOf('EB*F**PT***23***VS*30', 'EB*F**PT***24***VS*10', 'EB*F**PT***29***VS*5');
  expect(told(sum.visitsLeft)).toMatch(/do not add up/);
});

test('free text decides nothing', () => {
  const text = 'MSG*PHYSICAL THERAPY LIMITED TO 24 VISITS, AUTHORIZATION REQUIRED';
  const summary = summaryOf('EB*1**PT', text, 'EB*F**PT***23***VS*30*N');
  expect([summary.visitsAllowed, summary.authorizationRequired].map(told)).toEqual([30, false]);
  expect(summary.messages).toEqual([{ text: text.slice(4), source: 'EB*1 segment 13' }]);
  const silent = summaryOf('EB*1**PT', text);
  expect([silent.visitsAllowed, silent.authorizationRequired].map((field) => isKnown<unknown>(field))).toEqual([
    false,
    false,
  ]);
});

test('a statement for another place or one procedure is not about a visit', () => {
  const { copayCents, unused } = summaryOf(
    'EB*B**PT***27*90',
    'III*ZZ*22',
    'EB*B**PT***27*25',
    'III*ZZ*11',
    'EB*B**PT***27*10******HC:97110',
  );
  expect(told(copayCents)).toBe(2500);
  expect(unused.map(({ source }) => source)).toEqual(['EB*B segment 13', 'EB*B segment 17']);
});

test('a refused question still gives a summary: all unknown, the refusal with what to do', () => {
  const refused = summaryOf('AAA*N**75*C');
  expect(told(refused.active)).toBe('unknown: the payer refused the question (AAA 75 at AAA*N segment 13)');
  expect(refused.rejects).toMatchObject([{ at: 'subscriber', code: '75', followUp: 'C', actionClass: 'patient' }]);
  expect(refused.rejects[0]?.fix).not.toBe('');
  expect(refused.flags.map(({ code }) => code)).toEqual(['refused']);
  expect(refused.callScript.length).toBeGreaterThan(10);
});

test('a question refused as a whole gives one summary of nobody', () => {
  const answer: EligibilityAnswer = {
    ...answerIn(response()),
    rejects: [{ at: 'receiver', code: '51', followUp: 'C', source: 'AAA*N segment 9' }],
  };
  const [summary, ...more] = summarise(answer, options);
  expect(more).toEqual([]);
  expect(summary).toMatchObject({ patient: null, rejects: [{ code: '51', actionClass: 'provider' }] });
  expect(summary && told(summary.copayCents)).toMatch(/AAA 51/);
});

test('a subscriber of whom nothing is said is not the patient; each dependent is', () => {
  const answer = answerIn(
    response(
      'HL*3*2*22*1',
      'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
      'HL*4*3*23*0',
      'NM1*03*1*SAMPLE*JO',
      'EB*1**30',
      'HL*5*3*23*0',
      'NM1*03*1*SAMPLE*SAM',
      'AAA*N**71*C',
    ),
  );
  expect(summarise(answer, options).map(({ patient, active }) => [patient?.name.given, told(active)])).toEqual([
    ['JO', true],
    ['SAM', 'unknown: the payer refused the question (AAA 71 at AAA*N segment 16)'],
  ]);
});

test('whom to call: those a statement names, then the payer', () => {
  const { contacts } = summaryOf('EB*1**PT', 'LS*2120', 'NM1*X3*2*THERAPY REVIEW', 'PER*IC**TE*8005550122', 'LE*2120');
  expect(contacts).toEqual([
    { who: 'THERAPY REVIEW', role: 'X3', kind: 'TE', value: '8005550122' },
    { who: 'SUNRISE MEDICARE ADVANTAGE', role: 'PR', kind: 'TE', value: '8005550100' },
  ]);
});

const validator = createValidator();

/** Each statement with a source of its own, as every reader gives it. */
function withSources(answer: EligibilityAnswer): EligibilityAnswer {
  let number = 0;
  const people = answer.people.map((person) => ({
    ...person,
    benefits: person.benefits.map((benefit) => ({ ...benefit, source: `EB segment ${number++}` })),
  }));
  return { ...answer, people };
}

test('any answer gives summaries of the published shape, and every amount stands in the statement it names', () => {
  fc.assert(
    fc.property(eligibilityAnswer.map(withSources), (answer) => {
      const benefits = new Map(
        answer.people.flatMap((one) => one.benefits.map((benefit) => [benefit.source, benefit])),
      );
      const summaries = summarise(answer, options);
      expect(summaries.length).toBeGreaterThan(0);
      for (const summary of summaries) {
        validator.check(benefitSummarySchema, summary, 'summary');
        for (const set of [summary.inNetwork, summary.outOfNetwork])
          for (const name of ['copayCents', 'deductibleCents', 'outOfPocketLeftCents', 'dollarCapCents'] as const) {
            const field = set[name];
            if (isKnown(field) && !field.source.includes(' and '))
              expect(benefits.get(field.source)?.amountCents).toBe(field.value);
          }
      }
    }),
    { numRuns: 60 },
  );
});

test('the schema marks every field as coverage', () => {
  const marked = phiFields(benefitSummarySchema).map(({ path }) => path);
  expect(fieldNames.filter((name) => !marked.includes(name) || !marked.includes(`inNetwork.${name}`))).toEqual([]);
});

test('the schema takes no value of another kind, no unknown with a value and no value without its source', () => {
  const summary = summaryOf('EB*1**PT', 'EB*B**PT***27*25');
  const { copayCents } = summary;
  validator.check(benefitSummarySchema, summary, 'summary');
  const refuse = (field: unknown) =>
    expect(() => validator.check(benefitSummarySchema, { ...summary, copayCents: field }, 'summary')).toThrow();
  refuse({ ...copayCents, value: '25' });
  refuse({ value: 0, unknown: true, why: 'nobody said' });
  refuse({ value: 2500, why: 'somebody said' });
});
