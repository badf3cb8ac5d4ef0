// Ways to make a claim wrong in one thing: each names the rule that must find it, the claims it fits, and what it changes.
import type { ClaimLine } from '../../../domain/claim/line-schema.ts';
import type { Claim } from '../../../domain/claim/schema.ts';
import { addDays } from '../calendar.ts';
import { lineOf, withLines } from './claims.ts';
import { chargeOf, noteText } from './charges.ts';
import type { BillingChart, ChartVisit, Intervention } from './model.ts';

/** A claim with its chart and the visit it is for. */
export interface Billed {
  readonly claim: Claim;
  readonly chart: BillingChart;
  readonly visit: ChartVisit;
}

export interface Planted {
  readonly claim: Claim;
  readonly chart: BillingChart;
  readonly line: number | null;
}

export interface Kind {
  readonly rule: string;
  /** How many claims have this defect alone. */
  readonly count: number;
  /** True where it changes what the chart says of other visits too: the patient has no further claim then. */
  readonly isAlone: boolean;
  fits(billed: Billed): boolean;
  /** @param at how many of this kind were planted before */
  plant(billed: Billed, at: number): Planted;
}

const payerOf = ({ chart }: Billed) => chart.payer.lineOfBusiness;
const isMedicare = (billed: Billed): boolean => payerOf(billed) === 'medicare';
const indexOf = ({ claim }: Billed, code: string): number =>
  claim.lines.findIndex(({ procedure }) => procedure?.code === code);
const hasCode = (billed: Billed, code: string): boolean => indexOf(billed, code) !== -1;
const always = (): boolean => true;
const modifiersIn = ({ claim }: Billed): readonly string[] => claim.lines[0]?.procedure?.modifiers ?? [];

function changeLine(claim: Claim, index: number, change: (line: ClaimLine) => ClaimLine): Claim {
  return withLines(
    claim,
    claim.lines.map((line, at) => (at === index ? change(line) : line)),
  );
}

function changeModifiers(claim: Claim, index: number, change: (modifiers: readonly string[]) => string[]): Claim {
  return changeLine(claim, index, (line) =>
    line.procedure === null
      ? line
      : { ...line, procedure: { ...line.procedure, modifiers: change(line.procedure.modifiers) } },
  );
}

function changeVisit(chart: BillingChart, date: string, change: (visit: ChartVisit) => ChartVisit): BillingChart {
  return { ...chart, visits: chart.visits.map((visit) => (visit.date === date ? change(visit) : visit)) };
}

/** Another code for a line and for the service in the chart. */
function recode({ claim, chart, visit }: Billed, index: number, code: string): Planted {
  const before = claim.lines[index]?.procedure?.code;
  return {
    claim: changeLine(claim, index, (line) =>
      line.procedure === null ? line : { ...line, procedure: { ...line.procedure, code } },
    ),
    chart: changeVisit(chart, visit.date, (one) => ({
      ...one,
      interventions: one.interventions.map((each) => (each.code === before ? { ...each, code } : each)),
    })),
    line: index,
  };
}

/** A further service, done, noted and billed. */
function further({ claim, chart, visit }: Billed, code: string, units: number, minutes: number): Planted {
  const by = visit.interventions[0]?.by ?? 'PT';
  const modifiers = claim.lines[0]?.procedure?.modifiers ?? ['GP'];
  const service: Intervention = { code, minutes, by, text: noteText(code, 0) };
  return {
    claim: withLines(claim, [...claim.lines, lineOf(code, units, modifiers, visit.date)]),
    chart: changeVisit(chart, visit.date, (one) => ({
      ...one,
      totalMinutes: one.totalMinutes + minutes,
      interventions: [...one.interventions, service],
    })),
    line: claim.lines.length,
  };
}

function unitsBy({ claim, chart }: Billed, index: number, more: number): Planted {
  const changed = changeLine(claim, index, (line) => {
    const units = (line.units ?? 0) + more;
    return { ...line, units, chargeCents: chargeOf(line.procedure?.code ?? '', units) };
  });
  return { claim: changed, chart, line: index };
}

function onClaim({ claim, chart }: Billed, changes: Partial<Claim>): Planted {
  return { claim: { ...claim, ...changes }, chart, line: null };
}

function onChart({ claim, chart }: Billed, changes: Partial<BillingChart>): Planted {
  return { claim, chart: { ...chart, ...changes }, line: null };
}

/** The whole chart and its claim so many days ago. */
function daysAgo({ claim, chart }: Billed, days: number): Planted {
  const text = JSON.stringify({ claim, chart }).replace(/"(\d{4}-\d{2}-\d{2})"/g, (_, date: string) =>
    JSON.stringify(addDays(date, -days)),
  );
  // The same shapes with other dates in them.
  const moved = JSON.parse(text) as { claim: Claim; chart: BillingChart };
  const { therapySpend } = moved.chart;
  const year = Number(moved.claim.lines[0]?.from?.slice(0, 4));
  return {
    claim: moved.claim,
    chart: { ...moved.chart, therapySpend: therapySpend === null ? null : { ...therapySpend, year } },
    line: null,
  };
}

const placeholders = ['0000', 'TBD', 'PENDING'] as const;

/** Defects of the claim or of one visit. */
const ofClaims: readonly Kind[] = [
  {
    rule: 'code.unknown',
    count: 2,
    isAlone: false,
    fits: (one) => hasCode(one, '97110'),
    plant: (one) => recode(one, indexOf(one, '97110'), '97111'),
  },
  {
    rule: 'code.deleted',
    count: 3,
    isAlone: false,
    fits: (one) => hasCode(one, '97530') || hasCode(one, '97112'),
    plant: (one) => recode(one, Math.max(indexOf(one, '97530'), indexOf(one, '97112')), '97762'),
  },
  {
    rule: 'code.payer-form',
    count: 3,
    isAlone: false,
    fits: isMedicare,
    plant: (one) => further(one, '97014', 1, 15),
  },
  {
    rule: 'code.not-payable',
    count: 2,
    isAlone: false,
    fits: isMedicare,
    plant: (one) => further(one, '97010', 1, 10),
  },
  {
    rule: 'ncci.ptp',
    count: 4,
    isAlone: false,
    fits: (one) => hasCode(one, '97140'),
    plant: (one) => further(one, '97124', 1, 15),
  },
  { rule: 'mue', count: 2, isAlone: false, fits: always, plant: (one) => further(one, '97035', 3, 45) },
  {
    rule: 'modifier.discipline',
    count: 3,
    isAlone: false,
    fits: always,
    plant: (one, at) => ({
      claim: changeModifiers(one.claim, 1, ([, ...rest]) => (at % 2 === 0 ? rest : ['GO', ...rest])),
      chart: one.chart,
      line: 1,
    }),
  },
  {
    rule: 'modifier.threshold',
    count: 3,
    isAlone: false,
    fits: (one) => modifiersIn(one).includes('KX'),
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => all.filter((modifier) => modifier !== 'KX')),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'modifier.assistant',
    count: 3,
    isAlone: false,
    fits: (one) => modifiersIn(one).includes('CQ'),
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => all.filter((modifier) => modifier !== 'CQ')),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'modifier.conflict',
    count: 2,
    isAlone: false,
    fits: (one) => modifiersIn(one).length <= 2,
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => [...all, 'GA', 'GZ']),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'modifier.order',
    count: 2,
    isAlone: false,
    fits: (one) => modifiersIn(one).includes('KX'),
    plant: ({ claim, chart }) => ({
      claim: changeModifiers(claim, 0, (all) => ['KX', ...all.filter((modifier) => modifier !== 'KX')]),
      chart,
      line: 0,
    }),
  },
  {
    rule: 'units.minutes',
    count: 5,
    isAlone: false,
    fits: ({ claim }) => claim.lines[0]?.units === 2,
    plant: (one, at) => unitsBy(one, 0, at % 2 === 0 ? 1 : -1),
  },
  {
    rule: 'documentation.supports',
    count: 3,
    isAlone: false,
    fits: always,
    plant: ({ claim, chart, visit }) => ({
      claim,
      chart: changeVisit(chart, visit.date, (one) => ({
        ...one,
        interventions: one.interventions.map((each, index) => (index === 1 ? { ...each, text: null } : each)),
      })),
      line: 1,
    }),
  },
  {
    rule: 'authorization.present',
    count: 3,
    isAlone: false,
    fits: (one) => ['medicareAdvantage', 'medicaid'].includes(payerOf(one)),
    plant: (one) => onClaim(one, { priorAuthorizationNumber: null }),
  },
  {
    rule: 'authorization.placeholder',
    count: 3,
    isAlone: false,
    fits: ({ claim }) => claim.priorAuthorizationNumber !== null,
    plant: (one, at) => onClaim(one, { priorAuthorizationNumber: placeholders[at % placeholders.length] ?? '0000' }),
  },
  {
    rule: 'diagnosis.pointer',
    count: 3,
    isAlone: false,
    fits: always,
    plant: ({ claim, chart }) => ({
      claim: changeLine(claim, 1, (line) => ({ ...line, diagnosisPointers: [4] })),
      chart,
      line: 1,
    }),
  },
  {
    rule: 'diagnosis.format',
    count: 3,
    isAlone: false,
    fits: always,
    // As it was written before October 2015 (ICD-9-CM).
    plant: (one) => onClaim(one, { diagnoses: [{ qualifier: 'ABK', code: '724.2' }, ...one.claim.diagnoses.slice(1)] }),
  },
  {
    rule: 'place-of-service',
    count: 2,
    isAlone: false,
    fits: always,
    plant: (one) => onClaim(one, { placeOfService: '21' }),
  },
  {
    rule: 'referring-provider',
    count: 3,
    isAlone: false,
    fits: isMedicare,
    plant: (one) => onClaim(one, { referring: null }),
  },
  {
    rule: 'line.duplicate',
    count: 3,
    isAlone: false,
    fits: ({ claim }) => claim.lines[0]?.units === 2,
    plant: (one) => {
      const half = unitsBy(one, 0, -1).claim;
      const [first] = half.lines;
      const lines = first === undefined ? half.lines : [...half.lines, first];
      return { claim: withLines(half, lines), chart: one.chart, line: lines.length - 1 };
    },
  },
  {
    rule: 'schedule.mismatch',
    count: 3,
    isAlone: false,
    fits: ({ chart, visit }) => !chart.visits.some(({ date }) => date === addDays(visit.date, 1)),
    plant: (one) => ({
      claim: {
        ...one.claim,
        lines: one.claim.lines.map((line) => ({ ...line, from: addDays(one.visit.date, 1) })),
      },
      chart: one.chart,
      line: null,
    }),
  },
  {
    rule: 'charge.mismatch',
    count: 3,
    isAlone: false,
    fits: always,
    plant: (one) => onClaim(one, { chargeCents: (one.claim.chargeCents ?? 0) + 1000 }),
  },
];

const isAuthorized = ({ chart }: Billed): boolean => chart.authorizations.length === 1;

/** Defects of the plan, of the authorization or of the course of treatment. */
const ofPatients: readonly Kind[] = [
  {
    rule: 'authorization.current',
    count: 3,
    isAlone: true,
    fits: isAuthorized,
    plant: (one) =>
      onChart(one, {
        authorizations: one.chart.authorizations.map((each) => ({ ...each, to: addDays(one.visit.date, -3) })),
      }),
  },
  {
    rule: 'authorization.visits',
    count: 2,
    isAlone: true,
    fits: isAuthorized,
    plant: (one) =>
      onChart(one, {
        authorizations: one.chart.authorizations.map((each) => ({
          ...each,
          visitsApproved: Math.max(1, (each.visitsUsed ?? 0) - 2),
        })),
      }),
  },
  {
    rule: 'plan.certified',
    count: 3,
    isAlone: true,
    fits: (one) => isMedicare(one) && one.chart.visits.length > 14,
    plant: (one) =>
      onChart(one, {
        planOfCare: { ...one.chart.planOfCare, orderOnFile: false, transmittedOn: null, certifiedOn: null },
      }),
  },
  {
    rule: 'progress.tenth-day',
    count: 3,
    isAlone: true,
    fits: (one) => isMedicare(one) && one.chart.visits.length >= 12,
    plant: (one) => onChart(one, { visits: one.chart.visits.map(withoutReport) }),
  },
  {
    rule: 'progress.author',
    count: 2,
    isAlone: true,
    fits: (one) => isMedicare(one) && one.visit.note.kind === 'progress',
    plant: (one) => ({
      claim: one.claim,
      chart: changeVisit(one.chart, one.visit.date, (visit) => ({
        ...visit,
        note: { ...visit.note, credential: 'PTA' },
      })),
      line: null,
    }),
  },
  {
    rule: 'outcome.measure',
    count: 2,
    isAlone: true,
    fits: (one) => payerOf(one) === 'medicareAdvantage' && one.visit.note.kind === 'progress',
    plant: (one) => ({
      claim: one.claim,
      chart: changeVisit(one.chart, one.visit.date, (visit) => ({ ...visit, outcomes: [] })),
      line: null,
    }),
  },
  { rule: 'timely-filing', count: 3, isAlone: true, fits: isMedicare, plant: (one) => daysAgo(one, 400) },
];

function withoutReport(visit: ChartVisit): ChartVisit {
  return visit.note.kind === 'progress' ? { ...visit, note: { ...visit.note, kind: 'daily' }, outcomes: [] } : visit;
}

export const kinds: readonly Kind[] = [...ofPatients, ...ofClaims];

/** Two defects of one claim that do not touch each other. */
export const pairs: readonly (readonly [string, string])[] = [
  ['modifier.discipline', 'place-of-service'],
  ['units.minutes', 'diagnosis.format'],
  ['authorization.placeholder', 'diagnosis.pointer'],
  ['modifier.threshold', 'referring-provider'],
  ['ncci.ptp', 'authorization.present'],
  ['line.duplicate', 'charge.mismatch'],
  ['documentation.supports', 'units.minutes'],
  ['mue', 'modifier.discipline'],
  ['code.deleted', 'place-of-service'],
];
