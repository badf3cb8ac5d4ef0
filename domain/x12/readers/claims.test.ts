// An 837P as claims: whose each is, what it bills, what another payer decided, and everything that has no field.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { claimDate } from '../../claim/dates.ts';
import { claimSchema } from '../../claim/schema.ts';
import {
  bothClaims,
  childLevel,
  claim,
  claimHeader,
  clinicLevel,
  familyLevel,
  interchangeOf,
  secondaryClaim,
  subscriberLevel,
} from '../testing/claim-samples.ts';
import { setsIn } from '../testing/sets.ts';
import type { ReadClaims } from './claims.ts';
import { readClaims } from './claims.ts';

function readIn(content: readonly string[]): ReadClaims {
  const [set] = setsIn(interchangeOf(content));
  if (set === undefined) throw new Error('There is a transaction set.');
  return readClaims(set);
}

const usual = [...claimHeader, ...clinicLevel, ...subscriberLevel];

test('a claim of two lines is read with its clinic, its patient and its authorization', () => {
  const { claims, others, faults, submission } = readIn(bothClaims);
  expect([others, faults, claims.flatMap((one) => one.others)]).toEqual([[], [], []]);
  expect(submission).toMatchObject({
    reference: 'BATCH7',
    use: 'CH',
    receiver: { name: 'SUNRISE HEALTH', id: '00882' },
  });
  expect(claims.map(({ source }) => source)).toEqual(['CLM segment 20', 'CLM segment 47']);
  const [first] = claims;
  expect(first?.claim).toMatchObject({
    patientControlNumber: 'PCN1',
    chargeCents: 21_550,
    placeOfService: '11',
    frequency: '1',
    filingCode: 'CI',
    priorAuthorizationNumber: 'AUTH123',
    billingProvider: { name: 'RIVERSIDE PHYSICAL THERAPY', npi: '1999999984', taxonomy: '261QP2000X' },
    rendering: { kind: 'person', name: 'PARK', given: 'LEE', npi: '1999999976', taxonomy: '225100000X' },
    referring: { name: 'STONE' },
    subscriber: { name: 'SAMPLE', memberId: 'SAMPLE0001', birthDate: '1980-01-01', gender: 'female' },
    patient: null,
    diagnoses: [
      { qualifier: 'ABK', code: 'M5450' },
      { qualifier: 'ABF', code: 'M6281' },
    ],
  });
  expect(claimDate(first?.claim.dates ?? [], 'initialTreatment')?.from).toBe('2026-02-16');
  expect(first?.claim.lines).toMatchObject([
    {
      number: 1,
      procedure: { code: '97110', modifiers: ['GP'] },
      chargeCents: 15_025,
      units: 2,
      diagnosisPointers: [1, 2],
      from: '2026-02-27',
      to: null,
      controlNumber: 'LINE1',
    },
    {
      number: 2,
      procedure: { code: '97140', modifiers: ['GP', '59'] },
      chargeCents: 6525,
      placeOfService: '11',
      notes: [{ kind: 'ADD', text: 'SEPARATE REGION' }],
    },
  ]);
});

test('what another payer decided is read to the cent, by claim and by line', () => {
  const second = readIn(bothClaims).claims[1]?.claim;
  expect(second?.patient).toMatchObject({ relationship: '19', given: 'JO', birthDate: '2012-05-05' });
  expect(second).toMatchObject({ responsibility: 'S', relatedCauses: ['AA'], accidentState: 'OH' });
  expect(second?.otherPayers).toMatchObject([
    {
      responsibility: 'P',
      relationship: '19',
      paidCents: 4000,
      patientOwesCents: 525,
      claimNumber: 'THEIRS9',
      subscriber: { memberId: 'OTHER0001' },
      payer: { name: 'MOONLIGHT MUTUAL', id: '00111', secondaryIds: [] },
      adjustments: [{ group: 'CO', reason: '45', amountCents: 2000, quantity: null }],
    },
  ]);
  expect(second?.lines[0]?.adjudications).toMatchObject([
    {
      payerId: '00111',
      paidCents: 4000,
      units: 1,
      paidOn: '2026-03-10',
      adjustments: [
        { group: 'CO', reason: '45', amountCents: 2000 },
        { group: 'PR', reason: '3', amountCents: 525 },
      ],
    },
  ]);
});

test('what is read is a Claim by its schema', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const isClaim = ajv.compile(claimSchema);
  for (const { claim: one } of readIn(bothClaims).claims) expect([isClaim(one), isClaim.errors]).toEqual([true, null]);
});

test('levels in another order are read by their parents: each claim keeps its own patient and payer', () => {
  const mixed = [
    ...claimHeader,
    ...childLevel,
    ...secondaryClaim,
    ...familyLevel,
    ...subscriberLevel,
    ...claim,
    ...clinicLevel,
  ];
  const { claims } = readIn(mixed);
  const whose = claims.map(({ claim: one }) => [
    one.patientControlNumber,
    one.patient?.given ?? one.subscriber.given,
    one.billingProvider.name,
  ]);
  expect(whose.toSorted()).toEqual([
    ['PCN1', 'ROBIN', 'RIVERSIDE PHYSICAL THERAPY'],
    ['PCN2', 'JO', 'RIVERSIDE PHYSICAL THERAPY'],
  ]);
});

test('the number of an accident is the claim’s, whether it stands with the subscriber or with the patient', () => {
  const insured = readIn([...usual.toSpliced(16, 0, 'REF*Y4*ACCIDENT1'), ...claim]);
  const child = [...childLevel, 'REF*Y4*ACCIDENT2'];
  const patient = readIn([...claimHeader, ...clinicLevel, ...familyLevel, ...child, ...secondaryClaim]);
  expect([insured, patient].map(({ claims }) => claims[0]?.claim.propertyCasualtyClaimNumber)).toEqual([
    'ACCIDENT1',
    'ACCIDENT2',
  ]);
});

test('an ambulance report, a drug and a second contact have no field: each is told with its place', () => {
  const odd = [...claim.slice(0, 4), 'CR1*LB*275**A*DH*21', ...claim.slice(4, 12), 'LIN**N4*00026063512'];
  const { claims, others } = readIn([
    ...claimHeader,
    ...clinicLevel,
    'PER*IC*ONE*TE*5555550100',
    'PER*IC*TWO*TE*5555550101',
    ...subscriberLevel,
    ...odd,
  ]);
  const told = [...others, ...claims.flatMap((one) => one.others)];
  expect(told.map(({ source, loop, unread }) => [source, loop, unread])).toEqual([
    ['PER*IC segment 14', '2010AA', [1, 2, 3, 4]],
    ['CR1*LB segment 26', '2300', [1, 2, 4, 5, 6]],
    ['LIN segment 35', '2410', [2, 3]],
  ]);
});

test('one odd element of a segment that is read otherwise is told', () => {
  const { claims } = readIn([...usual, ...claim.with(9, 'SV1*HC:97110:GP*150.25*UN*2***1:2****Y')]);
  expect(claims[0]?.claim.lines[0]?.procedure?.code).toBe('97110');
  expect(claims[0]?.others).toMatchObject([{ id: 'SV1', loop: '2400', unread: [11] }]);
});

test.each([
  ['an amount that is none', 0, 'CLM*PCN1*2l5.5***11:B:1*Y*A*Y*Y', 'element.invalid', 'CLM02 is no amount.'],
  [
    'a control number that is missing',
    0,
    'CLM**215.5***11:B:1*Y*A*Y*Y',
    'element.missing',
    'CLM01, the patient control number, is missing.',
  ],
  ['a day that is no day', 10, 'DTP*472*D8*20260230', 'element.invalid', 'DTP03 is no date or period.'],
  [
    'a diagnosis pointer that is no number',
    9,
    'SV1*HC:97110:GP*150.25*UN*2***A',
    'element.invalid',
    'SV107 does not point to diagnoses by their numbers, four at most.',
  ],
  ['a line number that is none', 8, 'LX*ONE', 'element.invalid', 'LX01 is no line number.'],
])('%s is a fault and its value stays unread', (_, at, segment, code, message) => {
  const { claims, faults } = readIn([...usual, ...claim.with(at, segment)]);
  expect(faults).toMatchObject([{ code, message }]);
  expect(claims).toHaveLength(1);
});

test('a claim without subscriber, clinic or anything above it is read all the same', () => {
  const { claims } = readIn([...claimHeader, ...claim]);
  expect(claims).toHaveLength(0);
  const { claims: orphans, faults } = readIn([...claimHeader, 'HL*1*9*22*0', ...subscriberLevel.slice(1), ...claim]);
  expect(orphans[0]?.claim).toMatchObject({ patientControlNumber: 'PCN1', billingProvider: { name: null, npi: null } });
  expect(faults.map(({ code }) => code)).toContain('hl.parent');
});

const data = join(import.meta.dirname, '../../../../shared/data/x12');
const isThere = existsSync(data);

/** Files that were made to be wrong, and envelopes without a claim in them. */
const wrong =
  /loop_errors|missing_|out_of_order|segment_errors|bad_|edge-cases|empty-optionals|availity-repetition|bcbs-subelement|medicare-canonical|no-trailing|syntactic|comprehensive/;

function publicClaims(): { file: string; read: ReadClaims }[] {
  if (!isThere) return [];
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((file) => /837|imsweb__x12-parser__x12_/.test(file))
    .flatMap((file) =>
      setsIn(readFileSync(join(data, file)))
        .filter(({ type, version }) => type === '837' && version.startsWith('005010X222'))
        .map((set) => ({ file, read: readClaims(set) })),
    );
}

const everyPublic = publicClaims();

test.skipIf(isThere)(
  'the public claims are not there: they are read where ../shared/data stands beside the checkout',
  () => {
    expect(everyPublic).toEqual([]);
  },
);

test.skipIf(!isThere)('public claims meant to be valid have every loop once, in its place', () => {
  const valid = everyPublic.filter(({ file }) => !wrong.test(file));
  expect(valid.length).toBeGreaterThan(330);
  for (const {
    file,
    read: { claims, faults },
  } of valid) {
    expect(
      faults.filter(({ code }) => code.startsWith('loop.')),
      file,
    ).toEqual([]);
    expect(claims.length, file).toBeGreaterThan(0);
  }
});

test.skipIf(!isThere)('public claims made to be wrong have their finding', () => {
  const codes = (part: string) =>
    everyPublic.find(({ file }) => file.includes(part))?.read.faults.map(({ code }) => code) ?? [];
  expect(codes('loop_errors1')).toContain('loop.excess');
  expect(codes('loop_errors2')).toContain('loop.excess');
  expect(codes('loop_errors3')).toContain('loop.missing');
  expect(codes('missing_required_loop_in_one')).toContain('loop.missing');
  expect(codes('missing_required_loops_mult')).toContain('loop.missing');
  expect(codes('segments_out_of_order').filter((code) => code === 'loop.order')).toHaveLength(2);
  expect(codes('missing_elements').filter((code) => code === 'element.missing')).toHaveLength(1);
});

test.skipIf(!isThere)(
  'a rendering provider that could be the claim’s or the line’s is that of the line it follows',
  () => {
    const [found] = everyPublic.filter(({ file }) => file.includes('ambiguous_loop'));
    const [one] = found?.read.claims ?? [];
    expect([one?.claim.rendering, one?.claim.lines[0]?.rendering?.taxonomy]).toEqual([null, '2420A']);
  },
);

test.skipIf(!isThere)('820 claims in one public file are each of the patient above them', () => {
  const found = everyPublic.find(({ file }) => file.includes('many_claims'));
  const claims = found?.read.claims ?? [];
  expect(claims).toHaveLength(820);
  const whose = new Set(
    claims.map(({ claim: one }) => `${one.patientControlNumber ?? ''} ${one.subscriber.given ?? ''}`),
  );
  expect(whose).toEqual(new Set(['A37YH556 JOHN', 'A37YH667 DAVID']));
});
