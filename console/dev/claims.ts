// Claims of the synthetic clinic, some made wrong, checked by Gait's own rules against their charts, at every point of their lives.
import { billedClaims, generateBilling } from '../../sandbox/clinic/billing/generate.ts';
import type { BilledClaim } from '../../sandbox/clinic/billing/model.ts';
import { atRiskCents } from '../../domain/posting/at-risk.ts';
import type { Books } from '../../domain/posting/books.ts';
import { scrubChartSchema } from '../../domain/scrub/chart-schema.ts';
import type { ScrubChart } from '../../domain/scrub/chart-schema.ts';
import { elementsTold } from '../../domain/scrub/chart/documentation.ts';
import { figuresOf, proposedSeverity } from '../../domain/scrub/demotion.ts';
import { scrub } from '../../domain/scrub/engine.ts';
import { profileOn } from '../../domain/scrub/profile-schema.ts';
import { changeByFinding, changeBySuggestion } from '../../domain/scrub/proposed-change.ts';
import { suggestions } from '../../domain/scrub/suggestions.ts';
import { readCodeWords } from '../../server/codes/code-words.ts';
import { createValidator } from '../../server/http/validation.ts';
import { keyed } from '../../server/scrub/findings.ts';
import { readScrubRules } from '../../server/scrub/rules.ts';
import type {
  ClaimFinding,
  ClaimLife,
  ClaimLineOfBoard,
  ClaimList,
  ClaimPage,
  DenialLine,
  RuleRecord,
  RuleRecords,
} from '../claims.ts';
import { dateInZone, dateOfDay, dayNumber } from '../dates.ts';
import { zone } from './people.ts';

export interface ClaimSeed {
  readonly pages: Map<string, ClaimPage>;
  rules: RuleRecords;
}

/** So many of them are shown. */
const shown = 24;

/** Where they stand, one after the other; null: nobody follows it. */
const states: readonly (ClaimLife['state'] | null)[] = [
  'toFix',
  'inReview',
  'pending',
  'denied',
  'overdue',
  null,
  'patientBalance',
  'appealPending',
  'sent',
  'denied',
  'closed',
  'denied',
];

/** What payers say of the denied ones. */
const denials: readonly Pick<
  NonNullable<ClaimLife['denial']>,
  'class' | 'whatToDo' | 'group' | 'reason' | 'remarks'
>[] = [
  { class: 'coding', whatToDo: 'correct', group: 'CO', reason: '4', remarks: ['N519'] },
  { class: 'medicalNecessity', whatToDo: 'appeal', group: 'CO', reason: '50', remarks: ['N115'] },
  { class: 'unknown', whatToDo: 'ask', group: 'CO', reason: 'A1', remarks: [] },
  { class: 'coordination', whatToDo: 'billOtherPayer', group: 'CO', reason: '22', remarks: [] },
];

export async function makeClaims(now: Date): Promise<ClaimSeed> {
  const today = dateInZone(now, zone);
  const billing = generateBilling({ seed: 7, today, canary: null });
  const charts = billing.charts.map(asScrubChart);
  const rules = await readScrubRules(validator, null);
  const { tables, reference, payers, changes, demotion } = rules;
  const words = readCodeWords();
  const at = now.toISOString();
  const ago = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
  const pageOf = ({ claim, recordNumber }: BilledClaim, index: number): ClaimPage => {
    const chart = charts.find(({ patient }) => patient === recordNumber) ?? null;
    const about = [claim.payer.id ?? '', claim.lines[0]?.from ?? today] as const;
    const profile = profileOn(payers, ...about);
    const input = { claim, chart, profile, tables, reference, asOf: today };
    const { findings, notChecked } = scrub(rules.bookFor(...about), input);
    const person = claim.patient ?? claim.subscriber;
    const [first] = claim.lines;
    const state = states[index % states.length] ?? null;
    const wasSent = state !== null && !['toFix', 'inReview', 'new'].includes(state);
    const denial = state === 'denied' || state === 'appealPending' ? denialOf(index, claim.chargeCents, today) : null;
    return {
      claimRef: `clm_demo${String(index + 1).padStart(16, '0')}`,
      payer: claim.payer.id ?? 'unknown',
      from: first?.from ?? null,
      to: first?.to ?? null,
      // One of them came without a charge.
      chargeCents: index === 8 ? null : claim.chargeCents,
      lines: claim.lines.length,
      frequency: claim.frequency ?? '1',
      importedAt: ago(20),
      patientName: [person.name, person.given].filter((part) => part).join(', '),
      checkedAt: at,
      isChecked: true,
      workItem: state === 'denied' ? { id: 'wi_denied1', kind: 'claim.denied' } : null,
      life:
        state === null
          ? null
          : {
              state,
              since: ago(index),
              dueBy: state === 'overdue' ? ago(2) : null,
              sentAt: wasSent ? ago(12 + index) : null,
              denial,
              hold: null,
            },
      claim,
      findings: findings.map(keyed).map(
        (finding): ClaimFinding => ({
          ...finding,
          loweredBy: null,
          foundAt: at,
          overridden: null,
          change: changeByFinding(claim, finding, { changes, modifierOrder: reference.modifiers.order }),
        }),
      ),
      notChecked,
      suggestions: suggestions(input).map((one) => ({
        ...one,
        codes: one.codes.map((code) => ({ ...code, change: changeBySuggestion(claim, code) })),
      })),
      documented: claim.lines.map(({ from, procedure }) =>
        (chart?.visits ?? [])
          .filter(({ date }) => date === from)
          .flatMap(({ interventions }) => interventions ?? [])
          .filter(({ code }) => code === procedure?.code)
          .map(({ code, minutes = null, by = null, text = null }) => ({
            minutes,
            by,
            text,
            elements: elementsTold(reference.documentation, {
              code,
              on: from ?? today,
              text: text ?? '',
              hasOutcome: false,
            }).filter(({ kind, isTold }) => kind !== 'against' || isTold),
          })),
      ),
      hasChart: chart !== null,
      statuses: wasSent
        ? [
            {
              at: ago(10),
              operation: 'x12Files.reports.fetch',
              isSentBack: false,
              statuses: [
                {
                  category: { code: 'A2', meaning: words('claim-status-categories', 'A2')?.meaning ?? null },
                  status: { code: '20', meaning: words('claim-statuses', '20')?.meaning ?? null },
                  entity: null,
                  effectiveOn: dateOfDay(dayNumber(today) - 10),
                  paidCents: null,
                },
              ],
            },
          ]
        : [],
      timeline: wasSent
        ? [
            { at: ago(14), event: 'submissionApproved', by: { id: 'usr_2', displayName: 'Ana Biller' }, detail: null },
            { at: ago(12), event: 'submitted', by: null, detail: null },
            { at: ago(10), event: 'acknowledged', by: null, detail: null },
          ]
        : [],
    };
  };
  // Every sixth of them: clean ones and several kinds of faults.
  const chosen = billing.claims.filter((_, index) => index % Math.floor(billedClaims / shown) === 0).slice(0, shown);
  const pages = chosen.map(pageOf);
  const found = pages.flatMap((page) => page.findings);
  const [threshold] = demotion;
  const byRule = Map.groupBy(found, ({ rule, variant }) => `${rule} ${variant ?? ''}`);
  const items = [...byRule.values()].flatMap(([first, ...others], index): RuleRecord[] => {
    if (first === undefined) return [];
    // The first of them was let stand again and again.
    const fates = index === 0 ? 30 : others.length + 1;
    const figures = figuresOf(
      Array.from({ length: fates }, (_, one) => ({
        overridden: index === 0 && one < 24,
        fixed: index !== 0 && one > 1,
        denied: one === 0,
      })),
    );
    const { rule, variant = null, severity } = first;
    return [
      {
        rule,
        variant,
        ...figures,
        ownSeverity: severity,
        severity,
        lowered: false,
        sinceDecided: figures,
        proposed: proposedSeverity(severity, figures, threshold ?? null),
        decided: null,
      },
    ];
  });
  return { pages: new Map(pages.map((page) => [page.claimRef, page])), rules: { threshold: threshold ?? null, items } };
}

function denialOf(index: number, chargeCents: number | null, today: string): ClaimLife['denial'] {
  const said = denials[Math.floor(index / 2) % denials.length];
  if (said === undefined) return null;
  const decideBy = index % 3 === 0 ? null : dateOfDay(dayNumber(today) + index * 3 - 12);
  return { ...said, remarks: [...said.remarks], cents: chargeCents ?? 0, decideBy, posting: 'rcl_demo' };
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

/** Insurance has decided, and the patient owes its share. */
const patientOwes: Books = {
  standing: 'settled',
  chargeCents: 19_100,
  paidCents: 11_460,
  adjustedCents: 5_730,
  writtenOffCents: 0,
  patientCents: 1_910,
  openCents: 0,
  patientPaidCents: null,
  patientBalanceCents: 1_910,
  payers: [],
};

export function boardOf({ pages }: ClaimSeed, state: string): ClaimList {
  const items = [...pages.values()]
    .filter(({ life }) => (life?.state === 'closed') === (state === 'closed'))
    .map((page): ClaimLineOfBoard => {
      const { claimRef, payer, from, to, chargeCents, lines, frequency, importedAt, patientName, findings } = page;
      const open = (severity: string): number =>
        findings.filter((one) => one.severity === severity && one.overridden === null).length;
      const overridden = findings.filter((one) => one.overridden !== null).length;
      const counts = { blocks: open('blocks'), warns: open('warns'), asks: open('asks'), overridden };
      const { life, checkedAt, isChecked, workItem } = page;
      const followed = life === null ? null : { state: life.state, deniedCents: 0 };
      return {
        ...{ claimRef, payer, from, to, chargeCents, lines, frequency, importedAt, patientName },
        ...{ life, checkedAt, isChecked, workItem },
        atRiskCents: atRiskCents(chargeCents, life?.state === 'patientBalance' ? patientOwes : null, followed),
        findings: findings.length === 0 ? null : counts,
      };
    });
  return { items: items.sort((one, other) => (one.from ?? '').localeCompare(other.from ?? '')), more: false };
}

export function denialsOf({ pages }: ClaimSeed): readonly DenialLine[] {
  const words = readCodeWords();
  return [...pages.values()].flatMap(({ claimRef, patientName, payer, from, chargeCents, life, workItem }) => {
    if (life === null || life.denial === null) return [];
    const { class: kind, whatToDo, group, reason, remarks, cents, decideBy } = life.denial;
    const meaning = (table: 'adjustment-reasons' | 'remark-codes', code: string) => ({
      code,
      meaning: words(table, code)?.meaning ?? null,
      fix: words(table, code)?.fix ?? null,
    });
    return [
      {
        ...{ claimRef, patientName, payer, from, chargeCents, workItem },
        state: life.state,
        since: life.since,
        class: kind,
        whatToDo,
        group,
        reason: meaning('adjustment-reasons', reason),
        remarks: remarks.map((code) => meaning('remark-codes', code)),
        deniedCents: cents,
        decideBy,
      },
    ];
  });
}
