// The rows of a schedule report: visits with their day and status; what the slot was called lies in the vault.
import type { AppointmentRow } from '../../connectors/webpt/rows.ts';
import { newReference } from '../vault/reference.ts';
import { readLedger } from './ledger.ts';
import type { Stored, Storing } from './storing.ts';

const rowsAStatement = 1000;

export async function storeAppointments(storing: Storing, rows: readonly AppointmentRow[]): Promise<Stored> {
  const { trx, vault, clinic, at } = storing;
  const of = { clinic, connection: storing.connection };
  const known = await readLedger(trx, storing.keyring, { ...of, kind: 'patients' });
  const ledger = await readLedger(trx, storing.keyring, { ...of, kind: 'appointments' });
  const patients = new Set<string>();
  const fresh: {
    ref: string;
    clinic: string;
    patient: string;
    date: string;
    starts_at: string | null;
    status: AppointmentRow['status'];
    units: number | null;
    discipline: string;
    updated_at: Date;
  }[] = [];
  let changed = 0;
  let unchanged = 0;
  let waiting = 0;
  for (const row of rows) {
    const patient = known.look([row.recordNumber], null)?.ref;
    if (patient === undefined) {
      waiting += 1;
      continue;
    }
    const source = row.appointmentId === null ? [row.recordNumber, row.date, row.time ?? ''] : [row.appointmentId];
    const earlier = ledger.look(source, row);
    if (earlier?.unchanged === true) {
      unchanged += 1;
      continue;
    }
    const values = {
      patient,
      date: row.date,
      starts_at: row.startsAt,
      status: row.status,
      units: row.units,
      updated_at: at,
    };
    const slot = { type: row.type, time: row.time };
    const ref = earlier?.ref ?? newReference('appt');
    if (earlier === null) {
      await vault.put(clinic, 'appointment', slot, { ref, trx });
      fresh.push({ ref, clinic, discipline: 'PT', ...values });
    } else {
      await vault.replace(clinic, ref, slot, { trx });
      await trx.updateTable('appointments').set(values).where('ref', '=', ref).execute();
      changed += 1;
    }
    ledger.keep(source, row, ref);
    patients.add(patient);
  }
  for (let start = 0; start < fresh.length; start += rowsAStatement) {
    await trx
      .insertInto('appointments')
      .values(fresh.slice(start, start + rowsAStatement))
      .execute();
  }
  await ledger.flush(trx, at);
  return { added: fresh.length, changed, unchanged, rejected: [], waiting, patients };
}
