// What a 271 says, level by level: nobody, no statement and no refusal is lost.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { response, responseOf, subscriberWith } from '../testing/eligibility-samples.ts';
import { setsIn } from '../testing/sets.ts';
import { readEligibilityResponse } from './eligibility-response.ts';

function read(text: string | Uint8Array) {
  const [set] = setsIn(text);
  if (set === undefined) throw new Error('the sample holds no transaction set');
  return readEligibilityResponse(set);
}

test('a statement with all that may stand below it', () => {
  const { answer, faults } = read(
    response(
      'HL*3*2*22*0',
      'TRN*2*TRACE1*9SAMPLE001',
      'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
      'REF*1L*GROUP7',
      'DMG*D8*19800101*F',
      'DTP*346*RD8*20260101-20261231',
      'EB*F*IND*PT^AD*HM*GOLD PPO*23*2500.5*.2*VS*30*Y*Y*HC:97110:GP:59',
      'HSD*VS*3*WK**34*6',
      'REF*G1*AUTH1',
      'DTP*348*D8*20260201',
      'MSG*COMBINED WITH OCCUPATIONAL THERAPY',
      'MSG*CALL FOR DETAILS',
      'III*ZZ*11',
      'LS*2120',
      'NM1*PRP*2*MILLBROOK PLAN*****PI*00441',
      'PER*IC**TE*8005550111*UR*EXAMPLE.ORG',
      'NM1*P3*1*CURTIS*ANA',
      'LE*2120',
      'EB*1**30',
    ),
  );
  expect(faults).toEqual([]);
  expect(answer).toMatchObject({
    wire: 'x12.271',
    asOf: '2026-06-01T12:00',
    payer: {
      id: '00882',
      name: 'SUNRISE MEDICARE ADVANTAGE',
      contacts: [{ kind: 'TE', value: '8005550100' }],
    },
    rejects: [],
  });
  const [person] = answer.people;
  expect(person).toMatchObject({
    role: 'subscriber',
    trace: 'TRACE1',
    name: { given: 'PAT', family: 'SAMPLE' },
    memberId: 'SAMPLE0001',
    groupNumber: 'GROUP7',
    birthDate: '1980-01-01',
    dates: [{ qualifier: '346', from: '2026-01-01', to: '2026-12-31', source: 'DTP*346 segment 14' }],
    source: 'NM1*IL segment 11',
  });
  expect(person?.benefits).toHaveLength(2);
  expect(person?.benefits[0]).toEqual({
    code: 'F',
    level: 'IND',
    serviceTypes: ['PT', 'AD'],
    insuranceType: 'HM',
    planName: 'GOLD PPO',
    period: '23',
    amountCents: 250_050,
    percent: 0.2,
    quantityKind: 'VS',
    quantity: 30,
    authorization: 'Y',
    network: 'Y',
    procedure: { code: '97110', modifiers: ['GP', '59'] },
    dates: [{ qualifier: '348', from: '2026-02-01', to: null, source: 'DTP*348 segment 18' }],
    references: [{ qualifier: 'G1', value: 'AUTH1' }],
    deliveries: [{ unit: 'VS', quantity: 3, frequencyPeriod: 'WK', frequency: null, period: '34', periods: 6 }],
    messages: ['COMBINED WITH OCCUPATIONAL THERAPY', 'CALL FOR DETAILS'],
    entities: [
      {
        role: 'PRP',
        name: 'MILLBROOK PLAN',
        id: { qualifier: 'PI', value: '00441' },
        contacts: [
          { kind: 'TE', value: '8005550111' },
          { kind: 'UR', value: 'EXAMPLE.ORG' },
        ],
        source: 'NM1*PRP segment 23',
      },
      { role: 'P3', name: 'ANA CURTIS', id: null, contacts: [], source: 'NM1*P3 segment 25' },
    ],
    places: ['11'],
    source: 'EB*F segment 15',
  });
});

test('a dependent belongs to the subscriber its level names, wherever in the file it stands', () => {
  const { answer } = read(
    response(
      'HL*3*2*22*1',
      'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
      'HL*4*2*22*0',
      'NM1*IL*1*OTHER*KIM****MI*SAMPLE0002',
      'EB*1**30',
      'HL*5*3*23*0',
      'TRN*2*TRACE5*9SAMPLE001',
      'NM1*03*1*SAMPLE*JO',
      'EB*6**30',
    ),
  );
  expect(answer.people.map(({ role, name, benefits }) => [role, name.given, benefits.map(({ code }) => code)])).toEqual(
    [
      ['subscriber', 'PAT', []],
      ['dependent', 'JO', ['6']],
      ['subscriber', 'KIM', ['1']],
    ],
  );
});

test('refusals are read at every level, each with whose data was not accepted', () => {
  const { answer } = read(
    responseOf(
      'AAA*N**42*R',
      'HL*1**20*1',
      'AAA*N**79*C',
      'NM1*PR*2*SUNRISE*****PI*00882',
      'AAA*Y**42*Y',
      'HL*2*1*21*1',
      'NM1*1P*2*RIVERSIDE*****XX*1999999984',
      'AAA*N**51*C',
      'HL*3*2*22*1',
      'NM1*IL*1*SAMPLE*PAT',
      'AAA*N**75*C',
      'HL*4*3*23*0',
      'NM1*03*1*SAMPLE*JO',
      'AAA*N**68*C',
      'EB*V',
      'AAA*N**62',
    ),
  );
  const codes = (rejects: readonly { at: string; code: string; followUp: string | null }[]) =>
    rejects.map(({ at, code, followUp }) => [at, code, followUp]);
  expect(codes(answer.rejects)).toEqual([
    ['source', '42', 'R'],
    ['source', '79', 'C'],
    ['source', '42', 'Y'],
    ['receiver', '51', 'C'],
  ]);
  expect(answer.people.map(({ rejects }) => codes(rejects))).toEqual([
    [['subscriber', '75', 'C']],
    [
      ['dependent', '68', 'C'],
      ['dependent', '62', null],
    ],
  ]);
});

test('what a payer leaves out is null, and an amount of zero is zero', () => {
  const [person] = read(subscriberWith('EB*C*IND*30***29*0', 'EB*1')).answer.people;
  expect(person?.benefits[0]).toMatchObject({ amountCents: 0, percent: null, quantity: null, network: null });
  expect(person?.benefits[1]).toMatchObject({ serviceTypes: [], amountCents: null });
});

test('twenty percent is read from a fraction and from the percentage some payers send', () => {
  const [person] = read(subscriberWith('EB*A**PT*****.2', 'EB*A**PT*****20', 'EB*A**PT*****1', 'EB*A**PT*****200'))
    .answer.people;
  expect(person?.benefits.map(({ percent }) => percent)).toEqual([0.2, 0.2, 1, null]);
});

test('an element that cannot be read is named without its value, and the rest of the statement stays', () => {
  const { answer, faults } = read(
    subscriberWith('DTP*346*D8*20261350', 'EB*B**PT***27*TWENTY**VS*MANY*X*Z', 'EB**IND', 'MSG*NOTE'),
  );
  expect(answer.people[0]?.benefits[0]).toMatchObject({ code: 'B', period: '27', amountCents: null, network: null });
  expect(answer.people[0]?.benefits[1]).toMatchObject({ code: '', level: 'IND', messages: ['NOTE'] });
  expect(faults.map(({ code, message, place }) => [code, message, place.segment])).toEqual([
    ['element.invalid', 'DTP03 is no date.', 13],
    ['element.invalid', 'EB07 is no amount.', 14],
    ['element.invalid', 'EB10 is no number.', 14],
    ['element.invalid', 'EB11 is no code of its list.', 14],
    ['element.invalid', 'EB12 is no code of its list.', 14],
    ['element.missing', 'EB01, what the statement says, is missing.', 15],
  ]);
  expect(JSON.stringify(faults)).not.toMatch(/TWENTY|MANY/);
});

const corpus = join(import.meta.dirname, '../../../../shared/data/x12');
const isThere = existsSync(corpus);

test.skipIf(!isThere)('no refusal and no statement of the public responses is lost', () => {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /271[^/]*$/.test(name));
  expect(files.length).toBeGreaterThanOrEqual(20);
  for (const file of files) {
    const sets = setsIn(readFileSync(join(corpus, file))).filter(({ type }) => type === '271');
    const count = (id: string) =>
      sets.flatMap(({ segments }) => segments.filter((segment) => segment.id === id)).length;
    const answers = sets.map((set) => readEligibilityResponse(set).answer);
    const people = answers.flatMap((answer) => answer.people);
    const rejects = [...answers.flatMap((answer) => answer.rejects), ...people.flatMap((person) => person.rejects)];
    expect([people.flatMap(({ benefits }) => benefits).length, rejects.length], file).toEqual([
      count('EB'),
      count('AAA'),
    ]);
  }
});

test.skipIf(isThere)(
  'the public responses are not there: they are read where ../shared/data stands beside the checkout',
  () => {
    expect(isThere).toBe(false);
  },
);
