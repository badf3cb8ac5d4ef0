// What a person's decision on a disagreement of systems brings about: the value they chose holds, and whoever lacks it is named.
import type { Selectable } from 'kysely';
import { syncedFields } from '../../domain/sync/fields.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { heldOf, writeHeld } from './held.ts';
import type { HeldNeeds } from './held.ts';
import { fieldOwners } from './owners.ts';
import { askToEnter } from './questions.ts';
import type { AskNeeds } from './questions.ts';
import { askAllToEnter } from './sync.ts';
import { recordsOf } from './system-records.ts';

type DecisionRow = Selectable<WorkItemTables['work_item_decisions']>;

/** In the transaction that settles the decision; items of other kinds are none of its business. */
export async function settleConflict(
  needs: AskNeeds & HeldNeeds,
  trx: Trx,
  item: WorkItemRow,
  row: DecisionRow,
): Promise<void> {
  if (item.kind !== 'patient.conflict') return;
  const { clinic, subject: patient, context } = item;
  const from = { clinic, by: systemPrincipal('decisions') };
  const field = syncedFields.find((one) => one === context['field']);
  const records = await recordsOf(needs).all(trx, clinic, patient, from.by);
  const said = records.find(({ connection }) => connection === context['connection'])?.values;
  const held = await heldOf(needs, trx, { clinic, patient, by: from.by });
  const follows = row.decision === 'follow' && field !== undefined && said !== undefined;
  if (follows && field === 'payer') {
    // Who pays is changed where the coverage is kept, and comes back from there with everything that hangs on it.
    const owner = (await fieldOwners(trx, clinic, patient))(field);
    await askToEnter(needs, trx, from, { patient, connection: owner, holds: said, fields: [field] });
    return;
  }
  const holds = follows ? { ...held.values, [field]: said[field] ?? null } : held.values;
  if (follows) await writeHeld(needs, trx, held, holds, [field]);
  await askAllToEnter(needs, trx, from, { patient, holds });
}
