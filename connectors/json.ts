// Reading JSON whose shape somebody else decides: every look is checked, nothing is assumed.

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at `key` of an object, `undefined` of anything else. */
export function at(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

/** A text that says something; numbers are taken as their digits (vendors send codes both ways). */
export function textAt(value: unknown, key: string): string | null {
  const found = at(value, key);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key);
  return Array.isArray(found) ? found : [];
}

/** A whole number from 0 up, given as a number or as text ("12", "12.0"); `null` for everything else. */
export function countAt(value: unknown, key: string): number | null {
  const found = textAt(value, key);
  if (found === null || !/^\d{1,6}(\.0+)?$/.test(found)) return null;
  return Math.trunc(Number(found));
}

/** A calendar date `YYYY-MM-DD` that exists, also from the head of an instant or from `YYYYMMDD`; else `null`. */
export function dateAt(value: unknown, key: string): string | null {
  const found = textAt(value, key);
  const parts = found === null ? null : /^(\d{4})-?(\d{2})-?(\d{2})(T.*)?$/.exec(found);
  if (!parts) return null;
  const date = `${parts[1]}-${parts[2]}-${parts[3]}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null;
}
