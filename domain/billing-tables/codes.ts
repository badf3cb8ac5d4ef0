// What is known of a procedure code a therapist bills: timed or not, Medicare's therapy list, its first and last day.
import type { LineOfBusiness } from '../payer/lines-of-business.ts';
import type { CodeFacts, CodesFile, PayerForm } from './codes-schema.ts';
import type { TableOrigin } from './origin.ts';

export interface CodeTable {
  readonly origin: TableOrigin;
  readonly size: number;
  /** null: nothing is known of the code here; it may exist all the same. */
  lookup(code: string): CodeFacts | null;
  /** The code of the first unit of the service whose further units this code is; null: it is no such code. */
  firstOf(code: string): CodeFacts | null;
}

export function codeTable(file: CodesFile): CodeTable {
  const { version, effective, reviewBy, source, url, retrieved } = file;
  const byCode = new Map(file.rows.map((row) => [row.code, row]));
  const firsts = new Map(
    file.rows.flatMap((row) => (row.time.kind === 'timed' && row.time.then !== null ? [[row.time.then, row]] : [])),
  );
  return {
    origin: { version, effective, reviewBy, source, url, retrieved, covers: [...byCode.keys()] },
    size: byCode.size,
    lookup: (code) => byCode.get(code) ?? null,
    firstOf: (code) => firsts.get(code) ?? null,
  };
}

/** Whether a code is one on a day of service, not yet, or no longer. */
export function codeStanding({ added, deleted }: CodeFacts, on: string): 'valid' | 'future' | 'deleted' {
  if (added !== null && on < added) return 'future';
  return deleted !== null && on >= deleted ? 'deleted' : 'valid';
}

/** The code that payers of a line of business take in this one's place on a day; null: this one, as far as is known. */
export function payerForm({ payerForms }: CodeFacts, lineOfBusiness: LineOfBusiness, on: string): PayerForm | null {
  return (
    payerForms.find(
      ({ linesOfBusiness, from, to }) =>
        linesOfBusiness.includes(lineOfBusiness) && (from === null || from <= on) && (to === null || on <= to),
    ) ?? null
  );
}
