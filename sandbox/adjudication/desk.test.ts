// What the simulated payers tell of many claims holds together: it reads without a finding, it balances, and it is the same over every wire.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Remittance } from '../../domain/claim/remittance.ts';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { X12Reader } from '../../domain/x12/reader.ts';
import { readRemittance } from '../../domain/x12/readers/remittance.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { readClaimAcknowledgments } from '../../domain/x12/readers/claim-acknowledgment.ts';
import { generateBilling } from '../clinic/billing/generate.ts';
import { everyPayer } from '../clinic/payers.ts';
import { PayersDesk } from './desk.ts';
import type { Fault } from './faults.ts';
import { Post } from './post.ts';
import { AdjudicationStore } from './store.ts';
import type { Owed, Wire } from './store.ts';
import { submittedOf } from './submitted.ts';

const now = new Date('2026-11-20T15:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const parties = { sender: 'ZZ:CLINIC', receiver: 'ZZ:CLEARING' };

let folder: string;
let delivered: Owed[];
let desk: PayersDesk;

function open(): PayersDesk {
  const store = new AdjudicationStore(folder);
  const carrier = (owed: Owed): void => {
    delivered.push(owed);
  };
  return new PayersDesk(store, new Post(store, { x12Files: carrier, changeHealthcare: carrier, stedi: carrier }));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-adjudication-'));
  delivered = [];
  desk = open();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A claim of Medicare: no copayment, no drawn member. */
function claim(number: string, changes: Partial<Claim> = {}): Claim {
  const sample = sampleClaim({ patientControlNumber: number });
  const { id, name } = everyPayer.medicarePartB;
  return {
    ...sample,
    payer: { ...sample.payer, id, name },
    filingCode: 'MB',
    subscriber: { ...sample.subscriber, memberId: `MPB${number}` },
    ...changes,
  };
}

function take(one: Claim, wire: Wire = 'x12Files', at = now) {
  desk.choose(one.patientControlNumber ?? '', 'paid');
  return desk.take(submittedOf(one), wire, parties, at);
}

function sets(text: string): TransactionSet[] {
  const found: TransactionSet[] = [];
  const taker = new TransactionSets((set) => found.push(set));
  const scanner = new Scanner(taker);
  scanner.push(Buffer.from(text));
  scanner.end();
  taker.end();
  return found;
}

function findingsOf(text: string): string[] {
  const reader = new X12Reader('transactions');
  reader.push(Buffer.from(text));
  return reader.end().findings.map(({ code, message }) => `${code} ${message}`);
}

/** The payments that were delivered as X12, each checked to be whole. */
function remittances(): Remittance[] {
  return delivered
    .filter(({ set }) => set === '835')
    .flatMap(({ text }) => {
      expect(findingsOf(text)).toEqual([]);
      return sets(text).map((set) => {
        const { value, faults, others } = readRemittance(set);
        expect(faults).toEqual([]);
        expect(others).toEqual([]);
        return value;
      });
    });
}

const only = <Item>(items: readonly Item[]): Item => {
  expect(items).toHaveLength(1);
  return items[0] ?? expect.unreachable();
};
const paidIn = ({ claims }: Remittance) =>
  claims.map(({ patientControlNumber, status }) => [patientControlNumber, status]);
const fail = (...next: Fault[]) => {
  desk.store.change({ faults: next });
};

describe('a whole clinic’s claims', () => {
  test('each is sent back or told in exactly one payment; every payment balances and is of one payer', () => {
    const { claims } = generateBilling({ seed: 1, today: '2026-11-18', canary: null });
    const held = claims.map((one) => desk.take(submittedOf(one.claim), 'x12Files', parties, now));
    desk.adjudicate({}, now);
    const told = remittances();
    const accepted = held.filter(({ refusal }) => refusal === null);
    expect(told.flatMap((one) => one.claims.map(({ patientControlNumber }) => patientControlNumber)).sort()).toEqual(
      accepted.map((one) => one.claim.number).sort(),
    );
    expect(told).toHaveLength(5);
    const refused = held.filter(({ refusal }) => refusal !== null).map(({ refusal }) => refusal?.code);
    for (const code of ['477', '255', '178']) expect(refused).toContain(code);
    const reasons = told.flatMap((one) =>
      one.claims.flatMap(({ lines }) => lines.flatMap(({ adjustments }) => adjustments.map(({ reason }) => reason))),
    );
    for (const reason of ['45', '253', '197', '4', '181', '97', '29', '1', '2', '3']) expect(reasons).toContain(reason);
  });
});

describe('a claim in time', () => {
  test('received, in process, decided, paid: what a question hears at each moment', () => {
    desk.store.change({ pace: { processSeconds: 60, decideSeconds: 120, paySeconds: 300 } });
    take(claim('T1'));
    const at = (seconds: number) => desk.standing({ number: 'T1', payerNumber: null }, later(seconds));
    expect(at(0)).toMatchObject({ category: 'A2', code: '20', paidCents: 0 });
    expect(at(60)).toMatchObject({ category: 'P1', code: '20' });
    expect(at(120)).toMatchObject({ category: 'F0', code: '3', paidCents: 0, paidOn: null });
    expect(at(300)).toMatchObject({ category: 'F1', code: '65', paidOn: '2026-11-20', trace: 'EFT0000001' });
    expect(at(300)?.paidCents).toBe(only(remittances()).payment.amountCents);
  });

  test('with a pace both who is taken and who is sent back hear of it at once', () => {
    desk.store.change({ pace: { processSeconds: 60, decideSeconds: 120, paySeconds: 300 } });
    take(claim('T7'), 'changeHealthcare');
    take(claim('T8', { chargeCents: 1 }), 'changeHealthcare');
    desk.work(now);
    desk.work(later(1));
    const told = delivered.flatMap(({ text }) => sets(text).flatMap((set) => readClaimAcknowledgments(set).claims));
    expect(told.map(({ trace, verdict }) => [trace.number, verdict.outcome])).toEqual([
      ['T7', 'accepted'],
      ['T8', 'rejected'],
    ]);
  });

  test('without a pace nothing moves until somebody says so', () => {
    take(claim('T2'));
    desk.work(later(1_000_000));
    expect(desk.standing({ number: 'T2', payerNumber: null }, now)).toMatchObject({ category: 'A2' });
    expect(desk.adjudicate({ claims: ['T2'] }, now)).toEqual(['EFT0000001']);
    expect(desk.adjudicate({ claims: ['T2'] }, now)).toEqual([]);
  });

  test('of a claim that was sent back a payer knows nothing, and it is paid for nothing', () => {
    take(claim('T3', { chargeCents: 1 }));
    expect(desk.adjudicate({}, now)).toEqual([]);
    expect(desk.standing({ number: 'T3', payerNumber: null }, now)).toMatchObject({ category: 'A4', code: '35' });
    expect(desk.standing({ number: 'NEVER', payerNumber: null }, now)).toBeNull();
  });

  test('the same services twice: the second is a duplicate', () => {
    take(claim('T4'));
    const second = claim('T5', { subscriber: claim('T4').subscriber });
    desk.take(submittedOf(second), 'stedi', parties, now);
    desk.adjudicate({}, now);
    expect(desk.standing({ number: 'T5', payerNumber: null }, now)).toMatchObject({ category: 'F2', code: '54' });
  });

  test('what is known survives a restart', () => {
    take(claim('T6'));
    desk = open();
    expect(desk.adjudicate({}, now)).toHaveLength(1);
  });
});

describe('corrections', () => {
  test('a replacement takes the earlier payment back and pays anew, in one remittance', () => {
    const original = take(claim('C1'));
    desk.adjudicate({}, now);
    const [first] = remittances();
    delivered = [];
    const fewer = claim('C1').lines.slice(0, 1);
    const changes = { frequency: '7', originalClaimNumber: original.payerNumber, lines: fewer, chargeCents: 12_000 };
    take(claim('C1', changes));
    desk.adjudicate({}, now);
    const second = only(remittances());
    expect(paidIn(second)).toEqual([
      ['C1', '22'],
      ['C1', '1'],
    ]);
    expect(second.reversals).toEqual([{ reversed: 0, corrected: 1 }]);
    expect(second.claims[0]?.paidCents).toBe(-(first?.payment.amountCents ?? 0));
    expect(second.claims[0]?.payerClaimNumber).toBe(original.payerNumber);
    // One unit of service less: the payer is owed money, which it keeps from the next payment.
    const short = -(second.claims[0]?.paidCents ?? 0) - (second.claims[1]?.paidCents ?? 0);
    expect(short).toBeGreaterThan(0);
    expect(second.payment).toMatchObject({ amountCents: 0, method: 'NON' });
    expect(second.adjustments).toMatchObject([{ reason: 'FB', reference: 'EFT0000002', amountCents: -short }]);
    delivered = [];
    take(claim('C2'));
    desk.adjudicate({}, now);
    const third = only(remittances());
    expect(third.adjustments).toMatchObject([{ reason: 'FB', reference: 'EFT0000002', amountCents: short }]);
    expect(third.payment.amountCents).toBe((third.claims[0]?.paidCents ?? 0) - short);
  });

  test('a void takes the payment back and pays nothing; the claim cannot be replaced again', () => {
    const original = take(claim('C3'));
    desk.adjudicate({}, now);
    delivered = [];
    take(claim('C3', { frequency: '8', originalClaimNumber: original.payerNumber }));
    desk.adjudicate({}, now);
    expect(paidIn(only(remittances()))).toEqual([['C3', '22']]);
    const again = take(claim('C3', { frequency: '7', originalClaimNumber: original.payerNumber }));
    expect(again.refusal).toMatchObject({ category: 'A7', code: '464' });
  });

  test('a denial that the payer reconsiders is taken back and paid in one remittance', () => {
    take(claim('C5'));
    desk.choose('C5', 'noAuthorization');
    desk.adjudicate({}, now);
    delivered = [];
    desk.choose('C5', 'paid');
    expect(desk.reconsider(['C5'], now)).toEqual(['EFT0000002']);
    const second = only(remittances());
    expect(paidIn(second)).toEqual([
      ['C5', '22'],
      ['C5', '1'],
    ]);
    expect(second.claims[0]?.paidCents).toBe(0);
    expect(second.payment.amountCents).toBeGreaterThan(0);
    expect(desk.reconsider(['NEVER'], now)).toEqual([]);
  });

  test('a replacement without the original number is sent back', () => {
    expect(take(claim('C4', { frequency: '7' })).refusal).toMatchObject({ category: 'A6', code: '464' });
  });
});

describe('remittances', () => {
  test('several claims and money of no claim in one payment', () => {
    for (const number of ['R1', 'R2', 'R3']) take(claim(number));
    desk.adjudicate({ changes: [{ reason: 'L6', reference: 'R1', cents: -125 }] }, now);
    const one = only(remittances());
    expect(one.claims).toHaveLength(3);
    expect(one.adjustments).toMatchObject([{ reason: 'L6', reference: 'R1', amountCents: -125 }]);
    const paid = one.claims.reduce((sum, { paidCents }) => sum + (paidCents ?? 0), 0);
    expect(one.payment.amountCents).toBe(paid + 125);
  });

  test('a payment in two files: each balances, both bear its number, no claim is told twice', () => {
    for (const number of ['S1', 'S2', 'S3']) take(claim(number));
    fail({ fault: 'split' });
    desk.adjudicate({}, now);
    const told = remittances();
    expect(told.map(({ payment }) => payment.trace)).toEqual(['EFT0000001', 'EFT0000001']);
    expect(told.map(({ claims }) => claims.length)).toEqual([2, 1]);
  });

  test('late: nothing until then', () => {
    take(claim('L1'));
    fail({ fault: 'late', milliseconds: 5000 });
    desk.adjudicate({}, now);
    expect(delivered).toEqual([]);
    desk.work(later(5));
    expect(remittances()).toHaveLength(1);
  });

  test('twice: the same text under another name', () => {
    take(claim('L2'));
    fail({ fault: 'twice' });
    desk.adjudicate({}, now);
    const [one, other] = delivered;
    expect(other?.text).toBe(one?.text);
    expect(other?.name).not.toBe(one?.name);
  });

  test('unmatched: a claim that nobody sent', () => {
    take(claim('L3'));
    fail({ fault: 'unmatched' });
    desk.adjudicate({}, now);
    expect(paidIn(only(remittances()))).toEqual([['XL3', '1']]);
  });

  test('unbalanced: a cent more than its claims', () => {
    take(claim('L4'));
    fail({ fault: 'unbalanced' });
    desk.adjudicate({}, now);
    expect(findingsOf(only(delivered).text).map((one) => one.split(' ')[0])).toEqual(['balance.transaction']);
  });

  test('paid twice: the same claim under another payment', () => {
    take(claim('L5'));
    fail({ fault: 'paidTwice' });
    desk.adjudicate({}, now);
    const told = remittances();
    expect(told.map(({ payment }) => payment.trace)).toEqual(['EFT0000001', 'EFT0000002']);
    expect(told.map(paidIn)).toEqual([[['L5', '1']], [['L5', '1']]]);
  });
});

describe('the same over every wire', () => {
  test('a claim has one payer number, one decision and one payment, whichever way it came', () => {
    const wires: Wire[] = ['x12Files', 'changeHealthcare', 'stedi'];
    const told = wires.map((wire) => {
      desk.store.reset();
      delivered = [];
      take(claim('W1'), wire);
      desk.adjudicate({}, now);
      return { standing: desk.standing({ number: 'W1', payerNumber: null }, now), delivered };
    });
    expect(new Set(told.map(({ standing }) => JSON.stringify(standing))).size).toBe(1);
    const [files, reports, stedi] = told.map((one) => one.delivered.filter(({ set }) => set === '835'));
    const facts = (owed: readonly Owed[] | undefined) =>
      sets(owed?.[0]?.text ?? '').map((set) => readRemittance(set).value.claims)[0]?.[0];
    expect(facts(files)).toEqual(facts(reports));
    const json = JSON.parse(stedi?.[0]?.text ?? '') as {
      transactions: { detailInfo: { paymentInfo: { claimPaymentInfo: Record<string, string> }[] }[] }[];
    };
    const info = json.transactions[0]?.detailInfo[0]?.paymentInfo[0]?.claimPaymentInfo;
    expect(Math.round(Number(info?.['claimPaymentAmount']) * 100)).toBe(facts(files)?.paidCents);
    expect(info?.['payerClaimControlNumber']).toBe(facts(files)?.payerClaimNumber);
  });

  test('an interface tells of each claim whether it was taken, a file does so by itself', () => {
    take(claim('A1'), 'changeHealthcare');
    take(claim('A2', { chargeCents: 1 }), 'changeHealthcare');
    take(claim('A3'), 'x12Files');
    desk.adjudicate({}, now);
    const told = delivered.filter(({ set }) => set === '277');
    const verdicts = told.flatMap(({ text }) => {
      expect(findingsOf(text)).toEqual([]);
      return sets(text).flatMap((set) => {
        const { claims, faults } = readClaimAcknowledgments(set);
        expect(faults).toEqual([]);
        return claims.map(({ trace, verdict }) => [trace.number, verdict.outcome, verdict.basis]);
      });
    });
    expect(verdicts).toEqual([
      ['A1', 'accepted', 'both'],
      ['A2', 'rejected', 'both'],
    ]);
  });
});
