// The synthetic clinic's claims are repeatable and readable; each defect is where it is said to be, and nowhere else.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../domain/claim/schema.ts';
import { claimSchema } from '../../../domain/claim/schema.ts';
import { scrubChartSchema } from '../../../domain/scrub/chart-schema.ts';
import { readClaimFile } from '../../../domain/x12/readers/claim-file.ts';
import { X12Reader } from '../../../domain/x12/reader.ts';
import { addDays } from '../calendar.ts';
import { generateBilling } from './generate.ts';
import type { BilledClaim, Billing, BillingChart, ChartVisit } from './model.ts';
import { claimFileText } from './write.ts';

const today = '2026-11-18';
const billing = generateBilling({ seed: 1, today, canary: null });

const ajv = new Ajv2020({ allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('phi');
const isClaim = ajv.compile(claimSchema);
const isChart = ajv.compile(scrubChartSchema);

const timed = ['97035', '97110', '97112', '97124', '97140', '97530'];
const codesKnown = [...timed, '97150', '97161', '97010', '97014', '97762', 'G8978'];
const placesOfClinics = ['11'];

interface Case {
  readonly claim: Claim;
  readonly chart: BillingChart;
  readonly visit: ChartVisit | undefined;
}

type Line = Claim['lines'][number];
const code = (line: Line) => line.procedure?.code ?? '';
const modifiers = (line: Line) => line.procedure?.modifiers ?? [];
const isPartB = ({ claim }: Case) => claim.filingCode === 'MB';

/** Which lines have a property; none of a claim's lines is -1. */
const lines = (one: Case, has: (line: Line, at: number) => boolean): number[] =>
  one.claim.lines.flatMap((line, at) => (has(line, at) ? [at] : []));
const whole = (is: boolean): (number | null)[] => (is ? [null] : []);
const treatmentDays = ({ chart, visit }: Case) => chart.visits.filter(({ date }) => date <= (visit?.date ?? ''));
const daysSinceReport = (one: Case): number => {
  const days = treatmentDays(one);
  return days.length - 1 - days.findLastIndex(({ note }) => note.kind === 'progress');
};
const serviceDate = ({ claim }: Case) => claim.lines[0]?.from ?? '';

/** Each defect seen in the data itself: on which lines of this claim it stands (null: the claim as a whole). */
const seen: Readonly<Record<string, (one: Case) => (number | null)[]>> = {
  'code.unknown': (one) => lines(one, (line) => !codesKnown.includes(code(line))),
  'code.deleted': (one) => lines(one, (line) => code(line) === '97762'),
  'code.future-date': (one) => lines(one, (line) => (line.from ?? '') > today),
  'code.payer-form': (one) => lines(one, (line) => isPartB(one) && code(line) === '97014'),
  'code.not-payable': (one) => lines(one, (line) => isPartB(one) && code(line) === '97010'),
  'ncci.ptp': (one) =>
    lines(one, (line) => code(line) === '97124' && one.claim.lines.some((other) => code(other) === '97140')),
  mue: (one) => lines(one, (line) => code(line) === '97035' && (line.units ?? 0) > 2),
  'modifier.discipline': (one) =>
    lines(one, (line) => !modifiers(line).includes('GP') || modifiers(line).includes('GO')),
  'modifier.threshold': (one) =>
    lines(one, (line) => (one.chart.therapySpend?.allowedCents ?? 0) > 248_000 && !modifiers(line).includes('KX')),
  'modifier.assistant': (one) =>
    lines(one, (line) => {
      const by = one.visit?.interventions.find((each) => each.code === code(line))?.by;
      return by === 'PTA' && !modifiers(line).includes('CQ');
    }),
  'modifier.distinct': (one) => lines(one, (line) => code(line) === '97150'),
  'modifier.telehealth': (one) => lines(one, (line) => modifiers(line).includes('95')),
  'functional.reporting': (one) => lines(one, (line) => /^G89/.test(code(line))),
  'payer.rule': (one) =>
    lines(one, (line) => code(line) === '97035' && one.chart.payer.lineOfBusiness === 'medicareAdvantage'),
  'modifier.conflict': (one) => lines(one, (line) => modifiers(line).includes('GA') && modifiers(line).includes('GZ')),
  'modifier.order': (one) => lines(one, (line) => modifiers(line)[0] === 'KX'),
  'units.minutes': (one) => {
    const billed = (of: string) =>
      one.claim.lines.filter((line) => code(line) === of).reduce((sum, line) => sum + (line.units ?? 0), 0);
    return lines(one, (line, at) => {
      const first = one.claim.lines.findIndex((other) => code(other) === code(line));
      const done = one.visit?.interventions.find((each) => each.code === code(line));
      if (first !== at || done === undefined || !timed.includes(code(line))) return false;
      return Math.floor((done.minutes + 7) / 15) !== billed(code(line));
    });
  },
  'documentation.supports': (one) =>
    lines(one, (line) => one.visit?.interventions.some((each) => each.code === code(line) && !each.text) === true),
  'authorization.present': (one) => whole(!isPartB(one) && one.claim.priorAuthorizationNumber === null),
  'authorization.placeholder': (one) => whole(/^(0+|TBD|PENDING)$/.test(one.claim.priorAuthorizationNumber ?? 'A1')),
  'authorization.current': (one) =>
    whole(one.chart.authorizations.some(({ to }) => to !== null && to < (one.visit?.date ?? ''))),
  'authorization.visits': (one) =>
    whole(one.chart.authorizations.some(({ visitsApproved, visitsUsed }) => (visitsUsed ?? 0) > (visitsApproved ?? 0))),
  'plan.certified': (one) => {
    const { certifiedOn, orderOnFile, transmittedOn, start } = one.chart.planOfCare;
    const isDue = addDays(start, 30) < today;
    return whole(isDue && certifiedOn === null && !(orderOnFile && transmittedOn !== null));
  },
  'progress.tenth-day': (one) => whole(daysSinceReport(one) > 10),
  'progress.author': (one) => whole(one.visit?.note.kind === 'progress' && one.visit.note.credential === 'PTA'),
  'outcome.measure': (one) => whole(one.visit?.note.kind === 'progress' && one.visit.outcomes.length === 0),
  'diagnosis.pointer': (one) =>
    lines(one, ({ diagnosisPointers }) => diagnosisPointers.some((at) => at > one.claim.diagnoses.length)),
  'diagnosis.format': (one) => whole(one.claim.diagnoses.some((diagnosis) => !/^[A-Z]/.test(diagnosis.code))),
  'place-of-service': (one) => whole(!placesOfClinics.includes(one.claim.placeOfService ?? '')),
  'referring-provider': (one) => whole(one.claim.referring === null),
  'timely-filing': (one) => whole(serviceDate(one) < addDays(today, -365)),
  'line.duplicate': (one) =>
    lines(one, (line, at) => one.claim.lines.slice(0, at).some((other) => code(other) === code(line))),
  'schedule.mismatch': (one) => whole(!one.chart.visits.some(({ date }) => date === serviceDate(one))),
  'charge.mismatch': (one) =>
    whole(one.claim.chargeCents !== one.claim.lines.reduce((sum, line) => sum + (line.chargeCents ?? 0), 0)),
};

function caseOf(all: Billing, { claim, recordNumber }: BilledClaim): Case {
  const chart = all.charts.find(({ patient }) => patient === recordNumber) ?? expect.unreachable('a chart for each');
  const day = claim.lines[0]?.from ?? '';
  return { claim, chart, visit: chart.visits.find(({ date }) => date === day) };
}

test('the same seed and day give the same claims, another seed other ones', () => {
  expect(generateBilling({ seed: 1, today, canary: null })).toEqual(billing);
  expect(generateBilling({ seed: 2, today, canary: null })).not.toEqual(billing);
});

test('a hundred and fifty claims under numbers of their own, sixty of them without a fault, some with two', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 0, max: 700 }), (seed, day) => {
      const { claims } = generateBilling({ seed, today: addDays('2026-01-05', day), canary: null });
      expect(new Set(claims.map(({ claim }) => claim.patientControlNumber)).size).toBe(150);
      expect(claims.filter(({ defects }) => defects.length === 0)).toHaveLength(60);
      expect(claims.filter(({ defects }) => defects.length === 2).length).toBeGreaterThanOrEqual(9);
    }),
    { numRuns: 8 },
  );
});

describe('a defect is where it is said to be, and on no other claim', () => {
  const planted = new Set(billing.claims.flatMap(({ defects }) => defects.map(({ rule }) => rule)));

  test('every kind is planted, and there is an eye for each', () => {
    expect([...planted].sort()).toEqual(Object.keys(seen).sort());
  });

  test.each(Object.entries(seen))('%s', (rule, look) => {
    for (const one of billing.claims) {
      const said = one.defects.filter((defect) => defect.rule === rule).map(({ line }) => line);
      expect({ claim: one.claim.patientControlNumber, lines: look(caseOf(billing, one)) }).toEqual({
        claim: one.claim.patientControlNumber,
        lines: said,
      });
    }
  });
});

test('claims and charts pass their schemas', () => {
  for (const { claim } of billing.claims) expect([isClaim(claim), isClaim.errors]).toEqual([true, null]);
  for (const chart of billing.charts) expect([isChart(chart), isChart.errors]).toEqual([true, null]);
});

test('the claims are read back from their 837 as they were, without a finding', () => {
  const claims = billing.claims.map(({ claim }) => claim);
  const bytes = Buffer.from(claimFileText(claims, today, 7));
  const reader = new X12Reader('transactions');
  reader.push(bytes);
  expect(reader.end().findings).toEqual([]);
  const read = readClaimFile(bytes);
  expect(read.findings).toEqual([]);
  const written = claims.map((claim) => ({
    ...claim,
    diagnoses: claim.diagnoses.map((one) => ({ ...one, code: one.code.replace('.', '') })),
  }));
  expect(read.claims.map(({ claim }) => claim)).toEqual(written);
  expect(read.claims.flatMap(({ heading }) => heading.unread)).toEqual([]);
});

test('a claim stands within its visit, its plan and its authorization; visits of one day are billed once', () => {
  const days = billing.claims.map((one) => `${one.recordNumber} ${one.claim.lines[0]?.from ?? ''}`);
  expect(new Set(days).size).toBe(days.length);
  for (const one of billing.claims.filter(({ defects }) => defects.length === 0)) {
    const { claim, chart, visit } = caseOf(billing, one);
    expect(claim.lines.map(code)).toEqual(visit?.interventions.map((each) => each.code));
    expect(visit?.totalMinutes).toBeGreaterThan(visit?.interventions.reduce((sum, each) => sum + each.minutes, 0) ?? 0);
    expect(chart.planOfCare.start <= (visit?.date ?? '') && (visit?.date ?? '') <= chart.planOfCare.end).toBe(true);
    for (const { number, from, to } of chart.authorizations) {
      expect(claim.priorAuthorizationNumber).toBe(number);
      expect((from ?? '') <= (visit?.date ?? '') && (visit?.date ?? '') <= (to ?? '')).toBe(true);
    }
  }
});

test('the canary stands in names, numbers and notes, and the claims can still be written', () => {
  const token = 'ZZ-CANARY-77';
  const marked = generateBilling({ seed: 1, today, canary: token });
  for (const { claim, recordNumber } of marked.claims) {
    const { subscriber, patientControlNumber } = claim;
    for (const text of [recordNumber, patientControlNumber, subscriber.name, subscriber.given, subscriber.memberId])
      expect(text).toContain(token);
  }
  const texts = marked.charts.flatMap(({ visits }) => visits.flatMap(({ interventions }) => interventions));
  expect(texts.every(({ text }) => text === null || text.includes(token))).toBe(true);
  const file = claimFileText(
    marked.claims.map(({ claim }) => claim),
    today,
    1,
  );
  expect(readClaimFile(Buffer.from(file)).claims).toHaveLength(150);
});
