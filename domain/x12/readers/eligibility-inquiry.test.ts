// What a 270 asks, patient by patient.
import { expect, test } from 'vitest';
import { setsIn } from '../testing/sets.ts';
import { inquiry } from '../testing/samples.ts';
import { told, transactionOf } from '../testing/transactions.ts';
import { readEligibilityInquiries } from './eligibility-inquiry.ts';
import { eligibilityRequestOf } from './requests.ts';

const read = (...content: readonly string[]) =>
  readEligibilityInquiries(transactionOf('270', '005010X279A1', ...content));

const beginning = 'BHT*0022*13*REQUEST1*20260302*0815';
const payer = ['HL*1**20*1', 'NM1*PR*2*SUNRISE*****PI*00882'];
const provider = ['HL*2*1*21*1', 'NM1*1P*2*RIVERSIDE*****XX*1999999984'];
const subscriber = ['HL*3*2*22*1', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001'];

test('who asks whom about whom, for which day and which service types', () => {
  const [set] = setsIn(inquiry.join(''));
  if (set === undefined) throw new Error('no transaction set');
  const { beginning, values, others, faults } = readEligibilityInquiries(set);
  expect({ others, faults }).toEqual({ others: [], faults: [] });
  expect(beginning).toEqual({
    structure: '0022',
    purpose: '13',
    reference: 'REQUEST1',
    date: '2026-03-02',
    time: '0815',
    kind: null,
  });
  expect(values).toMatchObject([
    {
      traces: [{ kind: '1', number: 'TRACE1', assigner: '9SAMPLE001', further: null }],
      informationSource: { role: 'PR', organizationName: 'SUNRISE', id: { qualifier: 'PI', value: '00882' } },
      receiver: { role: '1P', id: { qualifier: 'XX', value: '1999999984' } },
      subscriber: { family: 'ISAAC', given: 'NARCISA', birthDate: '1980-01-01', gender: null },
      dependent: null,
      dates: [{ qualifier: '291', from: '2026-03-02', to: null }],
      questions: [{ serviceTypes: ['PT', '30'], procedure: null }],
      others: [],
      source: 'HL*3 segment 8',
    },
  ]);
});

test('a subscriber asked about beside two dependents makes three inquiries, each with the patient’s own trace and dates', () => {
  const { values, faults } = read(
    ...[beginning, ...payer, ...provider, 'HL*3*2*22*1', 'TRN*1*OWN*9SAMPLE001'],
    ...['NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'EQ*PT'],
    ...['HL*4*3*23*0', 'TRN*1*SPOUSE*9SAMPLE001', 'NM1*03*1*SAMPLE*ALEX', 'INS*N*01', 'DTP*291*D8*20260309', 'EQ*PT'],
    ...['HL*5*3*23*0', 'TRN*1*CHILD*9SAMPLE001', 'NM1*03*1*SAMPLE*SAM', 'INS*N*19', 'EQ*PT^30'],
  );
  expect(faults).toEqual([]);
  const told = values.map(({ traces, subscriber, dependent, dates, questions }) => [
    traces.map(({ number }) => number).join(),
    subscriber?.given,
    dependent?.given ?? null,
    dependent?.insured?.relationship ?? null,
    dates[0]?.from ?? null,
    questions.flatMap(({ serviceTypes }) => serviceTypes),
  ]);
  expect(told).toEqual([
    ['OWN', 'PAT', null, null, null, ['PT']],
    ['SPOUSE', 'PAT', 'ALEX', '01', '2026-03-09', ['PT']],
    ['CHILD', 'PAT', 'SAM', '19', null, ['PT', '30']],
  ]);
});

test('levels are told by their parents: a dependent far from its subscriber, a payer that comes last', () => {
  const { values, faults } = read(
    ...[beginning, 'HL*9*3*23*0', 'NM1*03*1*SAMPLE*SAM', 'EQ*PT'],
    ...['HL*4*2*22*0', 'NM1*IL*1*OTHER*KIM****MI*SAMPLE0002', 'EQ*30'],
    ...['HL*7*8*21*1', 'NM1*1P*2*HILLSIDE*****XX*1999999992'],
    ...['HL*10*7*22*0', 'NM1*IL*1*THIRD*LEE****MI*SAMPLE0003', 'EQ*98'],
    ...subscriber,
    ...['HL*8**20*1', 'NM1*PR*2*MILLBROOK*****PI*00441'],
    ...provider,
    ...payer,
  );
  expect(faults).toEqual([]);
  const told = values.map(({ informationSource, receiver, subscriber, dependent }) =>
    [informationSource, receiver, subscriber, dependent].map(
      (party) => party?.organizationName ?? party?.given ?? null,
    ),
  );
  expect(told).toEqual([
    ['SUNRISE', 'RIVERSIDE', 'PAT', 'SAM'],
    ['SUNRISE', 'RIVERSIDE', 'KIM', null],
    ['MILLBROOK', 'HILLSIDE', 'LEE', null],
  ]);
});

test('a procedure with its modifiers and diagnoses, a spend-down, a place and a date of the question', () => {
  const { values, others } = read(
    ...[beginning, ...payer, ...provider, ...subscriber, 'HI*ABK:M545*ABF:M542', 'DTP*291*RD8*20260301-20260331'],
    ...['EQ**HC:97110:GP:59*IND*HM*1:2', 'AMT*R*37.5', 'III*ZZ*11', 'REF*9F*REFERRAL1', 'DTP*472*D8*20260309'],
  );
  expect(others).toEqual([]);
  expect(values[0]).toMatchObject({
    subscriber: {
      diagnoses: [
        { qualifier: 'ABK', value: 'M545' },
        { qualifier: 'ABF', value: 'M542' },
      ],
    },
    dates: [{ from: '2026-03-01', to: '2026-03-31' }],
    questions: [
      {
        serviceTypes: [],
        procedure: { qualifier: 'HC', value: '97110', modifiers: ['GP', '59'], description: null },
        coverageLevel: 'IND',
        insuranceType: 'HM',
        diagnosisPointers: ['1', '2'],
        amounts: [{ qualifier: 'R', cents: 3750 }],
        places: [{ qualifier: 'ZZ', value: '11' }],
        references: [{ qualifier: '9F', value: 'REFERRAL1' }],
        dates: [{ qualifier: '472', from: '2026-03-09' }],
      },
    ],
    others: [],
  });
});

test('what has no field stands beside the patient as it came', () => {
  const { values, others } = read(
    ...[beginning, 'PLA*1', ...payer, ...provider, 'HL*3*2*22*0'],
    ...['NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001***MAIDEN', 'DMG*D8*19800101*F**M', 'ZZZ*NOTE', 'EQ*PT'],
  );
  expect(values[0]?.others.map(({ id, loop, unread, source }) => [id, loop, unread, source])).toEqual([
    ['NM1', '2100C', [12], 'NM1*IL segment 10'],
    ['DMG', '2100C', [5], 'DMG*D8 segment 11'],
  ]);
  expect(others.map(({ id, loop, elements }) => [id, loop, elements])).toEqual([
    ['PLA', null, ['1']],
    ['ZZZ', null, ['NOTE']],
  ]);
});

test('a patient about whom nothing is asked, a parent that is missing, a date that is none: each is a fault, the rest is read', () => {
  const { values, faults } = read(
    ...[beginning, ...payer, ...provider, 'HL*3*9*22*0', 'NM1*IL*1*SAMPLE*PAT', 'DMG*D8*19801399', 'DTP*291*D8*TODAY'],
  );
  expect(told(faults)).toEqual([
    ...['hl.parent at 8', 'loop.missing at 8', 'element.invalid at 10', 'element.invalid at 11'],
  ]);
  expect(faults.map(({ message }) => message).join()).not.toMatch(/1980|TODAY|PAT/);
  expect(values).toMatchObject([
    { subscriber: { given: 'PAT', birthDate: null }, dates: [{ qualifier: '291', from: null }], questions: [] },
  ]);
  expect(values[0]?.others.map(({ id, unread }) => [id, unread])).toEqual([
    ['DMG', [1, 2]],
    ['DTP', [2, 3]],
  ]);
});

test('a subscriber without any level above is read, with no payer and no provider', () => {
  const { values } = read(beginning, 'HL*1**22*0', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'EQ*PT');
  expect(values).toMatchObject([{ informationSource: null, receiver: null, subscriber: { given: 'PAT' } }]);
});

test('an inquiry that names no day, no trace or no member’s name is no request of Gait’s', () => {
  const whole = read(
    ...[beginning, ...payer, ...provider, 'HL*3*2*22*0', 'TRN*1*T1*9SAMPLE001'],
    ...['NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'DTP*291*D8*20260309', 'EQ*PT'],
  ).values[0];
  if (whole === undefined) throw new Error('no inquiry');
  expect(eligibilityRequestOf(whole)).toMatchObject({ trace: 'T1', serviceDate: '2026-03-09', serviceTypes: ['PT'] });
  expect(eligibilityRequestOf({ ...whole, dates: [] })).toBeNull();
  expect(eligibilityRequestOf({ ...whole, traces: [] })).toBeNull();
  expect(eligibilityRequestOf({ ...whole, subscriber: null })).toBeNull();
});
