// An entry of the record as it is put together: each field with its value, where it was said, and why it may be wrong.
import { spanOf } from './item.ts';
import type { Item } from './item.ts';
import type { Span, Token } from './tokens.ts';

export interface FieldSource extends Span {
  /** JSON pointer into the session: `/interventions/0/sets`. */
  readonly path: string;
}

/** Why a field may be wrong, or was left open though something was said of it. */
export interface Doubt {
  readonly field: string;
  readonly why: string;
  readonly spans: readonly Span[];
}

/** A field's value out of what was said for it. */
export interface Slot<Value> {
  /** null: not said, or not understood for sure. */
  readonly value: Value | null;
  readonly spans: readonly Span[];
  readonly unsure: string | null;
}

export const notSaid: Slot<never> = { value: null, spans: [], unsure: null };

/**
 * The one value of several items; two that differ leave it open, with the reason.
 * @param valueOf null where the item's value is not understood
 */
export function slotOf<Value extends string | number | boolean>(
  tokens: readonly Token[],
  items: readonly Item[],
  valueOf: (item: Item) => Value | null,
): Slot<Value> {
  if (items.length === 0) return notSaid;
  const spans = items.map((item) => spanOf(tokens, item));
  const values = new Set(items.map(valueOf));
  const unsure = items.find((item) => item.unsure !== null)?.unsure ?? null;
  const [value = null] = values;
  if (values.size > 1) return { value: null, spans, unsure: `several were said: ${[...values].join(', ')}` };
  return { value, spans, unsure: value === null ? (unsure ?? 'not understood') : unsure };
}

/** What stands beside the entry itself. */
export interface Marked<Entry> {
  readonly entry: Entry;
  readonly sources: readonly (Span & { readonly field: string })[];
  readonly doubts: readonly Doubt[];
}

/** An entry with the sources and doubts of its slots. */
export function marked<Entry extends object>(
  entry: Entry,
  slots: Readonly<Record<string, Slot<unknown>>>,
): Marked<Entry & { unsure?: { field: string; why: string }[] }> {
  const sources = Object.entries(slots).flatMap(([field, { spans, value }]) =>
    value === null ? [] : spans.map((span) => ({ field, ...span })),
  );
  const doubts = Object.entries(slots).flatMap(([field, { unsure, spans }]) =>
    unsure === null ? [] : [{ field, why: unsure, spans }],
  );
  const known = doubts.length === 0 ? entry : { ...entry, unsure: doubts.map(({ field, why }) => ({ field, why })) };
  return { entry: known, sources, doubts };
}

/** The word of a closed list, as its type; null: not one of them. */
export function wordOf<Word extends string>(list: readonly Word[], text: string): Word | null {
  return list.find((word) => word === text) ?? null;
}
