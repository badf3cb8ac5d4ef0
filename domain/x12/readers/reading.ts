// What a reader has taken from a transaction set and, so that nothing is dropped silently, everything it has not.
import type { Fault } from '../findings.ts';
import { Hierarchy } from '../hierarchy.ts';
import type { Grammar, Loop, Tree } from '../loops.ts';
import { centsOf } from '../money.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import { dateOf } from '../transaction-set.ts';
import { treeOf } from '../tree.ts';

/** A segment of which no field was read, or not all elements. It is PHI. */
export interface OtherSegment {
  readonly id: string;
  /** The loop it stood in; null outside any loop and where the grammar has no place for it. */
  readonly loop: string | null;
  readonly elements: readonly string[];
  /** Numbers of the elements that are in no field. */
  readonly unread: readonly number[];
  readonly source: string;
}

/** A day, or a period where `to` is no null. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

/** Elements that only tell how the file is built; the tree holds what they say. */
const structure: Readonly<Record<string, readonly number[]>> = { ST: [1, 2, 3], SE: [1, 2], HL: [1, 2, 3, 4] };

/** Hands out elements and remembers which. An element that cannot be read as what it should be is a fault and stays unread. */
export class Reading {
  readonly tree: Tree;
  readonly #faults: Fault[];
  readonly #read = new Map<KeptSegment, Set<number>>();
  readonly #unreadables = new Set<string>();
  readonly #told = new Set<KeptSegment>();

  constructor(set: TransactionSet, grammar: Grammar) {
    this.tree = treeOf(set, grammar);
    this.#faults = [...this.tree.faults, ...levelFaults(set)];
  }

  /** In the order of the file. */
  get faults(): readonly Fault[] {
    return this.#faults.toSorted((a, b) => a.place.offset - b.place.offset);
  }

  fault(code: Fault['code'], message: string, segment: KeptSegment): void {
    this.#faults.push({ code, message, place: segment.place });
  }

  /** An element; null where it is empty. */
  text(segment: KeptSegment | undefined, element: number): string | null {
    const text = segment?.element(element) ?? '';
    if (segment === undefined || text === '') return null;
    this.#mark(segment, element);
    return text;
  }

  /** Every repetition of an element that is not empty. */
  texts(segment: KeptSegment, element: number): string[] {
    this.#mark(segment, element);
    return segment.repetitions(element).filter((one) => one !== '');
  }

  /** The components of an element, as many as the reader has fields for; empty texts where there are fewer. Unread where there are more. */
  components(segment: KeptSegment | undefined, element: number, fields: number): string[] {
    const parts = segment?.components(element) ?? [];
    const isWhole = parts.slice(fields).every((part) => part === '') && segment?.repetitions(element).length === 1;
    if (segment !== undefined && isWhole) this.#mark(segment, element);
    return Array.from({ length: fields }, (_, index) => parts[index] ?? '');
  }

  /** Says that elements are known without being in a field, as a qualifier that chose the field. */
  know(segment: KeptSegment, ...elements: readonly number[]): void {
    for (const element of elements) this.#mark(segment, element);
  }

  date(segment: KeptSegment | undefined, element: number): string | null {
    return this.#as(segment, element, dateOf, 'date');
  }

  cents(segment: KeptSegment | undefined, element: number): number | null {
    return this.#as(segment, element, centsOf, 'amount');
  }

  number(segment: KeptSegment | undefined, element: number): number | null {
    return this.#as(segment, element, numberOf, 'number');
  }

  /** The period in two elements: its format (D8 a day, RD8 two, DT a day with its time) and its text. */
  period(segment: KeptSegment, format: number, element: number): Period {
    const text = segment.element(element);
    const day = segment.element(format) === 'DT' ? text.slice(0, 8) : text;
    const [from = '', to, ...more] = day.split('-');
    const period = { from: dateOf(from), to: to === undefined ? null : dateOf(to) };
    const isPeriod = period.from !== null && more.length === 0 && (to === undefined || period.to !== null);
    if (isPeriod && day === text) this.know(segment, element);
    if (isPeriod) this.know(segment, ...formats(segment, format));
    else if (text !== '') this.#unreadable(segment, element, 'date or period');
    return isPeriod ? period : { from: null, to: null };
  }

  /** What is not in a field of these loops, their own loops not included; told once. */
  others(...loops: readonly Loop[]): OtherSegment[] {
    return loops.flatMap((loop) => this.#unread(loop.segments, loop.id));
  }

  /** What is in no field and was not told yet, anywhere in the transaction set. */
  rest(): OtherSegment[] {
    const { head, tail, strays, loops } = this.tree;
    const inside = (loop: Loop): OtherSegment[] => [...this.others(loop), ...loop.loops.flatMap(inside)];
    return [...this.#unread([...head, ...tail, ...strays], null), ...loops.flatMap(inside)];
  }

  #unread(segments: readonly KeptSegment[], loop: string | null): OtherSegment[] {
    const others: OtherSegment[] = [];
    for (const segment of segments) {
      if (this.#told.has(segment)) continue;
      const { id, source } = segment;
      const read = this.#read.get(segment);
      const elements = Array.from({ length: segment.elements }, (_, index) => segment.element(index + 1));
      const known = structure[id] ?? [];
      const isUnread = (element: number) => !known.includes(element) && read?.has(element) !== true;
      const unread = elements.flatMap((text, index) => (text !== '' && isUnread(index + 1) ? [index + 1] : []));
      const isKnown = read !== undefined || structure[id] !== undefined;
      if (unread.length === 0 && isKnown) continue;
      this.#told.add(segment);
      others.push({ id, loop, elements, unread, source });
    }
    return others;
  }

  #as<Value>(
    segment: KeptSegment | undefined,
    element: number,
    read: (text: string) => Value | null,
    what: string,
  ): Value | null {
    const text = segment?.element(element) ?? '';
    if (segment === undefined || text === '') return null;
    const value = read(text);
    if (value === null) this.#unreadable(segment, element, what);
    else this.#mark(segment, element);
    return value;
  }

  /** Told once, however often the element is asked for. */
  #unreadable(segment: KeptSegment, element: number, what: string): void {
    const key = `${segment.place.segment}:${element}`;
    if (this.#unreadables.has(key)) return;
    this.#unreadables.add(key);
    const name = `${segment.id}${String(element).padStart(2, '0')}`;
    this.fault('element.invalid', `${name} is no ${what}.`, segment);
  }

  #mark(segment: KeptSegment, element: number): void {
    const read = this.#read.get(segment);
    if (read === undefined) this.#read.set(segment, new Set([element]));
    else read.add(element);
  }
}

function levelFaults(set: TransactionSet): Fault[] {
  const hierarchy = new Hierarchy();
  const levels = set.segments.filter((segment) => segment.id === 'HL' && segment.element(1) !== '');
  const repeated = levels.map((level) => hierarchy.add(level.element(1), level.element(2), level.place));
  return [...repeated.filter((fault) => fault !== null), ...hierarchy.faults()];
}

/** The element, where it names a format of dates. */
export function formats(segment: KeptSegment, element: number): number[] {
  return ['D8', 'RD8', 'DT'].includes(segment.element(element)) ? [element] : [];
}

/** Data type R, or N0. */
function numberOf(text: string): number | null {
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null;
}
