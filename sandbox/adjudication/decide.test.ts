// The simulated payers decide as payers do: what they send back, what they deny and why, and whose part of the money is whose.
import { describe, expect, test } from 'vitest';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { kindOf } from '../benefits/picture.ts';
import { everyPayer } from '../clinic/payers.ts';
import { decide, outcomes, refusalOf } from './decide.ts';
import type { Outcome } from './decide.ts';
import { submittedOf, submittedOfJson } from './submitted.ts';
import { toClaim } from '../../connectors/medical-network/claim-request.ts';

type LineChanges = Partial<Claim['lines'][number]>;

function claimWith(changes: Partial<Claim>, line: LineChanges = {}) {
  const sample = sampleClaim(changes);
  return submittedOf({ ...sample, lines: sample.lines.map((one) => ({ ...one, ...line })) });
}

function paidBy(payer: keyof typeof everyPayer, memberId: string, changes: Partial<Claim> = {}) {
  const { id, name } = everyPayer[payer];
  const sample = sampleClaim();
  return submittedOf({
    ...sample,
    payer: { ...sample.payer, id, name },
    subscriber: { ...sample.subscriber, memberId },
    ...changes,
  });
}

/** A member of the payer with that kind of benefits. */
function member(prefix: string, kind: ReturnType<typeof kindOf>): string {
  for (let number = 1; number < 5000; number += 1)
    if (kindOf(`${prefix}${number}`) === kind) return `${prefix}${number}`;
  return expect.unreachable();
}

const nobody = () => false;
const usual = { receivedOn: '2026-11-20', isDuplicate: false, chosen: null };
const reasons = (claim: ReturnType<typeof claimWith>, about: Parameters<typeof decide>[1] = usual) =>
  decide(claim, about).lines.map(({ adjustments }) => adjustments.map(({ group, reason }) => `${group}-${reason}`));
const cents = (claim: ReturnType<typeof claimWith>, reason: string, chosen: Outcome = 'paid') =>
  decide(claim, { ...usual, chosen })
    .lines.flatMap(({ adjustments }) => adjustments)
    .filter((one) => one.reason === reason)
    .reduce((sum, { amountCents }) => sum + amountCents, 0);

describe('sent back before anybody decides', () => {
  test.each([
    ['a sound claim is not', claimWith({}), null],
    ['a member whom the payer does not know', paidBy('commercialContract', 'ZZZ1'), { category: 'A7', code: '33' }],
    ['no member id', paidBy('medicaid', ''), { code: '33' }],
    ['a pointer to no diagnosis', claimWith({}, { diagnosisPointers: [3] }), { category: 'A7', code: '477' }],
    ['no pointer at all', claimWith({}, { diagnosisPointers: [] }), { code: '477' }],
    ['a diagnosis of the old list', claimWith({ diagnoses: [{ qualifier: 'ABK', code: '724.2' }] }), { code: '255' }],
    ['no diagnosis', claimWith({ diagnoses: [] }), { category: 'A6', code: '255' }],
    ['a charge that is not the sum of its lines', claimWith({ chargeCents: 1 }), { category: 'A7', code: '178' }],
    ['a replacement that does not say of what', claimWith({ frequency: '7' }), { category: 'A6', code: '464' }],
    [
      'a void of a claim that nobody holds',
      claimWith({ frequency: '8', originalClaimNumber: 'PCN1' }),
      { category: 'A7', code: '464' },
    ],
  ] as const)('%s', (_, claim, expected) => {
    if (expected === null) expect(refusalOf(claim, nobody)).toBeNull();
    else expect(refusalOf(claim, nobody)).toMatchObject(expected);
  });

  test('a replacement of a claim that is held is taken', () => {
    const claim = claimWith({ frequency: '7', originalClaimNumber: 'PCN1' });
    expect(refusalOf(claim, (number) => number === 'PCN1')).toBeNull();
  });
});

describe('decided', () => {
  test('every line comes out even: charge less adjustments is what is paid', () => {
    for (const payer of Object.keys(everyPayer) as (keyof typeof everyPayer)[])
      for (const chosen of outcomes)
        for (const number of [1, 2, 3, 4, 5, 6, 7]) {
          const claim = paidBy(payer, `${everyPayer[payer].memberPrefix}${number}`);
          const { lines, status } = decide(claim, { ...usual, chosen });
          for (const [at, line] of lines.entries()) {
            const adjusted = line.adjustments.reduce((sum, { amountCents }) => sum + amountCents, 0);
            expect((claim.lines[at]?.chargeCents ?? 0) - adjusted).toBe(line.paidCents);
            expect(line.paidCents).toBeGreaterThanOrEqual(0);
          }
          expect(status === '4').toBe(lines.every(({ allowedCents }) => allowedCents === 0));
        }
  });

  test('the same claim is decided alike, and over JSON as over X12', () => {
    const claim = sampleClaim();
    const wire = toClaim(claim, { key: 'claim.submit/clm_1/1', payers: {}, usage: 'test' });
    expect(submittedOfJson(JSON.parse(JSON.stringify(wire)))).toEqual(submittedOf(claim));
    expect(decide(submittedOf(claim), usual)).toEqual(decide(submittedOf(claim), usual));
  });

  test('a copayment is taken once for the visit', () => {
    const claim = paidBy('commercialContract', member('HBR', 'complete'));
    expect(cents(claim, '3')).toBeGreaterThanOrEqual(2000);
    expect(cents(claim, '3')).toBeLessThanOrEqual(6000);
    expect(cents(claim, '1') + cents(claim, '2')).toBe(0);
  });

  test('without a copayment the deductible comes first, then the coinsurance', () => {
    for (let number = 1; number < 400; number += 1) {
      const claim = paidBy('commercialContract', `HBR${number}`);
      if (kindOf(`HBR${number}`) !== 'planOnly') continue;
      const allowed = decide(claim, { ...usual, chosen: 'paid' }).lines.reduce(
        (sum, line) => sum + line.allowedCents,
        0,
      );
      const [deductible, coinsurance] = [cents(claim, '1'), cents(claim, '2')];
      expect(deductible).toBeLessThanOrEqual(allowed);
      expect(Math.abs(coinsurance - (allowed - deductible) * 0.2)).toBeLessThanOrEqual(1);
    }
  });

  test('Medicare holds two percent of its payment back and pays the assistant eighty-five percent', () => {
    const whole = paidBy('medicarePartB', 'MPB1');
    const { lines } = decide(whole, { ...usual, chosen: 'paid' });
    const allowed = lines.reduce((sum, line) => sum + line.allowedCents, 0);
    expect(cents(whole, '2')).toBe(lines.reduce((sum, line) => sum + Math.round(line.allowedCents * 0.2), 0));
    expect(Math.abs(cents(whole, '253') - allowed * 0.8 * 0.02)).toBeLessThanOrEqual(1);
    const assisted = {
      ...whole,
      lines: whole.lines.map((line) => ({ ...line, modifiers: ['GP', 'CQ'] })),
    };
    const reduced = decide(assisted, { ...usual, chosen: 'paid' }).lines;
    expect(reduced.map((line) => line.allowedCents)).toEqual(
      lines.map((line) => Math.round((line.allowedCents * 85) / 100)),
    );
  });

  test.each([
    ['noAuthorization', 'CO-197'],
    ['missingInformation', 'CO-16'],
    ['benefitMaximum', 'CO-119'],
    ['notCovered', 'PR-204'],
    ['late', 'CO-29'],
    ['duplicate', 'CO-18'],
  ] as const)('%s is %s on every line', (chosen, reason) => {
    expect(reasons(claimWith({}), { ...usual, chosen })).toEqual([[reason], [reason]]);
  });

  test('a remark tells what is missing', () => {
    expect(decide(claimWith({}), { ...usual, chosen: 'missingInformation' }).lines[0]?.remarks).toEqual(['M76']);
  });

  test('a payer that wants an authorization denies without a real number', () => {
    const id = member('SMA', 'complete');
    const without = (priorAuthorizationNumber: string | null) =>
      reasons(paidBy('medicareAdvantage', id, { priorAuthorizationNumber }))[0];
    expect(without(null)).toEqual(['CO-197']);
    expect(without('0000')).toEqual(['CO-197']);
    expect(without('TBD')).toEqual(['CO-197']);
    expect(without('A123')).not.toContain('CO-197');
    expect(reasons(paidBy('medicarePartB', 'MPB1', { priorAuthorizationNumber: null }))[0]).not.toContain('CO-197');
  });

  test('a year after the service it is too late, a day earlier it is not', () => {
    const claim = paidBy('medicarePartB', 'MPB1');
    expect(reasons(claim, { ...usual, receivedOn: '2027-11-03' })[0]).toEqual(['CO-29']);
    expect(reasons(claim, { ...usual, receivedOn: '2027-11-02' })[0]).not.toContain('CO-29');
  });

  test('of a line without GP, of an unknown code and of a part of another service only that line is denied', () => {
    const claim = claimWith({});
    const changed = (change: Partial<(typeof claim.lines)[number]>) => ({
      ...claim,
      lines: claim.lines.map((line, at) => (at === 0 ? { ...line, ...change } : line)),
    });
    const first = (change: Partial<(typeof claim.lines)[number]>) =>
      reasons(changed(change), { ...usual, chosen: 'paid' });
    expect(first({ modifiers: [] })[0]).toEqual(['CO-4']);
    expect(first({ modifiers: ['GO', 'GP'] })[0]).toEqual(['CO-4']);
    expect(first({ code: '97762' })[0]).toEqual(['CO-181']);
    expect(first({ code: '97124' })[0]).toEqual(['CO-97']);
    expect(first({ code: '97124' })[1]).toContain('CO-45');
  });

  test('paid in part: a unit fewer, and the charge of it is nobody’s', () => {
    const { status, lines } = decide(claimWith({}), { ...usual, chosen: 'paidInPart' });
    expect(status).toBe('1');
    expect(lines.map(({ unitsPaid }) => unitsPaid)).toEqual([1, 1]);
    expect(lines[0]?.adjustments).toContainEqual({ group: 'CO', reason: '151', amountCents: 6000, quantity: null });
  });

  test('a plan that has ended pays nothing', () => {
    expect(reasons(paidBy('commercialUnknown', member('KMI', 'inactive')))[0]).toEqual(['PR-27']);
  });
});
