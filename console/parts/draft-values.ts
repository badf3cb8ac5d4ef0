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
    .map(({ path, label }) => ({
      path,
      label,
      before: asText(valueAt(before, path)),
      after: asText(valueAt(after, path)),
    }));
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
