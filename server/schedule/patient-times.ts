// When a patient can come, asked once and kept once: the waitlist and proposals of series read the same.
import type { WeeklyWindow } from '../../domain/schedule/clock.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';

/** Null: nobody asked. */
export async function timesOf(db: Db, patient: string): Promise<readonly WeeklyWindow[] | null> {
  const row = await db.selectFrom('patient_times').select('times').where('patient', '=', patient).executeTakeFirst();
  return row?.times ?? null;
}

/** Writes down what the patient said; null says nothing and takes nothing away. */
export async function rememberTimes(
  trx: Trx,
  of: { readonly clinic: string; readonly patient: string },
  times: readonly WeeklyWindow[] | null,
  by: Principal,
  at: Date,
): Promise<void> {
  if (times === null) return;
  const values = { clinic: of.clinic, times: JSON.stringify(times), by_actor: actorOf(by), updated_at: at };
  await trx
    .insertInto('patient_times')
    .values({ patient: of.patient, ...values })
    .onConflict((conflict) => conflict.column('patient').doUpdateSet(values))
    .execute();
}
