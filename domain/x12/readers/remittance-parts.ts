// The segments that stand at several levels of an 835: references, dates, amounts, quantities and contacts.
import type {
  RemittanceAmount,
  RemittanceContact,
  RemittanceDate,
  RemittanceId,
  RemittanceQuantity,
  RemittanceReference,
} from '../../claim/remittance.ts';
import type { KeptSegment } from '../transaction-set.ts';
import type { Reading } from './reading.ts';

type Segments = readonly KeptSegment[];

function withId(segments: Segments, id: string): Segments {
  return segments.filter((segment) => segment.id === id);
}

/** A qualifier and, in the element after it, a value; null where neither is there. */
export function idOf(reading: Reading, segment: KeptSegment, element: number): RemittanceId | null {
  const id = { qualifier: reading.text(segment, element), value: reading.text(segment, element + 1) };
  return id.qualifier === null && id.value === null ? null : id;
}

export function referencesOf(reading: Reading, segments: Segments): RemittanceReference[] {
  return withId(segments, 'REF').map((segment) => ({
    qualifier: reading.text(segment, 1),
    value: reading.text(segment, 2),
    source: segment.source,
  }));
}

export function datesOf(reading: Reading, segments: Segments): RemittanceDate[] {
  return withId(segments, 'DTM').map((segment) => ({
    qualifier: reading.text(segment, 1),
    date: reading.date(segment, 2),
    source: segment.source,
  }));
}

export function amountsOf(reading: Reading, segments: Segments): RemittanceAmount[] {
  return withId(segments, 'AMT').map((segment) => ({
    qualifier: reading.text(segment, 1),
    cents: reading.cents(segment, 2),
  }));
}

export function quantitiesOf(reading: Reading, segments: Segments): RemittanceQuantity[] {
  return withId(segments, 'QTY').map((segment) => ({
    qualifier: reading.text(segment, 1),
    quantity: reading.number(segment, 2),
  }));
}

export function contactsOf(reading: Reading, segments: Segments): RemittanceContact[] {
  return withId(segments, 'PER').map((segment) => ({
    role: reading.text(segment, 1),
    name: reading.text(segment, 2),
    numbers: [3, 5, 7].map((element) => idOf(reading, segment, element)).filter((number) => number !== null),
  }));
}
