// How each rule does in this clinic: what it found, what became of it, what payers said afterwards, and whether a lower severity is proposed.
import { addDays } from '../../domain/calendar.ts';
import { isDenied } from '../../domain/claim/denial.ts';
import { demotionRowOn, figuresOf, proposedSeverity } from '../../domain/scrub/demotion.ts';
import type { FindingFate, RuleFigures } from '../../domain/scrub/demotion.ts';
import type { DemotionRow } from '../../domain/scrub/demotion-schema.ts';
import type { ScrubFinding } from '../../domain/scrub/finding.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db } from '../database/tables.ts';
import type { Vault } from '../vault/vault.ts';
import type { ScrubRules } from './rules.ts';
import { clinicSeverities, statementName } from './severities.ts';

export interface RuleNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly vault: Vault;
  readonly policies: Policies;
  readonly scrubRules: ScrubRules;
}

type Severity = ScrubFinding['severity'];

/** What an admin last decided about a rule's severity. `reason` is a reference. */
export interface LastDecision {
  readonly decision: string;
  readonly at: Date;
  readonly on: string;
  readonly by: string;
  readonly reason: string;
}

export interface RuleRecord extends RuleFigures {
  readonly rule: string;
  readonly variant: string | null;
  /** The rule's own; null: the rule is not in the book any more. */
  readonly ownSeverity: Severity | null;
  /** What its findings have here. */
  readonly severity: Severity | null;
  readonly lowered: boolean;
  /** Of the findings since the last decision: what a proposal rests on. */
  readonly sinceDecided: RuleFigures;
  /** A lower severity; null: none is proposed. */
  readonly proposed: Severity | null;
  readonly decided: LastDecision | null;
}

export interface RuleRecords {
  /** By which a rule counts as noisy; null: nobody set it for today. */
  readonly threshold: DemotionRow | null;
  readonly records: readonly RuleRecord[];
}

/** Of the findings of the last `windowDays`, all of them where no threshold is set. */
export async function ruleRecords(needs: RuleNeeds, clinic: string): Promise<RuleRecords> {
  const { db, now, policies, scrubRules } = needs;
  const { date } = await policies.today(db, clinic, now());
  const threshold = demotionRowOn(scrubRules.demotion, date);
  const since = threshold === null ? '1900-01-01' : addDays(date, -threshold.windowDays);
  const rows = await findingsSince(db, clinic, since);
  const denied = await deniedLines(needs, clinic, since);
  const [lowered, decided] = [await clinicSeverities(db, clinic), await lastDecisions(db, clinic)];
  const own = new Map(
    scrubRules.rules.map(({ id, variant, severity }) => [statementName(id, variant ?? null), severity]),
  );
  const records = [...Map.groupBy(rows, ({ rule, variant }) => statementName(rule, variant))].flatMap(
    ([name, found]): RuleRecord[] => {
      const [first] = found;
      if (first === undefined) return [];
      const { rule, variant } = first;
      const fates = found.map((row) => ({ row, fate: fateOf(row, denied) }));
      const last = decided.get(name) ?? null;
      const fresh = last === null ? fates : fates.filter(({ row }) => row.found_at > last.at);
      const sinceDecided = figuresOf(fresh.map(({ fate }) => fate));
      const ownSeverity = own.get(name) ?? null;
      const severity = lowered.get(name)?.severity ?? ownSeverity;
      return [
        {
          rule,
          variant,
          ...figuresOf(fates.map(({ fate }) => fate)),
          ownSeverity,
          severity,
          lowered: lowered.has(name),
          sinceDecided,
          proposed: severity === null ? null : proposedSeverity(severity, sinceDecided, threshold),
          decided: last,
        },
      ];
    },
  );
  return { threshold, records };
}

interface FoundRow {
  readonly claim: string;
  readonly rule: string;
  readonly variant: string | null;
  readonly line: number | null;
  readonly found_at: Date;
  readonly fixed_at: Date | null;
  readonly overridden_at: Date | null;
}

async function findingsSince(db: Db, clinic: string, since: string): Promise<FoundRow[]> {
  return db
    .selectFrom('claim_findings')
    .select(['claim', 'rule', 'variant', 'line', 'found_at', 'fixed_at', 'overridden_at'])
    .where('clinic', '=', clinic)
    .where('found_at', '>=', new Date(`${since}T00:00:00Z`))
    .orderBy('rule')
    .orderBy('variant')
    .execute();
}

function fateOf(row: FoundRow, denied: ReadonlyMap<string, readonly DeniedLine[]>): FindingFate {
  const { claim, line, found_at: at } = row;
  const said = denied.get(claim) ?? [];
  return {
    overridden: row.overridden_at !== null,
    fixed: row.fixed_at !== null,
    denied: said.some((one) => one.at > at && (line === null || one.line === null || one.line === line + 1)),
  };
}

/** A line a payer denied, by its number on the claim (LX01 counts from 1: 005010X222A1 loop 2400); null: the claim as a whole. */
interface DeniedLine {
  readonly line: number | null;
  readonly at: Date;
}

/** What payers denied of the claims whose findings were left standing. */
async function deniedLines(
  { db, scrubRules }: RuleNeeds,
  clinic: string,
  since: string,
): Promise<ReadonlyMap<string, readonly DeniedLine[]>> {
  const left = db
    .selectFrom('claim_findings')
    .select('claim')
    .where('clinic', '=', clinic)
    .where('found_at', '>=', new Date(`${since}T00:00:00Z`))
    .where((where) => where.or([where('fixed_at', 'is', null), where('overridden_at', 'is not', null)]));
  const said = await db
    .selectFrom('remittance_claims as c')
    .innerJoin('remittances as r', 'r.ref', 'c.remittance')
    .select(['c.ref', 'c.claim', 'c.status', 'c.remarks', 'c.posted_at', 'r.produced_on', 'r.received_at'])
    .where('c.clinic', '=', clinic)
    .where('c.state', '=', 'posted')
    .where('c.effect', '=', 'decides')
    .where('c.claim', 'in', left)
    .execute();
  if (said.length === 0) return new Map();
  const lines = await db
    .selectFrom('postings')
    .select(['remittance_claim', 'group_code', 'reason', 'cents', 'line'])
    .where(
      'remittance_claim',
      'in',
      said.map(({ ref }) => ref),
    )
    .execute();
  const denied = said.flatMap(({ ref, claim, status, remarks, posted_at: at, produced_on: on, received_at }) => {
    if (claim === null || at === null) return [];
    const own = lines.filter((line) => line.remittance_claim === ref);
    const day = on ?? received_at.toISOString().slice(0, 10);
    return [...Map.groupBy(own, ({ line }) => line)]
      .filter(([, some]) => {
        const adjustments = some.flatMap(({ group_code: group, reason, cents }) =>
          group === null || reason === null ? [] : [{ group, reason, amountCents: cents }],
        );
        return isDenied({ status, adjustments, remarks, lines: [] }, { rows: scrubRules.denials, on: day });
      })
      .map(([line]) => ({ claim, line, at }));
  });
  return Map.groupBy(denied, ({ claim }) => claim);
}

/** The newest decision about each rule, whatever it was. */
async function lastDecisions(db: Db, clinic: string): Promise<ReadonlyMap<string, LastDecision>> {
  const rows = await db
    .selectFrom('rule_severities')
    .select(['rule', 'variant', 'decision', 'decided_at', 'decided_on', 'decided_by', 'reason'])
    .where('clinic', '=', clinic)
    .orderBy('id')
    .execute();
  return new Map(
    rows.map(({ rule, variant, decision, decided_at: at, decided_on: on, decided_by: by, reason }) => [
      statementName(rule, variant),
      { decision, at, on, by, reason },
    ]),
  );
}

/** The same for the console: who decided by name, and the reason in their words. */
export async function rulesPage(
  needs: RuleNeeds,
  clinic: string,
  by: Parameters<Vault['openMany']>[2]['actor'],
): Promise<unknown> {
  const { threshold, records } = await ruleRecords(needs, clinic);
  const reasons = records.flatMap(({ decided }) => decided?.reason ?? []);
  const opened = await needs.vault.openMany(clinic, reasons, {
    purpose: 'claim.rules',
    action: 'rules.viewed',
    actor: by,
  });
  const people = await displayNames(
    needs.db,
    records.flatMap(({ decided }) => decided?.by ?? []),
  );
  return {
    threshold,
    items: records.map(({ decided, ...record }) => ({
      ...record,
      decided:
        decided === null
          ? null
          : {
              decision: decided.decision,
              on: decided.on,
              by: { id: decided.by, displayName: people.get(decided.by) ?? 'somebody' },
              reason: textOf(opened.get(decided.reason)),
            },
    })),
  };
}

/** The names of users by their references. */
export async function displayNames(db: Db, users: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'display_name'])
    .where('id', 'in', [...users, ''])
    .execute();
  return new Map(rows.map(({ id, display_name: name }) => [id, name]));
}

function textOf(record: Readonly<Record<string, unknown>> | undefined): string | null {
  const text = record?.['text'];
  return typeof text === 'string' ? text : null;
}
