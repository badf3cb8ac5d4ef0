// What a specialist sees of a sampled draft before opening it: which document, who worded it, how much was changed.
import type { Db } from '../database/tables.ts';
import type { Evidence } from '../work-items/evidence.ts';

export async function auditEvidence(db: Db, clinic: string, note: string): Promise<Evidence[]> {
  const row = await db
    .selectFrom('notes as n')
    .leftJoin('users as u', 'u.id', 'n.author')
    .select(['n.kind', 'n.date', 'n.written_by', 'u.display_name'])
    .where('n.clinic', '=', clinic)
    .where('n.ref', '=', note)
    .executeTakeFirst();
  const edits = await db
    .selectFrom('note_edits')
    .select(['section', 'drafted_words', 'changed_words'])
    .where('note', '=', note)
    .orderBy('section')
    .execute();
  const source = 'Note';
  return [
    { label: 'Document', value: row?.kind ?? null, source },
    { label: 'Visit', value: row?.date ?? null, source },
    { label: 'Signed by', value: row?.display_name ?? null, source },
    { label: 'Drafted by', value: row === undefined ? null : row.written_by, source },
    ...edits.map(({ section, drafted_words: drafted, changed_words: changed }) => ({
      label: `Changed in ${section}`,
      value: `${changed} of ${drafted} words`,
      source: 'Draft and signed text',
    })),
  ];
}
