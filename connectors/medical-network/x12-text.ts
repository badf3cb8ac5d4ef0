// Transaction sets in a text that a vendor sent.
import { Scanner } from '../../domain/x12/scanner.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';

/** None where the text is no X12. Never throws. */
export function transactionSetsIn(text: string): TransactionSet[] {
  const found: TransactionSet[] = [];
  const sets = new TransactionSets((set) => found.push(set));
  const scanner = new Scanner(sets);
  scanner.push(Buffer.from(text, 'utf8'));
  scanner.end();
  sets.end();
  return found;
}
