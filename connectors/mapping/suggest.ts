// Proposes a mapping profile for an export from its labels and values, and says of what it is not sure. It proposes; a person decides.
import { normalized } from '../csv/labels.ts';
import { missingColumns } from '../reports/parse-report.ts';
import type { Profile } from '../reports/profile.ts';
import type { ReportKind } from '../reports/read-rows.ts';
import type { Column, Sample } from './sample.ts';
import { dateFormats, fit, formatsOf, isDayMonthUnclear, loose, telling, timeFormats } from './shapes.ts';
import { shortForms, vocabulary } from './vocabulary.ts';
import type { FieldWords } from './vocabulary.ts';

/** `sure`: the usual label, and its values fit. `likely`: one of both is weaker. `unsure`: look at it before it is used. */
export type Confidence = 'sure' | 'likely' | 'unsure';

export interface SuggestedColumn {
  readonly label: string;
  readonly field: string | null;
  readonly confidence: Confidence | null;
  readonly why: string;
  /** Cells that are filled. */
  readonly filled: number;
}

/** A word of the export that no field knows yet. */
export interface UnknownWord {
  readonly field: string;
  readonly label: string;
  /** Null: it may be something else than a word, and is not repeated. */
  readonly word: string | null;
  readonly rows: number;
}

export interface Suggestion {
  readonly columns: readonly SuggestedColumn[];
  /** Fields without which no row of this report can be read. */
  readonly missing: readonly string[];
  readonly unknownWords: readonly UnknownWord[];
  /** What a person should look at, in sentences. */
  readonly questions: readonly string[];
  readonly profile: Profile;
}

interface Match {
  readonly field: string;
  readonly column: Column;
  readonly label: number;
  readonly fit: number | null;
  readonly score: number;
}

const leastScore = 0.4;
const likelyScore = 0.62;
const sureScore = 0.9;
/** A column with more different words than that is no list of words. */
const mostWords = 40;

/** How much a row of an export looks like the header of this report: labels that are known, whole or in part. */
export function headerLikeness(kind: ReportKind): (record: readonly string[]) => number {
  const fields = Object.values(vocabulary[kind]);
  return (record) =>
    record.reduce((sum, cell) => {
      const best = Math.max(0, ...fields.map((field) => likeness(cell, field.labels)));
      return best < 0.5 ? sum : sum + best;
    }, 0);
}

/**
 * @param base a profile whose words, payers and other reports are taken over
 * @param file the export's name: what of it does not change names its report from now on
 */
export function suggest(kind: ReportKind, sample: Sample, base: Profile, file: string): Suggestion {
  const matches = assigned(kind, sample.columns, base);
  const byColumn = new Map(matches.map((match) => [match.column.index, match]));
  const columns = sample.columns.map((column): SuggestedColumn => {
    const match = byColumn.get(column.index);
    const { label, filled } = column;
    if (match === undefined) return { label, field: null, confidence: null, why: 'no field is like it', filled };
    return { label, field: match.field, confidence: confidenceOf(match), why: reasonOf(match), filled };
  });
  const fields = new Map(matches.map(({ field, column }) => [field, column]));
  const dates = valuesOf(kind, fields, 'date');
  const times = valuesOf(kind, fields, 'time');
  const unknownWords = matches.flatMap((match) => unknownIn(kind, match, base));
  const profile: Profile = {
    ...base,
    id:
      `${normalized(file.replace(/\.[^.]*$/, ''))
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '')}` || 'export',
    title: `Proposed from ${file}`,
    dateFormats: orElse(formatsOf(dates, dateFormats), base.dateFormats),
    timeFormats: orElse(formatsOf(times, timeFormats), base.timeFormats),
    reports: {
      ...base.reports,
      [kind]: {
        ...base.reports[kind],
        file: filePattern(file),
        columns: Object.fromEntries(matches.map(({ field, column }) => [field, [column.label]])),
      },
    },
  };
  const missing = missingColumns(fields, kind, {});
  const payerless = kind === 'patients' && !fields.has('payerName');
  return {
    columns,
    missing,
    unknownWords,
    questions: [
      ...missing.map((field) => askedFor(kind, field, sample.columns, fields, base)),
      ...(payerless ? ['No column is payerName: of these patients no coverage will be known. Is that so?'] : []),
      ...columns.flatMap(({ label, field, confidence }) =>
        confidence === 'unsure' && field !== null ? [`Is “${label}” really ${field}?`] : [],
      ),
      ...(isDayMonthUnclear(dates)
        ? ['Is the day or the month first? Every date can be read both ways; the month was taken.']
        : []),
      ...[
        ...new Set(
          unknownWords.map(
            ({ label, field }) => `What do the words in “${label}” mean? Add them to the words of ${field}.`,
          ),
        ),
      ],
    ],
    profile,
  };
}

/** Each field has one column and each column one field: the best pair first. */
function assigned(kind: ReportKind, columns: readonly Column[], base: Profile): Match[] {
  const pairs = Object.entries(vocabulary[kind]).flatMap(([field, words]) =>
    columns.flatMap((column) => {
      const match = matchOf(field, words, column, base);
      return match.score < leastScore ? [] : [match];
    }),
  );
  const [fields, taken] = [new Set<string>(), new Set<number>()];
  const chosen: Match[] = [];
  for (const match of pairs.toSorted((a, b) => b.score - a.score)) {
    if (fields.has(match.field) || taken.has(match.column.index)) continue;
    fields.add(match.field);
    taken.add(match.column.index);
    chosen.push(match);
  }
  // Given and family name in columns of their own are better than one column of both.
  const isSplit = fields.has('given') && fields.has('family');
  return chosen
    .filter(({ field }) => !(isSplit && field === 'name'))
    .toSorted((a, b) => a.column.index - b.column.index);
}

function matchOf(field: string, words: FieldWords, column: Column, base: Profile): Match {
  const label = likeness(column.label, words.labels);
  const fits = fit([...column.values.keys()], words.shape, wordsOf(words, base));
  // Values that are something else speak against any label; those of a telling shape speak for a field by themselves.
  const against = !loose.has(words.shape) && fits !== null && fits < 0.5 ? 0.4 : 1;
  const alone = label === 0 && telling.has(words.shape) && fits !== null && fits > 0.9 ? 0.45 : 0;
  const score = Math.max(alone, label * (0.75 + 0.25 * (fits ?? 0.8)) * against);
  return { field, column, label, fit: fits, score };
}

function confidenceOf({ label, score, fit: fits }: Match): Confidence {
  if (score >= sureScore && label === 1 && (fits === null || fits >= 0.9)) return 'sure';
  return score >= likelyScore ? 'likely' : 'unsure';
}

function reasonOf({ label, fit: fits }: Match): string {
  const named = label === 1 ? 'the usual label' : label === 0 ? 'another label' : 'a label like the usual ones';
  const held = fits === null ? 'no value is filled in' : `${Math.round(fits * 100)} % of its values fit`;
  return `${named}; ${held}`;
}

/** 1: one of the labels; below that the share of words that both have. */
function likeness(label: string, usual: readonly string[]): number {
  const own = tokens(label);
  if (own.length === 0) return 0;
  return Math.max(
    ...usual.map((one) => {
      const other = tokens(one);
      const shared = own.filter((token) => other.includes(token)).length;
      if (shared === own.length && shared === other.length) return 1;
      return (0.9 * shared) / new Set([...own, ...other]).size;
    }),
  );
}

/** The words of a label, short forms written out; words that say nothing are left out. */
function tokens(label: string): string[] {
  const spaced = label.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('#', ' # ');
  const written = normalized(spaced)
    .split(' ')
    .flatMap((token) => (shortForms[token] ?? token).split(' '));
  return [...new Set(written.filter((token) => token !== 'of' && token !== 'the' && token !== ''))];
}

function wordsOf({ words }: FieldWords, base: Profile): ReadonlySet<string> {
  if (words === undefined) return new Set();
  const known: Readonly<Record<string, readonly string[]>> = base.words[words] ?? {};
  return new Set(Object.values(known).flat().map(normalized));
}

function valuesOf(kind: ReportKind, fields: ReadonlyMap<string, Column>, shape: FieldWords['shape']): string[] {
  return [...fields].flatMap(([field, column]) =>
    vocabulary[kind][field]?.shape === shape ? [...column.values.keys()] : [],
  );
}

/** In fewer rows a word may be anything, also a name that stands in the wrong column. */
const leastRows = 3;

/** Words of a list of words that the profile does not know. What may be no word of the practice's is counted and not repeated. */
function unknownIn(kind: ReportKind, { field, column, label }: Match, base: Profile): UnknownWord[] {
  const words = vocabulary[kind][field];
  if (words?.shape !== 'word') return [];
  const known = wordsOf(words, base);
  const unknown = [...column.values].filter(([value]) => !known.has(normalized(value)));
  const isList = label === 1 && !column.isOpen && column.values.size <= mostWords;
  return unknown.map(([value, rows]) => {
    const mayBeTold = isList && rows >= leastRows && /^\p{L}[\p{L} /()-]{0,29}$/u.test(value);
    return { field, label: column.label, word: mayBeTold ? value : null, rows };
  });
}

/** What is missing, with the columns nothing else is that hold what it would. */
function askedFor(
  kind: ReportKind,
  field: string,
  columns: readonly Column[],
  fields: ReadonlyMap<string, Column>,
  base: Profile,
): string {
  const taken = new Set([...fields.values()].map(({ index }) => index));
  const words = vocabulary[kind][field];
  const may = columns.filter(
    (column) =>
      !taken.has(column.index) &&
      words !== undefined &&
      (fit([...column.values.keys()], words.shape, wordsOf(words, base)) ?? 0) > 0.9 &&
      words.shape !== 'text',
  );
  const named = may.map(({ label }) => `“${label}”`).join(', ');
  return `No column is ${field}: without it no row can be read. ${named === '' ? 'Which one is it?' : `Is it ${named}?`}`;
}

/** The part of a file's name before its date or number. */
function filePattern(file: string): string {
  const [stem = ''] = /^\D*/.exec(file.replace(/\.[^.]*$/, '')) ?? [];
  const kept = stem.replace(/[ _.-]+$/, '');
  const ending = /\.xlsx$/i.test(file) ? 'xlsx' : 'csv';
  return `^${kept.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}.*\\.${ending}$`;
}

function orElse(found: string[], usual: Profile['dateFormats']): Profile['dateFormats'] {
  return found.length > 0 ? found : usual;
}
