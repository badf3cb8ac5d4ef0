// How far a signed note is on its way to the chart, as its page shows it.
import type { FilingState } from '../../domain/note-filing/course.ts';
import type { Db } from '../database/tables.ts';

/** `by`: who said that it stands there; null where the system acknowledged it itself. `receipt`: what it is known by there. */
export interface FilingFigure {
  readonly version: number;
  readonly state: FilingState;
  readonly by: string | null;
  readonly at: string | null;
  readonly receipt: string | null;
  readonly system: string | null;
  readonly way: 'message' | 'file' | 'person' | null;
  readonly reason: string | null;
  readonly workItem: string | null;
}

/** One for each signed version, the first one first; none before a signature. */
export async function filingsOf(db: Db, clinic: string, note: string): Promise<readonly FilingFigure[]> {
  const rows = await db
    .selectFrom('note_filings as f')
    .leftJoin('users as u', 'u.id', 'f.filed_by')
    .leftJoin('connections as c', 'c.id', 'f.connection')
    .select([
      'f.version',
      'f.state',
      'u.display_name as by',
      'f.filed_at as at',
      'f.receipt',
      'c.name as system',
      'f.way',
      'f.reason',
      'f.work_item as workItem',
    ])
    .where('f.clinic', '=', clinic)
    .where('f.note', '=', note)
    .orderBy('f.version')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at?.toISOString() ?? null }));
}

/** The figure of the document itself; null before it was signed. */
export async function filingOf(db: Db, clinic: string, note: string): Promise<FilingFigure | null> {
  const [first] = await filingsOf(db, clinic, note);
  return first ?? null;
}
