// A patient whom several systems keep: what each says is kept beside what holds, and what they disagree about is asked.
import type { PatientRow } from '../../connectors/pt-records/rows.ts';
import { valuesOf } from '../../domain/sync/fields.ts';
import type { SyncedField, Values } from '../../domain/sync/fields.ts';
import { behind, reconcile } from '../../domain/sync/reconcile.ts';
import type { Trx } from '../database/tables.ts';
import { heldOf, writeHeld } from './held.ts';
import type { Origin } from './origin.ts';
import { fieldOwners } from './owners.ts';
import { askAboutConflicts, askToEnter } from './questions.ts';
import type { AskNeeds } from './questions.ts';
import type { RowNeeds } from './needs.ts';
import { recordsOf } from './system-records.ts';
import type { RecordNeeds } from './system-records.ts';

/** Whether what several systems say of this patient is kept apart: from the second system on. */
export async function isShared(trx: Trx, from: Origin, patient: string): Promise<boolean> {
  const row = await trx
    .selectFrom('patient_records')
    .select('ref')
    .where('clinic', '=', from.clinic)
    .where('patient', '=', patient)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Takes in a row about a patient whom another system brought, or whom several keep. Whose word holds is decided field by field
 * (`domain/sync`); what is a question is asked of a person, and a system that is behind gets an item with the values to enter.
 */
export async function syncPatient(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  patient: string,
  row: PatientRow,
): Promise<void> {
  const { clinic, connection, by } = from;
  const held = await heldOf(needs, trx, { clinic, patient, by });
  const owner = await fieldOwners(trx, clinic, patient);
  const records = recordsOf(needs);
  await keepHomeApart(needs, trx, from, patient, held.values);
  const says = valuesOf({ ...row, coverage: saidCoverage(row) });
  const mine = (await records.all(trx, clinic, patient, by)).find((one) => one.connection === connection);
  const told = reconcile({ holds: held.values, owner, connection, says, before: mine?.values ?? null });
  await records.keep(trx, {
    clinic,
    connection,
    patient,
    asOf: from.asOf,
    values: says,
    recordNumber: row.recordNumber,
  });
  if (told.set.length > 0) await writeHeld(needs, trx, held, told.holds, told.set);
  await askAboutConflicts(needs, trx, from, { patient, conflicts: told.conflicts, owner });
  await askAllToEnter(needs, trx, from, { patient, holds: told.holds });
}

/** Whoever says something else than what holds is behind; what is being asked about is left out until it is decided. */
export async function askAllToEnter(
  needs: AskNeeds & RecordNeeds,
  trx: Trx,
  from: Pick<Origin, 'clinic' | 'by'>,
  { patient, holds }: { readonly patient: string; readonly holds: Values },
): Promise<void> {
  const asked = await trx
    .selectFrom('work_items')
    .select('context')
    .where('clinic', '=', from.clinic)
    .where('subject', '=', patient)
    .where('kind', '=', 'patient.conflict')
    .where('status', '=', 'open')
    .execute();
  const isAsked = (connection: string, field: SyncedField): boolean =>
    asked.some(({ context }) => context['connection'] === connection && context['field'] === field);
  for (const { connection, values } of await recordsOf(needs).all(trx, from.clinic, patient, from.by)) {
    const fields = behind(holds, values).filter((field) => !isAsked(connection, field));
    await askToEnter(needs, trx, from, { patient, connection, holds, fields });
  }
}

function saidCoverage({ coverage }: PatientRow) {
  // A payer nobody has mapped is no payer that could be compared.
  if (coverage === null || coverage.payerId === null) return null;
  return { payer: coverage.payerId, memberId: coverage.memberId, groupNumber: coverage.groupNumber };
}

/** The system that brought the patient has said what holds until now: from here on its word is kept like any other's. */
async function keepHomeApart(needs: RowNeeds, trx: Trx, from: Origin, patient: string, holds: Values): Promise<void> {
  if (await isShared(trx, from, patient)) return;
  const home = await trx
    .selectFrom('patients')
    .select(['connection', 'updated_at'])
    .where('ref', '=', patient)
    .executeTakeFirstOrThrow();
  if (home.connection === null || home.connection === from.connection) return;
  await recordsOf(needs).keep(trx, {
    clinic: from.clinic,
    connection: home.connection,
    patient,
    asOf: home.updated_at.toISOString(),
    values: holds,
    recordNumber: null,
  });
}
