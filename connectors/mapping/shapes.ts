// What the values of a column look like: a share of them, never one of them.
import { readWallTime } from '../csv/dates.ts';
import { normalized } from '../csv/labels.ts';

/** `text`, `name` and `id` fit much; the others only what they are. */
export type Shape =
  | 'text'
  | 'id'
  | 'name'
  | 'date'
  | 'time'
  | 'count'
  | 'number'
  | 'amount'
  | 'word'
  | 'yesNo'
  | 'phone'
  | 'email'
  | 'state'
  | 'postalCode'
  | 'npi'
  | 'diagnoses'
  | 'procedures';

/** As `dates.ts` writes formats; of two that fit alike the first is taken. */
export const dateFormats = [
  'MM/DD/YYYY',
  'YYYY-MM-DD',
  'MM-DD-YYYY',
  'MMM DD, YYYY',
  'DD MMM YYYY',
  'DD-MMM-YYYY',
  'MM/DD/YYYY hh:mm A',
  'MM/DD/YYYY HH:mm',
  'YYYY-MM-DD HH:mm',
  'YYYY-MM-DD hh:mm A',
  'MMM DD, YYYY hh:mm A',
  'YYYY-MM-DDTHH:mm',
  'DD/MM/YYYY',
  'DD.MM.YYYY',
  'DD/MM/YYYY HH:mm',
] as const;

export const timeFormats = ['hh:mm A', 'HH:mm'] as const;

/** Fits by themselves: a column without a known label may be recognized by them. */
export const telling: ReadonlySet<Shape> = new Set<Shape>(['phone', 'email', 'npi', 'diagnoses']);
/** Whatever stands in the column may be one. */
export const loose: ReadonlySet<Shape> = new Set<Shape>(['text', 'id', 'word']);

const parts = (value: string): string[] => value.split(/[;|,]/).map((part) => part.trim());

const tests: Readonly<Record<Exclude<Shape, 'word'>, (value: string) => boolean>> = {
  text: () => true,
  id: (value) => /^[\p{L}\p{N}][\p{L}\p{N} ./#-]{0,39}$/u.test(value),
  name: (value) => /^[^,\d]+,\s*[^,\d]+$/.test(value),
  date: (value) => (readWallTime(value, dateFormats)?.date ?? null) !== null,
  time: (value) => (readWallTime(value, timeFormats)?.time ?? null) !== null,
  count: (value) => /^(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.0+)?$/.test(value),
  number: (value) => /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d+)?\s*%?$/.test(value),
  amount: (value) => /^-?\(?\s*\$?\s*[\d,]*\.?\d+\s*\)?$/.test(value),
  yesNo: (value) => /^(y|yes|n|no|true|false|required|not required)$/i.test(value),
  phone: (value) => /^\+?1?[ .-]?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}( ?x\d+)?$/.test(value),
  email: (value) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(value),
  state: (value) => /^[A-Z]{2}$/.test(value),
  postalCode: (value) => /^\d{5}(-?\d{4})?$/.test(value),
  npi: (value) => /^[12]\d{9}$/.test(value),
  diagnoses: (value) => parts(value).every((part) => /^[A-TV-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/.test(part)),
  procedures: (value) => value.split(/[;|]/).every((part) => /^\s*[0-9A-Z]{5}(\s*[xX×]\s*\d{1,2})?\s*$/.test(part)),
};

/** The share of the values that have the shape, 0 to 1; null of none. `words`: what a cell of the shape `word` may say. */
export function fit(values: readonly string[], shape: Shape, words: ReadonlySet<string> = new Set()): number | null {
  if (values.length === 0) return null;
  const has = shape === 'word' ? (value: string) => words.has(normalized(value)) : tests[shape];
  return values.filter(has).length / values.length;
}

/** The formats of dates (or times) that are needed to read the values, the most frequent first. */
export function formatsOf(values: readonly string[], formats: readonly string[]): string[] {
  const left = new Set(values);
  const chosen: string[] = [];
  while (left.size > 0) {
    const [best] = formats
      .map((format) => ({ format, read: [...left].filter((value) => readWallTime(value, [format]) !== null) }))
      .filter(({ read }) => read.length > 0)
      // Stable: of two that read alike the one named first.
      .toSorted((a, b) => b.read.length - a.read.length);
    if (best === undefined) break;
    chosen.push(best.format);
    for (const value of best.read) left.delete(value);
  }
  return chosen;
}

/** Whether months and days of the values could be told the other way round as well. */
export function isDayMonthUnclear(values: readonly string[]): boolean {
  const numeric = values.filter((value) => /^\d{1,2}[/.]\d{1,2}[/.]\d{4}/.test(value));
  const readBy = (format: string): boolean =>
    numeric.every((value) => readWallTime(value.replaceAll('.', '/').split(' ')[0] ?? '', [format]) !== null);
  return numeric.length > 0 && readBy('MM/DD/YYYY') && readBy('DD/MM/YYYY');
}
