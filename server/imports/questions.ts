// What several systems' records ask of a person: whose value is right, what is to be entered where, what a system gave up.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Gone } from '../../connectors/pt-records/rows.ts';
import type { SyncedField, Values } from '../../domain/sync/fields.ts';
import { fieldTitles } from '../../domain/sync/fields.ts';
import type { Conflict } from '../../domain/sync/reconcile.ts';
import type { Trx } from '../database/tables.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { Origin } from './origin.ts';

export interface AskNeeds {
  readonly workItems: WorkItems;
  readonly now: () => Date;
}

const hoursToDecide = 48;

const dueAt = (now: Date): string => new Date(now.getTime() + hoursToDecide * 3_600_000).toISOString();

/** Tells two questions apart without telling what they are about. */
function mark(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);
}

async function named(trx: Trx, connection: string): Promise<string> {
  const row = await trx.selectFrom('connections').select('name').where('id', '=', connection).executeTakeFirst();
  return row?.name ?? 'another system';
}

/** One item for a field: both values with where they stand and since when. */
export async function askAboutConflicts(
  { workItems, now }: AskNeeds,
  trx: Trx,
  from: Origin,
  of: {
    readonly patient: string;
    readonly conflicts: readonly Conflict[];
    readonly owner: (field: SyncedField) => string;
  },
): Promise<void> {
  const { patient, conflicts, owner } = of;
  const { clinic, connection, asOf, by } = from;
  const says = await named(trx, connection);
  for (const { field, ...values } of conflicts) {
    const holds = await named(trx, owner(field));
    await workItems.open(
      {
        clinic,
        key: `patient.conflict/${patient}/${connection}/${field}/${mark(values)}`,
        kind: 'patient.conflict',
        subject: patient,
        workflow: null,
        dueAt: dueAt(now()),
        context: { connection, field },
        reason: `${says} says another ${fieldTitles[field].toLowerCase()} than ${holds}`,
        draft: {
          field: fieldTitles[field],
          holds: { value: values.holds, source: holds },
          says: { value: values.says, source: says, asOf },
        },
      },
      by,
      trx,
    );
  }
}

/** One item for a system that is behind, with what is to be entered there; an item about older values is closed. */
export async function askToEnter(
  { workItems, now }: AskNeeds,
  trx: Trx,
  from: Pick<Origin, 'clinic' | 'by'>,
  of: {
    readonly patient: string;
    readonly connection: string;
    readonly holds: Values;
    readonly fields: readonly SyncedField[];
  },
): Promise<void> {
  const { clinic, by } = from;
  const { patient, connection, holds, fields } = of;
  const values = fields.map((field) => ({ label: fieldTitles[field], value: holds[field] ?? null }));
  const key = `record.enter/${patient}/${connection}/${mark(values)}`;
  const older = await trx
    .selectFrom('work_items as w')
    .innerJoin('work_item_keys as k', 'k.work_item', 'w.id')
    .select('w.id')
    .where('w.clinic', '=', clinic)
    .where('w.subject', '=', patient)
    .where('w.kind', '=', 'record.enter')
    .where('w.status', '=', 'open')
    .where('k.key', 'like', `record.enter/${patient}/${connection}/%`)
    .where('k.key', '<>', key)
    .execute();
  for (const { id } of older)
    await trx
      .updateTable('work_items')
      .set({ status: 'closed', closed_at: now(), close_reason: 'other values are to be entered now, or none' })
      .where('id', '=', id)
      .execute();
  if (fields.length === 0) return;
  const system = await named(trx, connection);
  await workItems.open(
    {
      clinic,
      key,
      kind: 'record.enter',
      subject: patient,
      workflow: null,
      dueAt: dueAt(now()),
      context: { connection, fields },
      reason: `${system} has other values: ${fields.map((field) => fieldTitles[field].toLowerCase()).join(', ')}`,
      draft: { system, values },
    },
    by,
    trx,
  );
}

/** A record that a system deleted or merged: nothing is deleted here, a person looks at it. */
export async function askAboutGone(
  { workItems, now }: AskNeeds,
  trx: Trx,
  from: Origin,
  of: { readonly gone: Gone; readonly patient: string; readonly into: string | null },
): Promise<void> {
  const { clinic, connection, by } = from;
  const { gone, patient, into } = of;
  const system = await named(trx, connection);
  const became = gone.mergedInto === null ? 'deleted' : 'merged';
  await workItems.open(
    {
      clinic,
      key: `record.gone/${patient}/${connection}/${mark({ became, into })}`,
      kind: 'record.gone',
      subject: patient,
      workflow: null,
      dueAt: dueAt(now()),
      context: { connection, became, ...(into === null ? {} : { into }) },
      reason:
        became === 'deleted'
          ? `${system} deleted this patient's record; everything stays here until you decide`
          : `${system} merged this patient's record into another; both stay here until you decide`,
    },
    by,
    trx,
  );
}
