// A 278: what is asked, and what the payer's answer means for the event and for each service.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { interchangeOf } from '../testing/claim-samples.ts';
import { answered, requestedEvent, reviewHeader, reviewParties } from '../testing/review-samples.ts';
import { setsIn } from '../testing/sets.ts';
import { askIn, readServiceReviewRequests, readServiceReviewResponses } from './service-reviews.ts';

const receivedAt = '2026-03-02T13:15:00Z';

function setOf(content: readonly string[], version = '005010X217') {
  const [set] = setsIn(interchangeOf(content, '278', version, 'HI'));
  if (set === undefined) throw new Error('There is a transaction set.');
  return set;
}

/** The answer to the request for twelve visits, with the given segments about the event. */
function answerTo(...decided: readonly string[]) {
  const asked = new Map([['TRACE1', { visits: 12, units: null }]]);
  const { reviews, faults } = readServiceReviewResponses(setOf(answered(...decided)), { receivedAt, asked });
  const [review] = reviews;
  if (review === undefined) throw new Error('There is a review.');
  return { ...review, faults };
}

test('a request for twelve visits is read as it was asked', () => {
  const { beginning, reviews, others, faults } = readServiceReviewRequests(
    setOf([...reviewHeader('13'), ...reviewParties, ...requestedEvent]),
  );
  expect([others, faults, reviews.flatMap((review) => review.others)]).toEqual([[], [], []]);
  expect(beginning).toMatchObject({ purpose: '13', reference: 'REQUEST7', date: '2026-03-02' });
  const [review] = reviews;
  expect(review === undefined ? null : askIn(review)).toEqual({
    trace: 'TRACE1',
    payer: { id: '00882', name: 'SUNRISE HEALTH' },
    requester: { organizationName: 'RIVERSIDE PHYSICAL THERAPY', npi: '1999999984', taxId: null },
    patient: {
      given: 'ROBIN',
      family: 'SAMPLE',
      memberId: 'SAMPLE0001',
      groupNumber: null,
      birthDate: '1980-01-01',
      gender: 'female',
    },
    certification: 'R',
    serviceType: 'PT',
    placeOfService: '11',
    from: '2026-03-02',
    to: '2026-04-30',
    diagnoses: ['M5450', 'M6281'],
    visits: 12,
    units: null,
    procedures: [
      { code: '97110', units: 24 },
      { code: '97140', units: null },
    ],
    rendering: { given: 'LEE', family: 'PARK', npi: '1999999976' },
    referring: null,
    previousNumber: 'AUTH100',
    administrativeNumber: null,
    message: null,
  });
});

test.each([
  ['A1', 'approved', true, false],
  ['A2', 'partlyApproved', true, false],
  ['A3', 'denied', true, false],
  ['A4', 'pended', true, false],
  ['A6', 'partlyApproved', true, false],
  ['C', 'cancelled', true, false],
  ['CT', 'pended', false, true],
  ['NA', 'unknown', true, true],
  ['Z9', 'unknown', true, true],
])('the action %s is %s', (action, status, ready, attention) => {
  const { result } = answerTo('UM*HS*I*PT', `HCR*${action}*AUTH1*0V`);
  expect([result.answer.status, result.ready, result.attention]).toEqual([status, ready, attention]);
  expect(result.answer.reasonCodes).toContain('0V');
});

test('a certification in total without a count means what was asked; any other names its own or none', () => {
  expect(answerTo('HCR*A1*AUTH1').result.answer).toMatchObject({
    number: 'AUTH1',
    visitsApproved: 12,
    unitsApproved: null,
  });
  expect(answerTo('HCR*A6*AUTH1').result.answer).toMatchObject({ visitsApproved: null, unitsApproved: null });
});

test('fewer visits than were asked for are a partial approval, whatever the payer calls it', () => {
  expect(answerTo('HCR*A1*AUTH1', 'HSD*VS*8').result.answer).toMatchObject({
    status: 'partlyApproved',
    visitsApproved: 8,
  });
  expect(answerTo('HCR*A1*AUTH1', 'HSD*VS*12').result.answer).toMatchObject({ status: 'approved', visitsApproved: 12 });
});

test.each([
  ['three a week for four weeks', 'HSD*VS*3*WK*1*35*4', 12],
  ['two a day for ten days', 'HSD*VS*2*DA**7*10', 20],
  ['three a week for two months', 'HSD*VS*3*WK**34*2', null],
  ['three every other week for four weeks', 'HSD*VS*3*WK*2*35*4', null],
  ['three a week, nobody says how long', 'HSD*VS*3*WK', null],
])('%s: %s', (_, delivery, visits) => {
  expect(answerTo('HCR*A6*AUTH1', delivery).result.answer.visitsApproved).toBe(visits);
});

test('the certification’s own dates come before those of the event', () => {
  const event = 'DTP*AAH*RD8*20260302-20260430';
  const dated = (...dates: string[]) => {
    const { from, to } = answerTo('HCR*A1*AUTH1', event, ...dates).result.answer;
    return [from, to];
  };
  expect(dated()).toEqual(['2026-03-02', '2026-04-30']);
  expect(dated('DTP*007*RD8*20260305-20260415')).toEqual(['2026-03-05', '2026-04-15']);
  expect(dated('DTP*007*D8*20260305', 'DTP*036*D8*20260420', 'DTP*102*D8*20260304')).toEqual([
    '2026-03-05',
    '2026-04-20',
  ]);
});

test('services are answered each for itself, and together where the event says nothing', () => {
  const { result, services } = answerTo(
    'UM*HS*I*PT',
    'HL*5*4*SS*0',
    'HCR*A1*AUTH1',
    'SV1*HC:97110**UN*24',
    'HL*6*4*SS*0',
    'HCR*A3**0V',
    'SV1*HC:97140**UN*12',
    'MSG*NOT COVERED WITH 97110',
  );
  expect(services.map(({ answer }) => [answer.status, answer.number, answer.unitsApproved])).toEqual([
    ['approved', 'AUTH1', 24],
    ['denied', null, null],
  ]);
  expect(result.answer).toMatchObject({
    status: 'partlyApproved',
    number: 'AUTH1',
    unitsApproved: 24,
    visitsApproved: null,
    reasonCodes: ['0V'],
    reasonText: 'NOT COVERED WITH 97110',
  });
});

test('an event certified in total with a service refused is certified in part', () => {
  const { result } = answerTo('HCR*A1*AUTH1', 'HL*5*4*SS*0', 'HCR*A3', 'SV1*HC:97140');
  expect(result.answer.status).toBe('partlyApproved');
});

test('the payer’s number of a pended request comes along, to ask by it later', () => {
  const { result, trace } = answerTo('HCR*A4', 'REF*NT*PAYER77');
  expect([trace, result.answer.vendorRequestId, result.answer.number]).toEqual(['TRACE1', 'PAYER77', null]);
});

test('a refusal at the subscriber is no denial: nothing was reviewed, and it says what to mend', () => {
  const content = [...reviewHeader('11'), ...reviewParties, 'AAA*N**75*C'].map((segment) =>
    segment === 'HL*3*2*22*1' ? 'HL*3*2*22*0' : segment,
  );
  const ordered = content.toSpliced(-2, 2, 'AAA*N**75*C', 'DMG*D8*19800101*F');
  const { reviews, faults } = readServiceReviewResponses(setOf(ordered), { receivedAt });
  expect(faults).toEqual([]);
  expect(reviews).toHaveLength(1);
  expect(reviews[0]).toMatchObject({
    event: null,
    rejects: [{ at: 'subscriber', code: '75', followUp: 'C', source: 'AAA*N segment 10' }],
    result: { ready: true, attention: true, answer: { status: 'unknown', reasonCodes: ['AAA75'], number: null } },
  });
});

test('a refusal of the event and one of a provider of it are told with the event', () => {
  const { event, result } = answerTo('AAA*N**33*C', 'UM*HS*I*PT', 'NM1*SJ*1*PARK*LEE****XX*1999999976', 'AAA*N**43*C');
  expect(event?.rejects.map(({ at, code }) => [at, code])).toEqual([
    ['event', '33'],
    ['event', '43'],
  ]);
  expect(result).toMatchObject({
    ready: true,
    attention: true,
    answer: { status: 'unknown', reasonCodes: ['AAA33', 'AAA43'] },
  });
});

test('an answer without decision or refusal decides nothing', () => {
  expect(answerTo('UM*HS*I*PT').result).toMatchObject({ ready: false, attention: true, answer: { status: 'unknown' } });
});

test('a dependent is the patient; the answer stands below him, wherever in the file', () => {
  const levels = [
    'HL*5*4*EV*0',
    'TRN*2*TRACE1*9999999984',
    'HCR*A1*AUTH1',
    'HL*4*3*23*1',
    'NM1*QC*1*SAMPLE*JO',
    'DMG*D8*20120505*M',
  ];
  const { reviews, faults } = readServiceReviewResponses(setOf([...reviewHeader('11'), ...reviewParties, ...levels]), {
    receivedAt,
  });
  expect(faults).toEqual([]);
  expect(reviews).toMatchObject([
    { dependent: { given: 'JO' }, subscriber: { given: 'ROBIN' }, result: { answer: { status: 'approved' } } },
  ]);
});

test('a condition and an odd element have no field: each is told with its place', () => {
  const { others } = answerTo('UM*HS*I*PT*11:B*AP', 'HCR*A1*AUTH1', 'CRC*75*Y*S2');
  expect(others.map(({ source, unread }) => [source, unread])).toEqual([
    ['UM*HS segment 13', [5]],
    ['CRC*75 segment 15', [1, 2, 3]],
  ]);
});

const data = join(import.meta.dirname, '../../../../shared/data/x12/cosyte');
const isThere = existsSync(data);

test.skipIf(isThere)(
  'the public service reviews are not there: they are read where ../shared/data stands beside the checkout',
  () => {
    expect(isThere).toBe(false);
  },
);

test.skipIf(!isThere)('the public request and answer are read without a fault', () => {
  const [request] = setsIn(readFileSync(join(data, 'cosyte__x12__278-request.edi')));
  const [response] = setsIn(readFileSync(join(data, 'cosyte__x12__278-response.edi')));
  if (request === undefined || response === undefined) throw new Error('There are transaction sets.');
  const asked = readServiceReviewRequests(request);
  expect([asked.faults, asked.others, asked.reviews[0]?.others]).toEqual([[], [], []]);
  const { reviews, faults } = readServiceReviewResponses(response, { receivedAt });
  expect(faults).toEqual([]);
  expect(reviews[0]?.result.answer).toMatchObject({
    status: 'approved',
    number: 'AUTH123456',
    from: '2026-06-01',
    to: '2026-06-05',
  });
});

test.skipIf(!isThere)(
  'a certified event with a pended service and a level nobody knows is read as far as it goes',
  () => {
    const [set] = setsIn(readFileSync(join(data, 'cosyte__x12__278-comprehensive.edi')));
    if (set === undefined) throw new Error('There is a transaction set.');
    const { reviews, faults, others } = readServiceReviewResponses(set, { receivedAt });
    expect(reviews).toMatchObject([
      { result: { answer: { status: 'approved', number: 'AUTH777' } }, services: [{ answer: { status: 'pended' } }] },
    ]);
    expect(faults.map(({ code }) => code)).toContain('element.invalid');
    expect(others.map(({ source }) => source)).toContain('NM1*1P segment 29');
  },
);
