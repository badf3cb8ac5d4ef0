// Synthetic transaction sets for the tests of the typed readers, their segments given line by line.
import type { TransactionSet } from '../transaction-set.ts';
import { isa } from './samples.ts';
import { setsIn } from './sets.ts';

/** One transaction set, ST and SE added. `content[0]` is segment 3 of its file. */
export function transactionOf(type: string, version: string, ...content: readonly string[]): TransactionSet {
  const lines = [
    `GS*XX*PAYER*CLINIC*20260302*0815*1*X*${version}`,
    `ST*${type}*0001*${version}`,
    ...content,
    `SE*${content.length + 2}*0001`,
    'GE*1*1',
    'IEA*1*000000905',
  ];
  const [set] = setsIn(isa + lines.map((line) => `${line}~`).join(''));
  if (set === undefined) throw new Error('the sample holds no transaction set');
  return set;
}

/** The faults as `code at segment`. */
export function told(faults: TransactionFaults): string[] {
  return faults.map(({ code, place }) => `${code} at ${place.segment}`);
}

type TransactionFaults = readonly { readonly code: string; readonly place: { readonly segment: number } }[];
