// Lays a sample of signed drafts before a clinical specialist in a clinic's first days of use, and keeps what was found.
import { ruleOn } from '../../domain/dated-rows.ts';
import { GaitError } from '../../domain/errors.ts';
import { verdicts } from '../../domain/note-audit/figures.ts';
import { auditFileSchema, sampled } from '../../domain/note-audit/sample.ts';
import type { AuditRule } from '../../domain/note-audit/sample.ts';
import type { Selectable } from 'kysely';
import type { Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { readDatedRows } from '../rule-files/dated-rows.ts';
import type { Services } from '../services.ts';
import type { WorkItemRow, WorkItems } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';

export interface AuditNeeds extends Pick<Services, 'db' | 'now'> {
  readonly workItems: WorkItems;
  readonly auditRules: readonly AuditRule[];
}

export function readAuditRules(validator: Validator): Promise<readonly AuditRule[]> {
  return readDatedRows<AuditRule>(validator, auditFileSchema, 'documentation/audit.json');
}

/** A specialist has so many days. */
const daysToLook = 7;

/** Opens an item for each draft of the sample that has none. Returns how many were opened. */
export async function drawSample(needs: AuditNeeds, clinic: string, today: string, by: Principal): Promise<number> {
  const { db, now, workItems } = needs;
  const { settings } = await db
    .selectFrom('clinics')
    .select('settings')
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const rule = { ...ruleOn(needs.auditRules, today, 'documentation'), ...settings.noteAudit };
  const rows = await db
    .selectFrom('note_versions as v')
    .leftJoin('note_audits as a', 'a.note', 'v.note')
    .select(['v.note', 'v.signed_at', 'a.work_item'])
    .where('v.clinic', '=', clinic)
    .where('v.version', '=', 1)
    .execute();
  const known = new Set(rows.flatMap(({ note, work_item }) => (work_item === null ? [] : [note])));
  const drawn = sampled(
    rows.map(({ note, signed_at }) => ({ note, signedAt: signed_at.toISOString() })),
    rule,
  );
  let opened = 0;
  for (const note of drawn.filter((one) => !known.has(one))) {
    await db.transaction().execute(async (trx) => {
      const { workItem } = await workItems.open(
        {
          clinic,
          key: `documentation.audit/${note}`,
          kind: 'documentation.audit',
          subject: note,
          workflow: null,
          dueAt: new Date(now().getTime() + daysToLook * 86_400_000).toISOString(),
          context: { note },
          reason: `One of every ${rule.everyNth} drafts that were signed in the first ${rule.days} days: compare it with the session`,
        },
        systemPrincipal('note-audits', by),
        trx,
      );
      await trx
        .insertInto('note_audits')
        .values({ note, clinic, work_item: workItem, asked_at: now(), verdict: null, by_user: null, scored_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
    opened += 1;
  }
  return opened;
}

export interface AuditDecisions {
  settle(trx: Trx, item: WorkItemRow, row: Selectable<WorkItemTables['work_item_decisions']>): Promise<void>;
}

/** Keeps the verdict. Throws `state.conflict` where the author would mark the own draft. */
export function auditDecisions({ now }: { readonly now: () => Date }): AuditDecisions {
  return {
    async settle(trx, item, { decision, by_user: user }) {
      if (item.kind !== 'documentation.audit') return;
      const verdict = verdicts.find((one) => one === decision);
      if (verdict === undefined) return;
      const own = await trx
        .selectFrom('note_versions')
        .select('note')
        .where('note', '=', item.subject)
        .where('version', '=', 1)
        .where('signed_by', '=', user)
        .executeTakeFirst();
      if (own !== undefined)
        throw new GaitError('state.conflict', 'Who signed a draft does not look it over: somebody else does.');
      await trx
        .updateTable('note_audits')
        .set({ verdict, by_user: user, scored_at: now() })
        .where('work_item', '=', item.id)
        .execute();
    },
  };
}
