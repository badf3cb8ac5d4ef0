// Keeps the findings of an audit beside those of the one before: what is new, what is gone, what is still so.
import type { AuditFigures } from '../../domain/data-audit/figures.ts';
import { findingCodes } from '../../domain/data-audit/findings.ts';
import type { Finding, FindingCode } from '../../domain/data-audit/findings.ts';
import { auditFields } from '../../domain/data-audit/book-schema.ts';
import type { Db, Trx } from '../database/tables.ts';

const rowsPerQuery = 1_000;

/** Stores the findings and says how they compare. In one transaction: nobody sees half of an audit. */
export async function keepFindings(
  trx: Trx,
  clinic: string,
  audit: string,
  findings: readonly Finding[],
  itemOf: (finding: Finding) => string | null,
): Promise<NonNullable<AuditFigures['since']>> {
  for (let start = 0; start < findings.length; start += rowsPerQuery)
    await trx
      .insertInto('data_findings')
      .values(
        findings.slice(start, start + rowsPerQuery).map((one) => ({
          ...one,
          clinic,
          work_item: itemOf(one),
          first_audit: audit,
          last_audit: audit,
          gone_audit: null,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['clinic', 'key']).doUpdateSet((row) => ({
          severity: row.ref('excluded.severity'),
          work_item: row.ref('excluded.work_item'),
          // One that was gone and is back is new.
          first_audit: row
            .case()
            .when('data_findings.gone_audit', 'is', null)
            .then(row.ref('data_findings.first_audit'))
            .else(row.ref('excluded.first_audit'))
            .end(),
          last_audit: row.ref('excluded.last_audit'),
          gone_audit: null,
        })),
      )
      .execute();
  const gone = await trx
    .updateTable('data_findings')
    .set({ gone_audit: audit })
    .where('clinic', '=', clinic)
    .where('gone_audit', 'is', null)
    .where('last_audit', '<>', audit)
    .executeTakeFirst();
  const { count } = await trx
    .selectFrom('data_findings')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('clinic', '=', clinic)
    .where('last_audit', '=', audit)
    .where('first_audit', '=', audit)
    .executeTakeFirstOrThrow();
  const fresh = Number(count);
  return { new: fresh, gone: Number(gone.numUpdatedRows), unchanged: findings.length - fresh };
}

export interface KeptFinding extends Finding {
  readonly workItem: string | null;
  /** Found for the first time by the newest audit. */
  readonly isNew: boolean;
}

/** What a list of findings is narrowed to. */
export interface FindingFilter {
  readonly code?: string;
  readonly system?: string;
  readonly field?: string;
  readonly limit?: number;
}

/** The findings of the newest audit that ended, in the order of their keys. */
export async function openFindings(db: Db, clinic: string, filter: FindingFilter = {}): Promise<KeptFinding[]> {
  let query = db.selectFrom('data_findings').selectAll().where('clinic', '=', clinic).where('gone_audit', 'is', null);
  if (filter.code !== undefined) query = query.where('code', '=', filter.code);
  if (filter.system !== undefined) query = query.where('system', '=', filter.system);
  if (filter.field !== undefined) query = query.where('field', '=', filter.field);
  query = query.orderBy('key');
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return (await query.execute()).flatMap((row): KeptFinding[] => {
    const { key, severity, system, subject, other } = row;
    if (!isCode(row.code)) return [];
    const field = auditFields.find((one) => one === row.field) ?? null;
    const isNew = row.first_audit === row.last_audit;
    return [{ key, code: row.code, severity, system, field, subject, other, workItem: row.work_item, isNew }];
  });
}

export interface FindingGroup {
  readonly code: FindingCode;
  readonly severity: Finding['severity'];
  readonly system: string;
  readonly field: Finding['field'];
  readonly count: number;
}

/** How many findings there are of each kind, by system and field. */
export async function findingGroups(db: Db, clinic: string): Promise<FindingGroup[]> {
  const rows = await db
    .selectFrom('data_findings')
    .select(({ fn }) => ['code', 'severity', 'system', 'field', fn.countAll<number>().as('count')])
    .where('clinic', '=', clinic)
    .where('gone_audit', 'is', null)
    .groupBy(['code', 'severity', 'system', 'field'])
    .orderBy('code')
    .orderBy('system')
    .orderBy('field')
    .execute();
  return rows.flatMap((row): FindingGroup[] => {
    const { code, severity, system } = row;
    if (!isCode(code)) return [];
    const field = auditFields.find((one) => one === row.field) ?? null;
    return [{ code, severity, system, field, count: Number(row.count) }];
  });
}

function isCode(text: string): text is FindingCode {
  return Object.hasOwn(findingCodes, text);
}
