// Writes down what checking a claim found: the findings whole in the vault, a row for each, and what became of those found before.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { NotChecked, ScrubFinding } from '../../domain/scrub/finding.ts';
import type { Trx } from '../database/tables.ts';
import type { Vault } from '../vault/vault.ts';

/** A finding and by what it is called: another line or another fact is another finding. */
export interface KeyedFinding extends ScrubFinding {
  readonly key: string;
}

/** What the vault holds of one check. */
export interface ScrubRecord {
  readonly findings: readonly KeyedFinding[];
  readonly notChecked: readonly NotChecked[];
}

/** Findings that stand; those overridden by a person count apart. */
export interface FindingCounts {
  readonly blocks: number;
  readonly warns: number;
  readonly asks: number;
  readonly overridden: number;
  readonly notChecked: number;
}

export function keyed(finding: ScrubFinding): KeyedFinding {
  const { rule, variant, line, facts } = finding;
  const key = createHash('sha256')
    .update(canonicalJson({ rule, variant: variant ?? null, line, facts }))
    .digest('base64url')
    .slice(0, 22);
  return { ...finding, key };
}

export async function keepFindings(
  { vault }: { readonly vault: Vault },
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly claim: string;
    readonly version: number;
    readonly chart: string | null;
    readonly findings: readonly ScrubFinding[];
    readonly notChecked: readonly NotChecked[];
    readonly at: Date;
  },
): Promise<FindingCounts> {
  const { clinic, claim, version, chart, notChecked, at } = of;
  const findings = [...new Map(of.findings.map(keyed).map((one) => [one.key, one])).values()];
  const kept = await trx
    .selectFrom('claim_scrubs')
    .select('record')
    .where('claim', '=', claim)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const value = { findings, notChecked };
  const record = kept?.record ?? (await vault.put(clinic, 'claimFindings', value, { trx }));
  if (kept !== undefined) await vault.replace(clinic, record, value, { trx });
  const row = { version, chart, record, not_checked: notChecked.length, at };
  await trx
    .insertInto('claim_scrubs')
    .values({ claim, clinic, ...row })
    .onConflict((conflict) => conflict.column('claim').doUpdateSet(row))
    .execute();
  const keys = findings.map(({ key }) => key);
  await trx
    .updateTable('claim_findings')
    .set({ fixed_at: at })
    .where('claim', '=', claim)
    .where('fixed_at', 'is', null)
    .where('key', 'not in', [...keys, ''])
    .execute();
  if (findings.length > 0)
    await trx
      .insertInto('claim_findings')
      .values(
        findings.map(({ key, rule, variant, severity, role, line }) => ({
          clinic,
          claim,
          key,
          rule,
          variant: variant ?? null,
          severity,
          role,
          line,
          found_at: at,
        })),
      )
      // Found again after it had been mended: it stands again, with what a person said of it.
      .onConflict((conflict) =>
        conflict
          .columns(['claim', 'key'])
          .doUpdateSet((row) => ({ fixed_at: null, severity: row.ref('excluded.severity') })),
      )
      .execute();
  return countsOf(trx, claim);
}

/** How a claim stands by its newest check. */
export async function countsOf(trx: Trx, claim: string): Promise<FindingCounts> {
  const rows = await trx
    .selectFrom('claim_findings')
    .select(['severity', 'overridden_at'])
    .where('claim', '=', claim)
    .where('fixed_at', 'is', null)
    .execute();
  const scrub = await trx
    .selectFrom('claim_scrubs')
    .select('not_checked')
    .where('claim', '=', claim)
    .executeTakeFirst();
  const open = (severity: string): number =>
    rows.filter((row) => row.severity === severity && row.overridden_at === null).length;
  return {
    blocks: open('blocks'),
    warns: open('warns'),
    asks: open('asks'),
    overridden: rows.filter((row) => row.overridden_at !== null).length,
    notChecked: scrub?.not_checked ?? 0,
  };
}
