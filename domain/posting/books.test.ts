// The books of a claim after whatever its payers did, in whatever order it came.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postingCodes as codes } from '../../rules/testing/posting-codes.ts';
import type { Claim } from '../claim/schema.ts';
import { sampleClaim } from '../claim/testing/claims.ts';
import { bookClaim, booksOf } from './books.ts';
import type { Books } from './books.ts';
import type { Entry } from './entries.ts';
import { decisionOf } from './posted.ts';
import type { Decision } from './reversals.ts';
import { remittance, reversed } from './testing/remittances.ts';
import type { Decided } from './testing/remittances.ts';

const chargeCents = 10_000;
const harbor = { name: 'HARBOR HEALTH', id: 'harbor-health' };
const keystone = { name: 'KEYSTONE', id: 'keystone' };

function claimOf(changes: Partial<Claim> = {}): Claim {
  return sampleClaim({ patientControlNumber: 'C1', chargeCents, lines: [], ...changes });
}

let count = 0;
function decision(changes: Partial<Decided>, payer = harbor, to = 'one'): Decision {
  const read = remittance({ claims: [{ number: 'C1', chargeCents, ...changes }], payer });
  const [said] = read.claims;
  if (said === undefined) return expect.unreachable('the remittance holds a claim');
  const id = `d${(count += 1)}`;
  const made = decisionOf(codes, { id, remittance: read, said }, { ref: to, claim: claimOf() });
  return made ?? expect.unreachable('the status moves the books');
}

const books = (decisions: readonly Decision[], ...claims: readonly Claim[]): Books =>
  booksOf(
    (claims.length > 0 ? claims : [claimOf()]).map((claim, at) =>
      bookClaim({ ref: at === 0 ? 'one' : `other${at}`, order: `${at}`, claim }),
    ),
    decisions,
  );

const first: Partial<Decided> = {
  adjustments: [
    ['CO', '45', 3_000],
    ['PR', '2', 1_400],
  ],
};
/** What a second payer says after that: the whole charge, and what was done before as one adjustment. */
const second: Partial<Decided> = { status: '2', adjustments: [['OA', '23', 8_600]] };
const sums = ({ standing, paidCents, adjustedCents, patientCents, openCents }: Books) => [
  standing,
  paidCents,
  adjustedCents,
  patientCents,
  openCents,
];

test('before a payer has spoken everything is open, and what the patient owes is not known', () => {
  expect(sums(books([]))).toEqual(['open', 0, 0, null, 10_000]);
});

test('one payer settles a claim: paid, adjusted, and the rest is the patient’s', () => {
  expect(sums(books([decision(first)]))).toEqual(['settled', 5_600, 3_000, 1_400, 0]);
});

test('what the patient paid at the desk is taken off what the patient owes', () => {
  const claim = claimOf({ patientPaidCents: 1_000 });
  expect(books([decision(first)], claim)).toMatchObject({ patientCents: 1_400, patientBalanceCents: 400 });
});

test('what the patient paid later comes on top of what the claim says itself, what it says of is counted once', () => {
  const paidLater = (patientPaidCents: number | null, claim = 'one') =>
    booksOf([bookClaim({ ref: claim, order: '0', claim: claimOf({ patientPaidCents }) })], [decision(first)], {
      paidByPatient: {
        payments: [
          { on: '2026-11-02', cents: 1_000 },
          { on: '2026-11-20', cents: 500 },
          { on: '2026-11-21', cents: -200 },
        ],
        takenInOn: new Map([['one', '2026-11-03']]),
      },
    });
  expect(paidLater(1_000)).toMatchObject({ patientPaidCents: 1_300, patientBalanceCents: 100 });
  expect(paidLater(0)).toMatchObject({ patientPaidCents: 300, patientBalanceCents: 1_100 });
  expect(paidLater(null)).toMatchObject({ patientPaidCents: 1_300, patientBalanceCents: 100 });
  // Only the patient's own balance is moved: the payers' cents stand where they stood.
  expect(sums(paidLater(null))).toEqual(sums(books([decision(first)])));
});

const sentToBoth = [claimOf(), claimOf({ responsibility: 'S' })] as const;

test('while a second payer is to decide, the patient’s share of the first stays open', () => {
  const waiting = ['partly', 5_600, 3_000, null, 1_400];
  const named = claimOf({ otherPayers: [{ ...otherPayer, responsibility: 'S' }] });
  expect(sums(books([decision(first)], ...sentToBoth))).toEqual(waiting);
  expect(sums(books([decision(first)], named))).toEqual(waiting);
  expect(sums(books([decision({ ...first, status: '19' })]))).toEqual(waiting);
});

const otherPayer: Claim['otherPayers'][number] = {
  responsibility: 'S',
  relationship: '18',
  insuranceType: null,
  filingCode: 'CI',
  benefitsAssigned: 'Y',
  patientSignatureSource: null,
  releaseOfInformation: 'Y',
  subscriber: null,
  payer: claimOf().payer,
  claimNumber: null,
  priorAuthorizationNumber: null,
  referralNumber: null,
  paidCents: null,
  nonCoveredCents: null,
  patientOwesCents: null,
  paidOn: null,
  adjustments: [],
  remarkCodes: [],
};

test('a second payer’s word on what came before it is not an adjustment again', () => {
  const both = [decision({ ...first, status: '19' }), decision(second, keystone)];
  expect(sums(books(both))).toEqual(['settled', 7_000, 3_000, 0, 0]);
  const copay = decision(
    {
      status: '2',
      adjustments: [
        ['OA', '23', 8_600],
        ['CO', '45', 100],
        ['PR', '3', 300],
      ],
    },
    keystone,
  );
  expect(sums(books([decision(first), copay]))).toEqual(['settled', 6_600, 3_100, 300, 0]);
});

test('the second payer’s money before the first payer’s word is money, and no more is known', () => {
  expect(sums(books([decision(second, keystone)], ...sentToBoth))).toEqual(['partly', 1_400, 0, null, 8_600]);
});

test('a second payer that refuses a stranger does not make the patient owe what the contract forgave', () => {
  const refused = decision({ status: '2', adjustments: [['PR', '31', 10_000]] }, keystone);
  expect(sums(books([decision(first), refused]))).toEqual(['settled', 5_600, 3_000, 1_400, 0]);
});

test('what the first payer refused altogether the second decides from the start', () => {
  const refused = decision({ status: '4', adjustments: [['CO', '22', 10_000]] });
  expect(sums(books([refused], ...sentToBoth))).toEqual(['partly', 0, 10_000, null, 0]);
  const paid = decision(
    {
      status: '2',
      adjustments: [
        ['CO', '45', 2_000],
        ['PR', '2', 500],
      ],
    },
    keystone,
    'other1',
  );
  expect(sums(books([refused, paid], ...sentToBoth))).toEqual(['settled', 7_500, 2_000, 500, 0]);
});

test('a second payer that pays more than was left leaves a credit', () => {
  const more = decision({ status: '2', adjustments: [['OA', '23', 8_000]] }, keystone);
  expect(sums(books([decision(first), more]))).toEqual(['overpaid', 7_600, 3_000, 0, -600]);
});

test('a denial is an adjustment until somebody does something about it', () => {
  expect(sums(books([decision({ status: '4', adjustments: [['CO', '197', 10_000]] })]))).toEqual([
    'settled',
    0,
    10_000,
    0,
    0,
  ]);
});

test('lines decided one after the other are one decision in the end', () => {
  const [one, other] = [
    decision({ chargeCents: 6_000, adjustments: [['CO', '45', 1_000]] }),
    decision({ chargeCents: 4_000 }),
  ];
  expect(sums(books([one]))).toEqual(['partly', 5_000, 1_000, null, 4_000]);
  expect(sums(books([one, other]))).toEqual(['settled', 9_000, 1_000, 0, 0]);
});

test('a claim sent twice and refused as a duplicate stands as it was', () => {
  const refused = decision({ status: '4', adjustments: [['OA', '18', 10_000]] });
  expect(sums(books([decision(first), refused]))).toEqual(['settled', 5_600, 3_000, 1_400, 0]);
});

test('a claim that was refused and paid later is paid', () => {
  const refused = decision({ status: '4', adjustments: [['CO', '16', 10_000]] });
  expect(sums(books([refused, decision(first)]))).toEqual(['settled', 5_600, 3_000, 1_400, 0]);
});

test('a payer that pays twice and takes nothing back leaves it unknown what counts', () => {
  expect(sums(books([decision(first), decision({ adjustments: [['CO', '45', 2_000]] })]))).toEqual([
    'contradictory',
    13_600,
    null,
    null,
    -3_600,
  ]);
});

test('a reversal undoes what it names and nothing else', () => {
  const [kept, undone] = [decision({ chargeCents: 4_000 }), decision({ chargeCents: 6_000, ...first })];
  const back = decision(reversed({ number: 'C1', chargeCents: 6_000, ...first }));
  expect(sums(books([kept, undone, back]))).toEqual(sums(books([kept])));
});

test('a reversal that lumps what it takes back in one sum undoes the same', () => {
  const back = decision({ status: '22', chargeCents: -10_000, adjustments: [['CR', '45', -4_400]] });
  expect(sums(books([decision(first), back]))).toEqual(sums(books([])));
});

test('money taken back that the books never saw is gone, and what counts is not known', () => {
  const back = decision(reversed({ number: 'C1', chargeCents, ...first }));
  expect(sums(books([back]))).toEqual(['contradictory', -5_600, null, null, 15_600]);
});

test('a voided claim is owed by nobody once its payment was taken back', () => {
  const claims = [claimOf(), claimOf({ frequency: '8' })];
  const back = decision(reversed({ number: 'C1', chargeCents, ...first }));
  expect(sums(books([decision(first), back], ...claims))).toEqual(['settled', 0, 0, 0, 0]);
});

test('a replacement is billed in place of the first claim', () => {
  const claims = [claimOf(), claimOf({ frequency: '7', chargeCents: 12_000 })];
  const back = decision(reversed({ number: 'C1', chargeCents, ...first }));
  const again = decision({ chargeCents: 12_000, adjustments: [['CO', '45', 4_000]] }, harbor, 'other1');
  expect(sums(books([decision(first), back, again], ...claims))).toEqual(['settled', 8_000, 4_000, 0, 0]);
});

const writeOff = (of: Entry['of'], cents: number): Entry => ({ kind: 'writeOff', of, cents });
const left: Entry = { kind: 'leftToPatient', of: 'insurance', cents: chargeCents };

test('what was written off of what the patient owes is owed no more', () => {
  const claim = bookClaim({ ref: 'one', order: '0', claim: claimOf({ patientPaidCents: 400 }) });
  const result = booksOf([claim], [decision(first)], { entries: [writeOff('patient', 1_000)] });
  expect(sums(result)).toEqual(['settled', 5_600, 3_000, 400, 0]);
  expect(result).toMatchObject({ writtenOffCents: 1_000, patientBalanceCents: 0 });
});

test('what was written off and is paid after all is paid too much until a person has looked at it', () => {
  const result = booksOf([bookClaim({ ref: 'one', order: '0', claim: claimOf() })], [decision(first)], {
    entries: [writeOff('insurance', chargeCents)],
  });
  expect(sums(result)).toEqual(['overpaid', 5_600, 3_000, 1_400, -5_600]);
});

const adjustment = fc.tuple(
  fc.constantFrom('CO', 'PR', 'OA'),
  fc.constantFrom('45', '1', '2', '3', '97'),
  fc.integer({ min: 0, max: 1_500 }),
);
const outcome: fc.Arbitrary<Partial<Decided>> = fc.record({ adjustments: fc.array(adjustment, { maxLength: 5 }) });

test('however often a payer took back and decided anew, and in whatever order it came, the last decision stands', () => {
  fc.assert(
    fc.property(
      fc.array(outcome, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
      (outcomes, random) => {
        const made = outcomes.flatMap((one, at) => {
          const back = at < outcomes.length - 1 ? [decision(reversed({ number: 'C1', chargeCents, ...one }))] : [];
          return [decision(one), ...back];
        });
        const shuffled = made
          .map((one, at) => ({ one, at: random[at] ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const last = outcomes.at(-1)?.adjustments ?? [];
        const sum = (fits: (group: string) => boolean) =>
          last.reduce((cents, [group, , amount]) => (fits(group) ? cents + amount : cents), 0);
        const [patient, adjusted] = [sum((group) => group === 'PR'), sum((group) => group !== 'PR')];
        const twice = books([...shuffled, ...shuffled.slice(0, 2)]);
        expect(sums(twice)).toEqual(['settled', chargeCents - patient - adjusted, adjusted, patient, 0]);
      },
    ),
    { numRuns: 200 },
  );
});

test('every cent of the charge is in one place, whatever came', () => {
  const any = fc.tuple(
    outcome,
    fc.constantFrom('1', '2', '3', '4', '19', '22'),
    fc.constantFrom(harbor, keystone),
    fc.nat(10_000),
  );
  const entry: fc.Arbitrary<Entry> = fc.oneof(
    fc
      .tuple(fc.constantFrom('insurance', 'patient'), fc.integer({ min: 1, max: chargeCents }))
      .map(([of, cents]) => writeOff(of, cents)),
    fc.integer({ min: 1, max: chargeCents }).map((cents) => ({ ...left, cents })),
  );
  const entered = fc.array(entry, { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 5 }), fc.boolean(), entered, (all, isSentToBoth, entries) => {
      const made = all.map(([one, status, payer, charge]) => {
        const decided = { number: 'C1', ...one, chargeCents: charge };
        return decision(status === '22' ? reversed(decided) : { ...decided, status }, payer);
      });
      const claims = (isSentToBoth ? sentToBoth : [claimOf()]).map((one, at) =>
        bookClaim({ ref: at === 0 ? 'one' : `other${at}`, order: `${at}`, claim: one }),
      );
      const result = booksOf(claims, made, { entries });
      const { paidCents, adjustedCents, patientCents, openCents, writtenOffCents } = result;
      const placed = paidCents + (adjustedCents ?? 0) + writtenOffCents + (patientCents ?? 0);
      expect(placed + (openCents ?? NaN)).toBe(chargeCents);
      const givenUp = entries.reduce((sum, { kind, cents }) => (kind === 'writeOff' ? sum + cents : sum), 0);
      expect(writtenOffCents).toBeGreaterThanOrEqual(0);
      expect(writtenOffCents).toBeLessThanOrEqual(givenUp);
      expect(paidCents).toBe(
        made
          .flatMap(({ lines }) => lines)
          .reduce((sum, { kind, cents }) => (kind === 'payment' ? sum + cents : sum), 0),
      );
      expect(result.standing === 'settled' ? openCents : null).toBe(result.standing === 'settled' ? 0 : null);
      expect(booksOf(claims, made.toReversed(), { entries: entries.toReversed() })).toEqual(result);
    }),
    { numRuns: 300 },
  );
});
