// What a 277CA says became of each claim of a file, and what a 999 says of each transaction set.
import { expect, test } from 'vitest';
import { told, transactionOf } from '../testing/transactions.ts';
import { readClaimAcknowledgments } from './claim-acknowledgment.ts';
import { readImplementationAcknowledgment } from './implementation-acknowledgment.ts';

const acknowledged = (...content: readonly string[]) =>
  readClaimAcknowledgments(transactionOf('277', '005010X214', ...content));
const checked = (...content: readonly string[]) =>
  readImplementationAcknowledgment(transactionOf('999', '005010X231A1', ...content));

const above = [
  ...['BHT*0085*08*ACK1*20260302*0815*TH', 'HL*1**20*1', 'NM1*PR*2*SUNRISE*****PI*00882', 'TRN*1*RECEIPT1'],
  ...['DTP*050*D8*20260301', 'DTP*009*D8*20260302', 'HL*2*1*21*1', 'NM1*41*2*RIVERSIDE*****46*ETIN1', 'TRN*2*BATCH1'],
  ...['STC*A1:19:PR*20260302*WQ*400', 'QTY*90*2', 'QTY*AA*1', 'AMT*YU*300.5', 'AMT*YY*99.5'],
  ...['HL*3*2*19*1', 'NM1*85*2*RIVERSIDE*****XX*1999999984', 'TRN*1*0', 'STC*A1:19:PR**WQ*400', 'QTY*QA*2', 'QTY*QC*1'],
];
const patient = (level: number, code: string, claim: string) => [
  ...[`HL*${level}*3*${code}`, 'NM1*QC*1*SAMPLE*PAT****MI*SAMPLE0001', `TRN*2*${claim}`],
];

test('a 277CA at its levels: receipt, file, provider, claim and line', () => {
  const { receipts, levels, claims, others, faults } = acknowledged(
    ...[...above, ...patient(4, 'PT', 'CLAIM1'), 'STC*A2:20:PR*20260302*WQ*300.5', 'REF*1K*PAYER1', 'REF*D9*HOUSE1'],
    ...['DTP*472*D8*20260105', ...patient(5, 'PT', 'CLAIM2'), 'STC*A3:21*20260302*U*99.5'],
    ...['SVC*HC:97110*99.5', 'STC*A7:507**U', 'REF*FJ*LINE1'],
  );
  expect({ others, faults }).toEqual({ others: [], faults: [] });
  expect(receipts).toMatchObject([
    { trace: { number: 'RECEIPT1' }, receivedOn: '2026-03-01', processedOn: '2026-03-02' },
  ]);
  expect(levels).toMatchObject([
    {
      level: 'receiver',
      party: { organizationName: 'RIVERSIDE' },
      trace: { number: 'BATCH1' },
      verdict: { outcome: 'accepted', basis: 'both' },
      acceptedClaims: 2,
      rejectedClaims: 1,
      acceptedCents: 30050,
      rejectedCents: 9950,
      others: [],
    },
    { level: 'provider', acceptedClaims: 2, rejectedClaims: 1, acceptedCents: null, rejectedCents: null },
  ]);
  expect(claims).toMatchObject([
    {
      trace: { number: 'CLAIM1' },
      payerClaimNumber: 'PAYER1',
      clearinghouseNumber: 'HOUSE1',
      patient: { given: 'PAT' },
      provider: { id: { value: '1999999984' } },
      verdict: { outcome: 'accepted', basis: 'both' },
      lines: [],
      others: [],
    },
    {
      trace: { number: 'CLAIM2' },
      verdict: { outcome: 'rejected', basis: 'both' },
      lines: [{ procedure: { value: '97110' }, verdict: { outcome: 'rejected', basis: 'both' } }],
      others: [],
    },
  ]);
});

test.each([
  ['A2', 'WQ', 'accepted', 'both'],
  ['A0', '', 'accepted', 'category'],
  ['A8', '', 'rejected', 'category'],
  ['ZZ', 'U', 'rejected', 'action'],
  ['ZZ', 'WQ', 'accepted', 'action'],
  ['A7', 'WQ', 'rejected', 'contradiction'],
  ['A2', 'U', 'rejected', 'contradiction'],
  ['P1', '', 'unknown', 'none'],
])('category %s with action %s is %s (%s)', (category, action, outcome, basis) => {
  const { claims } = acknowledged(...above, ...patient(4, 'PT', 'C1'), `STC*${category}:20*20260302*${action}`);
  expect(claims.map(({ verdict }) => verdict)).toEqual([{ outcome, basis }]);
});

test('a claim with one status that rejects it is rejected', () => {
  const statuses = ['STC*A2:20*20260302*WQ', 'STC*A6:164:IL*20260302*U'];
  const { claims } = acknowledged(...above, ...patient(4, 'PT', 'C1'), ...statuses);
  expect(claims.map(({ verdict }) => verdict.outcome)).toEqual(['rejected']);
});

test('a patient’s level is PT, and 22 where the payer has it from its 277', () => {
  const { claims, faults } = acknowledged(...above, ...patient(4, '22', 'C1'), 'STC*A2:20*20260302*WQ');
  expect(faults).toEqual([]);
  expect(claims).toHaveLength(1);
});

test('a patient of whose claim nothing is said is a fault', () => {
  const { faults } = acknowledged(...above, 'HL*4*3*PT', 'NM1*QC*1*SAMPLE*PAT****MI*SAMPLE0001');
  expect(told(faults)).toEqual(['loop.missing at 23']);
});

test('a 999: each error with its segment, element and what it is about, and the verdicts', () => {
  const { value, others, faults } = checked(
    ...['AK1*HC*17*005010X222A1', 'AK2*837*0001*005010X222A1', 'IK3*NM1*8*2010BA*8', 'CTX*CLM01:CLAIM1'],
    ...['IK4*9:2:3*67*7*BADVALUE', 'CTX*SITUATIONAL TRIGGER*CLM*43*2300*5:3*1325', 'IK3*CLM*22*2300*3', 'IK5*R*5*I5'],
    ...['AK2*837*0002', 'IK5*A', 'AK9*P*2*2*1*2'],
  );
  expect({ others, faults }).toEqual({ others: [], faults: [] });
  expect(value.group).toEqual({
    functionalCode: 'HC',
    control: '17',
    version: '005010X222A1',
    code: 'P',
    outcome: 'partlyAccepted',
    transactions: { included: 2, received: 2, accepted: 1 },
    reasons: ['2'],
  });
  expect(value.transactions).toMatchObject([
    {
      type: '837',
      control: '0001',
      outcome: 'rejected',
      reasons: ['5', 'I5'],
      segments: [
        {
          segmentId: 'NM1',
          position: 8,
          loop: '2010BA',
          code: '8',
          contexts: [{ name: 'CLM01', value: 'CLAIM1', segmentId: null }],
          elements: [
            {
              element: 9,
              component: 2,
              repetition: 3,
              dictionaryNumber: '67',
              code: '7',
              badValue: 'BADVALUE',
              contexts: [
                {
                  name: 'SITUATIONAL TRIGGER',
                  segmentId: 'CLM',
                  segmentPosition: 43,
                  loop: '2300',
                  element: '5:3',
                  dictionaryNumber: '1325',
                },
              ],
            },
          ],
        },
        { segmentId: 'CLM', position: 22, code: '3', elements: [] },
      ],
      others: [],
    },
    { control: '0002', version: null, code: 'A', outcome: 'accepted', reasons: [], segments: [] },
  ]);
});

test.each([
  ['A', 'accepted'],
  ['E', 'acceptedWithErrors'],
  ['R', 'rejected'],
  ['X', 'rejected'],
  ['Q', null],
])('a group with AK901 %s is %s', (code, outcome) => {
  expect(checked('AK1*HS*1', `AK9*${code}*1*1*0`).value.group.outcome).toBe(outcome);
});

test('a 999 without its verdicts is read, the verdicts unknown and missed', () => {
  const { value, faults } = checked('AK1*HC*17', 'AK2*837*0001');
  expect(value.group).toMatchObject({ outcome: null, transactions: { included: null } });
  expect(value.transactions).toMatchObject([{ control: '0001', outcome: null }]);
  expect(told(faults)).toEqual(['loop.missing at 2', 'loop.missing at 4']);
});
