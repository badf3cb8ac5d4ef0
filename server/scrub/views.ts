// What the console shows of checked claims: the board, one claim beside its note, and how each rule does.
import type { Claim } from '../../domain/claim/schema.ts';
import { claimSchema } from '../../domain/claim/schema.ts';
import { claimRow } from '../claims/records.ts';
import type { ClaimRow } from '../claims/records.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';

export interface ScrubViewNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
}

interface Filter {
  readonly stands?: string | undefined;
  readonly limit?: number | undefined;
}

/** Claims, the oldest day of service first: the one whose time runs out first. */
export async function claimBoard(
  { db, vault }: ScrubViewNeeds,
  clinic: string,
  { stands, limit = 200 }: Filter,
  by: SessionPrincipal,
): Promise<unknown[]> {
  let query = db.selectFrom('claims as c').selectAll('c').where('c.clinic', '=', clinic);
  const standing = (severity?: 'blocks') =>
    db
      .selectFrom('claim_findings as f')
      .select('f.claim')
      .where('f.clinic', '=', clinic)
      .where('f.fixed_at', 'is', null)
      .where('f.overridden_at', 'is', null)
      .$if(severity !== undefined, (some) => some.where('f.severity', '=', 'blocks'));
  if (stands === 'blocked') query = query.where('c.ref', 'in', standing('blocks'));
  if (stands === 'findings') query = query.where('c.ref', 'in', standing());
  if (stands === 'clean')
    query = query
      .where('c.ref', 'not in', standing())
      .where('c.ref', 'in', db.selectFrom('claim_scrubs as s').select('s.claim').where('s.clinic', '=', clinic));
  const rows = await query.orderBy('c.service_from').orderBy('c.ref').limit(limit).execute();
  const refs = rows.map(({ ref }) => ref);
  const [counts, scrubs, items] = [
    await countsByClaim(db, refs),
    await scrubsOf(db, refs),
    await openItems(db, clinic, refs),
  ];
  const opened = await vault.openMany(clinic, refs, { purpose: 'claim.list', action: 'claim.listed', actor: by });
  return rows.map((row) => ({
    ...structureOf(row),
    patientName: nameIn(opened.get(row.ref)),
    checkedAt: scrubs.get(row.ref)?.at.toISOString() ?? null,
    isChecked: scrubs.get(row.ref)?.version === row.version,
    findings: counts.get(row.ref) ?? null,
    workItem: items.get(row.ref) ?? null,
  }));
}

/** One claim: its lines, what was found with citations, what was not checked, and the visit it is for. */
export async function claimPage(
  needs: ScrubViewNeeds,
  clinic: string,
  ref: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const { db, vault, validator } = needs;
  const row = await claimRow(db, clinic, ref);
  const scrub = await db.selectFrom('claim_scrubs').selectAll().where('claim', '=', ref).executeTakeFirst();
  const stood = await db
    .selectFrom('claim_findings')
    .select(['key', 'found_at', 'overridden_at', 'overridden_by', 'reason'])
    .where('claim', '=', ref)
    .execute();
  const records = [scrub?.record, scrub?.chart, ...stood.map(({ reason }) => reason)];
  const refs = [ref, ...records.flatMap((record) => record ?? [])];
  const opened = await vault.openMany(clinic, refs, { purpose: 'claim.review', action: 'claim.viewed', actor: by });
  const claim: unknown = opened.get(ref);
  assertClaim(validator, claim);
  const found = scrub === undefined ? {} : (opened.get(scrub.record) ?? {});
  const findings: unknown = found['findings'];
  const chart = opened.get(scrub?.chart ?? '') ?? null;
  const days = new Set(claim.lines.flatMap(({ from }) => from ?? []));
  const visits: unknown = chart?.['visits'];
  const items = await openItems(db, clinic, [ref]);
  return {
    ...structureOf(row),
    patientName: nameIn(opened.get(ref)),
    claim,
    checkedAt: scrub?.at.toISOString() ?? null,
    isChecked: scrub?.version === row.version,
    findings: (Array.isArray(findings) ? findings : []).map((finding: unknown) => {
      const key = textIn(finding, 'key');
      const one = stood.find((each) => each.key === key);
      return {
        ...asRecord(finding),
        foundAt: one?.found_at.toISOString() ?? null,
        overridden:
          one === undefined || one.overridden_at === null
            ? null
            : {
                at: one.overridden_at.toISOString(),
                by: one.overridden_by,
                reason: opened.get(one.reason ?? '')?.['text'] ?? null,
              },
      };
    }),
    notChecked: found['notChecked'] ?? [],
    visits: (Array.isArray(visits) ? visits : []).filter((visit: unknown) => days.has(textIn(visit, 'date'))),
    workItem: items.get(ref) ?? null,
  };
}

/** What became of each rule's findings: a rule that is overridden more often than it is heeded is a noisy one. */
export async function ruleEffectiveness({ db }: Pick<ScrubViewNeeds, 'db'>, clinic: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('claim_findings')
    .select((all) => [
      'rule',
      'variant',
      'severity',
      all.fn.countAll<string>().as('fired'),
      all.fn.count<string>('overridden_at').as('overridden'),
      all.fn.count<string>('fixed_at').filterWhere('overridden_at', 'is', null).as('fixed'),
    ])
    .where('clinic', '=', clinic)
    .groupBy(['rule', 'variant', 'severity'])
    .orderBy('rule')
    .orderBy('variant')
    .execute();
  return rows.map(({ rule, variant, severity, ...counts }) => {
    const [fired, fixed, overridden] = [Number(counts.fired), Number(counts.fixed), Number(counts.overridden)];
    return { rule, variant, severity, fired, fixed, overridden, open: fired - fixed - overridden };
  });
}

function structureOf(row: ClaimRow) {
  return {
    claimRef: row.ref,
    payer: row.payer,
    from: row.service_from,
    to: row.service_to,
    chargeCents: row.charge_cents,
    lines: row.lines,
    frequency: row.frequency,
    importedAt: row.imported_at.toISOString(),
  };
}

async function countsByClaim(
  db: Db,
  claims: readonly string[],
): Promise<Map<string, { blocks: number; warns: number; asks: number; overridden: number }>> {
  const rows = await db
    .selectFrom('claim_findings')
    .select(['claim', 'severity', 'overridden_at'])
    .where('claim', 'in', [...claims, ''])
    .where('fixed_at', 'is', null)
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ claim }) => claim)].map(([claim, own]) => {
      const open = (severity: string): number =>
        own.filter((row) => row.severity === severity && row.overridden_at === null).length;
      const overridden = own.filter((row) => row.overridden_at !== null).length;
      return [claim, { blocks: open('blocks'), warns: open('warns'), asks: open('asks'), overridden }];
    }),
  );
}

async function scrubsOf(db: Db, claims: readonly string[]): Promise<Map<string, { version: number; at: Date }>> {
  const rows = await db
    .selectFrom('claim_scrubs')
    .select(['claim', 'version', 'at'])
    .where('claim', 'in', [...claims, ''])
    .execute();
  return new Map(rows.map(({ claim, version, at }) => [claim, { version, at }]));
}

async function openItems(
  db: Db,
  clinic: string,
  claims: readonly string[],
): Promise<Map<string, { id: string; kind: string }>> {
  const rows = await db
    .selectFrom('work_items')
    .select(['id', 'kind', 'subject'])
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .where('subject', 'in', [...claims, ''])
    .execute();
  return new Map(rows.map(({ id, kind, subject }) => [subject, { id, kind }]));
}

function nameIn(record: VaultRecord | undefined): string | null {
  const person = asRecord(record?.['patient'] ?? record?.['subscriber']);
  const [family, given] = [person['name'], person['given']];
  const parts = [family, given].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textIn(value: unknown, name: string): string {
  const found = asRecord(value)[name];
  return typeof found === 'string' ? found : '';
}

function assertClaim(validator: Validator, value: unknown): asserts value is Claim {
  validator.check(claimSchema, value, 'claim');
}
