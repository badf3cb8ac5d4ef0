// Patients as an import leaves them, for tests of what several records of one person mean.
import { randomBytes } from 'node:crypto';
import type { AppointmentStatus } from '../../../domain/appointment/schema.ts';
import type { Patient } from '../../../domain/patient/schema.ts';
import type { Services } from '../../services.ts';
import { newReference } from '../../vault/reference.ts';

export interface Arrived {
  readonly clinic: string;
  readonly connection: string;
  readonly patient?: Partial<Patient>;
  /** Null: not insured as far as this system knows. */
  readonly payer?: string | null;
  readonly memberId?: string | null;
}

/** Somebody as one system tells of them; returns the patient's reference. */
export async function addPatient(services: Services, of: Arrived): Promise<string> {
  const { db, vault, now } = services;
  const { clinic, connection, payer = 'sunrise-medicare', memberId = 'W123456789' } = of;
  const ref = newReference('pat');
  const record = {
    ref,
    clinic,
    name: { given: 'Rosa', family: 'Delgado' },
    birthDate: '1961-03-09',
    gender: 'female',
    contact: { phone: '(312) 555-0147', email: 'rosa.delgado@mail.example' },
    address: { line: '12 Elm Street', city: 'Riverside', state: 'IL', postalCode: '60546' },
    recordNumber: `N${ref.slice(-5)}`,
    ...of.patient,
  };
  return db.transaction().execute(async (trx) => {
    await vault.put(clinic, 'patient', record, { ref, trx });
    await trx.insertInto('patients').values({ ref, clinic, updated_at: now() }).execute();
    await trx
      .insertInto('imported_rows')
      .values({
        clinic,
        connection,
        kind: 'patient',
        source: randomBytes(32),
        ref,
        content: randomBytes(32),
        updated_at: now(),
      })
      .execute();
    if (payer === null) return ref;
    const coverage = newReference('cov');
    const said = {
      ref: coverage,
      clinic,
      patient: ref,
      payer,
      payerName: payer,
      lineOfBusiness: 'commercial',
      memberId,
      groupNumber: null,
      planName: null,
      relationship: 'self',
      order: 'primary',
      from: null,
      to: null,
    };
    await vault.put(clinic, 'coverage', said, { ref: coverage, trx });
    await trx.updateTable('patients').set({ coverage, payer }).where('ref', '=', ref).execute();
    return ref;
  });
}

/** What another import of the same system says of the patient's person. */
export async function changePatient(
  { vault }: Services,
  clinic: string,
  patient: string,
  change: Partial<Patient>,
): Promise<void> {
  const record = await vault.open(clinic, patient, {
    purpose: 'test',
    actor: { kind: 'system', process: 'test', behalf: null },
  });
  await vault.replace(clinic, patient, { ...record, ...change });
}

/** A visit in the schedule of this connection. */
export async function addVisit(
  { db, now }: Services,
  of: {
    readonly clinic: string;
    readonly connection: string;
    readonly patient: string;
    readonly date: string;
    readonly status?: AppointmentStatus;
  },
): Promise<string> {
  const { clinic, connection, patient, date, status = 'arrived' } = of;
  const ref = newReference('appt');
  await db
    .insertInto('appointments')
    .values({
      ref,
      clinic,
      patient,
      date,
      starts_at: `${date}T15:00:00.000Z`,
      status,
      units: 4,
      discipline: 'PT',
      updated_at: now(),
    })
    .execute();
  await db
    .insertInto('imported_rows')
    .values({
      clinic,
      connection,
      kind: 'appointment',
      source: randomBytes(32),
      ref,
      content: randomBytes(32),
      updated_at: now(),
    })
    .execute();
  return ref;
}
