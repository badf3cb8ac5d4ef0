// A patient as the file that Therabill's client import takes: a header row of labels, one row.
import type { ImportField, Profile } from './profile.ts';
import { isImportField } from './profile.ts';
import { csvCell } from '../../domain/csv/cell-text.ts';
import { written } from '../csv/dates.ts';

/** What is known of a patient; null: the cell stays empty. */
export type Client = Readonly<Record<ImportField, string | null>>;

/** A client, field by field. */
export function clientFields(of: (field: ImportField) => string | null): Client {
  return {
    recordNumber: of('recordNumber'),
    family: of('family'),
    given: of('given'),
    birthDate: of('birthDate'),
    gender: of('gender'),
    phone: of('phone'),
    email: of('email'),
    addressLine: of('addressLine'),
    city: of('city'),
    state: of('state'),
    postalCode: of('postalCode'),
    payerName: of('payerName'),
    memberId: of('memberId'),
    groupNumber: of('groupNumber'),
    relationship: of('relationship'),
  };
}

/** The first word of the profile for a value of ours; the value itself where the profile has none. */
function wordFor(words: Readonly<Record<string, readonly string[] | undefined>>, value: string): string {
  return words[value]?.[0] ?? value;
}

/** In the practice's own labels and words. A column that the profile names no label for is left out. */
export function clientFile(client: Client, { clientImport, words, dateFormats }: Profile): string {
  const columns = Object.entries(clientImport).flatMap(([field, label]) =>
    isImportField(field) ? [{ field, label }] : [],
  );
  const text = (field: ImportField): string => {
    const value = client[field];
    if (value === null) return '';
    if (field === 'birthDate') return written(value, dateFormats[0]) ?? value;
    if (field === 'gender') return wordFor(words.gender, value);
    return field === 'relationship' ? wordFor(words.relationship, value) : value;
  };
  const lines = [columns.map(({ label }) => csvCell(label)), columns.map(({ field }) => csvCell(text(field)))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
