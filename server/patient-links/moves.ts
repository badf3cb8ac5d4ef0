// What goes with a patient's record when it is put to another, what stays because both have it, and the way back.
import type { Trx } from '../database/tables.ts';
import { visitTables } from './moved.ts';
import type { OwnTable, Stayed, VisitTable } from './moved.ts';

interface Whose {
  readonly clinic: string;
  readonly goes: string;
  readonly stays: string;
  readonly at: Date;
}

/** Moves the rows of visits that the record that stays does not have itself. */
export async function moveVisits(
  trx: Trx,
  whose: Whose,
): Promise<{ readonly rows: Record<VisitTable, readonly string[]>; readonly stayed: readonly Stayed[] }> {
  const rows: Record<VisitTable, readonly string[]> = {
    appointments: [],
    visit_notes: [],
    visit_charges: [],
    outcome_scores: [],
  };
  const stayed: Stayed[] = [];
  for (const table of visitTables) {
    const there = new Set((await visitsOf(trx, table, whose.clinic, whose.stays)).map(({ same }) => same));
    const mine = await visitsOf(trx, table, whose.clinic, whose.goes);
    const refs = mine.filter(({ same }) => !there.has(same)).map(({ ref }) => ref);
    const both = mine.filter(({ same }) => there.has(same)).map(({ ref }) => ref);
    await give(trx, table, refs, whose.stays, whose.at);
    rows[table] = refs;
    if (both.length > 0) stayed.push({ what: table, refs: both, why: 'both' });
  }
  return { rows, stayed };
}

/** Makes rows of one table about this patient. */
export async function give(
  trx: Trx,
  table: VisitTable | OwnTable,
  refs: readonly string[],
  patient: string,
  at: Date,
): Promise<void> {
  if (refs.length === 0) return;
  switch (table) {
    case 'appointments':
      await trx.updateTable('appointments').set({ patient, updated_at: at }).where('ref', 'in', refs).execute();
      await takeSessionsAlong(trx, refs, patient);
      return;
    case 'visit_notes':
      await trx.updateTable('visit_notes').set({ patient, updated_at: at }).where('ref', 'in', refs).execute();
      return;
    case 'visit_charges':
      await trx.updateTable('visit_charges').set({ patient, updated_at: at }).where('ref', 'in', refs).execute();
      return;
    case 'outcome_scores':
      await trx.updateTable('outcome_scores').set({ patient, updated_at: at }).where('record', 'in', refs).execute();
      return;
    case 'eligibility_checks':
      await trx.updateTable('eligibility_checks').set({ patient }).where('ref', 'in', refs).execute();
      return;
    case 'scrub_charts':
      await trx.updateTable('scrub_charts').set({ patient }).where('record', 'in', refs).execute();
      return;
    case 'patient_records':
      await trx.updateTable('patient_records').set({ patient, updated_at: at }).where('ref', 'in', refs).execute();
  }
}

/** What was recorded in a visit, and the documents made of it, are about whom the visit is about. */
async function takeSessionsAlong(trx: Trx, appointments: readonly string[], patient: string): Promise<void> {
  const sessions = await trx
    .updateTable('session_records')
    .set({ patient })
    .where('appointment', 'in', appointments)
    .returning('ref')
    .execute();
  if (sessions.length === 0) return;
  const notes = await trx
    .updateTable('notes')
    .set({ patient })
    .where(
      'session',
      'in',
      sessions.map(({ ref }) => ref),
    )
    .returning('ref')
    .execute();
  if (notes.length === 0) return;
  await trx
    .updateTable('note_filings')
    .set({ patient })
    .where(
      'note',
      'in',
      notes.map(({ ref }) => ref),
    )
    .execute();
}

/** Rows with what makes two of them one visit, note, charge or score told by two systems. */
async function visitsOf(
  trx: Trx,
  table: VisitTable,
  clinic: string,
  patient: string,
): Promise<{ readonly ref: string; readonly same: string }[]> {
  switch (table) {
    case 'appointments': {
      const rows = await trx
        .selectFrom('appointments')
        .select(['ref', 'date', 'starts_at'])
        .where('clinic', '=', clinic)
        .where('patient', '=', patient)
        .where('status', '<>', 'cancelled')
        .orderBy('ref')
        .execute();
      return rows.map(({ ref, date, starts_at: at }) => ({ ref, same: `${date} ${at?.toISOString() ?? ''}` }));
    }
    case 'visit_notes': {
      const rows = await trx
        .selectFrom('visit_notes')
        .select(['ref', 'date', 'kind'])
        .where('clinic', '=', clinic)
        .where('patient', '=', patient)
        .orderBy('ref')
        .execute();
      return rows.map(({ ref, date, kind }) => ({ ref, same: `${date} ${kind}` }));
    }
    case 'visit_charges': {
      const rows = await trx
        .selectFrom('visit_charges')
        .select(['ref', 'date', 'code'])
        .where('clinic', '=', clinic)
        .where('patient', '=', patient)
        .orderBy('ref')
        .execute();
      return rows.map(({ ref, date, code }) => ({ ref, same: `${date} ${code}` }));
    }
    case 'outcome_scores': {
      const rows = await trx
        .selectFrom('outcome_scores')
        .select(['record', 'date'])
        .where('clinic', '=', clinic)
        .where('patient', '=', patient)
        .orderBy('record')
        .execute();
      return rows.map(({ record, date }) => ({ ref: record, same: date }));
    }
  }
}
