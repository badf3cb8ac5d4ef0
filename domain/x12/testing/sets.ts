// Transaction sets out of a text, for the tests of the typed readers.
import { Scanner } from '../scanner.ts';
import type { TransactionSet } from '../transaction-set.ts';
import { TransactionSets } from '../transaction-set.ts';

/** The transaction sets of a file, in its order. */
export function setsIn(file: string | Uint8Array): TransactionSet[] {
  const sets: TransactionSet[] = [];
  const gathered = new TransactionSets((set) => sets.push(set));
  const scanner = new Scanner(gathered);
  scanner.push(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  scanner.end();
  gathered.end();
  return sets;
}
