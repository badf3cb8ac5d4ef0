// A transaction set kept whole, ST to SE, for those who read what it says: one at a time, while its file goes by.
import type { FindingCode, Place } from './findings.ts';
import type { SegmentTaker } from './scanner.ts';
import type { Segment } from './segment.ts';

/** What separates repetitions and components in the interchange a segment came from. */
export interface Separators {
  readonly component: string | null;
  readonly repetition: string | null;
}

/** A segment that outlives its scanner. Elements count from 1, as the standard counts them. */
export class KeptSegment {
  readonly id: string;
  readonly place: Place;
  readonly #elements: readonly string[];
  readonly #separators: Separators;

  constructor(id: string, elements: readonly string[], separators: Separators, place: Place) {
    this.id = id;
    this.place = place;
    this.#elements = elements;
    this.#separators = separators;
  }

  get elements(): number {
    return this.#elements.length;
  }

  /** An element without the blanks that pad it; empty where there is none. */
  element(element: number): string {
    return (this.#elements[element - 1] ?? '').trim();
  }

  /** The repetitions of an element; none where it is empty. */
  repetitions(element: number): string[] {
    const text = this.element(element);
    if (text === '') return [];
    const { repetition } = this.#separators;
    return repetition === null ? [text] : text.split(repetition).map((one) => one.trim());
  }

  /** The components of an element or of one of its repetitions; none where it is empty. */
  components(element: number, repetition = 0): string[] {
    const text = this.repetitions(element)[repetition] ?? '';
    if (text === '') return [];
    const { component } = this.#separators;
    return component === null ? [text] : text.split(component).map((one) => one.trim());
  }

  /** One of them, counted from 1: `component(3, 2)` is SVC03-2. Empty where there is none. */
  component(element: number, component: number, repetition = 0): string {
    return this.components(element, repetition)[component - 1] ?? '';
  }

  /** Where it stands, for people: `EB*C segment 23`. Holds the id and one short code, nothing else of the segment. */
  get source(): string {
    const code = this.element(1);
    return /^[A-Z0-9]{1,3}$/.test(code) && code !== ''
      ? `${this.id}*${code} segment ${this.place.segment}`
      : `${this.id} segment ${this.place.segment}`;
  }
}

/** A transaction set with what its envelopes tell of it. */
export interface TransactionSet {
  readonly type: string;
  /** ST03, else GS08. */
  readonly version: string;
  readonly control: string;
  /** GS02 and GS03. */
  readonly sender: string;
  readonly receiver: string;
  /** GS04 as `YYYY-MM-DD`; null where it is no date. */
  readonly date: string | null;
  readonly interchange: string;
  readonly group: string;
  /** ST and SE included; without SE where the file has none. */
  readonly segments: readonly KeptSegment[];
}

/** Gathers transaction sets and hands each over when it ends, its trailer there or not. Holds one at a time. */
export class TransactionSets implements SegmentTaker {
  readonly #each: (set: TransactionSet) => void;
  #count = 0;
  #interchange = '';
  #group = { control: '', version: '', sender: '', receiver: '', date: '' };
  #open: KeptSegment[] | null = null;

  constructor(each: (set: TransactionSet) => void) {
    this.#each = each;
  }

  take(segment: Segment): void {
    const { id } = segment;
    if (id === '' && this.#count === 0) return;
    const place = { segment: this.#count++, offset: segment.offset };
    switch (id) {
      case 'ISA':
        this.#close();
        this.#interchange = segment.element(13).trim();
        return;
      case 'GS':
        this.#close();
        this.#group = {
          control: segment.element(6).trim(),
          version: segment.element(8).trim(),
          sender: segment.element(2).trim(),
          receiver: segment.element(3).trim(),
          date: segment.element(4).trim(),
        };
        return;
      case 'GE':
      case 'IEA':
        this.#close();
        return;
      case 'ST':
        this.#close();
        this.#open = [];
        break;
    }
    this.#open?.push(keep(segment, place));
    if (id === 'SE') this.#close();
  }

  fault(_code: FindingCode, _message: string, _offset: number): void {
    // The envelopes report what stands outside segments.
  }

  /** Hands over what the file ends in. */
  end(): void {
    this.#close();
  }

  #close(): void {
    const segments = this.#open;
    this.#open = null;
    const header = segments?.[0];
    if (segments === null || header === undefined) return;
    const { control, version, sender, receiver, date } = this.#group;
    this.#each({
      type: header.element(1),
      control: header.element(2),
      version: header.element(3) || version,
      sender,
      receiver,
      date: dateOf(date),
      interchange: this.#interchange,
      group: control,
      segments,
    });
  }
}

function keep(segment: Segment, place: Place): KeptSegment {
  const elements: string[] = [];
  for (let element = 1; element <= segment.elements; element++) elements.push(segment.element(element));
  const { component, repetition } = segment.delimiters;
  const character = (byte: number | null) => (byte === null ? null : String.fromCharCode(byte));
  const separators = { component: character(component), repetition: character(repetition) };
  return new KeptSegment(segment.id, elements, separators, place);
}

/** `20260302` or `260302` as `2026-03-02`; null where it is no day of the calendar. */
export function dateOf(text: string): string | null {
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, year = '', month = '', day = ''] = match;
  const date = `${year.length === 2 ? `20${year}` : year}-${month}-${day}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date ? null : date;
}
