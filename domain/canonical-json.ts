// One text for one JSON value, so that the hash of a revision says whether two drafts are the same.
import { GaitError } from './errors.ts';

/**
 * Writes a JSON value with sorted keys and no spaces (the scheme of RFC 8785). A property whose value is undefined is
 * left out, as it would be on the wire.
 * @throws GaitError `internal.bug` for what JSON cannot hold: NaN, infinity, a function, undefined in a list, a cycle
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

function write(value: unknown, within: readonly object[]): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw new GaitError('internal.bug', `A value of type ${typeof value} is not JSON`);
  if (within.includes(value)) throw new GaitError('internal.bug', 'A value contains itself and is not JSON');
  const path = [...within, value];
  if (Array.isArray(value)) return `[${value.map((element) => write(element, path)).join(',')}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new GaitError('internal.bug', 'An object that is not plain is not JSON');
  }
  const properties = Object.entries(value)
    .filter(([, property]) => property !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, property]) => `${JSON.stringify(key)}:${write(property, path)}`);
  return `{${properties.join(',')}}`;
}
