// Whose record a message speaks of: one of the identifiers in PID-3, chosen by the clinic's setting and never by chance.
import type { Field } from './message.ts';
import { part } from './segment-reader.ts';
import type { SegmentReader } from './segment-reader.ts';
import type { Hl7Settings } from './settings.ts';

interface Identifier {
  readonly id: string;
  readonly authority: string | null;
  readonly type: string | null;
}

const same = (left: string | null, right: string): boolean => left?.toUpperCase() === right.toUpperCase();

function identifiers(field: Field): Identifier[] {
  return field.flatMap((repetition) => {
    const id = part(repetition);
    return id === null ? [] : [{ id, authority: part(repetition, 4), type: part(repetition, 5) }];
  });
}

function only(found: readonly Identifier[]): string | null {
  return new Set(found.map(({ id }) => id)).size === 1 ? (found[0]?.id ?? null) : null;
}

/**
 * The record number among the identifiers of a field. With a setting: the one of that authority and type. Without: the only one,
 * else the only medical record number (MR), else the only one internal to the system (PI). Null where that leaves a choice.
 */
export function recordNumberIn(field: Field, wanted: Hl7Settings['identifier']): string | null {
  const all = identifiers(field);
  const { authority, type } = wanted;
  if (authority === undefined && type === undefined) {
    const typed = (code: string): string | null => only(all.filter((one) => same(one.type, code)));
    return only(all) ?? typed('MR') ?? typed('PI');
  }
  return only(
    all.filter(
      (one) =>
        (authority === undefined || same(one.authority, authority)) && (type === undefined || same(one.type, type)),
    ),
  );
}

/** The record number of the patient in PID-3 (or MRG-1); a segment without one is not usable. */
export function neededRecordNumber(reader: SegmentReader, field: number, settings: Hl7Settings): string {
  const found = reader.repetitions(field);
  const number = recordNumberIn(found, settings.identifier);
  if (number !== null) return number;
  const isEmpty = found.every((repetition) => part(repetition) === null);
  reader.fail(field, isEmpty ? 'empty' : 'not in the form expected', true);
  return '';
}
