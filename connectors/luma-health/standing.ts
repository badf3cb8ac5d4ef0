// How a record stands at Luma Health against what was sent: an update sends it back whole, and is looked for by what it says.
import type { ConnectorContext, Inquiry } from '../connector.ts';
import { at, isObject } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { getFromLuma } from './client.ts';
import type { LumaRecord } from './effects.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The members `made` of a value; none where it is not given. */
export function given<T>(value: T | undefined, made: (value: T) => Json): Json {
  return value === undefined ? {} : made(value);
}

/** Those members of a record that are to be sent back with it. */
export function kept(before: unknown, members: readonly string[]): Json {
  return Object.fromEntries(
    members.flatMap((name) => {
      const value = at(before, name);
      if (value === undefined || value === null) return [];
      // A reference may have come as the record it names.
      return [[name, isObject(value) && typeof value['_id'] === 'string' ? value['_id'] : value]];
    }),
  );
}

/** Text or number as its digits; nothing for anything else. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Whether what the update says stands there: then it came through, whoever wrote it. */
export async function standsThere(
  context: ConnectorContext,
  path: string,
  id: string,
  wantedOf: (json: unknown) => Json,
): Promise<Inquiry<LumaRecord>> {
  const answer = await getFromLuma(context, path);
  if (isFailure(answer)) return answer;
  const stands = Object.entries(wantedOf(answer.json)).every(([name, value]) => isPart(value, at(answer.json, name)));
  return stands ? { kind: 'found', result: { id } } : { kind: 'notFound' };
}

/** Whether `found` says at least what `wanted` says; instants and ids may be written in another way. */
export function isPart(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted)) {
    const list: readonly unknown[] = Array.isArray(found) ? found : [];
    return wanted.every((one) => list.some((other) => isPart(one, other)));
  }
  if (isObject(wanted)) return Object.entries(wanted).every(([name, value]) => isPart(value, at(found, name)));
  if (isObject(found)) return found['_id'] === wanted;
  const [one, other] = [plain(wanted), plain(found)];
  return one === other || (/^\d{4}-\d\d-\d\dT/.test(one) && Date.parse(one) === Date.parse(other));
}
