// What agreement is worth: against chance, and against two people of one household, who agree in much (Fellegi and Sunter 1969).
import type { LinkageBook, LinkageField } from './book-schema.ts';
import type { Agreement } from './compare.ts';

/** `same`: one person as far as records tell; `perhaps`: a person looks; `different`: nobody needs to. */
export type Verdict = 'same' | 'perhaps' | 'different';

/** Why two records are not called the same although the weight would say so. */
export type Doubt = 'birthDateUnknown' | 'givenNameUnknown' | 'twins' | 'suffix' | 'generations';

export interface Weight {
  readonly verdict: Verdict;
  readonly doubt: Doubt | null;
  /** That both records are of one person. */
  readonly probability: number;
  /** log2 of how much more probable the agreement is of one person than of two strangers, or of two of one household. */
  readonly strangerBits: number;
  readonly householdBits: number;
}

/** One field's part of the weight. */
export interface FieldWeight {
  readonly field: LinkageField;
  readonly level: string;
  readonly strangerBits: number;
  readonly householdBits: number;
}

export type Weigher = (agreement: Agreement) => Weight;

/** The bits of every level, worked out once. */
export interface Bits {
  readonly of: ReadonlyMap<string, { readonly stranger: number; readonly household: number }>;
}

export function bitsOf(book: LinkageBook): Bits {
  const of = new Map(
    book.fields.flatMap(({ field, levels }) =>
      levels.map(({ level, m, u, h }): [string, { stranger: number; household: number }] => [
        `${field}/${level}`,
        { stranger: Math.log2(m / u), household: Math.log2(m / h) },
      ]),
    ),
  );
  return { of };
}

/** Adds up what the fields are worth and says what follows. */
export function weigh(agreement: Agreement, book: LinkageBook, bits: Bits): Weight {
  let strangerBits = 0;
  let householdBits = 0;
  for (const { field } of book.fields) {
    const level = agreement[field];
    const worth = level === undefined ? undefined : bits.of.get(`${field}/${level}`);
    strangerBits += worth?.stranger ?? 0;
    householdBits += worth?.household ?? 0;
  }
  const { prior, verdicts } = book;
  const others = 2 ** (prior.strangerBits - strangerBits) + 2 ** (prior.householdBits - householdBits);
  const probability = 1 / (1 + others);
  const doubt = probability >= verdicts.same ? doubtAbout(agreement) : null;
  const isSame = probability >= verdicts.same && doubt === null;
  const verdict = isSame ? 'same' : probability >= verdicts.perhaps ? 'perhaps' : 'different';
  return { verdict, doubt, probability, strangerBits: tenths(strangerBits), householdBits: tenths(householdBits) };
}

/** What no sum of weights settles: twins have a birth date, a home and often a first letter in common. */
function doubtAbout({ given, birthDate, suffix, phone, email, address, memberId }: Agreement): Doubt | null {
  if (birthDate === undefined) return 'birthDateUnknown';
  // Sisters have the other fields in common.
  if (given === undefined) return 'givenNameUnknown';
  if (suffix === 'different') return 'suffix';
  if (birthDate === 'aGenerationApart') return 'generations';
  const resembles = ['similar', 'related', 'soundsAlike', 'part', 'initial', 'different', ''].includes(given);
  const oneHome = phone === 'equal' || email === 'equal' || address === 'equal' || memberId !== undefined;
  return resembles && oneHome && birthDate === 'equal' ? 'twins' : null;
}

/** The parts of a weight, in the order of the book. */
export function partsOf(agreement: Agreement, book: LinkageBook, bits: Bits): FieldWeight[] {
  return book.fields.flatMap(({ field }) => {
    const level = agreement[field];
    const worth = level === undefined ? undefined : bits.of.get(`${field}/${level}`);
    if (level === undefined || worth === undefined) return [];
    return [{ field, level, strangerBits: tenths(worth.stranger), householdBits: tenths(worth.household) }];
  });
}

function tenths(bits: number): number {
  return Math.round(bits * 10) / 10;
}
