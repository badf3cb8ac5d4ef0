// Facts of the Medical Network's JSON, one by one: what goes out, what comes in, and that nothing unreadable is guessed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { sampleClaimStatusRequest, sampleEligibilityRequest } from '../testing/requests.ts';
import { toAnswer } from '../change-healthcare/authorization.ts';
import { toTypedAnswer } from '../stedi/typed-answer.ts';
import { toAcknowledgment } from './acknowledgment.ts';
import { decimal } from './amounts.ts';
import { toClaim } from './claim-request.ts';
import { toClaimStatusAnswer, toClaimStatusRequest } from './claim-status.ts';
import { controlNumberOf } from './control-number.ts';
import { toEligibilityAnswer } from './eligibility-answer.ts';
import { toEligibilityRequest } from './eligibility-request.ts';
import { reasonsOf } from './network.ts';
import { rejectsOf } from './rejects.ts';
import { transactionSetsIn } from './x12-text.ts';

const at = '2026-11-20T08:15:00.000Z';
const sent = { trace: 'CHECK000001', controlNumber: '123456789' };
const words = { key: 'claim.submit/claim_1/1', payers: { 'harbor-health': '00882' }, usage: 'test' as const };
const read = (json: unknown) => toEligibilityAnswer(json, sent, at);

describe('control numbers', () => {
  test('are nine digits, the same for the same question and never all zeros', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(controlNumberOf(name)).toMatch(/^\d{9}$/);
        expect(controlNumberOf(name)).toBe(controlNumberOf(name));
        expect(controlNumberOf(name)).not.toBe('000000000');
      }),
    );
  });
});

describe('a question about coverage', () => {
  test('asks for the day of the visit, with dates of eight digits and the payer’s id at the vendor', () => {
    expect(toEligibilityRequest(sampleEligibilityRequest(), { 'harbor-health': '00882' })).toEqual({
      controlNumber: controlNumberOf('CHECK000001'),
      submitterTransactionIdentifier: 'CHECK000001',
      tradingPartnerServiceId: '00882',
      provider: { organizationName: 'Stride Test Clinic', npi: '1999999984' },
      subscriber: {
        firstName: 'Orla',
        lastName: 'Fenwick-Test',
        dateOfBirth: '19580314',
        gender: 'F',
        memberId: 'HBR900100200',
      },
      encounter: { dateOfService: '20261203', serviceTypeCodes: ['PT'] },
    });
  });
});

describe('an answer about coverage', () => {
  const benefit = (entry: object) => read({ benefitsInformation: [entry] }).people[0]?.benefits[0];

  test('has amounts as text, read to the cent; a part of a cent and a word are unknown, not zero', () => {
    expect(benefit({ code: 'B', benefitAmount: '30' })?.amountCents).toBe(3000);
    expect(benefit({ code: 'B', benefitAmount: '30.5' })?.amountCents).toBe(3050);
    expect(benefit({ code: 'B', benefitAmount: '0' })?.amountCents).toBe(0);
    expect(benefit({ code: 'B', benefitAmount: '30.555' })?.amountCents).toBeNull();
    expect(benefit({ code: 'B', benefitAmount: 'none' })?.amountCents).toBeNull();
    expect(benefit({ code: 'B' })?.amountCents).toBeNull();
  });

  test('has coinsurance as a fraction; twenty where a fraction belongs is unknown', () => {
    expect(benefit({ code: 'A', benefitPercent: '.2' })?.percent).toBe(0.2);
    expect(benefit({ code: 'A', benefitPercent: '0' })?.percent).toBe(0);
    expect(benefit({ code: 'A', benefitPercent: '20' })?.percent).toBeNull();
  });

  test('tells a code it may have, and nothing where the payer says something else', () => {
    expect(benefit({ code: 'F', authOrCertIndicator: 'Y', inPlanNetworkIndicatorCode: 'W' })).toMatchObject({
      authorization: 'Y',
      network: 'W',
    });
    expect(benefit({ code: 'F', authOrCertIndicator: 'X', inPlanNetworkIndicatorCode: '' })).toMatchObject({
      authorization: null,
      network: null,
    });
  });

  test('keeps how often (HSD), places of service (III), references and whom to call', () => {
    expect(
      benefit({
        code: 'F',
        benefitsServiceDelivery: [
          { quantityQualifierCode: 'VS', quantity: '3', sampleSelectionModulus: '1', unitForMeasurementQualifierCode: 'WK', numOfPeriods: '4', timePeriodQualifierCode: '34' },
        ],
        eligibilityAdditionalInformationList: [
          { codeListQualifierCode: 'ZZ', industryCode: '11' },
          { codeListQualifierCode: 'NI', industryCode: '99' },
        ],
        benefitsAdditionalInformation: { priorAuthorizationNumber: 'PA1' },
        benefitsRelatedEntities: [
          {
            entityIdentifier: 'Third-Party Administrator',
            entityName: 'Reviewers',
            contactInformation: { contacts: [{ communicationMode: 'Telephone', communicationNumber: '8005550100' }] },
          },
        ],
      }),
    ).toMatchObject({
      deliveries: [{ unit: 'VS', quantity: 3, frequency: 1, frequencyPeriod: 'WK', periods: 4, period: '34' }],
      places: ['11'],
      references: [{ qualifier: 'G1', value: 'PA1' }],
      entities: [{ role: '2B', name: 'Reviewers', contacts: [{ kind: 'TE', value: '8005550100' }] }],
    });
  }); // prettier-ignore

  test('has dates by name, a day or a period of two', () => {
    const dates = { plan: '20260101-20261231', eligibilityBegin: '20260201', service: 'soon' };
    expect(read({ planDateInformation: dates }).people[0]?.dates).toEqual([
      { qualifier: '291', from: '2026-01-01', to: '2026-12-31', source: 'planDateInformation.plan' },
      { qualifier: '356', from: '2026-02-01', to: null, source: 'planDateInformation.eligibilityBegin' },
    ]);
  });

  test('tells of active coverage once, whether it stands among the benefits or in planStatus alone', () => {
    const planStatus = [{ statusCode: '1', planDetails: 'Gold', serviceTypeCodes: ['30'] }];
    const codes = (json: object) => read(json).people[0]?.benefits.map(({ code, source }) => `${code} ${source}`);
    expect(codes({ planStatus, benefitsInformation: [{ code: '1' }] })).toEqual(['1 benefitsInformation[0]']);
    expect(codes({ planStatus, benefitsInformation: [{ code: 'B' }] })).toEqual([
      '1 planStatus[0]',
      'B benefitsInformation[0]',
    ]);
  });
});

describe('refusals (AAA)', () => {
  const followupAction = 'Please Correct and Resubmit';

  test('stand at the party and at the top, and count once', () => {
    const error = { code: '75', followupAction, location: 'Loop 2100C', field: 'subscriber' };
    expect(rejectsOf({ subscriber: { aaaErrors: [error] }, errors: [error] })).toEqual([
      { at: 'subscriber', code: '75', followUp: 'C', source: 'subscriber.aaaErrors[0]' },
    ]);
  });

  test.each([
    ['Loop 2100A', 'source'],
    ['Loop 2100B', 'receiver'],
    ['Loop 2110C', 'subscriber'],
    ['Loop 2110D', 'dependent'],
  ])('in %s are about the %s', (location, party) => {
    expect(rejectsOf({ errors: [{ code: '42', location }] })).toMatchObject([{ at: party, code: '42' }]);
  });

  test.each([
    ['Resubmission Allowed', 'R'],
    ['Resubmission Not Allowed', 'N'],
    ['Please Resubmit Original Transaction', 'P'],
    ['Please Wait 30 Days and Resubmit', 'W'],
    ['Please Wait 10 Days and Resubmit', 'X'],
    ['S', 'S'],
    ['Call your mother', null],
  ])('want "%s", which is %s', (words, code) => {
    expect(rejectsOf({ errors: [{ code: '72', followupAction: words }] })).toMatchObject([{ followUp: code }]);
  });

  test('are the payer’s: a complaint of the vendor about the form of the request is none', () => {
    expect(rejectsOf({ errors: [{ field: 'controlNumber', description: 'nine digits' }] })).toEqual([]);
    expect(rejectsOf({ errors: [{ code: 'INVALID_REQUEST', location: 'body' }] })).toEqual([]);
  });
});

test('a reason repeats codes and field names of the vendor, never a value', () => {
  const errors = [
    { code: 'Member FENWICK is unknown', field: 'subscriber.memberId' },
    { code: '33', field: 'subscriber.FENWICK' },
    { code: '33', field: 'claimInformation.serviceLines[0].serviceDate' },
  ];
  expect(reasonsOf({ errors })).toEqual([
    { code: 'invalid', field: 'subscriber.memberId' },
    { code: '33' },
    { code: '33', field: 'claimInformation.serviceLines[0].serviceDate' },
  ]);
});

describe('a claim', () => {
  test('goes out with its lines, pointers, modifiers in their order, and the dates a therapy claim needs', () => {
    expect(toClaim(sampleClaim(), words)).toMatchObject({
      tradingPartnerServiceId: '00882',
      usageIndicator: 'T',
      billing: { providerType: 'BillingProvider', employerId: '990000001', organizationName: 'Stride Test Clinic' },
      rendering: { lastName: 'Quill', firstName: 'Dana', taxonomyCode: '225100000X' },
      claimInformation: {
        claimChargeAmount: '180.50',
        claimDateInformation: { initialTreatmentDate: '20261001' },
        claimSupplementalInformation: { priorAuthorizationNumber: 'PA1234567890' },
        healthCareCodeInformation: [
          { diagnosisTypeCode: 'ABK', diagnosisCode: 'M25561' },
          { diagnosisTypeCode: 'ABF', diagnosisCode: 'R262' },
        ],
        serviceLines: [
          {
            serviceDate: '20261102',
            professionalService: {
              procedureCode: '97110',
              lineItemChargeAmount: '120.00',
              serviceUnitCount: '2',
              compositeDiagnosisCodePointers: { diagnosisCodePointers: ['1', '2'] },
            },
            serviceLineDateInformation: { beginTherapyDate: '20261001' },
          },
          { professionalService: { procedureModifiers: ['GP', '59'], lineItemChargeAmount: '60.50' } },
        ],
      },
    });
  });

  test('is the same body for the same key, and another number for another', () => {
    expect(toClaim(sampleClaim(), words)).toEqual(toClaim(sampleClaim(), words));
    expect(toClaim(sampleClaim(), { ...words, key: 'claim.submit/claim_1/2' })).not.toEqual(
      toClaim(sampleClaim(), words),
    );
  });

  test('that lacks what the vendor demands is told by every path, and is not made up', () => {
    const [line] = sampleClaim().lines;
    if (line === undefined) throw new Error('the sample claim has lines');
    const claim = sampleClaim({ filingCode: null, lines: [{ ...line, units: null, diagnosisPointers: [] }] });
    expect(toClaim(claim, words)).toEqual({
      missing: ['filingCode', 'lines[0].units', 'lines[0].diagnosisPointers'],
    });
  });

  test('that says what the JSON has no place for is told by every path', () => {
    const [line] = sampleClaim().lines;
    if (line === undefined) throw new Error('the sample claim has lines');
    const claim = sampleClaim({
      notes: [{ kind: 'PMT', text: 'x' }],
      dates: [{ qualifier: '999', from: '2026-10-01', to: null }],
      lines: [{ ...line, references: [{ qualifier: 'X4', value: 'C1' }] }],
    });
    expect(toClaim(claim, words)).toEqual({ unsupported: ['dates[0]', 'notes[0]', 'lines[0].references'] });
  });

  test('has amounts with two decimals', () => {
    expect([0, 5, 50, 500, 12_345].map(decimal)).toEqual(['0.00', '0.05', '0.50', '5.00', '123.45']);
  });
});

describe('a claim status', () => {
  test('needs the member id', () => {
    const { subscriber } = sampleClaimStatusRequest();
    const request = sampleClaimStatusRequest({ subscriber: { ...subscriber, memberId: null } });
    expect(toClaimStatusRequest(request, {})).toEqual({ missing: ['subscriber.memberId'] });
  });

  test('with three statuses side by side is read as three', () => {
    const claimStatus = {
      statusCategoryCode: 'R3',
      statusCode: '297',
      secondaryStatusCategoryCode: 'R4',
      secondaryStatusCode: '294',
      tertiaryStatusCategoryCode: 'P3',
      tertiaryStatusCode: '20',
      claimServiceDate: '20261102-20261103',
    };
    const { claims } = toClaimStatusAnswer({ claims: [{ claimStatus }] }, sent);
    expect(claims[0]).toMatchObject({ from: '2026-11-02', to: '2026-11-03' });
    expect(claims[0]?.statuses.map(({ category, code }) => [category, code])).toEqual([
      ['R3', '297'],
      ['R4', '294'],
      ['P3', '20'],
    ]);
  });
});

test('an authorization certified for fewer visits than asked is partly approved, and an unknown code decides nothing', () => {
  const asked = { visits: 12, units: null };
  const answer = (event: object) => toAnswer({ patientEventDetail: event }, 'a1', asked, at);
  const certified = { certificationActionCode: 'A1', quantityQualifier: 'VS' };
  expect(answer({ ...certified, serviceUnitCount: '12' }).status).toBe('approved');
  expect(answer({ ...certified, serviceUnitCount: '8' })).toMatchObject({
    status: 'partlyApproved',
    visitsApproved: 8,
  });
  expect(answer({ certificationActionCode: 'A9' })).toMatchObject({ status: 'unknown', visitsApproved: null });
  expect(answer({}).status).toBe('pended');
});

test('whatever comes over the wire, reading it never fails', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        benefitsInformation: fc.jsonValue(),
        planStatus: fc.jsonValue(),
        planDateInformation: fc.jsonValue(),
        dependents: fc.jsonValue(),
        subscriber: fc.jsonValue(),
        errors: fc.jsonValue(),
        claims: fc.jsonValue(),
        transactions: fc.jsonValue(),
        plans: fc.array(
          fc.record({ benefits: fc.dictionary(fc.constantFrom('statuses', 'deductible'), fc.jsonValue()) }),
        ),
        patientEventDetail: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(anything, fc.string(), (json, text) => {
      read(json);
      rejectsOf(json);
      reasonsOf(json);
      toClaimStatusAnswer(json, sent);
      toAcknowledgment(json);
      toTypedAnswer(json, at);
      toAnswer(json, null, { visits: null, units: null }, at);
      transactionSetsIn(text);
    }),
    { numRuns: 500 },
  );
});
