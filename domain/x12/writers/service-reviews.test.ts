// Authorization requests as a 278: what is written is read back, written again it is the same text, and what has no room is named.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuthorizationRequest } from '../../authorization/request-schema.ts';
import { askIn, readServiceReviewRequests } from '../readers/service-reviews.ts';
import { askOf, leftOut } from '../service-review-ask.ts';
import { date, maybe, words } from '../testing/claim-arbitrary.ts';
import { read } from '../testing/samples.ts';
import { setsIn } from '../testing/sets.ts';
import { writeInterchange } from '../writer.ts';
import type { WrittenSet } from '../writer.ts';
import {
  writeServiceReviewAsk,
  writeServiceReviewCancel,
  writeServiceReviewInquiry,
  writeServiceReviewRequest,
} from './service-reviews.ts';

const header = { control: '0001', reference: 'REQUEST7', date: '2026-03-02', time: '0815' };

function textOf(set: WrittenSet): string {
  return writeInterchange(
    {
      sender: { qualifier: 'ZZ', id: 'CLINIC' },
      receiver: { qualifier: 'ZZ', id: 'PAYER' },
      groupSender: 'CLINIC',
      groupReceiver: 'PAYER',
      groupCode: 'HI',
      interchangeControl: 7,
      groupControl: 7,
      date: '2026-03-02',
      time: '0815',
      usage: 'test',
      acknowledge: false,
    },
    [set],
  );
}

function reviewsIn(text: string) {
  const [set] = setsIn(text);
  if (set === undefined) throw new Error('There is a transaction set.');
  return readServiceReviewRequests(set);
}

const request: AuthorizationRequest = {
  kind: 'renewal',
  period: 2,
  patient: { name: { given: 'Robin', family: 'Sample' }, birthDate: '1980-01-01', gender: 'female' },
  coverage: {
    payerId: '00882',
    payerName: 'Sunrise Health',
    memberId: 'SAMPLE0001',
    groupNumber: null,
    planName: null,
  },
  provider: { organizationName: 'Riverside Physical Therapy', npi: '1999999984', taxId: '99-0000001' },
  renderingProvider: { name: 'Lee Ann Park', npi: '1999999976' },
  referringProvider: null,
  service: {
    serviceTypeCode: 'PT',
    placeOfService: '11',
    from: '2026-03-02',
    to: '2026-04-30',
    visits: 12,
    units: null,
    frequency: '3 a week for 4 weeks',
    procedures: [{ code: '97110', units: 24 }],
    diagnoses: [{ code: 'M54.50' }],
  },
  clinical: { evaluationDate: '2026-02-27', limitations: null, goals: null, progress: null, outcomeMeasures: [] },
  previousAuthorizationNumber: 'AUTH100',
};

const clinician = maybe(fc.record({ name: words, npi: maybe(fc.constantFrom('1999999976')) }));
const count = fc.integer({ min: 1, max: 999 });
const longText = fc.string({ unit: fc.constantFrom('a', 'b ', ':', '*', '~', '^', '\n', 'é', '. '), maxLength: 200 });

const anyRequest: fc.Arbitrary<AuthorizationRequest> = fc.record({
  kind: fc.constantFrom('initial', 'renewal', 'appeal'),
  period: fc.integer({ min: 1, max: 9 }),
  patient: fc.record({
    name: fc.record({ given: words, family: words }),
    birthDate: maybe(date),
    gender: fc.constantFrom('female', 'male', 'other', 'unknown'),
  }),
  coverage: fc.record({
    payerId: fc.constantFrom('00882', 'SUNRISE'),
    payerName: words,
    memberId: maybe(fc.stringMatching(/^[A-Z0-9]{1,20}$/)),
    groupNumber: maybe(fc.stringMatching(/^[A-Z0-9]{1,20}$/)),
    planName: maybe(words),
  }),
  provider: fc.record({
    organizationName: words,
    npi: fc.constantFrom('1999999984'),
    taxId: maybe(fc.constantFrom('990000001', '99-0000001')),
  }),
  renderingProvider: clinician,
  referringProvider: clinician,
  service: fc.record({
    serviceTypeCode: fc.constantFrom('PT', 'AE'),
    placeOfService: fc.constantFrom('11', '12'),
    from: maybe(date),
    to: maybe(date),
    visits: maybe(count),
    units: maybe(count),
    frequency: maybe(words),
    procedures: fc.array(fc.record({ code: fc.constantFrom('97110', '97140'), units: maybe(count) }), { maxLength: 4 }),
    diagnoses: fc.array(fc.record({ code: fc.constantFrom('M54.50', 'M6281', 'S83.511A') }), { maxLength: 12 }),
  }),
  clinical: fc.record({
    evaluationDate: maybe(date),
    limitations: maybe(longText),
    goals: maybe(longText),
    progress: maybe(longText),
    outcomeMeasures: fc.array(fc.record({ measure: words, score: fc.integer(), date }), { maxLength: 2 }),
    appealReason: maybe(longText),
  }),
  previousAuthorizationNumber: maybe(fc.stringMatching(/^[A-Z0-9]{1,20}$/)),
});

test('any request is read back as it was asked, and written again it is the same text', () => {
  fc.assert(
    fc.property(anyRequest, fc.boolean(), (asked, revises) => {
      const ask = askOf(asked, 'TRACE1', revises);
      const text = textOf(writeServiceReviewRequest(header, asked, 'TRACE1', revises));
      const { reviews, faults, others } = reviewsIn(text);
      expect([faults, others, reviews.flatMap((review) => review.others)]).toEqual([[], [], []]);
      const back = reviews.map(askIn);
      expect(back).toEqual([ask]);
      for (const one of back) if (one !== null) expect(textOf(writeServiceReviewAsk(header, one))).toBe(text);
    }),
    { numRuns: 200 },
  );
}, 60_000);

test.each([
  ['initial', false, 'I'],
  ['renewal', false, 'R'],
  ['appeal', false, '2'],
  ['renewal', true, 'S'],
] as const)('a %s request (revising: %s) is certified as %s', (kind, revises, code) => {
  const text = textOf(writeServiceReviewRequest(header, { ...request, kind }, 'TRACE1', revises));
  expect(text).toContain(`~UM*HS*${code}*PT*11:B~`);
  expect(text).toContain('~BHT*0007*13*REQUEST7*20260302*0815~');
});

test('the file has nothing wrong with it by the rules of envelopes and loops', () => {
  for (const set of [
    writeServiceReviewRequest(header, request, 'TRACE1'),
    writeServiceReviewInquiry(header, request, 'TRACE2', { authorizationNumber: null, administrativeNumber: 'P77' }),
  ])
    expect(read(textOf(set), [], 'transactions').findings).toEqual([]);
});

test('an inquiry asks by the payer’s number of the request and by patient and dates', () => {
  const set = writeServiceReviewInquiry(header, request, 'TRACE2', {
    authorizationNumber: null,
    administrativeNumber: 'P77',
  });
  const text = textOf(set);
  expect(set.version).toBe('005010X215');
  for (const segment of ['BHT*0007*28*REQUEST7*20260302*0815', 'REF*NT*P77', 'DTP*AAH*RD8*20260302-20260430'])
    expect(text).toContain(`~${segment}~`);
  expect(text).not.toContain('REF*BB');
  expect(text).not.toContain('HL*5');
});

test('a cancellation names the authorization it takes back; without a number of the payer there is none', () => {
  const numbers = { authorizationNumber: 'AUTH200', administrativeNumber: null };
  const text = textOf(writeServiceReviewCancel(header, request, 'TRACE3', numbers));
  expect(text).toContain('~UM*HS*3*PT*11:B~REF*BB*AUTH200~');
  const none = { authorizationNumber: null, administrativeNumber: null };
  expect(() => writeServiceReviewCancel(header, request, 'TRACE3', none)).toThrowError(
    /only by a number the payer gave/,
  );
});

test('what the one message of a 278 has no room for is named, so that it reaches the payer otherwise', () => {
  const limitations = 'cannot climb stairs '.repeat(20);
  const long = { ...request, clinical: { ...request.clinical, limitations, goals: 'stairs' } };
  expect(leftOut(request)).toEqual([]);
  expect(leftOut(long)).toEqual(['clinical.limitations']);
  expect(askOf(long, 'TRACE1').message).toBe('Frequency 3 a week for 4 weeks. Evaluation 2026-02-27. Goals stairs');
});

test('a provider without any number and a patient without a family name cannot ask', () => {
  const nobody = { ...request, provider: { ...request.provider, npi: null, taxId: null } };
  expect(() => writeServiceReviewRequest(header, nobody, 'TRACE1')).toThrowError(/neither an NPI nor a tax id/);
  const nameless = { ...request, patient: { ...request.patient, name: { given: 'Robin', family: ' ' } } };
  expect(() => writeServiceReviewRequest(header, nameless, 'TRACE1')).toThrowError(/missing/);
});
