// The call asks what is unknown and needed, nothing else; its answers complete the summary and overwrite nothing silently.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createValidator } from '../../server/http/validation.ts';
import { askedFields, callFormSchema, callScriptOf, completeByCall, openFields, setOfClinic } from './call-script.ts';
import { fieldNames, isFieldName, isKnown } from './fields.ts';
import { summarise } from './summary.ts';
import type { BenefitSummary } from './summary-schema.ts';
import { benefitSummarySchema } from './summary-schema.ts';
import { eligibilityAnswer } from './testing/arbitrary.ts';
import { options, summaryOf, told } from './testing/read.ts';

const call = { by: 'usr_1', at: '2026-06-02T15:00:00.000Z', reference: 'R77' };
const validator = createValidator();

function asked({ callScript }: Pick<BenefitSummary, 'callScript'>): string[] {
  return callScript.map(({ field }) => field);
}

test('where nothing is known everything is asked, in the order of a call, the reference number last', () => {
  const refused = summaryOf('AAA*N**42*R');
  expect(asked(refused)).toEqual([
    ...askedFields.filter((field) => !['unitsLeft', 'dollarLeftCents'].includes(field)),
    'answeredBy',
    'calledOn',
    'reference',
  ]);
  expect(refused.callScript[0]?.ask).toBe('Is the coverage active on 2026-06-15?');
});

describe('what the known makes needless', () => {
  const whole = ['EB*1**PT', 'EB*C*IND*30***23*500', 'EB*C*IND*30***29*0', 'EB*G*IND*30***29*900'];
  test('with a copay no coinsurance, with a limit in visits none in units or dollars', () => {
    const fields = asked(summaryOf(...whole, 'EB*B**PT***27*25', 'EB*F**PT***23***VS*30*N'));
    expect(fields).toEqual([
      ...['clinicInNetwork', 'visitsLeft', 'pooledWith', 'deductibleVisitsCount', 'referralRequired'],
      ...['answeredBy', 'calledOn', 'reference'],
    ]);
  });
  test('without a limit nothing about one', () => {
    const fields = asked(summaryOf(...whole, 'EB*H**PT******VS'));
    expect(fields.filter((field) => /visits|units|dollar|pooled/i.test(field))).toEqual([]);
  });
  test('a plan that counts in units is asked for the units left', () => {
    const fields = asked(summaryOf(...whole, 'EB*F**PT***23***P6*60'));
    expect(fields.filter((field) => /visits(Allowed|Left)|units|dollar/.test(field))).toEqual(['unitsLeft']);
  });
  test('where nothing is covered, nothing at all', () => {
    expect(asked(summaryOf('EB*6**30'))).toEqual([]);
    expect(asked(summaryOf('EB*1**30', 'EB*I**PT'))).toEqual([]);
  });
});

test('of any answer exactly the open fields are asked, and nothing that is known', () => {
  fc.assert(
    fc.property(eligibilityAnswer, (answer) => {
      for (const summary of summarise(answer, options)) {
        const fields = asked(summary).filter(isFieldName);
        const set = setOfClinic(summary);
        expect(fields).toEqual(openFields(summary));
        expect(fields.filter((field) => isKnown<unknown>(set[field]))).toEqual([]);
        const covered = ![set.active, set.therapyCovered].some((field) => isKnown(field) && !field.value);
        const always = [
          'active',
          'therapyCovered',
          'deductibleCents',
          'deductibleLeftCents',
          'authorizationRequired',
        ] as const;
        if (covered) for (const field of always) expect(fields.includes(field)).toBe(!isKnown<unknown>(set[field]));
      }
    }),
    { numRuns: 60 },
  );
});

test('the answers of a call make the unknown known, and only what is still unknown is asked again', () => {
  const summary = summaryOf('EB*1**PT', 'EB*B**PT***27*25');
  const completed = completeByCall(
    summary,
    { visitsAllowed: 30, visitsLeft: 0, pooledWith: null, authorizationRequired: false },
    call,
  );
  expect(completed.visitsLeft).toEqual({
    value: 0,
    source: 'call',
    asOf: call.at,
    confidence: 'medium',
    why: 'the payer said it on the phone, call R77',
  });
  expect(told(completed.inNetwork.authorizationRequired)).toBe(false);
  expect(asked(completed)).toContain('pooledWith');
  expect(asked(completed)).not.toContain('visitsLeft');
  expect(completed.calls).toEqual([call]);
  validator.check(benefitSummarySchema, completed, 'summary');
});

test('a call that says something else than the electronic answer keeps both and raises a flag', () => {
  const completed = completeByCall(summaryOf('EB*1**PT', 'EB*B**PT***27*25'), { copayCents: 4000 }, call);
  expect(completed.copayCents).toMatchObject({
    value: 2500,
    source: 'EB*B segment 14',
    contradictedBy: { value: 4000, source: 'call' },
  });
  expect(completed.flags).toMatchObject([
    { code: 'contradiction', why: 'The call and the electronic answer say different things' },
  ]);
  validator.check(benefitSummarySchema, completed, 'summary');
  const same = completeByCall(summaryOf('EB*1**PT', 'EB*B**PT***27*25'), { copayCents: 2500 }, call);
  expect(same.copayCents).not.toHaveProperty('contradictedBy');
  expect(same.flags).toEqual([]);
});

test('a call settles what the answer contradicted itself about', () => {
  const torn = summaryOf('EB*1**PT', 'EB*B**PT***27*25', 'EB*B**PT***27*40');
  expect(torn.flags.map(({ code }) => code)).toEqual(['contradiction']);
  const settled = completeByCall(torn, { copayCents: 4000 }, call);
  expect([told(settled.copayCents), settled.flags]).toEqual([4000, []]);
});

test('an answer of another kind is refused by its field, never by its value', () => {
  const summary = summaryOf('EB*1**PT');
  for (const answers of [
    { copayCents: '25' },
    { visitsLeft: -1 },
    { coinsurance: 20 },
    { active: 'yes' },
    { nonsense: 1 },
  ])
    expect(() => completeByCall(summary, answers, call)).toThrow(
      expect.objectContaining({ code: 'input.invalid', where: Object.keys(answers)[0] }) as Error,
    );
});

test('the form of a script takes what the script asks, and null for what the payer could not say', () => {
  const schema = callFormSchema(callScriptOf(summaryOf('EB*1**PT')));
  validator.check(schema, { visitsAllowed: 30, copayCents: null, reference: 'R77', calledOn: '2026-06-02' }, 'form');
  expect(() => validator.check(schema, { active: true }, 'form')).toThrow();
  expect(() => validator.check(schema, { visitsAllowed: 'many' }, 'form')).toThrow();
});

test('fields that no call asks about are those a payer answers by itself or nobody needs on the phone', () => {
  expect(fieldNames.filter((name) => !askedFields.includes(name))).toEqual([
    ...['planName', 'begins', 'ends', 'deductibleMetCents', 'deductibleFamilyCents', 'deductibleFamilyMetCents'],
    ...['deductibleFamilyLeftCents', 'outOfPocketCents', 'outOfPocketMetCents', 'outOfPocketFamilyCents'],
    ...['outOfPocketFamilyMetCents', 'outOfPocketFamilyLeftCents', 'visitsUsed', 'visitsPeriod', 'visitFrequency'],
    ...['unitsUsed', 'dollarUsedCents'],
  ]);
});
