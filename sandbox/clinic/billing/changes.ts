// What makes a claim wrong: changes of a line, of a visit, of the claim, of the chart, each leaving all else as it was.
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

export const payerOf = ({ chart }: Billed) => chart.payer.lineOfBusiness;
export const isMedicare = (billed: Billed): boolean => payerOf(billed) === 'medicare';
export const indexOf = ({ claim }: Billed, code: string): number =>
  claim.lines.findIndex(({ procedure }) => procedure?.code === code);
export const hasCode = (billed: Billed, code: string): boolean => indexOf(billed, code) !== -1;
export const always = (): boolean => true;
export const modifiersIn = ({ claim }: Billed): readonly string[] => claim.lines[0]?.procedure?.modifiers ?? [];

export function changeLine(claim: Claim, index: number, change: (line: ClaimLine) => ClaimLine): Claim {
  return withLines(
    claim,
    claim.lines.map((line, at) => (at === index ? change(line) : line)),
  );
}

export function changeModifiers(
  claim: Claim,
  index: number,
  change: (modifiers: readonly string[]) => string[],
): Claim {
  return changeLine(claim, index, (line) =>
    line.procedure === null
      ? line
      : { ...line, procedure: { ...line.procedure, modifiers: change(line.procedure.modifiers) } },
  );
}

export function changeVisit(
  chart: BillingChart,
  date: string,
  change: (visit: ChartVisit) => ChartVisit,
): BillingChart {
  return { ...chart, visits: chart.visits.map((visit) => (visit.date === date ? change(visit) : visit)) };
}

/** Another code for a line and for the service in the chart. */
export function recode({ claim, chart, visit }: Billed, index: number, code: string): Planted {
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
export function further({ claim, chart, visit }: Billed, code: string, units: number, minutes: number): Planted {
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

export function unitsBy({ claim, chart }: Billed, index: number, more: number): Planted {
  const changed = changeLine(claim, index, (line) => {
    const units = (line.units ?? 0) + more;
    return { ...line, units, chargeCents: chargeOf(line.procedure?.code ?? '', units) };
  });
  return { claim: changed, chart, line: index };
}

export function onClaim({ claim, chart }: Billed, changes: Partial<Claim>): Planted {
  return { claim: { ...claim, ...changes }, chart, line: null };
}

export function onChart({ claim, chart }: Billed, changes: Partial<BillingChart>): Planted {
  return { claim, chart: { ...chart, ...changes }, line: null };
}

/** The whole chart and its claim so many days ago; nobody was born earlier for that. */
export function daysAgo({ claim, chart }: Billed, days: number): Planted {
  const text = JSON.stringify({ claim, chart }).replace(/(?<!"birthDate":)"(\d{4}-\d{2}-\d{2})"/g, (_, date: string) =>
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
