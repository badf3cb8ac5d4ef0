// A remittance is the same to the cent whether it comes as X12 or as Stedi's JSON; what cannot be read stays unknown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Remittance } from '../../domain/claim/remittance.ts';
import { claimBalances, paymentBalances, payerKey, remittanceIdentity } from '../../domain/posting/lines.ts';
import { readRemittance } from '../../domain/x12/readers/remittance.ts';
import { setsIn } from '../../domain/x12/testing/sets.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';
import { remittanceJson } from '../../sandbox/adjudication/network-835.ts';
import { paymentOf, reversed } from '../../sandbox/adjudication/remittance.ts';
import type { RemittancePicture, RemittedClaim, RemittedLine } from '../../sandbox/adjudication/remittance.ts';
import { remittanceSet } from '../../sandbox/adjudication/x12-835.ts';
import { readRemittances } from './remittance.ts';

const party = { qualifier: 'ZZ', id: 'PAYER' };
const envelope = {
  sender: party,
  receiver: party,
  groupSender: 'PAYER',
  groupReceiver: 'CLINIC',
  groupCode: 'HP',
  interchangeControl: 1,
  groupControl: 1,
  date: '2026-11-20',
  time: '0815',
  usage: 'test',
  acknowledge: false,
} as const;

function byX12(picture: RemittancePicture): Remittance | undefined {
  return setsIn(writeInterchange(envelope, [remittanceSet(picture)])).map((set) => readRemittance(set).value)[0];
}

function byJson(picture: RemittancePicture): Remittance | undefined {
  return readRemittances(JSON.parse(JSON.stringify(remittanceJson(picture, 'tx-1'))))[0];
}

/** All but where it stands in its wire, and the payer's address and telephone, which this JSON leaves out. */
function said(remittance: Remittance | undefined): unknown {
  const payer = remittance?.payer ?? null;
  const told = { ...remittance, payer: payer === null ? null : { ...payer, address: null, contacts: [] } };
  return JSON.parse(JSON.stringify(told, (key: string, value: unknown) => (key === 'source' ? undefined : value)));
}

const reasons = [
  ['CO', '45'],
  ['CO', '253'],
  ['PR', '1'],
  ['PR', '2'],
  ['OA', '23'],
] as const;

const aLine = fc
  .record({
    code: fc.constantFrom('97110', '97140', '97530'),
    modifiers: fc.constantFrom<readonly string[]>([], ['GP'], ['GP', '59']),
    paidCents: fc.integer({ min: 0, max: 40_000 }),
    allowedCents: fc.integer({ min: 0, max: 40_000 }),
    unitsPaid: fc.integer({ min: 0, max: 6 }),
    unitsBilled: fc.integer({ min: 1, max: 6 }),
    date: fc.constantFrom('2026-11-02', '2024-02-29'),
    controlNumber: fc.option(fc.constantFrom('LINE1', 'LINE2')),
    cut: fc.array(fc.record({ why: fc.constantFrom(...reasons), amountCents: fc.integer({ min: 1, max: 9_999 }) }), {
      maxLength: 4,
    }),
    remarks: fc.array(fc.constantFrom('N130', 'M76'), { maxLength: 2 }),
  })
  .map(({ cut, ...line }): RemittedLine => {
    // A reason stands once in a group.
    const first = cut.filter(({ why }, index) => cut.findIndex((other) => other.why === why) === index);
    const adjustments = reasons.flatMap((why) =>
      first
        .filter((one) => one.why === why)
        .map(({ amountCents }) => ({ group: why[0], reason: why[1], amountCents, quantity: null })),
    );
    const chargeCents = line.paidCents + adjustments.reduce((sum, { amountCents }) => sum + amountCents, 0);
    return { ...line, adjustments, chargeCents };
  });

const aClaim = fc
  .record({
    number: fc.constantFrom('A1', 'A2', 'A3'),
    takenBack: fc.constantFrom(true, false),
    memberId: fc.option(fc.constantFrom('MBR900')),
    lines: fc.array(aLine, { minLength: 1, maxLength: 4 }),
  })
  .map(({ number, takenBack, memberId, lines }): RemittedClaim => {
    const sum = (cents: (line: RemittedLine) => number): number => lines.reduce((all, line) => all + cents(line), 0);
    const claim: RemittedClaim = {
      number,
      status: '1',
      chargeCents: sum((line) => line.chargeCents),
      paidCents: sum((line) => line.paidCents),
      patientCents: 100,
      filingCode: '12',
      payerNumber: 'ICN1',
      placeOfService: '11',
      frequency: '1',
      memberId,
      patient: { given: 'PAT', family: 'SAMPLE' },
      receivedOn: '2026-11-05',
      lines,
    };
    return takenBack ? reversed(claim) : claim;
  });

const aPicture = fc
  .record({
    claims: fc.array(aClaim, { minLength: 1, maxLength: 4 }),
    changes: fc.array(
      fc.record({
        reason: fc.constantFrom('WO', 'L6', '72'),
        reference: fc.constantFrom('A1', 'A2'),
        cents: fc.integer({ min: -500, max: 500 }),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ claims, changes }) => {
    const about = { trace: 'EFT1', on: '2026-11-20', payer: { id: '00882', name: 'KEYSTONE' } };
    const payee = { name: 'STRIDE TEST CLINIC', npi: '1999999984', taxId: '990000001' };
    return paymentOf({ ...about, payee, claims, changes }, null).picture;
  });

test('X12 and JSON of one payment are read into the same remittance, to the cent', () => {
  fc.assert(
    fc.property(aPicture, (picture) => {
      const [x12, json] = [byX12(picture), byJson(picture)];
      expect(said(json)).toEqual(said(x12));
      expect(json && [paymentBalances(json), json.claims.every(claimBalances)]).toEqual([true, true]);
      // The same payment over both ways is known by what names it, and goes to the same payer's books.
      expect(json && [remittanceIdentity(json), payerKey(json)]).toEqual(
        x12 && [remittanceIdentity(x12), payerKey(x12)],
      );
    }),
    { numRuns: 60 },
  );
});

const claim = (more: object): unknown => ({
  transactions: [{ detailInfo: [{ paymentInfo: [{ claimPaymentInfo: { claimStatusCode: '1' }, ...more }] }] }],
});

test('a reduction of the whole claim, its remarks, dates and the next payer stand at the claim', () => {
  const [read] = readRemittances(
    claim({
      claimAdjustments: [
        {
          claimAdjustmentGroupCode: 'CO',
          adjustmentReasonCode1: '45',
          adjustmentAmount1: '10.5',
          adjustmentReasonCode2: '97',
          adjustmentAmount2: '-3',
          adjustmentQuantity2: '1',
        },
      ],
      outpatientAdjudication: { claimPaymentRemarkCode1: 'MA01', claimPaymentRemarkCode2: 'MA18' },
      claimStatementPeriodStart: '2026-11-02',
      crossoverCarrier: { organizationName: 'SECOND PAYER', payorId: '00431' },
      claimSupplementalInformation: { interest: '1.25', coverageAmount: '' },
      otherClaimRelatedIdentification: { originalReferenceNumber: 'ICN0' },
    }),
  );
  expect(read?.claims[0]).toMatchObject({
    adjustments: [
      { group: 'CO', reason: '45', amountCents: 1_050, quantity: null },
      { group: 'CO', reason: '97', amountCents: -300, quantity: 1 },
    ],
    remarks: ['MA01', 'MA18'],
    dates: [{ qualifier: '232', date: '2026-11-02' }],
    names: [{ role: 'TT', kind: 'organization', family: 'SECOND PAYER', id: { qualifier: 'PI', value: '00431' } }],
    amounts: [{ qualifier: 'I', cents: 125 }],
    references: [{ qualifier: 'F8', value: 'ICN0' }],
  });
});

test('an amount that is none, or has a part of a cent, is unknown: what holds it does not balance', () => {
  for (const amount of ['12.345', 'about 12', '1e3']) {
    const [read] = readRemittances(
      claim({ claimPaymentInfo: { totalClaimChargeAmount: '12', claimPaymentAmount: amount } }),
    );
    expect(read?.claims[0]?.paidCents).toBeNull();
    expect(read?.claims.every(claimBalances)).toBe(false);
  }
});

test('what is no report holds no remittance', () => {
  for (const report of [null, 'text', {}, { transactions: 'none' }, { transactions: [] }])
    expect(readRemittances(report)).toEqual([]);
});
