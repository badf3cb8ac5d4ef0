// How the steps around a patient stand, as an item about the patient shows them: the coverage check, and what staff was asked to do.
import { patientEffectPrefixes } from '../../domain/effect/key.ts';
import { blockingRules, isBlockingRule } from '../../domain/effect/permit.ts';
import { workItemKinds } from '../../domain/work-item/kinds.ts';
import type { Db } from '../database/tables.ts';
import type { Evidence } from '../work-items/evidence.ts';
import { kindOf } from '../work-items/items.ts';

/** Newest first; the item that asks is not among them. */
export async function patientEvidence(
  db: Db,
  clinic: string,
  of: { readonly patient: string; readonly workItem: string },
): Promise<Evidence[]> {
  const check = await db
    .selectFrom('eligibility_checks')
    .select(['state', 'service_date', 'settled_at'])
    .where('clinic', '=', clinic)
    .where('patient', '=', of.patient)
    .orderBy('trace', 'desc')
    .limit(1)
    .executeTakeFirst();
  const items = await db
    .selectFrom('work_items')
    .select(['kind', 'status', 'reason', 'opened_at'])
    .where('clinic', '=', clinic)
    .where('subject', '=', of.patient)
    .where('id', '<>', of.workItem)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .limit(20)
    .execute();
  return [
    {
      label: 'Coverage check',
      value: check === undefined ? 'not asked for yet' : `${check.state}, for ${check.service_date}`,
      source: 'Payer',
    },
    ...(await notMadeKnown(db, clinic, of.patient)),
    ...items.map((row) => ({
      label: `${workItemKinds[kindOf(row)].title}: ${row.status}`,
      value: row.reason,
      source: 'Work list',
    })),
  ];
}

/** Where the newest try to make the patient known was blocked, and why: nobody else would tell the person who reviews. */
async function notMadeKnown(db: Db, clinic: string, patient: string): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .distinctOn('purpose')
    .select(['purpose', 'action', 'rule', 'details'])
    .where('clinic', '=', clinic)
    .where('action', 'like', 'effect.%')
    .where((where) =>
      where.or(patientEffectPrefixes(patient).map((prefix) => where('subject', 'like', `${escaped(prefix)}%`))),
    )
    .orderBy('purpose')
    .orderBy('seq', 'desc')
    .execute();
  const blocked = rows.flatMap(({ action, rule, details }) =>
    action === 'effect.blocked' && isBlockingRule(rule) ? [{ rule, connection: connectionIn(details) }] : [],
  );
  if (blocked.length === 0) return [];
  const names = await db.selectFrom('connections').select(['id', 'name']).where('clinic', '=', clinic).execute();
  return blocked.map(({ rule, connection }) => ({
    label: `${names.find(({ id }) => id === connection)?.name ?? 'Another system'}: not told of the patient`,
    value: blockingRules[rule],
    source: 'Gait',
  }));
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);

function connectionIn(details: string): string | null {
  const parsed: unknown = JSON.parse(details);
  const connection: unknown =
    typeof parsed === 'object' && parsed !== null && 'connection' in parsed ? parsed.connection : null;
  return typeof connection === 'string' ? connection : null;
}
