// Records that a system deleted or merged: marked, and laid before a person; nothing is deleted here.
import type { Gone } from '../../connectors/pt-records/rows.ts';
import type { Trx } from '../database/tables.ts';
import { sourceOf } from './origin.ts';
import type { Origin } from './origin.ts';
import { patientNumbered } from './people.ts';
import { askAboutGone } from './questions.ts';
import type { RowNeeds } from './needs.ts';
import { knownSource } from './sources.ts';

/** True if somebody was asked, or a visit was taken out; false where nobody here knows the record. */
export function markGone(needs: RowNeeds, trx: Trx, from: Origin, gone: Gone): Promise<boolean> {
  return gone.of === 'patient' ? patientGone(needs, trx, from, gone) : visitGone(needs, trx, from, gone);
}

async function patientGone(needs: RowNeeds, trx: Trx, from: Origin, gone: Gone): Promise<boolean> {
  const patient = await patientNumbered(needs, trx, from, gone.id);
  if (patient === null) return false;
  const into = gone.mergedInto === null ? null : await patientNumbered(needs, trx, from, gone.mergedInto);
  // Two numbers of one person became one: that is what is known here already.
  if (into === patient) return false;
  await trx
    .updateTable('patient_records')
    .set({ gone: gone.mergedInto === null ? 'deleted' : 'merged', updated_at: needs.now() })
    .where('clinic', '=', from.clinic)
    .where('connection', '=', from.connection)
    .where('patient', '=', patient)
    .execute();
  await askAboutGone(needs, trx, from, { gone, patient, into });
  return true;
}

/** A visit that was deleted takes place no more: what counts visits must not wait for it. */
async function visitGone(needs: RowNeeds, trx: Trx, from: Origin, gone: Gone): Promise<boolean> {
  const known = await knownSource(needs.keyring, trx, sourceOf(from, 'appointment', [gone.id]), null);
  if (known === null) return false;
  const row = await trx
    .updateTable('appointments')
    .set({ status: 'cancelled', updated_at: needs.now() })
    .where('clinic', '=', from.clinic)
    .where('ref', '=', known.ref)
    .where('status', '=', 'booked')
    .returning('patient')
    .executeTakeFirst();
  if (row === undefined) return false;
  from.changed({ kind: 'appointments', ref: known.ref, change: 'changed' });
  await trx
    .updateTable('authorizations')
    .set({ to_track: true, updated_at: needs.now() })
    .where('clinic', '=', from.clinic)
    .where('patient', '=', row.patient)
    .execute();
  return true;
}
