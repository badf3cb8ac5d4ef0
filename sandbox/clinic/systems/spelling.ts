// How people's names come to be written otherwise: nicknames, slips of the hand, other family names.
import type { Random } from '../../random.ts';

interface PersonName {
  readonly given: string;
  readonly family: string;
}

/** Given names of those beyond the first sixty, each with what friends say. */
export const nicknames: Readonly<Record<string, string>> = {
  Elizabeth: 'Liz',
  William: 'Bill',
  Margaret: 'Peggy',
  Robert: 'Bob',
  Katherine: 'Kate',
  Richard: 'Rick',
  Susan: 'Sue',
  Michael: 'Mike',
  Deborah: 'Debbie',
  James: 'Jim',
  Patricia: 'Pat',
  Thomas: 'Tom',
  Jennifer: 'Jen',
  Daniel: 'Dan',
  Rebecca: 'Becky',
  Edward: 'Ted',
  Victoria: 'Vicky',
  Steven: 'Steve',
  Barbara: 'Barb',
  Christopher: 'Chris',
  Adela: 'Addie',
  Greta: 'Gretchen',
  Renata: 'Rena',
  Tamsin: 'Tammy',
  Wendell: 'Wen',
  Zebulon: 'Zeb',
  Bastian: 'Bas',
  Cressida: 'Cressy',
};

export const commonGivenNames = Object.keys(nicknames).slice(0, 20);

export function nicknameOf(given: string): string | null {
  return nicknames[given] ?? null;
}

/** Two neighbouring letters in each other's place, never the first. */
export function withSlip(text: string, random: Random): string {
  const places = [...text].flatMap((letter, at) => {
    const next = text[at + 1];
    return at > 0 && next !== undefined && /[a-z]/.test(letter) && /[a-z]/.test(next) && letter !== next ? [at] : [];
  });
  if (places.length === 0) return `${text}e`;
  const at = random.pick(places);
  return `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`;
}

export const upperCase = ({ given, family }: PersonName): PersonName => ({
  given: given.toUpperCase(),
  family: family.toUpperCase(),
});

/** `YYYY-MM-DD` with day and month the other way round; where that is no day, with the last digits of the year so. */
export function swappedDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  if (Number(day) <= 12 && day !== month) return `${year}-${day}-${month}`;
  const [tens = '', ones = ''] = year.slice(2);
  return tens === ones ? `${Number(year) - 1}-${month}-${day}` : `${year.slice(0, 2)}${ones}${tens}-${month}-${day}`;
}
