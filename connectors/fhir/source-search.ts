// What changed since the last look, type after type, by searches sorted by change time.
import type { Failure } from '../connector.ts';
import type { FhirClient } from './client.ts';
import type { Cursor } from './cursor.ts';
import { search } from './search.ts';
import type { Entry } from './search.ts';
import type { ReadableType } from './settings.ts';
import type { Telling } from './telling.ts';

/** Where the looking ended: a new cursor, and whether others wait. */
export interface Looked {
  readonly cursor: Cursor;
  readonly more: boolean;
  /** Pieces still being written. */
  readonly waiting?: number;
}

/** What narrows the search of a type, beside its change time. */
const narrowed: Readonly<Partial<Record<ReadableType, Readonly<Record<string, string>>>>> = {
  ClaimResponse: { use: 'preauthorization' },
  Claim: { use: 'claim' },
};
/** The search parameter of the day a resource is about; patients and coverages have none. */
const dayOf: Readonly<Partial<Record<ReadableType, string>>> = {
  ClaimResponse: 'created',
  Appointment: 'date',
  DocumentReference: 'date',
  Encounter: 'date',
  ChargeItem: 'occurrence',
  Claim: 'created',
  Observation: 'date',
};

function changedAt({ resource }: Entry): number | null {
  const at = Date.parse(resource.child('meta')?.string('lastUpdated') ?? '');
  return Number.isNaN(at) ? null : at;
}

/** The change times of the pages so far. While they only grow, the rest of the search is later than all of them. */
class Order {
  sorted = true;
  newest: number | null = null;

  see(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (!entry.isMatch) continue;
      const at = changedAt(entry);
      if (at === null || (this.newest !== null && at < this.newest)) this.sorted = false;
      if (at !== null) this.newest = Math.max(this.newest ?? at, at);
    }
  }
}

function queryOf(client: FhirClient, type: ReadableType, since: string | undefined, overlap: number) {
  const { settings } = client;
  const day = dayOf[type];
  const from = since === undefined ? null : new Date(Date.parse(since) - overlap * 1000).toISOString();
  return {
    ...narrowed[type],
    ...(day === undefined || settings.since === '' ? {} : { [day]: `ge${settings.since}` }),
    ...(from === null ? {} : { _lastUpdated: `ge${from}` }),
    _sort: '_lastUpdated',
  };
}

interface Ended {
  /** The change time to go on from; undefined: as before. */
  readonly since: string | undefined;
  readonly whole: boolean;
  readonly failure: Failure | null;
}

/** What passes by itself leaves what was won; a refusal is told, with the type where it names no element. */
function broken(
  failure: Failure | null,
  type: ReadableType,
  since: string | undefined,
  won: string | undefined,
): Ended {
  if (failure?.kind !== 'rejected') return { since: won, whole: false, failure };
  const reasons = failure.reasons.map((reason) => ({ field: type, ...reason }));
  return { since, whole: false, failure: { ...failure, reasons } };
}

/**
 * Reads one type to its end, or until the answer is full. It stops before the end only where the pages come sorted and the last one went
 * beyond the point of the last look: so every answer gets further, however many resources share a change time.
 */
async function readType(
  client: FhirClient,
  telling: Telling,
  type: ReadableType,
  cursor: Cursor,
  limit: number,
): Promise<Ended> {
  const since = cursor.since[type];
  const goesOn = cursor.at === type;
  const passed = since === undefined ? -Infinity : Date.parse(since);
  const order = new Order();
  let asOf: string | null = null;
  const reached = (): string | undefined =>
    order.sorted && order.newest !== null && order.newest > passed ? new Date(order.newest).toISOString() : since;
  for await (const page of search(
    client,
    type,
    queryOf(client, type, since, goesOn ? 0 : client.settings.overlapSeconds),
  )) {
    const before = reached();
    const failure = 'kind' in page ? page : await telling.take({ type, ...page });
    if ('kind' in page || failure !== null) return broken(failure, type, since, before);
    asOf ??= page.asOf;
    order.see(page.entries);
    const now = reached();
    if (telling.rows >= limit && now !== since) return { since: now, whole: false, failure: null };
  }
  // A change time ahead of the endpoint's own clock would hide what changes until then.
  const began = asOf === null ? client.context.now().getTime() : Date.parse(asOf);
  const end = Math.min(order.newest ?? (since === undefined ? began : passed), began);
  return {
    since: new Date(Math.max(end, since === undefined ? end : Math.min(passed, began))).toISOString(),
    whole: true,
    failure: null,
  };
}

function isSame(one: Cursor, other: Cursor): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What changed in `types` since `begun`; a failure only where nothing was won that the next look could build on. */
export async function lookBySearch(
  client: FhirClient,
  telling: Telling,
  types: readonly ReadableType[],
  begun: Cursor,
  limit: number,
): Promise<Looked | Failure> {
  const { at, ...rest } = begun;
  let cursor: Cursor = rest;
  const first = at === undefined ? 0 : Math.max(0, types.indexOf(at));
  for (const type of types.slice(first)) {
    const ended = await readType(client, telling, type, { ...cursor, ...(type === at ? { at } : {}) }, limit);
    cursor = { ...cursor, since: { ...cursor.since, ...(ended.since === undefined ? {} : { [type]: ended.since }) } };
    const halted: Cursor = { ...cursor, at: type };
    if (ended.failure !== null)
      return isSame(halted, begun) || isSame(cursor, begun) ? ended.failure : { cursor: halted, more: true };
    if (!ended.whole) return { cursor: halted, more: true };
    const next = types[types.indexOf(type) + 1];
    if (next !== undefined && telling.rows >= limit) return { cursor: { ...cursor, at: next }, more: true };
  }
  return { cursor, more: false };
}
