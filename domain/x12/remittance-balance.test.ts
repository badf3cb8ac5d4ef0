// When a remittance balances (005010X221A1, section 1.10.2.1).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { found, isa, read, remittanceHead } from './testing/samples.ts';

/** Reads an 835 that pays this amount (BPR, segment 3 of the file); the first segment of the content is segment 8. */
function remittance(amount: string, ...content: readonly string[]) {
  const lines = [
    'GS*HP*PAYER*CLINIC*20260302*0815*1*X*005010X221A1',
    'ST*835*0001',
    ...remittanceHead(amount),
    ...content,
    `SE*${content.length + 7}*0001`,
  ];
  return read(isa + [...lines, 'GE*1*1', 'IEA*1*000000905', ''].join('~'), [], 'transactions');
}

test('a line, its claim and the payment balance', () => {
  expect(
    found(
      remittance(
        '120.40',
        'CLP*CLAIM1*1*220*120.4*20*MA',
        'CAS*PR*3*20',
        'SVC*HC:97110:GP*150.00*90.4**2',
        'CAS*CO*45*39.6**253*20',
        'SVC*HC:97140:GP*50*30.00',
        'CAS*CO*45*20',
      ),
    ),
  ).toEqual([]);
});

test('a claim without lines balances by its own adjustments', () => {
  expect(found(remittance('80', 'CLP*CLAIM1*1*100*80', 'CAS*CO*45*20'))).toEqual([]);
});

test('one cent too much on a line is told of the line and of its claim', () => {
  const file = remittance('80.01', 'CLP*CLAIM1*1*100*80.01', 'SVC*HC:97110*100*80.01', 'CAS*CO*45*20');
  expect(found(file)).toEqual(['balance.claim at 8', 'balance.line at 9']);
  expect(file.findings[1]).toMatchObject({ severity: 'error', transaction: '0001', group: '1' });
  expect(JSON.stringify(file.findings)).not.toMatch(/CLAIM1|80\.01/);
});

test('every claim and line is checked by itself', () => {
  const claim = ['CLP*CLAIM1*1*100*80', 'SVC*HC:97110*100*80', 'CAS*CO*45*20'];
  const wrong = ['CLP*CLAIM2*1*100*90', 'SVC*HC:97110*100*90', 'CAS*CO*45*20'];
  const file = remittance('250', ...claim, ...wrong, 'LX*2', ...claim);
  expect(found(file)).toEqual(['balance.claim at 11', 'balance.line at 12']);
});

test('a reversal has negative amounts and balances like any other claim', () => {
  const reversed = ['CLP*CLAIM1*22*-100*-80', 'SVC*HC:97110*-100*-80', 'CAS*CO*45*-20'];
  const corrected = ['CLP*CLAIM1*1*100*90', 'SVC*HC:97110*100*90', 'CAS*CO*45*10'];
  expect(found(remittance('10', ...reversed, ...corrected))).toEqual([]);
});

test('money that a payer takes back (PLB) lowers the payment, money it adds is negative there', () => {
  const claim = ['CLP*CLAIM1*1*100*80', 'CAS*CO*45*20'];
  expect(found(remittance('70', ...claim, 'PLB*1999999984*20261231*WO:1*12.50*L6:2*-2.5'))).toEqual([]);
  expect(found(remittance('80', ...claim, 'PLB*1999999984*20261231*WO:1*12.50'))).toEqual(['balance.transaction at 3']);
});

test('amounts are decimal numbers, never rounded', () => {
  const tenths = Array.from({ length: 10 }, () => 'CLP*CLAIM1*1*.1*.1');
  expect(found(remittance('1', ...tenths))).toEqual([]);
  expect(
    found(remittance('9007199254740993', 'CLP*CLAIM1*1*1*9007199254740993', 'CAS*OA*94*-9007199254740992')),
  ).toEqual([]);
  expect(
    found(remittance('9007199254740992', 'CLP*CLAIM1*1*1*9007199254740993', 'CAS*OA*94*-9007199254740992')),
  ).toEqual(['balance.transaction at 3']);
});

test('an amount that is missing or none is told, and nothing is calculated with it', () => {
  expect(found(remittance('', 'CLP*CLAIM1*1*100*80', 'CAS*CO*45*20'))).toEqual(['element.missing at 3']);
  expect(found(remittance('80', 'CLP*CLAIM1*1*100*80', 'CAS*CO*45*SMITH'))).toEqual(['element.invalid at 9']);
  expect(found(remittance('80', 'CLP*CLAIM1*1*100*'))).toEqual(['element.missing at 8']);
});

test('a remittance that was cut off is not said to be out of balance', () => {
  const cut = `${isa}GS*HP*PAYER*CLINIC*20260302*0815*1*X*005010X221A1~ST*835*0001~${remittanceHead('500').join('~')}~CLP*CLAIM1*1*100*80~`;
  expect(found(read(cut, [], 'transactions')).map((line) => line.split(' ')[0])).toEqual([
    'se.missing',
    'ge.missing',
    'iea.missing',
  ]);
});

test('balances are asked of an 835 only when the content of transactions is checked', () => {
  const text = `${isa}GS*HP*PAYER*CLINIC*20260302*0815*1*X*005010X221A1~ST*835*0001~${remittanceHead('1').join('~')}~SE*7*0001~GE*1*1~IEA*1*000000905~`;
  expect(found(read(text))).toEqual([]);
  expect(found(read(text, [], 'transactions'))).toEqual(['balance.transaction at 3']);
});

const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
const dollars = (amount: number) =>
  `${amount < 0 ? '-' : ''}${Math.floor(Math.abs(amount) / 100)}.${String(Math.abs(amount) % 100).padStart(2, '0')}`;

test('whatever is charged, adjusted and taken back: what is left is the payment', () => {
  const claims = fc.array(
    fc.array(fc.record({ paid: cents, adjusted: fc.array(cents, { maxLength: 6 }) }), { minLength: 1, maxLength: 4 }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(
      claims,
      fc.array(cents, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: -3, max: 3 }),
      (all, taken, off) => {
        const total = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
        const content = all.flatMap((lines) => {
          const paid = total(lines.map((line) => line.paid));
          const charge = paid + total(lines.flatMap((line) => line.adjusted));
          return [
            `CLP*CLAIM*1*${dollars(charge)}*${dollars(paid)}`,
            ...lines.flatMap(({ paid, adjusted }) => [
              `SVC*HC:97110*${dollars(paid + total(adjusted))}*${dollars(paid)}`,
              ...(adjusted.length === 0
                ? []
                : [`CAS*CO${adjusted.map((amount) => `*45*${dollars(amount)}*`).join('')}`]),
            ]),
          ];
        });
        const payment = total(all.flat().map((line) => line.paid)) - total(taken) + off;
        const plb = `PLB*1999999984*20261231${taken.map((amount) => `*WO:1*${dollars(amount)}`).join('')}`;
        expect(found(remittance(dollars(payment), ...content, plb))).toEqual(
          off === 0 ? [] : ['balance.transaction at 3'],
        );
      },
    ),
    { numRuns: 100 },
  );
});
