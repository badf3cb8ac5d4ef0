// One claim as a biller reads it: its lines beside the note, what was found and proposed, and what happened to it so far.
import { scrubChartSchema } from '../../domain/scrub/chart-schema.ts';
import type { ScrubChart } from '../../domain/scrub/chart-schema.ts';
import { elementsTold } from '../../domain/scrub/chart/documentation.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { scrubFindingSchema } from '../../domain/scrub/finding.ts';
import type { ScrubFinding } from '../../domain/scrub/finding.ts';
import { changeByFinding, changeBySuggestion } from '../../domain/scrub/proposed-change.ts';
import { suggestions } from '../../domain/scrub/suggestions.ts';
import type { BilledBefore } from '../../domain/scrub/suggestions.ts';
import type { CodeWords } from '../../domain/x12/code-words.ts';
import type { Policies } from '../authorizations/policies.ts';
import { claimRow } from '../claims/records.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { claimIn, livesOf, nameIn, openItems, structureOf, textIn } from './claim-facts.ts';
import type { ClaimViewNeeds } from './claim-facts.ts';
import { statusesOf, timelineOf } from './claim-timeline.ts';
import { displayNames } from './effectiveness.ts';
import type { ScrubRules } from './rules.ts';
import { profileOf } from './scrub.ts';

interface Needs extends ClaimViewNeeds {
  readonly policies: Policies;
  readonly scrubRules: ScrubRules;
  readonly now: () => Date;
}

/** Throws `reference.unknown`. */
export async function claimPage(
  needs: Needs,
  words: CodeWords,
  clinic: string,
  ref: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const { db, vault, validator, scrubRules } = needs;
  const row = await claimRow(db, clinic, ref);
  const scrub = await db.selectFrom('claim_scrubs').selectAll().where('claim', '=', ref).executeTakeFirst();
  const stood = await db
    .selectFrom('claim_findings')
    .select(['key', 'found_at', 'overridden_at', 'overridden_by', 'reason'])
    .where('claim', '=', ref)
    .execute();
  const timeline = await timelineOf(db, clinic, ref);
  const reasons = [...stood.map(({ reason }) => reason), ...timeline.flatMap(({ records }) => records)];
  const others = await checkedAgainst(db, clinic, scrub?.chart ?? null, ref);
  const refs = [ref, scrub?.record, scrub?.chart, ...reasons, ...others].filter((one) => typeof one === 'string');
  const opened = await vault.openMany(clinic, [...new Set(refs)], {
    purpose: 'claim.review',
    action: 'claim.viewed',
    actor: by,
  });
  const claim = claimIn(validator, opened.get(ref));
  const found = opened.get(scrub?.record ?? '') ?? {};
  const findings = listIn(found['findings']).map((finding) => findingIn(validator, finding));
  const people = await displayNames(
    db,
    findings.flatMap(({ lowered }) => lowered?.by ?? []),
  );
  const chart = chartIn(validator, opened.get(scrub?.chart ?? ''));
  const billed = others.flatMap((other) => {
    const record = opened.get(other);
    return record === undefined ? [] : billedIn(claimIn(validator, record));
  });
  const changes = { changes: scrubRules.changes, modifierOrder: scrubRules.reference.modifiers.order };
  const reasonOf = (record: string | null) => textIn(opened.get(record ?? ''), 'text') || null;
  return {
    ...structureOf(row),
    patientName: nameIn(opened.get(ref)),
    claim,
    life: (await livesOf(db, [ref])).get(ref) ?? null,
    checkedAt: scrub?.at.toISOString() ?? null,
    isChecked: scrub?.version === row.version,
    findings: findings.map((finding) => {
      const { lowered } = finding;
      const one = stood.find(({ key }) => key === textIn(finding, 'key'));
      return {
        ...finding,
        change: changeByFinding(claim, finding, changes),
        loweredBy: lowered === undefined ? null : { id: lowered.by, displayName: people.get(lowered.by) ?? 'somebody' },
        foundAt: one?.found_at.toISOString() ?? null,
        overridden:
          one === undefined || one.overridden_at === null
            ? null
            : { at: one.overridden_at.toISOString(), by: one.overridden_by, reason: reasonOf(one.reason) },
      };
    }),
    notChecked: found['notChecked'] ?? [],
    suggestions: await suggestionsOf(needs, row, claim, chart, billed),
    documented: documentedOf(scrubRules, claim, chart),
    hasChart: chart !== null,
    statuses: await statusesOf(db, words, ref),
    timeline: timeline.map(({ entry, records }) => ({
      ...entry,
      documented: records.flatMap((record) => {
        const value = reasonOf(record);
        return value === null ? [] : [{ label: 'Reason', value }];
      }),
    })),
    workItem: (await openItems(db, clinic, [ref])).get(ref) ?? null,
  };
}

/** Codes and units the notes support, each with what the line would become. */
async function suggestionsOf(
  needs: Needs,
  row: Parameters<typeof profileOf>[2],
  claim: Claim,
  chart: ScrubChart | null,
  billed: readonly BilledBefore[],
): Promise<unknown[]> {
  if (chart === null) return [];
  const { db, policies, scrubRules, now } = needs;
  const { tables, reference } = scrubRules;
  const { date } = await policies.today(db, row.clinic, now());
  const profile = await profileOf(needs, db, row, date);
  return suggestions({ claim, chart, profile, tables, reference, asOf: date }, billed).map((one) => ({
    ...one,
    codes: one.codes.map((code) => ({ ...code, change: changeBySuggestion(claim, code) })),
  }));
}

/** The other claims of the patient: those that were checked against the same chart. */
async function checkedAgainst(db: Db, clinic: string, chart: string | null, claim: string): Promise<string[]> {
  if (chart === null) return [];
  const rows = await db
    .selectFrom('claim_scrubs')
    .select('claim')
    .where('clinic', '=', clinic)
    .where('chart', '=', chart)
    .where('claim', '<>', claim)
    .execute();
  return rows.map((row) => row.claim);
}

/** Nothing of a claim that takes another back. */
function billedIn({ frequency, lines }: Claim): BilledBefore[] {
  if (frequency === '8') return [];
  return lines.flatMap(({ from, procedure }) =>
    from === null || procedure?.qualifier !== 'HC' ? [] : [{ day: from, code: procedure.code }],
  );
}

/** For each line what the notes of its day have of its code: minutes, by whom, the words, and the elements asked of such a note. */
function documentedOf({ reference }: ScrubRules, claim: Claim, chart: ScrubChart | null): unknown[] {
  const visits = chart?.visits ?? [];
  return claim.lines.map(({ from, procedure }) =>
    visits
      .filter(({ date }) => date === from)
      .flatMap(({ interventions, outcomes }) =>
        (interventions ?? [])
          .filter(({ code }) => code === procedure?.code)
          .map(({ code, minutes = null, by = null, text = null }) => ({
            minutes,
            by,
            text,
            elements:
              text === null || from === null
                ? []
                : elementsTold(reference.documentation, {
                    code,
                    on: from,
                    text,
                    hasOutcome: (outcomes ?? []).length > 0,
                  }).filter(({ kind, isTold }) => kind !== 'against' || isTold),
          })),
      ),
  );
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function findingIn(validator: Validator, value: unknown): ScrubFinding {
  assertFinding(validator, value);
  return value;
}

function assertFinding(validator: Validator, value: unknown): asserts value is ScrubFinding {
  validator.check(scrubFindingSchema, value, 'finding');
}

function chartIn(validator: Validator, value: unknown): ScrubChart | null {
  if (value === undefined) return null;
  assertChart(validator, value);
  return value;
}

function assertChart(validator: Validator, value: unknown): asserts value is ScrubChart {
  validator.check(scrubChartSchema, value, 'chart');
}
