// Remittances as payers send them: what was paid, what was not and why, and what was taken back.
import { expect, test } from 'vitest';
import { isa, remittanceHead } from '../testing/samples.ts';
import { setsIn } from '../testing/sets.ts';
import { readRemittance } from './remittance.ts';

function read(...content: readonly string[]) {
  return readAll([content])[0] ?? expect.unreachable('there is a remittance');
}

/** Each list is one ST to SE. */
function readAll(sets: readonly (readonly string[])[]) {
  const lines = sets.flatMap((content, index) => [`ST*835*000${index + 1}`, ...content, `SE*1*000${index + 1}`]);
  const text = [
    isa.slice(0, -1),
    'GS*HP*PAYER*CLINIC*20260302*0815*1*X*005010X221A1',
    ...lines,
    'GE*1*1',
    'IEA*1*000000905',
    '',
  ];
  return setsIn(text.join('~')).map(readRemittance);
}

const head = remittanceHead('90.4');
const claim = [
  'CLP*CLAIM1*1*150*90.4*20*12*PAYER77*11*1',
  'CAS*OA*23*0',
  'NM1*QC*1*SAMPLE*PAT****MI*SAMPLE0001',
  'MOA***MA18*N130',
  'DTM*050*20260226',
  'SVC*HC:97110:GP:59*150*90.4**2*HC:97530:GP*3',
  'DTM*472*20260218',
  'CAS*CO*45*39.6**253*0',
  'CAS*PR*3*20',
  'REF*6R*LINE1',
  'AMT*B6*110.4',
  'LQ*HE*N362',
];

test('a claim is read with its lines, what was adjusted and why, in whole cents', () => {
  const { value, faults } = read(...head, ...claim);
  expect(faults).toEqual([]);
  expect(value.payment).toMatchObject({ amountCents: 9040, direction: 'C', method: 'ACH', trace: 'TRACE1' });
  expect(value.payer?.name).toBe('SUNRISE');
  expect(value.payee?.id).toEqual({ qualifier: 'XX', value: '1999999984' });
  expect(value.claims).toMatchObject([
    {
      patientControlNumber: 'CLAIM1',
      status: '1',
      chargeCents: 15000,
      paidCents: 9040,
      patientResponsibilityCents: 2000,
      payerClaimNumber: 'PAYER77',
      adjustments: [{ group: 'OA', reason: '23', amountCents: 0 }],
      remarks: ['MA18', 'N130'],
      lines: [
        {
          procedure: { value: '97110', modifiers: ['GP', '59'] },
          submittedProcedure: { value: '97530', modifiers: ['GP'] },
          units: 2,
          submittedUnits: 3,
          controlNumber: 'LINE1',
          dates: [{ qualifier: '472', date: '2026-02-18' }],
          adjustments: [
            { group: 'CO', reason: '45', amountCents: 3960 },
            { group: 'CO', reason: '253', amountCents: 0 },
            { group: 'PR', reason: '3', amountCents: 2000 },
          ],
          amounts: [{ qualifier: 'B6', cents: 11040 }],
          remarks: [{ qualifier: 'HE', value: 'N362' }],
        },
      ],
    },
  ]);
});

test('what a payer leaves out is unknown, not zero', () => {
  const [only] = read(...head, 'CLP*CLAIM1*4*150*0').value.claims;
  expect(only).toMatchObject({ paidCents: 0, patientResponsibilityCents: null, payerClaimNumber: null, lines: [] });
});

test('a reversal belongs to the claim that takes its place, on whichever side of it that stands', () => {
  const reversal = 'CLP*CLAIM1*22*-150*-90.4';
  const corrected = 'CLP*CLAIM1*1*150*100';
  expect(read(...head, reversal, corrected).value.reversals).toEqual([{ reversed: 0, corrected: 1 }]);
  expect(read(...head, corrected, reversal).value.reversals).toEqual([{ reversed: 1, corrected: 0 }]);
  expect(read(...head, reversal, 'CLP*CLAIM2*1*150*100').value.reversals).toEqual([{ reversed: 0, corrected: null }]);
  expect(read(...head, reversal, reversal, corrected).value.reversals).toEqual([
    { reversed: 0, corrected: 2 },
    { reversed: 1, corrected: null },
  ]);
});

test('money outside the claims keeps its sign, its reason and its reference', () => {
  const plb = 'PLB*1999999984*20261231*WO:CLAIM9*12.5*L6*-2.5';
  expect(read(...head, ...claim, plb).value.adjustments).toMatchObject([
    { providerId: '1999999984', fiscalPeriodEnd: '2026-12-31', reason: 'WO', reference: 'CLAIM9', amountCents: 1250 },
    { reason: 'L6', reference: null, amountCents: -250 },
  ]);
});

test('two payers in one file are two remittances', () => {
  const other = head.map((line) => line.replace('SUNRISE', 'HARBOR'));
  const all = readAll([
    [...head, ...claim],
    [...other, 'CLP*CLAIM2*1*1*1'],
  ]);
  expect(all.map(({ value }) => [value.payer?.name, value.claims.map((one) => one.patientControlNumber)])).toEqual([
    ['SUNRISE', ['CLAIM1']],
    ['HARBOR', ['CLAIM2']],
  ]);
});

test('claims without the LX that numbers them are read', () => {
  const { value, faults } = read(...head.slice(0, -1), ...claim);
  expect(value.claims).toHaveLength(1);
  expect(faults).toEqual([]);
});

test('an amount that is none is told of and stays as it came', () => {
  const { value, faults, others } = read(...head, 'CLP*CLAIM1*1*150*ninety');
  expect(value.claims[0]?.paidCents).toBeNull();
  expect(faults).toMatchObject([{ code: 'element.invalid', message: 'CLP04 is no amount.' }]);
  expect(others).toContainEqual(expect.objectContaining({ id: 'CLP', unread: [4] }));
});

test('bank accounts and other elements without a field are not dropped', () => {
  const bank = head.map((line) => (line.startsWith('BPR') ? `${line}*CCP*01*999000033*DA*12345` : line));
  expect(read(...bank, ...claim).others).toMatchObject([{ id: 'BPR', unread: [5, 6, 7, 8, 9] }]);
});
