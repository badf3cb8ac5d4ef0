// The loops of an 837P: a claim in any allowed order has no finding, what is missing, doubled or misplaced has one.
import { expect, test } from 'vitest';
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
import type { Loop, Tree } from '../loops.ts';
import { loopOf, treeOf } from '../tree.ts';
import { grammarOf } from './all.ts';
import { professionalClaim } from './professional-claim.ts';

function walked(content: readonly string[]): Tree {
  const [set] = setsIn(interchangeOf(content));
  if (set === undefined) throw new Error('There is a transaction set.');
  return treeOf(set, professionalClaim);
}

/** Findings as `code segment`, the segment by its id and qualifier. */
function faultsOf(content: readonly string[]): string[] {
  const tree = walked(content);
  const at = new Map(tree.set.segments.map((segment) => [segment.place.segment, segment]));
  return tree.faults.map(({ code, place }) => {
    const segment = at.get(place.segment);
    return `${code} ${segment?.id ?? ''}*${segment?.element(1) ?? ''}`;
  });
}

const usual = [...claimHeader, ...clinicLevel, ...subscriberLevel, ...claim];

test('two claims, one below the subscriber and one below the patient, have no finding', () => {
  expect(faultsOf(bothClaims)).toEqual([]);
  expect(walked(bothClaims).strays).toEqual([]);
});

test('providers of a claim, and dates of one level, come in any order', () => {
  const dates = claim.filter((segment) => segment.startsWith('DTP*4') && !segment.startsWith('DTP*472'));
  const turned = claim.map((segment) => {
    if (segment.startsWith('DTP*431')) return dates[1] ?? '';
    return segment.startsWith('DTP*454') ? (dates[0] ?? '') : segment;
  });
  expect(turned).not.toEqual(claim);
  expect(faultsOf([...claimHeader, ...clinicLevel, ...subscriberLevel, ...turned])).toEqual([]);
});

test('a date of a line that comes before its date of service does not hide it', () => {
  const line = claim.flatMap((segment) =>
    segment === 'DTP*472*D8*20260227' ? ['DTP*304*D8*20260201', segment] : [segment],
  );
  expect(faultsOf([...claimHeader, ...clinicLevel, ...subscriberLevel, ...line])).toEqual([]);
});

test('a rendering provider after a line is of that line, before the lines of the claim', () => {
  const tree = walked([...usual, 'NM1*82*1*OTHER*ANN****XX*1999999950', 'PRV*PE*PXC*225100000X']);
  const levels = tree.loops.find(({ id }) => id === '2000A')?.loops.find(({ id }) => id === '2000B');
  const found = levels === undefined ? undefined : loopOf(levels, '2300');
  const ids = (loop: Loop | undefined) => loop?.loops.map(({ id }) => id);
  expect(ids(found)).toEqual(['2310B', '2310A', '2400', '2400']);
  expect(ids(found?.loops.at(-1))).toEqual(['2420A']);
  expect(tree.faults).toEqual([]);
});

test.each([
  ['the billing provider twice', 'loop.excess NM1*85', [...clinicLevel, ...clinicLevel.slice(2)], claim],
  ['no billing provider', 'loop.missing HL*1', clinicLevel.slice(0, 2), claim],
  ['a claim without a diagnosis', 'loop.missing CLM*PCN1', clinicLevel, claim.filter((one) => !one.startsWith('HI'))],
  ['a line without its date', 'loop.missing LX*2', clinicLevel, claim.toSpliced(14, 1)],
  [
    'an address after its tax number',
    'loop.order N3*1 RIVER STREET',
    [0, 1, 2, 5, 3, 4].map((at) => clinicLevel[at] ?? ''),
    claim,
  ],
])('%s is a finding', (_, finding, clinic, content) => {
  expect(faultsOf([...claimHeader, ...clinic, ...subscriberLevel, ...content])).toContain(finding);
});

test('a service line without LX has no place', () => {
  const found = faultsOf(usual.filter((segment) => !segment.startsWith('LX')));
  expect(found.filter((fault) => fault.includes('SV1') || fault.includes('missing'))).toEqual([
    'loop.order SV1*HC:97110:GP',
    'loop.order SV1*HC:97140:GP:59',
    'loop.missing CLM*PCN1',
  ]);
});

test('levels are told by their parents: the patient before the subscriber, two clinics after each other', () => {
  const second = clinicLevel.map((segment) => segment.replace('HL*1*', 'HL*5*'));
  const mixed = [
    ...claimHeader,
    ...clinicLevel,
    ...second,
    ...childLevel,
    ...secondaryClaim,
    ...familyLevel.map((segment) => segment.replace('HL*3*1', 'HL*3*5')),
    ...subscriberLevel,
    ...claim,
  ];
  const tree = walked(mixed);
  const clinics = tree.loops.filter(({ id }) => id === '2000A');
  const controls = clinics.map((clinic) =>
    clinic.loops
      .flatMap((level) => [level, ...level.loops])
      .flatMap(({ loops }) => loops.filter(({ id }) => id === '2300').map((loop) => loop.segments[0]?.element(1))),
  );
  expect(controls).toEqual([['PCN1'], ['PCN2']]);
});

test('where a level number comes twice, what follows stands below the later one', () => {
  const twice = [...usual, ...clinicLevel, ...subscriberLevel, ...claim];
  expect(faultsOf(twice)).toEqual([]);
  const clinics = walked(twice).loops.filter(({ id }) => id === '2000A');
  expect(clinics.map((clinic) => clinic.loops.filter(({ id }) => id === '2000B').length)).toEqual([1, 1]);
});

test('institutional and dental claims and a version nobody knows have no grammar', () => {
  for (const version of ['005010X222', '005010X222A1', '005010X222A2'])
    expect(grammarOf('837', version)).toBe(professionalClaim);
  for (const version of ['005010X223A3', '005010X224A2', '005010X999A1', ''])
    expect(grammarOf('837', version)).toBeNull();
});
