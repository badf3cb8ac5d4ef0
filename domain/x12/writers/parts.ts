// The parts that written inquiries share: their beginning, names, dates, and what must be there before a payer can read one.
import { GaitError } from '../../errors.ts';
import { dateOf } from '../transaction-set.ts';
import type { WrittenSegment } from '../writer.ts';

/** What an inquiry carries besides what is asked. */
export interface InquiryHeader {
  /** ST02: 4 to 9 digits. */
  readonly control: string;
  /** BHT03, the sender's number of the whole inquiry: no PHI. */
  readonly reference: string;
  /** `YYYY-MM-DD` and `HHMM`, the sender's clock. */
  readonly date: string;
  readonly time: string;
}

interface WrittenPerson {
  readonly given: string;
  readonly family: string;
}

/** Widest values of the elements (X12 data element dictionary, 005010). */
const widths = { organizationName: 60, family: 60, given: 35, id: 80, reference: 50 } as const;

export function beginning(structure: string, { reference, date, time }: InquiryHeader): WrittenSegment {
  return ['BHT', structure, '13', fitting(reference, 'reference', 'reference'), day(date, 'date'), time];
}

export function organization(role: string, name: string, id: readonly [string, string], where: string): WrittenSegment {
  const [qualifier, value] = id;
  return [
    ...(['NM1', role, '2', fitting(name, 'organizationName', `${where}.name`), '', '', '', ''] as const),
    ...[qualifier, fitting(value, 'id', `${where}.id`)],
  ];
}

/** @param memberId null where the payer is to find the person by name and birth date */
export function person(
  role: string,
  { given, family }: WrittenPerson,
  memberId: string | null,
  where: string,
): WrittenSegment {
  const name = [fitting(family, 'family', `${where}.name.family`), fitting(given, 'given', `${where}.name.given`)];
  const id = memberId === null ? [] : ['', '', '', 'MI', fitting(memberId, 'id', `${where}.memberId`)];
  return ['NM1', role, '1', ...name, ...id];
}

/** NPI, else tax id, with its qualifier. @throws GaitError `input.invalid` where there is neither */
export function providerId({
  npi,
  taxId,
}: {
  readonly npi: string | null;
  readonly taxId: string | null;
}): readonly [string, string] {
  if (npi !== null) return ['XX', npi];
  if (taxId !== null) return ['FI', taxId];
  throw new GaitError('input.invalid', 'The provider has neither an NPI nor a tax id; a payer cannot tell who asks.', {
    where: 'provider.npi',
    fix: 'Add the NPI in the clinic’s settings.',
  });
}

/** DMG03 has F and M alone in an inquiry; whatever else is known of the gender is left out. */
const genders: Readonly<Record<string, string>> = { female: 'F', male: 'M' };

/** DMG, where there is something to tell. */
export function demographics(birthDate: string | null, gender: string, where: string): WrittenSegment[] {
  const code = genders[gender] ?? '';
  if (birthDate !== null) return [['DMG', 'D8', day(birthDate, `${where}.birthDate`), code]];
  return code === '' ? [] : [['DMG', '', '', code]];
}

/** DTP for a day, or for a period where the end is another day. */
export function period(qualifier: string, from: string, to: string, where: string): WrittenSegment {
  const [first, last] = [day(from, where), day(to, where)];
  return first === last ? ['DTP', qualifier, 'D8', first] : ['DTP', qualifier, 'RD8', `${first}-${last}`];
}

/** `YYYY-MM-DD` as X12 has it. */
export function day(date: string, where: string): string {
  const text = date.replaceAll('-', '');
  if (dateOf(text) === date) return text;
  throw new GaitError('input.invalid', 'A date is no day of the calendar.', { where, fix: 'Write it YYYY-MM-DD.' });
}

/** A value that is there and not too long for its element. */
export function fitting(value: string, width: keyof typeof widths, where: string): string {
  const text = value.trim();
  const most = widths[width];
  if (text !== '' && text.length <= most) return text;
  const message =
    text === '' ? 'A value that a payer needs is missing.' : `A value is longer than X12's ${most} characters.`;
  throw new GaitError('input.invalid', message, { where, fix: text === '' ? 'Fill it in.' : 'Shorten it.' });
}
