// What a 276 asks of a claim and what a 277 answers, at whatever level.
import { expect, test } from 'vitest';
import { told, transactionOf } from '../testing/transactions.ts';
import { readClaimStatusInquiries } from './claim-status-inquiry.ts';
import { readClaimStatuses } from './claim-status-response.ts';
import { claimStatusRequestOf } from './requests.ts';

const asked = (...content: readonly string[]) =>
  readClaimStatusInquiries(transactionOf('276', '005010X212', ...content));
const answered = (...content: readonly string[]) => readClaimStatuses(transactionOf('277', '005010X212', ...content));

const above = [
  ...['HL*1**20*1', 'NM1*PR*2*SUNRISE*****PI*00882', 'HL*2*1*21*1', 'NM1*41*2*RIVERSIDE*****46*ETIN1'],
  ...['HL*3*2*19*1', 'NM1*1P*2*RIVERSIDE*****XX*1999999984'],
];
const question = ['BHT*0010*13*BATCH1*20260302*0815', ...above];
const answer = ['BHT*0010*08*BATCH1*20260303*0815*DG', ...above];

test('a 276 about a claim and about a child’s claim that is known by a line', () => {
  const { values, others, faults } = asked(
    ...[...question, 'HL*4*3*22*0', 'DMG*D8*19800101*F', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'TRN*1*TRACE1'],
    ...['REF*1K*PAYER1', 'REF*BLT*131', 'REF*EJ*CLAIM1', 'AMT*T3*150.5', 'DTP*472*RD8*20260105-20260131'],
    ...['HL*5*3*22*1', 'NM1*IL*1*OTHER*KIM****MI*SAMPLE0002', 'HL*6*5*23', 'DMG*D8*20150630*M'],
    ...['NM1*QC*1*OTHER*SAM', 'TRN*1*TRACE2', 'SVC*HC:97110:GP*75.25*****2', 'REF*FJ*LINE1', 'DTP*472*D8*20260107'],
  );
  expect({ others, faults }).toEqual({ others: [], faults: [] });
  expect(values).toMatchObject([
    {
      trace: { number: 'TRACE1' },
      receiver: { id: { qualifier: '46', value: 'ETIN1' } },
      providers: [{ id: { qualifier: 'XX', value: '1999999984' } }],
      dependent: null,
      payerClaimNumber: 'PAYER1',
      patientControlNumber: 'CLAIM1',
      chargeCents: 15050,
      references: [{ qualifier: '1K' }, { qualifier: 'BLT', value: '131' }, { qualifier: 'EJ' }],
      lines: [],
      others: [],
    },
    {
      trace: { number: 'TRACE2' },
      subscriber: { given: 'KIM', birthDate: null },
      dependent: { given: 'SAM', birthDate: '2015-06-30', gender: 'M' },
      payerClaimNumber: null,
      chargeCents: null,
      lines: [{ procedure: { value: '97110', modifiers: ['GP'] }, chargeCents: 7525, units: 2 }],
    },
  ]);
  const [whole, byLine] = values.map(claimStatusRequestOf);
  expect(whole?.claim).toEqual({
    patientControlNumber: 'CLAIM1',
    payerClaimNumber: 'PAYER1',
    chargeCents: 15050,
    from: '2026-01-05',
    to: '2026-01-31',
  });
  expect(byLine?.claim).toMatchObject({ from: '2026-01-07', to: '2026-01-07' });
});

test('a patient of whom no claim is asked about is a fault; who it is stands in the others', () => {
  const { values, others, faults } = asked(...question, 'HL*4*3*22*0', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001');
  expect(values).toEqual([]);
  expect(told(faults)).toEqual(['loop.missing at 10']);
  expect(others.map(({ source }) => source)).toContain('NM1*IL segment 11');
});

test('every claim of a 277 with every status, the further codes of an STC among them', () => {
  const { value, claims, others, faults } = answered(
    ...[...answer, 'HL*4*3*22*0', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'TRN*2*TRACE1'],
    'STC*F2:88:QC*20260301*WQ*150.5*0*20260302*CHK*20260302*000123*F2:585*R0:123:1P*CALL US',
    ...['REF*1K*PAYER1', 'REF*EJ*CLAIM1', 'DTP*472*D8*20260105', 'SVC*HC:97110:GP:59*75.25*0*0420***2'],
    ...['STC*F2:88:QC*20260301', 'REF*FJ*LINE1', 'DTP*472*D8*20260105'],
  );
  expect({ others, faults }).toEqual({ others: [], faults: [] });
  const status = {
    effectiveOn: '2026-03-01',
    chargeCents: 15050,
    paidCents: 0,
    paidOn: '2026-03-02',
    checkNumber: '000123',
    message: 'CALL US',
    source: 'STC segment 13',
  };
  expect(value).toEqual({
    claims: [
      {
        trace: 'TRACE1',
        patientControlNumber: 'CLAIM1',
        payerClaimNumber: 'PAYER1',
        from: '2026-01-05',
        to: '2026-01-05',
        statuses: [
          { ...status, category: 'F2', code: '88', entity: 'QC', codeList: null },
          { ...status, category: 'F2', code: '585', entity: null, codeList: null },
          { ...status, category: 'R0', code: '123', entity: '1P', codeList: null },
        ],
        lines: [
          {
            procedure: '97110',
            modifiers: ['GP', '59'],
            chargeCents: 7525,
            statuses: [
              {
                category: 'F2',
                code: '88',
                entity: 'QC',
                codeList: null,
                effectiveOn: '2026-03-01',
                chargeCents: null,
                paidCents: null,
                paidOn: null,
                checkNumber: null,
                message: null,
                source: 'STC segment 18',
              },
            ],
          },
        ],
      },
    ],
    statuses: [],
  });
  expect(claims).toMatchObject([
    {
      statuses: [{ action: 'WQ', method: 'CHK', checkOn: '2026-03-02' }],
      lines: [{ revenueCode: '0420', units: 2, paidCents: 0 }],
      others: [],
    },
  ]);
});

test('a code of the pharmacy list says so: it is no claim status code', () => {
  const { value } = answered(
    ...[...answer, 'HL*4*3*22*0', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'TRN*2*TRACE1', 'STC*F2:80::RX*20260301'],
  );
  expect(value.claims[0]?.statuses).toMatchObject([{ category: 'F2', code: '80', codeList: 'RX' }]);
});

test('a payer that looked nothing up tells why at the level of who asked or of the provider', () => {
  const { value, refusals } = answered(
    ...[...answer, 'TRN*1*0', 'STC*E0:24:85*20260303'],
    ...['HL*4**20*1', 'NM1*PR*2*MILLBROOK*****PI*00441', 'HL*5*4*21*0', 'NM1*41*2*RIVERSIDE*****46*ETIN1'],
    ...['TRN*2*BATCH1', 'STC*E1:0*20260303'],
  );
  expect(value.claims).toEqual([]);
  expect(value.statuses).toMatchObject([
    { category: 'E0', code: '24', entity: '85' },
    { category: 'E1', code: '0' },
  ]);
  expect(refusals.map(({ level, informationSource }) => [level, informationSource?.organizationName])).toEqual([
    ['provider', 'SUNRISE'],
    ['receiver', 'MILLBROOK'],
  ]);
});

test('an amount and a category that cannot be read are faults, null and told as they stood', () => {
  const { value, claims, faults } = answered(
    ...[...answer, 'HL*4*3*22*0', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'TRN*2*TRACE1', 'STC*:20*20260301**1.234'],
  );
  expect(told(faults)).toEqual(['element.missing at 13', 'element.invalid at 13']);
  expect(value.claims[0]?.statuses).toMatchObject([{ category: '', code: '20', chargeCents: null }]);
  expect(claims[0]?.others.map(({ id, unread }) => [id, unread])).toEqual([['STC', [4]]]);
});
