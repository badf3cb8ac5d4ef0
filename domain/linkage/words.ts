// A weight in plain words, field by field and without the values.
import type { LinkageField } from './book-schema.ts';
import type { Doubt, FieldWeight, Weight } from './weigh.ts';

/** One line of why two records are, or are not, of one person. */
export interface ExplainedField extends FieldWeight {
  readonly words: string;
}

/** A weight with its reasons; holds no value of either record. */
export interface Explained extends Weight {
  readonly fields: readonly ExplainedField[];
  readonly words: string;
}

const names: Readonly<Record<LinkageField, string>> = {
  given: 'First name',
  family: 'Last name',
  middle: 'Middle initial',
  suffix: 'Jr, Sr, II, III',
  birthDate: 'Date of birth',
  phone: 'Phone',
  email: 'E-mail',
  address: 'Address',
  memberId: 'Member id',
  gender: 'Gender',
};

const levels: Readonly<Record<string, string>> = {
  'given/nickname': 'one is a short form of the other',
  'given/slip': 'two letters have changed places',
  'given/related': 'one may be short for the other, and both are names of their own',
  'given/similar': 'spelled alike',
  'given/soundsAlike': 'sounds alike',
  'given/part': 'one of several names is the same',
  'given/initial': 'one record has the initial only',
  'given/swapped': 'first and last name have changed places',
  'family/part': 'one part of a double name is the same',
  'family/similar': 'spelled alike',
  'family/soundsAlike': 'sounds alike',
  'middle/agrees': 'the same',
  'middle/differs': 'another',
  'suffix/oneOnly': 'in one record only',
  'birthDate/dayAndMonthSwapped': 'day and month have changed places',
  'birthDate/oneDigitOff': 'one digit differs',
  'birthDate/otherYear': 'the year differs',
  'birthDate/aGenerationApart': 'written alike, but a generation apart',
  'birthDate/otherDay': 'only the day of the month differs',
  'phone/oneDigitOff': 'one digit differs',
  'email/sameName': 'the same name at another provider',
  'address/similar': 'the same house, spelled otherwise',
  'address/samePostalCode': 'the same ZIP code only',
  'memberId/sameButTheEnd': 'the same but for its end',
};

/** "Date of birth: day and month have changed places". */
function levelInWords(field: LinkageField, level: string): string {
  const plain = level === 'equal' ? 'the same' : level === 'different' ? 'another' : level;
  return `${names[field]}: ${levels[`${field}/${level}`] ?? plain}`;
}

/** Lays out a weight for a person. */
export function explain(weight: Weight, parts: readonly FieldWeight[]): Explained {
  const fields = parts.map((part) => ({ ...part, words: levelInWords(part.field, part.level) }));
  return { ...weight, fields, words: conclusion(weight) };
}

const doubts: Readonly<Record<Doubt, string>> = {
  birthDateUnknown: 'one record has no date of birth',
  givenNameUnknown: 'one record has no first name',
  twins: 'the first names differ, so they may be twins',
  suffix: 'one is Jr where the other is Sr',
  generations: 'the dates of birth are a generation apart, so they may be parent and child',
};

function conclusion({ verdict, doubt, probability, strangerBits, householdBits }: Weight): string {
  const share = `${percent(probability)} probable`;
  if (verdict === 'same') return `One person, as far as the records tell (${share})`;
  if (doubt !== null) return `Perhaps one person: ${doubts[doubt]}`;
  if (verdict === 'perhaps')
    return householdBits < strangerBits - 10
      ? `Perhaps one person, perhaps two of one household (${share})`
      : `Perhaps one person (${share})`;
  return `Two people, as far as the records tell (${share} to be one)`;
}

/** Nothing is certain: never 100 %. */
function percent(probability: number): string {
  return probability >= 0.999 ? 'over 99.9 %' : `${Math.round(probability * 1000) / 10} %`;
}
