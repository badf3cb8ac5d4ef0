// How a clinic's claims went, by payer: counts, days and cents, what is still owed, what therapists' visits brought in, unusual payments. No record.
import { addDays } from '../../../domain/calendar.ts';
import { claimFigures } from '../../../domain/claim-figures/figures.ts';
import { receivables } from '../../../domain/claim-figures/receivables.ts';
import { receivablesOn, unusualOn } from '../../../domain/claim-figures/rules-schema.ts';
import type { ClaimFiguresBook } from '../../../domain/claim-figures/rules-schema.ts';
import type { ClaimStatistics, NamedTherapist, PayerClaims, Span } from '../../../domain/claim-figures/statistics.ts';
import { therapistFigures } from '../../../domain/claim-figures/therapists.ts';
import { unusualPayments } from '../../../domain/claim-figures/unusual.ts';
import type { LineOfBusiness } from '../../../domain/payer/lines-of-business.ts';
import { scrubChartSchema } from '../../../domain/scrub/chart-schema.ts';
import type { ScrubChart } from '../../../domain/scrub/chart-schema.ts';
import type { Policies } from '../../authorizations/policies.ts';
import { systemPrincipal } from '../../http/principal.ts';
import type { Principal, SystemPrincipal } from '../../http/principal.ts';
import type { Validator } from '../../http/validation.ts';
import type { BookNeeds } from '../../posting/needs.ts';
import type { ScrubRules } from '../../scrub/rules.ts';
import { caseFacts, casesOf, lineFacts, therapistOf } from './cases.ts';
import type { Case } from './cases.ts';
import { allowedLines, claimFacts, countedOf } from './claims.ts';
import { readClaimRows } from './rows.ts';
import type { ClaimRows } from './rows.ts';

export interface StatisticsNeeds extends BookNeeds {
  readonly now: () => Date;
  readonly policies: Policies;
  readonly scrubRules: ScrubRules;
  readonly figures: ClaimFiguresBook;
}

/**
 * The statistics of the claims taken in within the span; what is owed is told as of today whatever the span. Claims are opened under the
 * server's own name, because the books need their charges and payers: nothing that names a patient leaves.
 */
export async function claimStatistics(
  needs: StatisticsNeeds,
  clinic: string,
  span: Span,
  by: Principal | null,
): Promise<ClaimStatistics> {
  const { db, policies, now, figures, scrubRules } = needs;
  const actor = systemPrincipal('figures', by ?? undefined);
  const { date: asOf } = await policies.today(db, clinic, now());
  const rows = await readClaimRows(needs, clinic, earliestNeeded(figures, span, asOf), actor);
  const cases = casesOf(rows);
  const isWithin = ({ row: { taken_in_on: day } }: ClaimRows): boolean =>
    (span.from === null || day >= span.from) && (span.to === null || day <= span.to);
  const counted = cases.flatMap((one) =>
    countedOf(one)
      .filter(isWithin)
      .map((own) => ({ one, own })),
  );
  const charts = await chartsOf(
    needs,
    clinic,
    counted.map(({ own }) => own),
    actor,
  );
  const claims = counted.map(({ one, own }) => claimFacts(scrubRules, one, own, charts));
  const owed = cases.map((one) => caseFacts(scrubRules, one));
  const row = receivablesOn(figures, asOf);
  const of = (payer: string | null): PayerClaims => {
    const fits = (one: { readonly payer: string }): boolean => payer === null || one.payer === payer;
    return {
      payer,
      figures: claimFigures(claims.filter(fits)),
      receivables: receivables(owed.filter(fits), row, asOf),
    };
  };
  const business = await businessOf(needs, clinic, rows, asOf);
  return {
    ...span,
    asOf,
    total: of(null),
    payers: [...new Set([...claims, ...owed].map(({ payer }) => payer))].sort().map(of),
    therapists: therapistsOf(cases.filter(({ first }) => isWithin(first))),
    unusualPayments: unusualPayments(
      rows.flatMap((one) => allowedLines(scrubRules, one)),
      (payer, on) => unusualOn(figures, { lineOfBusiness: business.get(payer) ?? 'unknown', on }),
      span,
    ),
  };
}

/** Closed claims that were taken in before this day change no figure; null: all of them are asked for. */
function earliestNeeded(figures: ClaimFiguresBook, { from }: Span, today: string): string | null {
  if (from === null) return null;
  const charged = addDays(today, -Math.max(...figures.receivables.map(({ chargeDays }) => chargeDays)));
  const compared = addDays(from, -Math.max(...figures.unusualPayments.map(({ lookBackDays }) => lookBackDays)));
  return charged < compared ? charged : compared;
}

async function chartsOf(
  { vault, validator }: StatisticsNeeds,
  clinic: string,
  rows: readonly ClaimRows[],
  actor: SystemPrincipal,
): Promise<Map<string, ScrubChart>> {
  const refs = new Set(rows.flatMap(({ scrub }) => scrub?.chart ?? []));
  const opened = await vault.openMany(clinic, [...refs], { purpose: 'claim.figures', actor });
  return new Map([...opened].map(([ref, record]) => [ref, chartIn(validator, record)]));
}

function chartIn(validator: Validator, record: unknown): ScrubChart {
  assertChart(validator, record);
  return record;
}

function assertChart(validator: Validator, value: unknown): asserts value is ScrubChart {
  validator.check(scrubChartSchema, value, 'chart');
}

/** The clinic's word and the payer rules come before what claims say of their payer (SBR09). */
async function businessOf(
  { db, policies, scrubRules }: StatisticsNeeds,
  clinic: string,
  rows: readonly ClaimRows[],
  on: string,
): Promise<Map<string, LineOfBusiness>> {
  const filed = new Map(rows.map(({ row, opened }) => [row.payer, opened.claim.filingCode]));
  const business = new Map<string, LineOfBusiness>();
  for (const [payer, filingCode] of filed) {
    const told = await policies.lineOfBusiness(db, clinic, payer, on);
    const known = scrubRules.reference.filingCodes.find(({ code }) => code === filingCode)?.lineOfBusiness;
    business.set(payer, told === 'unknown' ? (known ?? 'unknown') : told);
  }
  return business;
}

function therapistsOf(cases: readonly Case[]): NamedTherapist[] {
  const names = new Map<string, string>();
  for (const { billed } of cases) {
    const claim = billed?.opened.claim;
    for (const line of claim?.lines ?? []) {
      const therapist = claim === undefined ? null : therapistOf(claim, line);
      const name = [therapist?.name, therapist?.given].filter((part) => part).join(', ');
      if (therapist?.npi && name !== '') names.set(therapist.npi, name);
    }
  }
  return therapistFigures(cases.flatMap(lineFacts)).map((one) => ({
    ...one,
    name: one.therapist === null ? null : (names.get(one.therapist) ?? null),
  }));
}
