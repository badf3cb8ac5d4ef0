// Claims of the synthetic clinic, some made wrong, checked by Gait's own rules against their charts.
import { billedClaims, generateBilling } from '../../sandbox/clinic/billing/generate.ts';
import type { BilledClaim } from '../../sandbox/clinic/billing/model.ts';
import { scrubChartSchema } from '../../domain/scrub/chart-schema.ts';
import type { ScrubChart } from '../../domain/scrub/chart-schema.ts';
import { scrub } from '../../domain/scrub/engine.ts';
import { profileOn } from '../../domain/scrub/profile-schema.ts';
import { createValidator } from '../../server/http/validation.ts';
import { keyed } from '../../server/scrub/findings.ts';
import { readScrubRules } from '../../server/scrub/rules.ts';
import type { ClaimFinding, ClaimLineOfBoard, ClaimPage, RuleRecord } from '../claims.ts';
import { dateInZone } from '../dates.ts';
import { zone } from './people.ts';

export interface ClaimSeed {
  readonly pages: Map<string, ClaimPage>;
  readonly rules: readonly RuleRecord[];
}

/** So many of them are shown. */
const shown = 24;

export async function makeClaims(now: Date): Promise<ClaimSeed> {
  const today = dateInZone(now, zone);
  const billing = generateBilling({ seed: 7, today, canary: null });
  const charts = billing.charts.map(asScrubChart);
  const { book, tables, reference, payers } = await readScrubRules(validator, null);
  const at = now.toISOString();
  const pageOf = ({ claim, recordNumber }: BilledClaim, index: number): ClaimPage => {
    const chart = charts.find(({ patient }) => patient === recordNumber) ?? null;
    const profile = profileOn(payers, claim.payer.id ?? '', claim.lines[0]?.from ?? today);
    const { findings, notChecked } = scrub(book, { claim, chart, profile, tables, reference, asOf: today });
    const person = claim.patient ?? claim.subscriber;
    const [first] = claim.lines;
    return {
      claimRef: `clm_demo${String(index + 1).padStart(16, '0')}`,
      payer: claim.payer.id ?? 'unknown',
      from: first?.from ?? null,
      to: first?.to ?? null,
      chargeCents: claim.chargeCents,
      lines: claim.lines.length,
      frequency: claim.frequency ?? '1',
      importedAt: at,
      patientName: [person.name, person.given].filter((part) => part).join(', '),
      checkedAt: at,
      isChecked: true,
      workItem: null,
      claim,
      findings: findings.map(keyed).map((finding): ClaimFinding => ({ ...finding, foundAt: at, overridden: null })),
      notChecked,
      visits: chart?.visits?.filter(({ date }) => claim.lines.some(({ from }) => from === date)) ?? [],
    };
  };
  // Every sixth of them: clean ones and several kinds of faults.
  const chosen = billing.claims.filter((_, index) => index % Math.floor(billedClaims / shown) === 0).slice(0, shown);
  const pages = chosen.map(pageOf);
  const found = pages.flatMap((page) => page.findings);
  const byRule = Map.groupBy(found, ({ rule, variant }) => `${rule} ${variant ?? ''}`);
  const rules = [...byRule.values()].flatMap(([first, ...others]): RuleRecord[] =>
    first === undefined
      ? []
      : [
          {
            rule: first.rule,
            variant: first.variant ?? null,
            severity: first.severity,
            fired: others.length + 1,
            fixed: 0,
            overridden: 0,
            open: others.length + 1,
          },
        ],
  );
  return { pages: new Map(pages.map((page) => [page.claimRef, page])), rules };
}

const validator = createValidator();

/** The chart as whoever reads its file has it. */
function asScrubChart(chart: unknown): ScrubChart {
  const read: unknown = structuredClone(chart);
  assertChart(read);
  return read;
}

function assertChart(value: unknown): asserts value is ScrubChart {
  validator.check(scrubChartSchema, value, 'chart');
}

export function boardOf({ pages }: ClaimSeed, stands: string): ClaimLineOfBoard[] {
  return [...pages.values()]
    .map((page): ClaimLineOfBoard => {
      const { claim: _claim, findings, notChecked: _notChecked, visits: _visits, ...line } = page;
      const open = (severity: string): number =>
        findings.filter((one) => one.severity === severity && one.overridden === null).length;
      const overridden = findings.filter((one) => one.overridden !== null).length;
      const counts = { blocks: open('blocks'), warns: open('warns'), asks: open('asks'), overridden };
      return { ...line, findings: findings.length === 0 ? null : counts };
    })
    .filter(({ findings }) => {
      const open = findings === null ? 0 : findings.blocks + findings.warns + findings.asks;
      if (stands === 'blocked') return (findings?.blocks ?? 0) > 0;
      if (stands === 'findings') return open > 0;
      return stands !== 'clean' || open === 0;
    });
}
