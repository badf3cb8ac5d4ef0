// The header of a message: who sends what to whom, and whether it is for us at all.
import type { ProblemReason } from '../csv/problems.ts';
import type { RecordKind } from '../pt-records/rows.ts';
import { fieldOf, segmentNamed } from './message.ts';
import type { Message } from './message.ts';
import { part } from './segment-reader.ts';
import type { Hl7Settings } from './settings.ts';

export interface Header {
  readonly type: string | null;
  readonly event: string | null;
  readonly controlId: string | null;
  readonly processing: string | null;
  readonly version: string | null;
  /** As it stands, `YYYYMMDD…`. */
  readonly at: string | null;
  readonly application: string | null;
  readonly facility: string | null;
  /** When an acknowledgment is wanted (MSH-15, MSH-16): AL, NE, ER, SU; null for both is the original mode. */
  readonly acceptWanted: string | null;
  readonly answerWanted: string | null;
}

export function headerOf(message: Message): Header {
  const msh = message.segments[0];
  const evn = segmentNamed(message, 'EVN');
  const text = (field: number, component = 1): string | null =>
    msh === undefined ? null : part(fieldOf(message, msh, field)[0], component);
  const upper = (value: string | null): string | null => value?.toUpperCase() ?? null;
  return {
    type: upper(text(9)),
    event: upper(text(9, 2) ?? (evn === null ? null : part(fieldOf(message, evn, 1)[0]))),
    controlId: text(10),
    processing: upper(text(11)),
    version: text(12),
    at: text(7),
    application: text(3),
    facility: text(4),
    acceptWanted: upper(text(15)),
    answerWanted: upper(text(16)),
  };
}

/** What is read of each event: rows of which kind. */
export const eventKinds: Readonly<Record<string, Readonly<Record<string, RecordKind>>>> = {
  ADT: {
    A01: 'patients',
    A04: 'patients',
    A05: 'patients',
    A08: 'patients',
    A18: 'patients',
    A23: 'patients',
    A28: 'patients',
    A29: 'patients',
    A31: 'patients',
    A34: 'patients',
    A40: 'patients',
  },
  SIU: {
    S12: 'appointments',
    S13: 'appointments',
    S14: 'appointments',
    S15: 'appointments',
    S17: 'appointments',
    S26: 'appointments',
  },
  DFT: { P03: 'charges' },
  MDM: { T02: 'notes', T04: 'notes', T11: 'notes' },
  ORU: { R01: 'outcomes' },
};

export function kindOfEvent({ type, event }: Header): RecordKind | null {
  const events = type !== null && Object.hasOwn(eventKinds, type) ? eventKinds[type] : undefined;
  return events !== undefined && event !== null && Object.hasOwn(events, event) ? (events[event] ?? null) : null;
}

/** Why a message is not for us, and the field that says so; null where it is. */
export interface Refusal {
  readonly field: number;
  readonly reason: ProblemReason;
}

function isAmong(expected: readonly string[], found: string | null): boolean {
  return expected.length === 0 || expected.some((one) => one.toUpperCase() === found?.toUpperCase());
}

/** An event nobody reads, another sender than expected, a trial message, or a version that is none of HL7 v2. */
export function refusalOf(header: Header, settings: Hl7Settings): Refusal | null {
  const { processing, version, application, facility } = header;
  if (version !== null && !/^2\.[1-9](\.\d)?$/.test(version)) return { field: 12, reason: 'unknown version' };
  if (!isAmong(settings.sendingApplications, application)) return { field: 3, reason: 'other sender' };
  if (!isAmong(settings.sendingFacilities, facility)) return { field: 4, reason: 'other sender' };
  if (processing !== null && !isAmong(settings.processing, processing))
    return { field: 11, reason: 'not for production' };
  return kindOfEvent(header) === null ? { field: 9, reason: 'unknown event' } : null;
}
