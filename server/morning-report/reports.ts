// Makes and keeps morning reports: what needs a person today, what is lost first at the top.
import { morningReport } from '../../domain/morning-report/report.ts';
import type { MorningReport, ReportInput } from '../../domain/morning-report/types.ts';
import { isWorkItemKind } from '../../domain/work-item/kinds.ts';
import type { Audit } from '../audit/append.ts';
import { factsOfRow } from '../authorizations/facts.ts';
import type { AuthorizationFacts } from '../authorizations/facts.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { roleOf } from '../work-items/items.ts';
import { refreshOpenItems } from '../work-items/ranking.ts';

/** A report as it was made: structure only. */
export interface KeptReport extends MorningReport {
  readonly report: string;
  readonly madeAt: string;
}

export interface MorningReports {
  /** Makes today's report of a clinic from its open work items and stores it. */
  make(clinic: string, by: Principal): Promise<KeptReport>;
  /** The newest report of a day, or of any; null where there is none. */
  latest(clinic: string, date?: string): Promise<KeptReport | null>;
}

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly policies: Policies;
  readonly now: () => Date;
}

export function createMorningReports(needs: Needs): MorningReports {
  return {
    make: (clinic, by) =>
      needs.db.transaction().execute(async (trx) => {
        const at = needs.now();
        const today = await needs.policies.today(trx, clinic, at);
        const report = morningReport(await reportInputs(needs, trx, clinic, at), today);
        const id = newReference('rep');
        const text = JSON.stringify(report);
        await trx
          .insertInto('morning_reports')
          .values({ id, clinic, date: report.date, report: text, made_by: actorOf(by), at })
          .execute();
        const { total, overdue, escalated } = report.counts;
        await needs.audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: 'morningReport.made',
          subject: id,
          details: { date: report.date, total, overdue, escalated },
        });
        return { report: id, madeAt: at.toISOString(), ...report };
      }),
    async latest(clinic, date) {
      let query = needs.db.selectFrom('morning_reports').selectAll().where('clinic', '=', clinic);
      if (date !== undefined) query = query.where('date', '=', date);
      const row = await query.orderBy('at', 'desc').limit(1).executeTakeFirst();
      return row === undefined ? null : { report: row.id, madeAt: row.at.toISOString(), ...row.report };
    },
  };
}

/** Every open item with what ranks it today; an authorization with several items is assessed once. */
async function reportInputs(needs: Needs, trx: Trx, clinic: string, at: Date): Promise<ReportInput[]> {
  const facts = await factsOfOpenItems(needs, trx, clinic, at);
  for (const known of facts.values()) await refreshOpenItems(trx, known, at);
  const items = await trx
    .selectFrom('work_items')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .execute();
  return items.flatMap((item) => {
    if (!isWorkItemKind(item.kind)) return [];
    const known = facts.get(item.subject);
    return {
      workItem: item.id,
      kind: item.kind,
      role: roleOf(item.role),
      authorization: known === undefined ? null : item.subject,
      payer: known === undefined ? null : { id: known.policy.payer, name: known.policy.name },
      reason: item.reason,
      lossOn: known?.assessment.projection.firstUncoveredVisit?.date ?? null,
      actBy: known?.assessment.actBy ?? null,
      dueAt: item.due_at?.toISOString() ?? null,
      openedAt: item.opened_at.toISOString(),
      escalated: item.escalated_at !== null,
      reminded: item.reminded_at !== null,
    };
  });
}

/** What is known today of each authorization with an open item, in the order of the references. */
async function factsOfOpenItems(
  needs: Needs,
  trx: Trx,
  clinic: string,
  at: Date,
): Promise<ReadonlyMap<string, AuthorizationFacts>> {
  const rows = await trx
    .selectFrom('authorizations')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('ref', 'in', (open) =>
      open.selectFrom('work_items').select('subject').where('clinic', '=', clinic).where('status', '=', 'open'),
    )
    .orderBy('ref')
    .execute();
  const facts = new Map<string, AuthorizationFacts>();
  for (const row of rows) facts.set(row.ref, await factsOfRow({ db: trx, policies: needs.policies }, row, at));
  return facts;
}
