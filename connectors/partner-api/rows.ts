// Records of a partner's API, by its profile, to the rows Gait reads from any PT system.
import type { Cells, TableWriting, Writing } from '../csv/cells.ts';
import { isObject } from '../json.ts';
import type { Gone, RecordKind } from '../pt-records/rows.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { RowReading } from '../reports/read-rows.ts';
import { jsonCells, pointed } from '../rest/json-cells.ts';
import type { ZoneClock } from '../zone-clock.ts';
import { dateFields } from './fields.ts';
import type { RecordProfile, RestSettings } from './settings.ts';
import { usualWords } from './words.ts';

/** A profile's words over the usual ones, with what holds for the whole clinic. */
export function wordsOf(settings: RestSettings, clinic: ClinicWords): RowReading {
  const zone = settings.zone ?? clinic.zone;
  return {
    dateFormats: settings.dateFormats,
    timeFormats: settings.timeFormats,
    words: { ...usualWords, ...settings.words },
    payers: { ...clinic.payers, ...settings.payers },
    ...(zone === undefined ? {} : { zone }),
    ...(clinic.zone === undefined ? {} : { clinicZone: clinic.zone }),
  };
}

/** A calendar date that an API writes as midnight of the day. */
function withoutMidnight(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2})T00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$/, '$1');
}

/** Instants, midnights and objects are put into the words of a report before its rules read them. */
function valuesOf(
  item: unknown,
  fields: RecordProfile['fields'],
  clock: ZoneClock | undefined,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [field, pointer] of Object.entries(fields)) {
    const found = pointed(item, pointer);
    if (dateFields.has(field) && typeof found === 'string') values[field] = withoutMidnight(found);
    if (field !== 'startsAt' || typeof found !== 'string') continue;
    const starts = clock?.momentOf(found) ?? null;
    // What is no instant is left as it is: the rules for dates tell what is wrong with it.
    values['date'] = starts?.date ?? found;
    if (starts !== null) values['time'] = starts.time;
  }
  return values;
}

/** The API's own ways to write dates and times, and the one in which instants and midnights are put. */
export function writingOf(words: RowReading): Writing {
  return {
    dateFormats: [...words.dateFormats, 'YYYY-MM-DD'],
    timeFormats: [...words.timeFormats, 'HH:mm'],
    words: words.words,
  };
}

/** A patient whom nobody insures is a patient: the rules for reports would miss the payer of the column. */
export function partnerCells({ fields: { payerName, ...fields } }: RecordProfile, words: RowReading) {
  return (item: unknown, row: number, table: TableWriting): Cells => {
    const payer = payerName === undefined ? null : pointed(item, payerName);
    const pointers = payerName === undefined || payer === null || payer === '' ? fields : { ...fields, payerName };
    const clock = words.zone === undefined ? undefined : table.clock(words.zone);
    return jsonCells(item, pointers, table, row, valuesOf(item, fields, clock));
  };
}

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
