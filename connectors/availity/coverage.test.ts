// A Coverage in the one form: every plan, every statement with its place, amounts that come as texts, nothing unknown made into a number.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarise } from '../../domain/eligibility/summary.ts';
import { options } from '../../domain/eligibility/testing/read.ts';
import { sampleEligibilityRequest } from '../testing/requests.ts';
import { readAvailityConfig } from './config.ts';
import { measuresOf } from './coverage-amounts.ts';
import { toEligibilityAnswer, toRefusedAnswer } from './coverage-answer.ts';
import { toCoverageForm } from './coverage-request.ts';

const config = readAvailityConfig({ environment: 'demo', scope: 'demo', payers: { 'harbor-health': 'HARBOR1' } });
const asked = sampleEligibilityRequest();
const read = (coverage: object) => toEligibilityAnswer(coverage, asked);
const statementsOf = (coverage: object) => read(coverage).people.flatMap(({ benefits }) => benefits);
const plan = (benefit: object) => ({ plans: [{ benefits: [{ type: 'PT', ...benefit }] }] });

describe('the question', () => {
  test('the day asked about is the day of the visit, the payer goes by Availity’s id, the patient is named as such', () => {
    expect(Object.fromEntries(toCoverageForm(asked, config))).toEqual({
      payerId: 'HARBOR1',
      providerLastName: 'Stride Test Clinic',
      providerNpi: '1999999984',
      providerTaxId: '990000001',
      asOfDate: '2026-12-03',
      toDate: '2026-12-03',
      memberId: 'HBR900100200',
      patientLastName: 'Fenwick-Test',
      patientFirstName: 'Orla',
      patientBirthDate: '1958-03-14',
      patientGender: 'F',
      subscriberRelationship: '18',
      serviceType: 'PT',
    });
  });

  test('a child is asked about as the patient under the member id of the subscriber', () => {
    const dependent = {
      name: { given: 'Ivo', family: 'Fenwick-Test' },
      birthDate: '2014-05-05',
      gender: 'unknown' as const,
      relationship: 'child' as const,
    };
    const form = toCoverageForm({ ...asked, dependent, serviceTypes: ['PT', '30'] }, config);
    expect(form.get('patientFirstName')).toBe('Ivo');
    expect(form.get('memberId')).toBe('HBR900100200');
    expect(form.get('subscriberRelationship')).toBe('19');
    expect(form.get('patientGender')).toBeNull();
    expect(form.getAll('serviceType')).toEqual(['PT', '30']);
  });
});

describe('plans and people', () => {
  test('two plans are two coverages, each with its own dates, group and statements', () => {
    const answer = read({
      updatedDate: '2026-11-20T08:15:00.000+0000',
      asOfDate: '2026-12-03',
      payer: { payerId: 'HARBOR1', name: 'HARBOR', responsePayerId: 'HH-0042', responseName: 'HARBOR HEALTH PLAN' },
      subscriber: { memberId: 'HBR900100200', firstName: 'ORLA', lastName: 'FENWICK-TEST', birthDate: '1958-03-14' },
      patient: { subscriberRelationshipCode: '18' },
      plans: [
        { statusCode: '6', status: 'Inactive', planName: 'Old', groupNumber: 'G1', coverageEndDate: '2025-12-31' },
        {
          statusCode: '1',
          status: 'Active Coverage',
          planName: 'New',
          groupNumber: 'G2',
          eligibilityStartDate: '2026-01-01T00:00:00.000+0000',
          insuranceTypeCode: 'PR',
        },
      ],
    });
    expect(answer.asOf).toBe('2026-11-20T08:15:00.000Z');
    expect(answer.payer).toMatchObject({ id: 'HH-0042', name: 'HARBOR HEALTH PLAN' });
    expect(answer.people).toMatchObject([
      {
        groupNumber: 'G1',
        planName: 'Old',
        memberId: 'HBR900100200',
        name: { given: 'ORLA', family: 'FENWICK-TEST' },
        dates: [{ qualifier: '291', from: null, to: '2025-12-31', source: 'plans[0].coverageEndDate' }],
        benefits: [{ code: '6', serviceTypes: ['30'], source: 'plans[0]' }],
      },
      {
        groupNumber: 'G2',
        birthDate: '1958-03-14',
        dates: [{ qualifier: '307', from: '2026-01-01', to: null, source: 'plans[1].eligibilityStartDate' }],
        benefits: [{ code: '1', insuranceType: 'PR', source: 'plans[1]' }],
      },
    ]);
  });

  test('two plans of one patient make two summaries, the first and the second of two', () => {
    const answer = read({
      subscriber: { memberId: 'HBR900100200', firstName: 'ORLA' },
      plans: [
        { statusCode: '6', planName: 'Old' },
        { statusCode: '1', planName: 'New' },
      ],
    });
    const summaries = summarise(answer, options);
    expect(summaries.map(({ coverage }) => [coverage.index, coverage.of])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(summaries.map(({ active }) => ('value' in active ? active.value : null))).toEqual([false, true]);
  });

  test('the day that was asked about is never taken for the day of the answer', () => {
    expect(read({ asOfDate: '2026-12-03', plans: [] }).asOf).toBeNull();
  });

  test('a dependent is the person answered about', () => {
    const answer = read({
      subscriber: { memberId: 'M1', firstName: 'ORLA', birthDate: '1958-03-14' },
      patient: { firstName: 'IVO', birthDate: '2014-05-05', subscriberRelationshipCode: '19' },
      plans: [{ statusCode: '1' }],
    });
    expect(answer.people).toMatchObject([
      { role: 'dependent', memberId: 'M1', name: { given: 'IVO', family: null }, birthDate: '2014-05-05' },
    ]);
  });
});

describe('statements', () => {
  test('total, remaining and amount of one entry are statements of their own, each with its path', () => {
    const deductible = {
      amount: '1500.00',
      units: 'USD',
      amountTimePeriodCode: '23',
      total: '1500',
      remaining: '412.35',
      remainingTimePeriodCode: '29',
      levelCode: 'IND',
    };
    const found = statementsOf(plan({ amounts: { deductibles: { inNetwork: [deductible] } } }));
    expect(found).toMatchObject([
      {
        code: 'C',
        level: 'IND',
        serviceTypes: ['PT'],
        network: 'Y',
        period: '23',
        amountCents: 150_000,
        source: 'plans[0].benefits[0].amounts.deductibles.inNetwork[0]',
      },
      { period: '29', amountCents: 41_235, source: 'plans[0].benefits[0].amounts.deductibles.inNetwork[0].remaining' },
    ]);
    expect(found).toHaveLength(2);
  });

  test.each([
    ['inNetwork', 'Y'],
    ['outOfNetwork', 'N'],
    ['notApplicableNetwork', 'W'],
    ['noNetwork', null],
  ])('a copayment in %s has network %s', (list, network) => {
    const found = statementsOf(plan({ amounts: { coPayment: { [list]: [{ amount: '30', units: 'USD' }] } } }));
    expect(found).toMatchObject([{ code: 'B', amountCents: 3000, network }]);
  });

  test('a deductible of 0 is 0, one that is left out is nothing', () => {
    const zero = statementsOf(plan({ amounts: { deductibles: { inNetwork: [{ amount: '0', units: 'USD' }] } } }));
    expect(zero).toMatchObject([{ code: 'C', amountCents: 0 }]);
    expect(statementsOf(plan({ amounts: { deductibles: { inNetwork: [] } } }))).toEqual([]);
  });

  test('a limit of visits is a quantity, what is left of it too, and neither is money', () => {
    const limit = {
      quantity: '30',
      quantityQualifierCode: 'VS',
      amountTimePeriodCode: '23',
      remaining: '12',
      authorizationRequired: true,
    };
    expect(statementsOf(plan({ limitations: { notApplicableNetwork: [limit] } }))).toMatchObject([
      { code: 'F', quantityKind: 'VS', quantity: 30, period: '23', amountCents: null, authorization: 'Y' },
      { code: 'F', quantityKind: 'VS', quantity: 12, period: '29', amountCents: null },
    ]);
  });

  test('a dollar limit beside a limit of visits stays money', () => {
    const limit = { amount: '2,500.00', units: 'USD', quantity: '60', quantityQualifierCode: 'P6' };
    expect(statementsOf(plan({ limitations: { noNetwork: [limit] } }))).toMatchObject([
      { amountCents: 250_000, quantity: null },
      { amountCents: null, quantity: 60, quantityKind: 'P6' },
    ]);
  });

  test.each([
    [{ amount: '20', units: 'Percent' }, 0.2],
    [{ amount: '20%', units: 'Percent' }, 0.2],
    [{ amount: '0.2', units: 'Percent' }, 0.2],
    [{ amount: '0', units: 'Percent' }, 0],
    [{ amount: '100', units: 'Percent' }, 1],
    [{ amount: '1', units: 'Percent' }, null],
    [{ amount: '20' }, null],
  ])('coinsurance %j is %s', (entry, percent) => {
    const [found] = statementsOf(plan({ amounts: { coInsurance: { inNetwork: [entry] } } }));
    expect(found).toMatchObject({ code: 'A', percent, amountCents: null });
    if (percent === null) expect(found?.messages[0]).toContain(entry.amount);
  });

  test('"unknown whether" outweighs the flag beside it', () => {
    const entry = { authorizationRequired: false, authorizationRequiredUnknown: true };
    expect(statementsOf(plan({ limitations: { inNetwork: [entry] } }))).toMatchObject([{ authorization: 'U' }]);
  });

  test('a benefit with a name but no code of its type is about no service type, and its name is shown', () => {
    const found = statementsOf({ plans: [{ benefits: [{ name: 'Physical Therapy', status: 'Active Coverage' }] }] });
    expect(found).toMatchObject([{ code: '1', serviceTypes: [], messages: ['Physical Therapy'] }]);
  });

  test('notes of the payer are messages, whichever way they come, and decide nothing', () => {
    const notes = ['LIMITED TO 24 VISITS', { type: 'Note', message: 'CALL FOR DETAILS' }];
    expect(statementsOf(plan({ statusCode: '1', payerNotes: notes }))).toMatchObject([
      { code: '1', messages: ['LIMITED TO 24 VISITS', 'CALL FOR DETAILS'], quantity: null },
    ]);
  });

  test('another payer is kept with its place in the order of benefits', () => {
    const found = statementsOf({
      plans: [
        {
          additionalPayers: [
            { name: 'MILLBROOK PLAN', primary: true },
            { name: 'X', typeCode: 'SEP' },
          ],
        },
      ],
    });
    expect(found).toMatchObject([
      { code: 'R', entities: [{ role: 'PRP', name: 'MILLBROOK PLAN' }] },
      { code: 'R', entities: [{ role: 'SEP' }] },
    ]);
  });
});

describe('refusals', () => {
  test('a member the payer does not find is a refusal of that person, with the payer’s own code', () => {
    const messages = [{ field: 'memberId', code: '75', errorMessage: 'Subscriber HBR900100200 not found' }];
    const answer = read({ statusCode: '19', validationMessages: messages });
    expect(answer.people).toMatchObject([
      { benefits: [], rejects: [{ at: 'subscriber', code: '75', source: 'validationMessages[0]' }] },
    ]);
    expect(JSON.stringify(answer)).not.toContain('not found');
  });

  test.each([
    ['payerId', 'source'],
    ['providerNpi', 'receiver'],
    ['requestingProvider.npi', 'receiver'],
    [null, 'source'],
  ])('a refusal at %s is one of the whole question, at the %s', (field, at) => {
    const answer = read({ validationMessages: [{ field, code: '79' }] });
    expect(answer).toMatchObject({ people: [], rejects: [{ at, code: '79' }] });
  });

  test('codes that are Availity’s own are no refusals of the payer', () => {
    expect(toRefusedAnswer({ errors: [{ field: 'memberId', code: '10021' }, { field: 'payerId' }] }, asked)).toBeNull();
    expect(toRefusedAnswer({ errors: [{ field: 'patientBirthDate', code: '58' }] }, asked)).toMatchObject({
      people: [{ rejects: [{ at: 'subscriber', code: '58', source: 'errors[0]' }] }],
    });
  });
});

test('whatever the wire brings is read without a throw, and every statement points to where it stood', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (one, two, three) => {
      const entry = { amount: one, remaining: two, quantity: three, units: two };
      const coverage = {
        plans: [
          {
            statusCode: one,
            amounts: { coInsurance: { inNetwork: [entry, one] } },
            benefits: [two, { amounts: three }],
          },
        ],
        patient: three,
        validationMessages: [one],
      };
      for (const { benefits } of toEligibilityAnswer(coverage, asked).people)
        for (const { source, percent, quantity, amountCents } of benefits) {
          expect(source).toMatch(/^plans\[0\]/);
          for (const value of [percent, quantity, amountCents])
            expect(value === null || Number.isFinite(value)).toBe(true);
        }
      toEligibilityAnswer(one, asked);
    }),
  );
});

test('money survives as text to cents, to the last cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      expect(measuresOf({ amount: text, units: 'USD' }, 'C')).toMatchObject([{ amountCents: cents }]);
    }),
  );
});
