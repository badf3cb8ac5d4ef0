// Takes two records apart again: everything goes back to where it stood.
import type { Trx } from '../database/tables.ts';
import { giveAuthorizations } from './authorizations.ts';
import { give } from './moves.ts';
import type { Moved } from './moved.ts';
import { fieldsOf, numbersOf } from './rows.ts';

/** What was moved goes back, and what those systems alone told since goes with it. */
export async function putBack(
  trx: Trx,
  clinic: string,
  {
    patient,
    stands_for: stays,
    moved,
  }: { readonly patient: string; readonly stands_for: string; readonly moved: Moved },
  at: Date,
): Promise<void> {
  for (const { connection, source } of moved.numbers)
    await trx
      .updateTable('imported_rows')
      .set({ ref: patient })
      .where('clinic', '=', clinic)
      .where('connection', '=', connection)
      .where('kind', '=', 'patient')
      .where('source', '=', Buffer.from(source, 'hex'))
      .execute();
  const left = new Set((await numbersOf(trx, clinic, stays)).map(({ connection }) => connection));
  const alone = [...new Set(moved.numbers.map(({ connection }) => connection))].filter((one) => !left.has(one));
  const since = await toldSince(trx, clinic, stays, alone);
  for (const table of ['appointments', 'visit_notes', 'visit_charges', 'outcome_scores'] as const)
    await give(trx, table, [...new Set([...moved.rows[table], ...since[table]])], patient, at);
  await give(trx, 'eligibility_checks', moved.rows.eligibility_checks, patient, at);
  await give(trx, 'scrub_charts', moved.rows.scrub_charts, patient, at);
  await give(trx, 'patient_records', moved.rows.patient_records, patient, at);
  await giveAuthorizations(
    trx,
    moved.authorizations.map(({ ref, was }) => ({ ref, to: was, was })),
    at,
  );
  const { goes, stays: stayed } = moved.before;
  await trx
    .updateTable('patients')
    .set({ ...goes, updated_at: at })
    .where('ref', '=', patient)
    .execute();
  // Only what was taken over is given back: the record may have been told something new since.
  const now = await fieldsOf(trx, stays);
  const returned = {
    ...(stayed.coverage === null && now.coverage === goes.coverage ? { coverage: null, payer: null } : {}),
    ...(stayed.chart === null && now.chart === goes.chart ? { chart: null } : {}),
  };
  await trx
    .updateTable('patients')
    .set({ ...returned, updated_at: at })
    .where('ref', '=', stays)
    .execute();
}

/** Rows about the patient that these systems brought. */
async function toldSince(trx: Trx, clinic: string, patient: string, connections: readonly string[]) {
  const none = { appointments: [], visit_notes: [], visit_charges: [], outcome_scores: [] };
  if (connections.length === 0) return none;
  const appointments = await trx
    .selectFrom('appointments as a')
    .innerJoin('imported_rows as r', (join) => join.onRef('r.ref', '=', 'a.ref').onRef('r.clinic', '=', 'a.clinic'))
    .select('a.ref')
    .where('a.clinic', '=', clinic)
    .where('a.patient', '=', patient)
    .where('r.kind', '=', 'appointment')
    .where('r.connection', 'in', connections)
    .execute();
  const brought = async (table: 'visit_notes' | 'visit_charges') =>
    (
      await trx
        .selectFrom(table)
        .select('ref')
        .where('clinic', '=', clinic)
        .where('patient', '=', patient)
        .where('connection', 'in', connections)
        .execute()
    ).map(({ ref }) => ref);
  const scores = await trx
    .selectFrom('outcome_scores')
    .select('record')
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('connection', 'in', connections)
    .execute();
  return {
    appointments: appointments.map(({ ref }) => ref),
    visit_notes: await brought('visit_notes'),
    visit_charges: await brought('visit_charges'),
    outcome_scores: scores.map(({ record }) => record),
  };
}
