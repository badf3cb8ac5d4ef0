// Rows that nobody can use, as every export has some: a number left out, a day that is none, a word nobody knows.
import type { Random } from '../../random.ts';
import type { BadRow, SystemRows } from './model.ts';

type Kept = { readonly [Kind in keyof SystemRows]: readonly SystemRows[Kind][] };

type Spoiler = (kept: Kept, random: Random) => BadRow | null;

/** A row of its own: what it says beside the spoiled cell is said by a good row as well. */
const spoilers: readonly Spoiler[] = [
  ({ patients }, random) =>
    patients.length === 0
      ? null
      : { kind: 'patients', row: random.pick(patients), field: 'recordNumber', cell: '', reason: 'empty' },
  ({ appointments }, random) =>
    appointments.length === 0
      ? null
      : { kind: 'appointments', row: random.pick(appointments), field: 'date', cell: '13/45/20', reason: 'not a date' },
  ({ notes }, random) =>
    notes.length === 0
      ? null
      : { kind: 'notes', row: random.pick(notes), field: 'date', cell: 'last Tuesday', reason: 'not a date' },
  ({ authorizations }, random) =>
    authorizations.length === 0
      ? null
      : {
          kind: 'authorizations',
          row: random.pick(authorizations),
          field: 'visitsApproved',
          cell: 'twelve',
          reason: 'not a whole number',
        },
  ({ charges }, random) =>
    charges.length === 0
      ? null
      : { kind: 'charges', row: random.pick(charges), field: 'code', cell: '', reason: 'empty' },
  ({ appointments }, random) =>
    appointments.length === 0
      ? null
      : {
          kind: 'appointments',
          row: random.pick(appointments),
          field: 'status',
          cell: 'Bumpd',
          reason: 'unknown word',
        },
  ({ outcomes }, random) =>
    outcomes.length === 0
      ? null
      : { kind: 'outcomes', row: random.pick(outcomes), field: 'score', cell: 'n/a', reason: 'not a number' },
];

/** `count` of them, of the kinds in turn; of kinds the system does not keep there are none. */
export function badRowsOf(kept: Kept, count: number, random: Random): BadRow[] {
  const possible = spoilers.filter((spoil) => spoil(kept, random) !== null);
  return Array.from(
    { length: count },
    (_, at) => possible[at % Math.max(1, possible.length)]?.(kept, random) ?? null,
  ).filter((row) => row !== null);
}
