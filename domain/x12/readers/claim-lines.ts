// The service lines of an 837P (loops 2400 to 2440), and the parts that lines and claims share.
import type {
  Adjudication,
  Adjustment,
  ClaimDate,
  ClaimLine,
  ClaimNote,
  ClaimProcedure,
} from '../../claim/line-schema.ts';
import type { ClaimIdentifier, ClaimProvider } from '../../claim/party-schema.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment } from '../transaction-set.ts';
import { loopOf, loopsOf, segmentOf, segmentsOf } from '../tree.ts';
import { identifierOf, providerOf } from './claim-parties.ts';
import type { Reading } from './reading.ts';

/** @param position of the line in its claim, from 1: its number where LX01 is none */
export function lineOf(reading: Reading, loop: Loop, position: number): ClaimLine {
  const service = segmentOf(loop, 'SV1');
  const references = new References(reading, loop);
  const dates = datesOf(reading, loop);
  const performed = dates.find(({ qualifier }) => qualifier === '472');
  return {
    number: numberOf(reading, loop, position),
    procedure: procedureOf(reading, service, 1),
    chargeCents: reading.cents(service, 2),
    unit: reading.text(service, 3),
    units: reading.number(service, 4),
    placeOfService: reading.text(service, 5),
    diagnosisPointers: pointersOf(reading, service),
    emergency: yesOrNo(reading, service, 9),
    from: performed?.from ?? null,
    to: performed?.to ?? null,
    dates: dates.filter((date) => date !== performed),
    controlNumber: references.take('6R'),
    priorAuthorizationNumber: references.take('G1'),
    referralNumber: references.take('9F'),
    references: references.rest(),
    notes: notesOf(reading, loop),
    rendering: namedIn(reading, loop, '2420A'),
    supervising: namedIn(reading, loop, '2420D'),
    ordering: namedIn(reading, loop, '2420E'),
    referring: namedIn(reading, loop, '2420F', 'DN'),
    facility: namedIn(reading, loop, '2420C'),
    adjudications: loopsOf(loop, '2430').flatMap((decided) => adjudicationOf(reading, decided)),
  };
}

/** The references of a loop, those with a field of their own taken out one by one. */
export class References {
  readonly #reading: Reading;
  readonly #left: KeptSegment[];

  constructor(reading: Reading, loop: Loop) {
    this.#reading = reading;
    this.#left = [...segmentsOf(loop, 'REF')];
  }

  /** The first of a kind; null where there is none. */
  take(qualifier: string): string | null {
    for (const [index, segment] of this.#left.entries()) {
      if (segment.element(1) !== qualifier) continue;
      const found = identifierOf(this.#reading, segment);
      if (found === null) continue;
      this.#left.splice(index, 1);
      return found.value;
    }
    return null;
  }

  rest(): ClaimIdentifier[] {
    return this.#left.map((segment) => identifierOf(this.#reading, segment)).filter((one) => one !== null);
  }
}

/** The dates of a loop as periods; one that is no date stays unread. */
export function datesOf(reading: Reading, loop: Loop): ClaimDate[] {
  return segmentsOf(loop, 'DTP').flatMap((segment) => dateOf(reading, segment) ?? []);
}

/** The first day of one kind. */
export function dayOf(reading: Reading, loop: Loop, qualifier: string): string | null {
  const segment = segmentOf(loop, 'DTP', [qualifier]);
  if (segment === undefined || segment.element(3).includes('-')) return null;
  return dateOf(reading, segment)?.from ?? null;
}

function dateOf(reading: Reading, segment: KeptSegment): ClaimDate | null {
  const qualifier = segment.element(1);
  const { from, to } = reading.period(segment, 2, 3);
  if (from === null || !/^[0-9A-Z]{3}$/.test(qualifier)) return null;
  reading.know(segment, 1);
  return { qualifier, from, to };
}

export function notesOf(reading: Reading, loop: Loop): ClaimNote[] {
  return segmentsOf(loop, 'NTE').flatMap((segment) => {
    const text = reading.text(segment, 2);
    return text === null ? [] : [{ kind: reading.text(segment, 1), text }];
  });
}

/** CAS: up to six reasons of one group. */
export function adjustmentsOf(reading: Reading, loop: Loop): Adjustment[] {
  return segmentsOf(loop, 'CAS').flatMap((segment) => adjustmentsIn(reading, segment));
}

/** The adjustments of one CAS: up to six of one group. */
export function adjustmentsIn(reading: Reading, segment: KeptSegment): Adjustment[] {
  const group = segment.element(1);
  if (group === '') return [];
  const all = [2, 5, 8, 11, 14, 17].flatMap((element): Adjustment[] => {
    const reason = segment.element(element);
    const amountCents = reading.cents(segment, element + 1);
    if (reason === '' || amountCents === null) return [];
    reading.know(segment, element);
    return [{ group, reason, amountCents, quantity: reading.number(segment, element + 2) }];
  });
  if (all.length > 0) reading.know(segment, 1);
  return all;
}

/** The amounts of a loop (AMT) by their qualifier. */
export function amountOf(reading: Reading, loop: Loop, qualifier: string): number | null {
  const segment = segmentOf(loop, 'AMT', [qualifier]);
  const cents = reading.cents(segment, 2);
  if (segment !== undefined && cents !== null) reading.know(segment, 1);
  return cents;
}

/** Y or N; null, and unread, where it is neither. */
export function yesOrNo(reading: Reading, segment: KeptSegment | undefined, element: number): boolean | null {
  const code = segment?.element(element) ?? '';
  if (segment === undefined || (code !== 'Y' && code !== 'N')) return null;
  reading.know(segment, element);
  return code === 'Y';
}

/** @param role NM101, where one loop names several */
export function namedIn(reading: Reading, parent: Loop, id: string, role?: string): ClaimProvider | null {
  const loop =
    role === undefined ? loopOf(parent, id) : loopsOf(parent, id).find((one) => one.segments[0]?.element(1) === role);
  return loop === undefined ? null : providerOf(reading, loop);
}

/** A whole number; null, and unread, where it is none. */
function countOf(reading: Reading, segment: KeptSegment | undefined, element: number): number | null {
  return /^\d{1,6}$/.test(segment?.element(element) ?? '') ? reading.number(segment, element) : null;
}

function numberOf(reading: Reading, loop: Loop, position: number): number {
  const segment = loop.segments[0];
  const text = segment?.element(1) ?? '';
  const isNumber = /^\d{1,6}$/.test(text) && Number(text) > 0;
  if (segment !== undefined && isNumber) reading.know(segment, 1);
  else if (segment !== undefined) reading.fault('element.invalid', 'LX01 is no line number.', segment);
  return isNumber ? Number(text) : position;
}

/** C003. Null, and unread, where it names no code. */
function procedureOf(reading: Reading, segment: KeptSegment | undefined, element: number): ClaimProcedure | null {
  const [qualifier = '', code = ''] = segment?.components(element) ?? [];
  if (code === '' || !/^[0-9A-Z]{2}$/.test(qualifier)) return null;
  const [, , ...more] = reading.components(segment, element, 7);
  const description = more[4] ?? '';
  return {
    qualifier,
    code,
    modifiers: more.slice(0, 4).filter((modifier) => modifier !== ''),
    description: description === '' ? null : description,
  };
}

function pointersOf(reading: Reading, segment: KeptSegment | undefined): number[] {
  const parts = (segment?.components(7) ?? []).filter((part) => part !== '');
  if (segment === undefined || parts.length === 0) return [];
  if (parts.length > 4 || parts.some((part) => !/^[1-9]\d?$/.test(part))) {
    reading.fault('element.invalid', 'SV107 does not point to diagnoses by their numbers, four at most.', segment);
    return [];
  }
  reading.know(segment, 7);
  return parts.map(Number);
}

function adjudicationOf(reading: Reading, loop: Loop): Adjudication[] {
  const segment = segmentOf(loop, 'SVD');
  const payerId = reading.text(segment, 1);
  if (payerId === null) return [];
  return [
    {
      payerId,
      paidCents: reading.cents(segment, 2),
      procedure: procedureOf(reading, segment, 3),
      units: reading.number(segment, 5),
      bundledIntoLine: countOf(reading, segment, 6),
      adjustments: adjustmentsOf(reading, loop),
      paidOn: dayOf(reading, loop, '573'),
      patientOwesCents: amountOf(reading, loop, 'EAF'),
    },
  ];
}
