// Which record of which system stands for which patient, as a table for a spreadsheet: references, days and systems, no name and no number.
import { csvTable } from '../../domain/csv/cell-text.ts';
import type { Db } from '../database/tables.ts';
import { sameAsMany } from './same-as.ts';

const columns = ['patient', 'record', 'system', 'last told', 'gone there', 'put together at', 'by', 'taken apart at'];

interface Line {
  readonly record: string;
  readonly system: string;
  readonly told: string;
  readonly gone: string;
}

/**
 * One line for each record a system brought, beside the patient it stands for now; where a person put it to another, or took it apart
 * again, when and who (the user's reference).
 */
export async function linksCsv(db: Db, clinic: string, nameOf: (connection: string) => string): Promise<string> {
  const brought = await db
    .selectFrom('imported_rows as r')
    .leftJoin('patient_records as p', (join) =>
      join.onRef('p.patient', '=', 'r.ref').onRef('p.connection', '=', 'r.connection').on('p.clinic', '=', clinic),
    )
    .select(['r.ref', 'r.connection', 'r.updated_at', 'p.gone'])
    .where('r.clinic', '=', clinic)
    .where('r.kind', '=', 'patient')
    .orderBy('r.ref')
    .orderBy('r.connection')
    .execute();
  const links = await db
    .selectFrom('patient_links')
    .select(['patient', 'by_user', 'at', 'undone_at'])
    .where('clinic', '=', clinic)
    .orderBy('at')
    .execute();
  const lines: Line[] = brought.map(({ ref, connection, updated_at: at, gone }) => ({
    record: ref,
    system: nameOf(connection),
    told: at.toISOString(),
    gone: gone ?? '',
  }));
  const known = new Set(lines.map(({ record }) => record));
  // Of a record put to another the numbers went along: it has no row of its own any more.
  for (const patient of new Set(links.map(({ patient: one }) => one)))
    if (!known.has(patient)) lines.push({ record: patient, system: '', told: '', gone: '' });
  const standing = await sameAsMany(
    db,
    clinic,
    lines.map(({ record }) => record),
  );
  const table = lines.flatMap(({ record, system, told, gone }) => {
    const row = [standing.get(record) ?? record, record, system, told, gone];
    const own = links.filter(({ patient }) => patient === record);
    return own.length === 0
      ? [[...row, '', '', '']]
      : own.map((link) => [...row, link.at.toISOString(), link.by_user, link.undone_at?.toISOString() ?? '']);
  });
  return csvTable(
    columns,
    table.sort((a, b) => (a.join('\0') < b.join('\0') ? -1 : 1)),
  );
}
