// The facts behind an item about a coverage check: which day was asked about, why, and how the asking went.
import { reasonsInWords } from '../../domain/eligibility/tonight.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import type { Evidence } from '../work-items/evidence.ts';
import type { CheckRow } from './request.ts';

/** The row of a check. Throws `reference.unknown`. */
export async function checkRow(db: Db, clinic: string, ref: string, lock = false): Promise<CheckRow> {
  const query = db.selectFrom('eligibility_checks').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such coverage check.', { where: 'check' });
  return row;
}

export async function checkEvidence(db: Db, clinic: string, ref: string): Promise<Evidence[]> {
  const row = await checkRow(db, clinic, ref);
  const instant = (at: Date | null): string | null => at?.toISOString() ?? null;
  return [
    { label: 'Visit asked about', value: row.service_date, source: 'Schedule' },
    { label: 'Asked for', value: row.service_types.join(', '), source: 'Payer rule' },
    { label: 'Why it was checked', value: reasonsInWords(row.reasons), source: 'Gait' },
    { label: 'Times asked', value: row.attempts, source: 'Gait' },
    { label: 'Last asked', value: instant(row.asked_at), source: 'Gait' },
    ...(row.code === null ? [] : [{ label: 'Code', value: row.code, source: 'Payer or vendor' }]),
  ];
}
