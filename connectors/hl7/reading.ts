// What the readers of the several messages share: the segments of one message, the settings, and where their rows go.
import type { Problem } from '../csv/problems.ts';
import type { RecordKind } from '../pt-records/rows.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ZoneClock } from '../zone-clock.ts';
import type { Collected } from './collected.ts';
import type { Message } from './message.ts';
import { SegmentReader } from './segment-reader.ts';
import type { Hl7Settings } from './settings.ts';

/** One message being read. `line` is that of the file before its first. */
export class Reading {
  readonly settings: Hl7Settings;
  readonly clinic: ClinicWords;
  readonly into: Collected;
  /** The sender's clocks; undefined where nobody told their zone. */
  readonly clock: ZoneClock | undefined;
  readonly event: string;
  readonly segments: readonly SegmentReader[];
  readonly #problems: Problem[];
  readonly #line: number;

  constructor(more: {
    readonly message: Message;
    readonly event: string;
    readonly kind: RecordKind;
    readonly line: number;
    readonly settings: Hl7Settings;
    readonly clinic: ClinicWords;
    readonly clock: ZoneClock | undefined;
    readonly into: Collected;
  }) {
    this.settings = more.settings;
    this.clinic = more.clinic;
    this.clock = more.clock;
    this.into = more.into;
    this.event = more.event;
    this.#line = more.line;
    this.#problems = more.into.problemsOf(more.kind);
    const place = { line: more.line, problems: this.#problems };
    this.segments = more.message.segments.map((segment) => new SegmentReader(more.message, segment, place));
  }

  all(name: string): readonly SegmentReader[] {
    return this.segments.filter((segment) => segment.name === name);
  }

  first(name: string): SegmentReader | null {
    return this.segments.find((segment) => segment.name === name) ?? null;
  }

  /** A segment without which the message says nothing: told where it is not there. */
  needed(name: string): SegmentReader | null {
    return this.first(name) ?? this.missing(name);
  }

  missing(name: string): null {
    this.#problems.push({ row: this.#line + 1, column: name, reason: 'segment missing', rejected: true });
    return null;
  }
}
