// A PT system as its ways in: what a connection is set up for is asked of each, and answered as one.
import type { ConnectionTest, ConnectorContext, Failure, Outcome, Read } from '../connector.ts';
import type { RecordSource, RecordsFetched, RecordsRequest } from './source.ts';

/** A way in under the name by which its place is remembered; `isSet` says whether a connection's settings use it. */
export interface WayIn {
  readonly name: string;
  readonly source: RecordSource;
  isSet(config: ConnectorContext['config']): boolean;
}

const requestTimeoutSeconds = 300;

/** The place of each way in, in one text. */
function placesIn(cursor: string | null): Readonly<Record<string, string | null>> {
  if (cursor === null) return {};
  const places: unknown = JSON.parse(cursor);
  if (typeof places !== 'object' || places === null) return {};
  return Object.fromEntries(
    Object.entries(places).map(([name, place]): [string, string | null] => [
      name,
      typeof place === 'string' ? place : null,
    ]),
  );
}

const nothing: Failure = {
  kind: 'rejected',
  code: 'input.invalid',
  reasons: [{ code: 'no-way-in', field: 'config' }],
};

/**
 * Asks every way in that is set up, one after the other. One that fails makes the whole ask fail: what the others told is told
 * again, and each piece is taken once.
 */
async function fetchAll(
  ways: readonly WayIn[],
  context: ConnectorContext,
  request: RecordsRequest,
): Promise<Outcome<RecordsFetched>> {
  const used = ways.filter((way) => way.isSet(context.config));
  if (used.length === 0) return nothing;
  const before = placesIn(request.cursor);
  const places: Record<string, string | null> = { ...before };
  const all: RecordsFetched[] = [];
  for (const { name, source } of used) {
    const outcome = await source.fetch(context, { ...request, cursor: before[name] ?? null });
    if (outcome.kind !== 'done') return outcome;
    places[name] = outcome.result.cursor;
    all.push(outcome.result);
  }
  const sum = (count: (one: RecordsFetched) => number): number => all.reduce((total, one) => total + count(one), 0);
  return {
    kind: 'done',
    result: {
      deliveries: all.flatMap(({ deliveries }) => deliveries),
      gone: all.flatMap(({ gone }) => gone),
      cursor: Object.values(places).every((place) => place === null) ? null : JSON.stringify(places),
      more: all.some(({ more }) => more),
      waiting: sum(({ waiting }) => waiting),
      skipped: sum(({ skipped }) => skipped),
      unrecognised: sum(({ unrecognised }) => unrecognised),
      files: all.flatMap(({ files = [] }, place) => files.map((file) => `${used[place]?.name ?? ''}/${file}`)),
    },
  };
}

/** Moves the files of an answer out of the way, each in the place it came from. */
export async function putAsideIn(
  ways: readonly WayIn[],
  context: ConnectorContext,
  files: readonly string[],
): Promise<number> {
  let moved = 0;
  for (const { name, source } of ways) {
    const own = files.filter((file) => file.startsWith(`${name}/`)).map((file) => file.slice(name.length + 1));
    if (own.length > 0) moved += (await source.putAside?.(context, own)) ?? 0;
  }
  return moved;
}

async function testAll(ways: readonly WayIn[], context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const used = ways.filter((way) => way.isSet(context.config));
  if (used.length === 0) return nothing;
  const facts: ConnectionTest['facts'][number][] = [];
  for (const { source } of used) {
    const outcome = await source.test(context);
    if (outcome.kind !== 'done') return outcome;
    facts.push(...outcome.result.facts);
  }
  return { kind: 'done', result: { facts } };
}

/** The fetching of records and the test of a system, over the ways in it has. */
export function fetching(system: string, ways: readonly WayIn[]): Read<RecordsRequest, RecordsFetched> {
  return {
    name: `${system}.records.fetch`,
    system,
    effect: false,
    requestTimeoutSeconds,
    run: (context, request) => fetchAll(ways, context, request),
  };
}

export function testing(system: string, ways: readonly WayIn[]): Read<Record<string, never>, ConnectionTest> {
  return {
    name: `${system}.connection.test`,
    system,
    effect: false,
    requestTimeoutSeconds,
    run: (context) => testAll(ways, context),
  };
}
