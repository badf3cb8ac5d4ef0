// Records of a partner's API, by its profile, to the rows Gait reads from any PT system.
import type { Cells } from '../csv/cells.ts';
import { isObject } from '../json.ts';
import { noteKinds } from '../pt-records/rows.ts';
import type { ChargeRow, Gone, NoteRow, OutcomeRow, RecordKind, RowsByKind } from '../pt-records/rows.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import { keys, readPatient, readers } from '../reports/read-rows.ts';
import type { RowWords } from '../reports/profile.ts';
import { wallClock } from '../rest/clocks.ts';
import { jsonCells, pointed } from '../rest/json-cells.ts';
import { dateFields } from './fields.ts';
import type { RecordProfile, RestSettings } from './settings.ts';
import { noteWords, usualWords } from './words.ts';

/** A profile's words over the usual ones, with what holds for the whole clinic. */
export interface ProfileWords extends RowWords {
  readonly noteKind: Readonly<Record<string, readonly string[] | undefined>>;
}

export function wordsOf(settings: RestSettings, clinic: ClinicWords): ProfileWords {
  const zone = settings.zone ?? clinic.zone;
  const { noteKind, ...own } = settings.words;
  return {
    dateFormats: settings.dateFormats,
    timeFormats: settings.timeFormats,
    words: { ...usualWords, ...own },
    noteKind: noteKind ?? noteWords,
    payers: { ...clinic.payers, ...settings.payers },
    ...(zone === undefined ? {} : { zone }),
  };
}

/** A calendar date that an API writes as midnight of the day. */
function withoutMidnight(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2})T00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$/, '$1');
}

/** Instants, midnights and objects are put into the words of a report before its rules read them. */
function valuesOf(item: unknown, fields: RecordProfile['fields'], zone: string | undefined): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [field, pointer] of Object.entries(fields)) {
    const found = pointed(item, pointer);
    if (dateFields.has(field) && typeof found === 'string') values[field] = withoutMidnight(found);
    if (field !== 'startsAt' || typeof found !== 'string') continue;
    const starts = zone === undefined ? null : wallClock(found, zone);
    // What is no instant is left as it is: the rules for dates tell what is wrong with it.
    values['date'] = starts?.date ?? found;
    if (starts !== null) values['time'] = starts.time;
  }
  return values;
}

/** The API's own ways to write dates and times, and the one in which instants and midnights are put. */
export function partnerCells({ fields }: RecordProfile, words: ProfileWords) {
  const writing = {
    dateFormats: [...words.dateFormats, 'YYYY-MM-DD'],
    timeFormats: [...words.timeFormats, 'HH:mm'],
    words: words.words,
  };
  return (item: unknown, row: number): Cells =>
    jsonCells(item, fields, writing, row, valuesOf(item, fields, words.zone));
}

function day(cells: Cells): string {
  if (cells.text('date') === null) cells.fail('date', 'empty', true);
  return cells.date('date', true) ?? '';
}

function note(cells: Cells, { noteKind }: ProfileWords): NoteRow {
  return {
    noteId: cells.text('noteId'),
    recordNumber: cells.needed('recordNumber'),
    date: day(cells),
    kind: cells.word('kind', noteKinds, noteKind) ?? 'other',
    signedOn: cells.date('signedOn'),
    clinicianName: cells.text('clinicianName'),
    credential: cells.text('credential'),
  };
}

function charge(cells: Cells): ChargeRow {
  return {
    chargeId: cells.text('chargeId'),
    recordNumber: cells.needed('recordNumber'),
    date: day(cells),
    code: cells.needed('code'),
    modifiers: cells.list('modifiers'),
    units: cells.count('units'),
    chargeCents: cells.cents('amount'),
  };
}

function outcome(cells: Cells): OutcomeRow {
  const text = cells.needed('score');
  const score = /^-?\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
  if (score === null && text !== '') cells.fail('score', 'not a number', true);
  return {
    recordNumber: cells.needed('recordNumber'),
    measure: cells.needed('measure'),
    score: score ?? 0,
    date: day(cells),
  };
}

type Readers = { readonly [Kind in RecordKind]: (cells: Cells, words: ProfileWords) => RowsByKind[Kind] };

export const rowReaders: Readers = {
  ...readers,
  patients: (cells, words) => readPatient(cells, words, false),
  notes: note,
  charges: charge,
  outcomes: outcome,
};

/** What makes two records records about the same thing; `null` when nothing does. */
export const rowKeys: { readonly [Kind in RecordKind]: (row: RowsByKind[Kind]) => string | null } = {
  ...keys,
  notes: (row) => row.noteId,
  charges: (row) => row.chargeId,
  outcomes: () => null,
};

/** Whether a record was deleted or merged, and into which. */
export function goneOf(kind: RecordKind, item: unknown, { gone, fields }: RecordProfile): Gone[] {
  if (gone === undefined || (kind !== 'patients' && kind !== 'appointments')) return [];
  const text = (pointer: string | undefined): string | null => {
    const found = pointer === undefined ? undefined : pointed(item, pointer);
    return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : null;
  };
  const id = text(kind === 'patients' ? fields['recordNumber'] : fields['appointmentId']);
  const isGone = gone.is.includes(text(gone.at) ?? '');
  if (id === null || !isGone || !isObject(item)) return [];
  return [{ of: kind === 'patients' ? 'patient' : 'appointment', id, mergedInto: text(gone.mergedInto) }];
}
