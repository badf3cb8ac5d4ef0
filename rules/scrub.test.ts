// Facts of billing that the rules of codes, edits, modifiers, diagnoses and filing hold to, with their sources; each fires and is silent where it must.
import { expect, test } from 'vitest';
import { sampleClaim } from '../domain/claim/testing/claims.ts';
import type { ClaimLine } from '../domain/claim/line-schema.ts';
import type { Claim } from '../domain/claim/schema.ts';
import type { ScrubChart } from '../domain/scrub/chart-schema.ts';
import { scrub } from '../domain/scrub/engine.ts';
import type { ScrubFinding } from '../domain/scrub/finding.ts';
import type { ScrubProfile } from '../domain/scrub/profile-schema.ts';
import { parts } from '../domain/scrub/parts.ts';
import { scrubRules } from './testing/scrub-rules.ts';

interface Charge {
  readonly code: string;
  readonly modifiers?: readonly string[];
  readonly units?: number;
  readonly on?: string;
  readonly pointers?: number[];
  readonly place?: string;
}

interface Laid {
  readonly chart?: ScrubChart | null;
  readonly profile?: ScrubProfile;
  readonly asOf?: string;
}

const day = '2024-08-12';

/** A claim to Medicare that nothing is wrong with but what a test puts in. */
function claimOf(charges: readonly Charge[], changes: Partial<Claim> = {}): Claim {
  const sample = sampleClaim();
  const [first] = sample.lines;
  if (first === undefined) throw new Error('the sample claim has lines');
  const lines = charges.map(
    ({ code, modifiers = ['GP'], units = 1, on = day, pointers = [1], place }, index): ClaimLine => ({
      ...first,
      number: index + 1,
      procedure: { qualifier: 'HC', code, modifiers: [...modifiers], description: null },
      units,
      chargeCents: 5_000,
      from: on,
      diagnosisPointers: pointers,
      placeOfService: place ?? null,
    }),
  );
  return {
    ...sample,
    filingCode: 'MB',
    referring: sample.rendering,
    chargeCents: 5_000 * lines.length,
    lines,
    ...changes,
  };
}

function findings(
  claim: Claim,
  { chart = null, profile = {}, asOf = '2024-09-05' }: Laid = {},
): readonly ScrubFinding[] {
  const { book, tables, reference } = scrubRules;
  return scrub(book, { claim, chart, profile, tables, reference, asOf }).findings;
}

const found = (claim: Claim, laid: Laid = {}): string[] =>
  findings(claim, laid).map(({ rule, variant }) => (variant === undefined ? rule : `${rule}/${variant}`));

function notChecked(claim: Claim, { chart = null, profile = {}, asOf = '2024-09-05' }: Laid = {}): readonly string[] {
  const { book, tables, reference } = scrubRules;
  return scrub(book, { claim, chart, profile, tables, reference, asOf }).notChecked.map(
    ({ rule, needs }) => `${rule}: ${needs}`,
  );
}

const exercise: Charge = { code: '97110' };

test('every rule is cited, dated and reviewed after it was looked up', () => {
  for (const { id, retrieved, reviewBy, citation, effective } of scrubRules.rules) {
    expect(citation.source, id).not.toBe('');
    expect(reviewBy > retrieved, id).toBe(true);
    expect(effective.from === null || effective.to === null || effective.from <= effective.to, id).toBe(true);
  }
  expect(Object.keys(parts)).toContain('chart');
});

test('a claim with nothing wrong has no finding, for Medicare and for a commercial payer', () => {
  expect(found(claimOf([exercise, { code: '97140' }]))).toEqual([]);
  expect(found(claimOf([exercise, { code: '97140' }], { filingCode: 'CI' }))).toEqual([]);
});

test('97762 was deleted for 2018 and 97763 took its place: a day before it is billed as ever (CPT 2018)', () => {
  expect(findings(claimOf([{ code: '97762' }]))).toMatchObject([
    { rule: 'code.deleted', severity: 'blocks', facts: { replacedBy: '97763', deleted: '2018-01-01' } },
  ]);
  expect(found(claimOf([{ code: '97762', on: '2017-12-29' }]), { asOf: '2018-01-10' })).not.toContain('code.deleted');
});

test('a code that no table has is asked about, one of another shape blocks', () => {
  expect(found(claimOf([{ code: '97111' }]))).toContain('code.unknown/unlisted');
  expect(found(claimOf([{ code: '9711O' }]))).toContain('code.unknown/shape');
});

test('98979 is a code from 2026 on (CR 14250), and no service lies in the future', () => {
  expect(found(claimOf([{ code: '98979', modifiers: ['GP'] }]))).toContain('code.future-date/code');
  expect(found(claimOf([{ code: '97110', on: '2024-09-06' }]))).toEqual(['code.future-date/service']);
});

test('Medicare takes G0283 for 97014, and pays no hot pack (97010, status B) by itself; a commercial payer may', () => {
  expect(findings(claimOf([exercise, { code: '97014' }]))).toMatchObject([
    { rule: 'code.payer-form', line: 1, facts: { payerUses: 'G0283' } },
  ]);
  expect(findings(claimOf([exercise, { code: '97010' }]))).toMatchObject([
    { rule: 'code.not-payable', severity: 'warns', facts: { feeStatus: 'B' } },
  ]);
  expect(found(claimOf([exercise, { code: '97014' }, { code: '97010' }], { filingCode: 'CI' }))).toEqual([]);
});

test('97140 and 97124: no modifier parts them (NCCI v30.2, indicator 0), on either line and in either order', () => {
  for (const modifiers of [['GP'], ['GP', '59'], ['GP', 'XS']])
    for (const charges of [
      [{ code: '97140' }, { code: '97124', modifiers }],
      [{ code: '97124', modifiers }, { code: '97140' }],
    ]) {
      const [one, ...others] = findings(claimOf(charges));
      expect(others).toEqual([]);
      expect(one).toMatchObject({
        rule: 'ncci.ptp',
        severity: 'blocks',
        line: charges.findIndex(({ code }) => code === '97124'),
        facts: { column1: '97140', column2: '97124', indicator: '0' },
        citation: { source: 'CMS NCCI PTP practitioner', version: 'v30.2', effective: '2024-07-01' },
      });
    }
});

test('97150 and 97110 (indicator 1): the therapist is asked, and a distinct service is billed with 59 or an X modifier', () => {
  const pair = (modifiers: readonly string[]) => claimOf([{ code: '97150' }, { code: '97110', modifiers }]);
  expect(findings(pair(['GP'])).map(({ rule, severity, role }) => [rule, severity, role])).toEqual([
    ['ncci.ptp', 'blocks', 'biller'],
    ['modifier.distinct', 'asks', 'therapist'],
  ]);
  for (const modifier of ['59', 'XE', 'XS', 'XP', 'XU']) expect(found(pair(['GP', modifier]))).toEqual([]);
});

test('since 2019-07-01 the modifier may stand on the line of column 1 as well (CR 11168)', () => {
  const pair = (on: string) =>
    claimOf([
      { code: '97150', modifiers: ['GP', '59'], on },
      { code: '97110', on },
    ]);
  expect(found(pair('2019-07-01'), { asOf: '2019-07-10' })).toEqual([]);
  expect(found(pair('2019-06-28'), { asOf: '2019-07-10' })).toContain('ncci.ptp/unparted');
});

test('the pairs that pages of advice still list were deleted in 2020 and do not fire', () => {
  const pairs = [
    ['97530', '97116'],
    ['97140', '97530'],
    ['97161', '97140'],
    ['97530', '97164'],
    ['97161', '97530'],
  ] as const;
  for (const [one, other] of pairs)
    expect(found(claimOf([{ code: one }, { code: other }])), `${one} ${other}`).toEqual([]);
});

test('two codes of two days are no pair, and a payer that does not hold to NCCI is not held to it', () => {
  expect(found(claimOf([{ code: '97140' }, { code: '97124', on: '2024-08-14' }]))).toEqual([]);
  const profile = { contract: { source: 'contract', ncci: false } };
  expect(found(claimOf([{ code: '97140' }, { code: '97124' }]), { profile })).toEqual([]);
});

test('an edition that ended before the day of service says so', () => {
  const claim = (on: string) =>
    claimOf([
      { code: '97140', on },
      { code: '97124', on },
    ]);
  expect(findings(claim('2026-05-04'), { asOf: '2026-05-11' })).toMatchObject([
    { stale: true, staleSince: '2024-09-30' },
  ]);
  expect(findings(claim(day))[0]).not.toHaveProperty('stale');
});

test('MUE: two units of an evaluation are never paid (indicator 2), seven of exercise only where the record shows the need (3)', () => {
  expect(findings(claimOf([{ code: '97161', units: 2 }]))).toMatchObject([
    { rule: 'mue', variant: 'day', severity: 'blocks', facts: { units: 2, limit: 1 } },
  ]);
  expect(findings(claimOf([{ code: '97110', units: 7 }]))).toMatchObject([
    { rule: 'mue', variant: 'day-likelihood', severity: 'warns', facts: { units: 7, limit: 6 } },
  ]);
  expect(found(claimOf([{ code: '97110', units: 6 }]))).toEqual([]);
});

test('MUE counts the day, not the line', () => {
  const two = (on: string) =>
    claimOf([
      { code: '97110', units: 4 },
      { code: '97110', units: 4, on, modifiers: ['GP', 'CQ'] },
    ]);
  expect(found(two(day))).toEqual(['mue/day-likelihood']);
  expect(found(two('2024-08-14'))).toEqual([]);
});

test('always therapy wants GP, GO or GN of Medicare (Pub 100-04 ch. 5 §20.1); of a commercial payer only by contract', () => {
  const bare = { code: '97110', modifiers: [] };
  expect(found(claimOf([bare]))).toEqual(['modifier.discipline/missing']);
  expect(found(claimOf([bare], { filingCode: 'CI' }))).toEqual([]);
  expect(notChecked(claimOf([bare], { filingCode: 'CI' }))).toContain('modifier.discipline: therapyModifiersWanted');
  const wants = (therapyModifiers: boolean) => ({ profile: { contract: { source: 'contract', therapyModifiers } } });
  expect(found(claimOf([bare], { filingCode: 'CI' }), wants(true))).toEqual([
    'modifier.discipline/missing-by-contract',
  ]);
  expect(found(claimOf([bare], { filingCode: 'CI' }), wants(false))).toEqual([]);
});

test('GO on a line of a physical therapist is another discipline', () => {
  expect(found(claimOf([{ code: '97110', modifiers: ['GO'] }]))).toEqual(['modifier.discipline/other']);
});

function spend(year: number, allowedCents: number | null, complete = false): ScrubChart {
  return { patient: 'patient-1', therapySpend: { year, allowedCents, complete } };
}

const threshold = (on: string, chart: ScrubChart, modifiers: string[] = ['GP']): string[] =>
  found(claimOf([{ code: '97110', on, modifiers }]), { chart, asOf: on }).filter((rule) =>
    rule.startsWith('modifier.threshold'),
  );

test('KX is asked from 2,330 dollars in 2024, 2,410 in 2025 and 2,480 in 2026, and never past another year', () => {
  for (const [on, year, cents] of [
    ['2024-08-12', 2024, 233_000],
    ['2025-08-12', 2025, 241_000],
    ['2026-08-12', 2026, 248_000],
  ] as const) {
    expect(threshold(on, spend(year, cents))).toEqual(['modifier.threshold/passed']);
    expect(threshold(on, spend(year, cents), ['GP', 'KX'])).toEqual([]);
    expect(threshold(on, spend(year, cents - 100_000))).toEqual([]);
  }
});

test('the speech-language pathologist draws on the same amount, the occupational therapist on another (42 CFR 410.60(e))', () => {
  expect(threshold(day, spend(2024, 240_000), ['GN'])).toEqual(['modifier.threshold/passed']);
  expect(threshold(day, spend(2024, 240_000), ['GO'])).toEqual([]);
});

test('a year without a figure, a spend of another year and an unknown spend are not checked', () => {
  const of = (on: string, chart: ScrubChart) => notChecked(claimOf([{ code: '97110', on }]), { chart, asOf: on });
  expect(of('2031-02-03', spend(2031, 240_000))).toContain('modifier.threshold: thresholdCents');
  expect(of(day, spend(2023, 240_000))).toContain('modifier.threshold: spentCents');
  expect(of(day, spend(2024, null))).toContain('modifier.threshold: spentCents');
});

test('KX before the threshold is doubted only where the whole spend is known', () => {
  expect(threshold(day, spend(2024, 10_000, true), ['GP', 'KX'])).toEqual(['modifier.threshold/early']);
  expect(threshold(day, spend(2024, 10_000, false), ['GP', 'KX'])).toEqual([]);
});

test.each([
  [['GP', '59', 'XS'], 'modifier.conflict/distinct'],
  [['GP', 'GA', 'GZ'], 'modifier.conflict/liability'],
  [['GP', 'GA', 'GX'], 'modifier.conflict/liability'],
  [['GP', 'KX', 'GA'], 'modifier.conflict/attested-and-doubted'],
  [['GP', '96', '97'], 'modifier.conflict/habilitation'],
  [['GP', 'KX', 'KX'], 'modifier.conflict/twice'],
  [['GP', 'GO'], 'modifier.discipline/two'],
  [['CQ'], 'modifier.assistant/discipline'],
])('%j on one line contradict each other', (modifiers, rule) => {
  expect(found(claimOf([{ code: '97110', modifiers }]))).toContain(rule);
});

test('GX may stand with GY (MM6563), 97 alone is a modifier and no code, CQ stands with GP', () => {
  for (const modifiers of [
    ['GP', 'GX', 'GY'],
    ['GP', '97'],
    ['GP', 'CQ'],
  ])
    expect(found(claimOf([{ code: '97110', modifiers }]))).toEqual([]);
});

test("the order of modifiers is the payer's, else the customary one", () => {
  const claim = claimOf([{ code: '97110', modifiers: ['KX', 'GP'] }]);
  expect(findings(claim)).toMatchObject([
    { rule: 'modifier.order', severity: 'warns', facts: { inOrder: ['GP', 'KX'] } },
  ]);
  expect(found(claim, { profile: { modifierOrder: ['KX', 'GP'] } })).toEqual([]);
});

test('telehealth is marked as the payer wants it', () => {
  const telehealth = { modifiers: ['95'], placesOfService: ['11'] };
  const line = (modifiers: string[], place: string) =>
    claimOf([{ code: '97110', modifiers, place }], { filingCode: 'CI' });
  const profile = { contract: { source: 'contract', telehealth } };
  expect(found(line(['GP', '95'], '10'))).toEqual([]);
  expect(found(line(['GP', '95'], '11'))).toEqual(['modifier.telehealth/place']);
  expect(found(line(['GP', '95'], '11'), { profile })).toEqual([]);
  expect(found(line(['GP', '95'], '10'), { profile })).toEqual(['modifier.telehealth/contract-place']);
  expect(found(line(['GP'], '10'), { profile })).toEqual(['modifier.telehealth/contract-modifier']);
  expect(found(line(['GP', '93', '95'], '10'))).toEqual(['modifier.telehealth/both']);
});

const diagnosed = (code: string, on = day, qualifier = 'ABK'): string[] =>
  found(claimOf([{ code: '97110', on }], { diagnoses: [{ qualifier, code }] }), { asOf: on });

test('M54.5 is no complete code since 2021-10-01 (ICD-10-CM FY 2022), M54.50 is', () => {
  expect(diagnosed('M54.5')).toEqual(['diagnosis.format/low-back-pain']);
  expect(diagnosed('M545', '2021-09-30')).toEqual([]);
  expect(diagnosed('M5450')).toEqual([]);
});

test('an injury has seven characters; ICD-9-CM ended on 2015-09-30; an external cause does not stand first', () => {
  expect(diagnosed('S83.511')).toEqual(['diagnosis.format/seventh-character']);
  expect(diagnosed('S83.511D')).toEqual([]);
  expect(diagnosed('724.2')).toEqual(['diagnosis.format/shape']);
  expect(diagnosed('M5450', day, 'BK')).toEqual(['diagnosis.format/icd-nine']);
  expect(diagnosed('W19.XXXA')).toEqual(['diagnosis.format/external-cause-first']);
  expect(found(claimOf([{ ...exercise, pointers: [] }], { diagnoses: [] }))).toEqual([
    'diagnosis.format/none',
    'diagnosis.pointer/none',
  ]);
});

test('a line points to a diagnosis the claim has', () => {
  expect(found(claimOf([{ ...exercise, pointers: [] }]))).toEqual(['diagnosis.pointer/none']);
  expect(findings(claimOf([{ ...exercise, pointers: [1, 3] }]))).toMatchObject([
    { rule: 'diagnosis.pointer', variant: 'beyond', facts: { pointersBeyond: ['3'] } },
  ]);
  expect(found(claimOf([{ ...exercise, pointers: [2, 2] }]))).toEqual(['diagnosis.pointer/twice']);
});

test('the place of service is told, is one, and is none of an inpatient', () => {
  const at = (placeOfService: string | null, on = day): string[] =>
    found(claimOf([{ code: '97110', on }], { placeOfService, filingCode: 'CI' }), { asOf: on });
  expect(at(null)).toEqual(['place-of-service/missing']);
  expect(at('1')).toEqual(['place-of-service/unknown']);
  expect(at('21')).toEqual(['place-of-service/inpatient']);
  expect(at('12')).toEqual([]);
  expect(at('10', '2021-12-20')).toContain('place-of-service/not-yet');
});

test('Medicare wants the certifying physician as referring provider with an NPI; others by contract', () => {
  const sample = sampleClaim();
  const without = { referring: null };
  expect(found(claimOf([exercise], without))).toEqual(['referring-provider/missing']);
  expect(found(claimOf([exercise], { ...without, filingCode: 'CI' }))).toEqual([]);
  const profile = { contract: { source: 'contract', referringProvider: true } };
  expect(found(claimOf([exercise], { ...without, filingCode: 'CI' }), { profile })).toEqual([
    'referring-provider/missing-by-contract',
  ]);
  const wrong = sample.rendering === null ? null : { ...sample.rendering, npi: '1999999975' };
  expect(found(claimOf([exercise], { referring: wrong }))).toEqual(['referring-provider/npi']);
});

test('Medicare takes a claim for one calendar year after the day of service (42 CFR 424.44)', () => {
  const late = (asOf: string): string[] => found(claimOf([exercise]), { asOf });
  expect(late('2025-08-13')).toEqual(['timely-filing/medicare']);
  expect(late('2025-08-12')).toEqual(['timely-filing/medicare-soon']);
  expect(late('2025-07-06')).toEqual([]);
  expect(found(claimOf([exercise], { frequency: '7', originalClaimNumber: 'A1' }), { asOf: '2025-08-13' })).toEqual([]);
});

test("another payer's time to file is the contract's, and unknown without one", () => {
  const claim = claimOf([exercise], { filingCode: 'CI' });
  const profile = { contract: { source: 'Agreement 2024 §4', timelyFilingDays: 90 } };
  expect(found(claim, { profile, asOf: '2024-11-11' })).toEqual(['timely-filing/contract']);
  expect(found(claim, { profile, asOf: '2024-11-10' })).toEqual(['timely-filing/contract-soon']);
  expect(found(claim, { profile, asOf: '2024-09-05' })).toEqual([]);
  expect(found(claim, { asOf: '2026-11-11' })).toEqual([]);
  expect(notChecked(claim, { asOf: '2026-11-11' })).toContain('timely-filing: timelyFilingDays');
});

test.each([0, -2])('%d units are no units of a service that was given (Pub 100-04 ch. 26, item 24G)', (units) => {
  expect(findings(claimOf([{ code: '97110', units }]))).toMatchObject([
    { rule: 'units.minutes', variant: 'none', severity: 'blocks', line: 0, facts: { units } },
  ]);
});

test('the same code, day and modifiers again is a duplicate; the assistant’s share on a line of its own is none', () => {
  expect(findings(claimOf([exercise, exercise]))).toMatchObject([
    { rule: 'line.duplicate', line: 1, facts: { sameAs: 1 } },
  ]);
  expect(
    found(
      claimOf([
        { code: '97110', modifiers: ['GP', 'KX'] },
        { code: '97110', modifiers: ['KX', 'GP'] },
      ]),
    ),
  ).toContain('line.duplicate');
  expect(found(claimOf([exercise, { code: '97110', modifiers: ['GP', 'CQ'] }]))).toEqual([]);
});
