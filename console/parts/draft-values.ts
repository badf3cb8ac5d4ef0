// Reading and changing one value of a draft by its path (`service.visits`, `clinical.goals.0`), and what differs between two drafts.
import type { DraftField, Json } from '../api.ts';

type JsonObject = { [key: string]: Json };

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `a.b.0`, `a.b[0]` and `/a/b/0` → `['a', 'b', '0']`. */
export function partsOf(path: string): string[] {
  const separated = path.startsWith('/') ? path.slice(1).split('/') : path.replace(/\[(\d+)\]/g, '.$1').split('.');
  return separated.filter((part) => part !== '');
}

/** The value at a path; null when nothing is there. */
export function valueAt(draft: Json, path: string): Json {
  let at: Json | undefined = draft;
  for (const part of partsOf(path)) {
    if (Array.isArray(at)) at = at[Number(part)];
    else if (isObject(at) && Object.hasOwn(at, part)) at = at[part];
    else return null;
  }
  return at ?? null;
}

/** A copy of the draft with one value changed; what lies on the way is made where it is missing. */
export function withValueAt(draft: Json, path: string, value: Json): Json {
  const [head, ...rest] = partsOf(path);
  if (head === undefined) return value;
  const below = (old: Json | undefined): Json => withValueAt(old ?? null, rest.join('.'), value);
  if (Array.isArray(draft)) return draft.map((old, index) => (String(index) === head ? below(old) : old));
  const object: JsonObject = isObject(draft) ? { ...draft } : {};
  Object.defineProperty(object, head, {
    value: below(Object.hasOwn(object, head) ? object[head] : null),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return object;
}

/** A value as a person reads it; unknown is said, never left blank. */
export function asText(value: Json): string {
  if (value === null || value === '') return 'unknown';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(asText).join('\n');
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, part]) => part !== null && part !== '')
      .map(([key, part]) => (key === 'code' ? asText(part) : `${key} ${asText(part)}`))
      .join(', ');
  }
  return String(value);
}

/** A field's value as it is read and copied: dates as American portals take them (05/12/2026). */
export function fieldText(field: Pick<DraftField, 'type' | 'path'>, value: Json): string {
  if (columnsOf(field.path) !== null && Array.isArray(value) && value.length > 0) return rowsToText(field.path, value);
  const date = field.type === 'date' && typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  return date === null ? asText(value) : `${date[2] ?? ''}/${date[3] ?? ''}/${date[1] ?? ''}`;
}

export interface Difference {
  readonly path: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a person changed between two drafts, field by field, in the order of the form. */
export function differences(before: Json, after: Json, fields: readonly DraftField[]): Difference[] {
  return fields
    .filter(({ path }) => !same(valueAt(before, path), valueAt(after, path)))
    .map((field) => ({
      path: field.path,
      label: field.label,
      before: fieldText(field, valueAt(before, field.path)),
      after: fieldText(field, valueAt(after, field.path)),
    }));
}

/** The columns of values that are rows: how they are typed, one row to a line, parts separated by commas. */
const rowColumns: Readonly<Record<string, readonly (readonly [name: string, number: boolean])[]>> = {
  procedures: [
    ['code', false],
    ['units', true],
  ],
  outcomeMeasures: [
    ['measure', false],
    ['score', true],
    ['date', false],
  ],
};

/** The columns of a value that is made of rows, by the last part of its path; null where it is none. */
export function columnsOf(path: string): readonly (readonly [name: string, number: boolean])[] | null {
  return rowColumns[partsOf(path).at(-1) ?? ''] ?? null;
}

/** Rows as lines of text: `97110, 2`. */
export function rowsToText(path: string, value: Json): string {
  const columns = columnsOf(path);
  if (columns === null || !Array.isArray(value)) return '';
  return value.map((row) => columns.map(([name]) => toControl(valueAt(row, name))).join(', ')).join('\n');
}

/** Lines of text as rows; a part left out is null (unknown). */
export function textToRows(path: string, text: string): Json {
  const columns = columnsOf(path) ?? [];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const parts = line.split(',');
    return Object.fromEntries(
      columns.map(([name, number], index) => [
        name,
        fromControl(number ? 'number' : 'text', (parts[index] ?? '').trim()),
      ]),
    );
  });
}

/** What a form control holds, as the draft stores it: an empty control is null (unknown), never "" or 0. */
export function fromControl(type: string, text: string): Json {
  const trimmed = text.trim();
  if (trimmed === '') return type === 'list' ? [] : null;
  if (type === 'number' || type === 'integer') return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
  if (type === 'boolean') return trimmed === 'true';
  if (type === 'list')
    return trimmed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return text;
}

/** What a form control shows for a stored value. */
export function toControl(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? asText(value) : String(value);
}
