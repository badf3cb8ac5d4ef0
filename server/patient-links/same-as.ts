// Which reference stands for a patient: records that a person put together answer as one.
import type { Db } from '../database/tables.ts';

/** No chain of links is longer: a record is put to another only while neither stands for a third. */
const longestChain = 20;

/** The reference that stands for this patient now; the patient's own where nobody put the record to another. */
export async function sameAs(db: Db, clinic: string, patient: string): Promise<string> {
  return (await sameAsMany(db, clinic, [patient])).get(patient) ?? patient;
}

/** `sameAs` for many. */
export async function sameAsMany(
  db: Db,
  clinic: string,
  patients: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const standing = new Map(patients.map((patient) => [patient, patient]));
  for (let step = 0; step < longestChain; step++) {
    const now = [...new Set(standing.values())];
    if (now.length === 0) return standing;
    const rows = await db
      .selectFrom('patient_links')
      .select(['patient', 'stands_for'])
      .where('clinic', '=', clinic)
      .where('patient', 'in', now)
      .where('undone_at', 'is', null)
      .execute();
    if (rows.length === 0) return standing;
    const next = new Map(rows.map((row) => [row.patient, row.stands_for]));
    for (const [patient, one] of standing) standing.set(patient, next.get(one) ?? one);
  }
  return standing;
}

/** Every record of the person: the one that stands for all, first, and those put to it. */
export async function allOf(db: Db, clinic: string, patient: string): Promise<readonly string[]> {
  const first = await sameAs(db, clinic, patient);
  const all = [first];
  for (let place = 0; place < all.length; place++) {
    const rows = await db
      .selectFrom('patient_links')
      .select('patient')
      .where('clinic', '=', clinic)
      .where('stands_for', '=', all[place] ?? first)
      .where('undone_at', 'is', null)
      .orderBy('patient')
      .execute();
    all.push(...rows.map((row) => row.patient).filter((ref) => !all.includes(ref)));
  }
  return all;
}
