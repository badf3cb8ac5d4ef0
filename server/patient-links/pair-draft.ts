// Two records side by side, as a person sees them: each field of both, where each comes from, and why they look like one.
import type { Person } from '../../domain/linkage/person.ts';
import type { Explained } from '../../domain/linkage/words.ts';

/** A record with where it comes from and when that was last heard. */
export interface Side {
  readonly person: Person;
  readonly system: string;
  readonly asOf: string | null;
  readonly payerName: string | null;
  readonly recordNumber: string | null;
}

interface PairRow {
  readonly label: string;
  readonly first: string | null;
  readonly second: string | null;
  /** What the field says of the two being one; null where one of them tells nothing. */
  readonly words: string | null;
}

/** The draft of an item of the kind `patient.merge`; it lies in the vault. */
export interface PairDraft {
  readonly sources: Readonly<Record<'first' | 'second', { readonly system: string; readonly asOf: string | null }>>;
  readonly rows: readonly PairRow[];
  readonly conclusion: string;
  /** Each field's worth in bits: against two strangers, and against two people of one household. */
  readonly weights: readonly {
    readonly words: string;
    readonly strangerBits: number;
    readonly householdBits: number;
  }[];
}

const labels: readonly (readonly [label: string, field: string | null, value: (side: Side) => string | null])[] = [
  ['First name', 'given', ({ person }) => person.name.given],
  ['Last name', 'family', ({ person }) => person.name.family],
  ['Date of birth', 'birthDate', ({ person }) => person.birthDate],
  ['Gender', 'gender', ({ person }) => (person.gender === 'unknown' ? null : person.gender)],
  ['Phone', 'phone', ({ person }) => person.contact.phone],
  ['E-mail', 'email', ({ person }) => person.contact.email],
  ['Address', 'address', ({ person }) => addressOf(person)],
  ['Payer', null, ({ payerName }) => payerName],
  ['Member id', 'memberId', ({ person }) => (person.memberIds.length === 0 ? null : person.memberIds.join(', '))],
  ['Record number', null, ({ recordNumber }) => recordNumber],
];

export function pairDraft(first: Side, second: Side, explained: Explained): PairDraft {
  // Beside the value the name of the field stands already.
  const words = new Map(explained.fields.map((field) => [field.field.toString(), field.words.replace(/^[^:]*: /, '')]));
  return {
    sources: {
      first: { system: first.system, asOf: first.asOf },
      second: { system: second.system, asOf: second.asOf },
    },
    rows: labels.map(([label, field, value]) => ({
      label,
      first: value(first),
      second: value(second),
      words: field === null ? null : (words.get(field) ?? null),
    })),
    conclusion: explained.words,
    weights: explained.fields.map(({ words: said, strangerBits, householdBits }) => ({
      words: said,
      strangerBits,
      householdBits,
    })),
  };
}

function addressOf({ address }: Person): string | null {
  if (address === null) return null;
  const { line, city, state, postalCode } = address;
  return [line, city, `${state} ${postalCode}`.trim()].filter((part) => part !== '').join(', ');
}
