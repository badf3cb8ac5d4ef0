// Records that a vendor hands out in pages: read to the end over several calls, each page known by what it holds.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Failure, Outcome } from '../connector.ts';
import { doubtful } from '../faults.ts';
import { at, isObject, textAt } from '../json.ts';
import type { Gone, RecordKind, RowsOf } from '../pt-records/rows.ts';
import type { Delivery, RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { isFailure, read } from './answer.ts';

/** One page as it came. `next` asks for the one behind it, null at the end; `asOf` is the vendor's clock, ISO UTC. */
export interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly asOf: string;
}

type Told = { readonly [Kind in RecordKind]: RowsOf<Kind> }[RecordKind];

/** One kind of record, and how its pages are asked for and read. */
export interface Collection {
  readonly kind: RecordKind;
  /**
   * What makes a page a telling of its own beside its content. `changes`: only what changed is asked for, and a record that changed there
   * and back looks as it did: a page counts once per question. `stamps`: each record says when it changed. `round`: neither, so each
   * round is told anew.
   */
  readonly told: 'changes' | 'stamps' | 'round';
  page(ask: { readonly since: string | null; readonly next: string | null }): Promise<Page | Failure>;
  read(
    items: readonly unknown[],
    first: boolean,
  ): Promise<{ readonly told: Told; readonly gone: readonly Gone[] } | Failure>;
}

interface Round {
  readonly kind: RecordKind;
  readonly next: string | null;
  readonly startedAt: string | null;
}

/** Where the next answer begins: since when each kind is known, and a round that is under way. */
interface Place {
  readonly since: Readonly<Record<string, string>>;
  readonly round: Round | null;
}

/** Asked again from a little before the last look, as vendors write a change down some time after it happened. */
const overlapMilliseconds = 120_000;
const usualLimit = 2000;

function isIsoInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** The place a cursor names; from the start where it is none of ours, since whatever is told twice is stored once. */
function placeOf(cursor: string | null, kinds: readonly RecordKind[]): Place {
  const nowhere: Place = { since: {}, round: null };
  if (cursor === null) return nowhere;
  let told: unknown;
  try {
    told = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return nowhere;
  }
  const since = at(told, 'since');
  if (!isObject(since)) return nowhere;
  const round = at(told, 'round');
  const kind = kinds.find((one) => one === textAt(round, 'kind'));
  const startedAt = at(round, 'startedAt');
  return {
    since: Object.fromEntries(
      Object.entries(since).flatMap(([name, value]) => (isIsoInstant(value) ? [[name, value]] : [])),
    ),
    round:
      kind === undefined
        ? null
        : { kind, next: textAt(round, 'next'), startedAt: isIsoInstant(startedAt) ? startedAt : null },
  };
}

function cursorOf(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function idOf({ kind, told }: Collection, page: Page, since: string | null, startedAt: string): string {
  const telling = { changes: since, stamps: null, round: startedAt }[told];
  return sha256(canonicalJson({ kind, telling, items: page.items }));
}

/**
 * Reads the pages of the asked kinds, one after the other, until about `limit` rows are told; the cursor says where the next answer goes on.
 * A failure after the first page is left to the next answer, so that what was read is stored.
 */
export async function fetchPages(
  collections: readonly Collection[],
  request: RecordsRequest,
): Promise<Outcome<RecordsFetched>> {
  const asked = collections.filter(({ kind }) => request.kinds?.includes(kind) ?? true);
  const kinds = asked.map(({ kind }) => kind);
  const skip = new Set(request.skip);
  const deliveries: Delivery[] = [];
  const gone: Gone[] = [];
  let { since, round } = placeOf(request.cursor, kinds);
  let rows = 0;
  let skipped = 0;
  const answer = (more: boolean): Outcome<RecordsFetched> => ({
    kind: 'done',
    result: {
      deliveries,
      gone,
      cursor: cursorOf({ since, round }),
      more,
      waiting: 0,
      skipped,
      unrecognised: 0,
    },
  });
  const begun = (): boolean => deliveries.length > 0 || skipped > 0 || gone.length > 0;
  for (const collection of asked.slice(Math.max(0, kinds.indexOf(round?.kind ?? kinds[0] ?? 'patients')))) {
    const { kind } = collection;
    if (round?.kind !== kind) round = { kind, next: null, startedAt: null };
    let last: string | null = null;
    for (;;) {
      if (rows >= (request.limit ?? usualLimit)) return answer(true);
      const known = since[kind] ?? null;
      const page = await collection.page({ since: known, next: round.next });
      if (isFailure(page)) {
        // A vendor's own cursor may have lapsed since the last answer: the round begins again, once.
        const lapsed: boolean = page.kind === 'rejected' && round.next !== null && !begun();
        if (!lapsed) return begun() ? answer(true) : page;
        round = { kind, next: null, startedAt: null };
        continue;
      }
      const startedAt: string = round.startedAt ?? page.asOf;
      const id = idOf(collection, page, known, startedAt);
      // A vendor that does not understand the question for the next page gives the same one for ever.
      if (page.next !== null && (page.next === round.next || id === last)) return doubtful(read, 'vendor.malformed');
      last = id;
      if (skip.has(id)) skipped += 1;
      else if (page.items.length > 0) {
        const found = await collection.read(page.items, known === null);
        if (isFailure(found)) return begun() ? answer(true) : found;
        gone.push(...found.gone);
        deliveries.push({ id, asOf: page.asOf, ...found.told });
        skip.add(id);
        rows += page.items.length;
      }
      round = { kind, next: page.next, startedAt };
      if (page.next === null) break;
    }
    const from = new Date(Date.parse(round.startedAt ?? '') - overlapMilliseconds);
    since = { ...since, [kind]: from.toISOString() };
    round = null;
  }
  return answer(false);
}
