// The record as it fills: entries by list, each with where it was said and what is doubtful.
import { blankSession } from '../session/blank.ts';
import type { Session } from '../session/schema.ts';
import type { Doubt, FieldSource, Marked, Slot } from './entry.ts';
import type { Span } from './tokens.ts';

/** A doubt by its place in the record. */
export interface PlacedDoubt {
  readonly path: string;
  readonly why: string;
  readonly spans: readonly Span[];
}

export class Recorded {
  readonly session: Session;
  readonly sources: FieldSource[] = [];
  readonly doubts: PlacedDoubt[] = [];

  constructor(is: Pick<Session, 'ref' | 'patient' | 'date' | 'kind'>) {
    this.session = blankSession(is);
  }

  /** Adds an entry to a list of the record. */
  add<Entry>(path: string, list: Entry[], { entry, sources, doubts }: Marked<Entry>): void {
    this.note(`${path}/${list.length}`, sources, doubts);
    list.push(entry);
  }

  note(path: string, sources: Marked<unknown>['sources'], doubts: readonly Doubt[]): void {
    for (const { field, from, to } of sources) this.sources.push({ path: `${path}/${field}`, from, to });
    for (const { field, why, spans } of doubts) this.doubts.push({ path: `${path}/${field}`, why, spans });
  }

  /** Notes a single field and gives its value. */
  field<Value>(path: string, { value, spans, unsure }: Slot<Value>): Value | null {
    if (value !== null) for (const { from, to } of spans) this.sources.push({ path, from, to });
    if (unsure !== null) this.doubts.push({ path, why: unsure, spans });
    return value;
  }

  /** Adds words to a field that may have some already. */
  words(path: string, before: string | null, text: string, span: Span): string {
    this.sources.push({ path, from: span.from, to: span.to });
    return before === null ? text : `${before} ${text}`;
  }
}
