// Values as X12 writes them. Null is an empty element.
import { GaitError } from '../../errors.ts';
import type { WrittenSegment } from '../writer.ts';

export function text(value: string | null): string {
  return value ?? '';
}

/** `2026-03-02` as `20260302` (D8). */
export function day(date: string | null): string {
  return (date ?? '').replaceAll('-', '');
}

/** A DTP: a day (D8), or a period (RD8) where `to` is known. */
export function dated(qualifier: string, from: string, to: string | null): WrittenSegment {
  return to === null ? ['DTP', qualifier, 'D8', day(from)] : ['DTP', qualifier, 'RD8', `${day(from)}-${day(to)}`];
}

/** A count (data type R) without an exponent, which X12 does not know. @throws GaitError `input.invalid` */
export function decimal(value: number | null): string {
  if (value === null) return '';
  const written = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(written))
    throw new GaitError('input.invalid', 'A number is too large or too small to be written.', {
      fix: 'Correct the units or the quantity.',
    });
  return written;
}

/** `F`, `M` or `U`, the only ones the guides of 005010 know. */
export function genderCode(gender: string): string {
  if (gender === 'female') return 'F';
  return gender === 'male' ? 'M' : 'U';
}

/** A diagnosis without the point, which the guides leave out. */
export function diagnosisCode(code: string): string {
  return code.replaceAll('.', '');
}

/**
 * Free text that a person wrote. X12 has no way to write one of its separators within data, and every note has a colon:
 * each is written as a sign that reads alike, a line break as a blank.
 */
export function freeText(note: string): string {
  return note
    .replace(/:/g, ';')
    .replace(/\*/g, 'x')
    .replace(/[\^~]/g, '-')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/** `parts` in lists of at most `size`. */
export function chunks<Part>(parts: readonly Part[], size: number): Part[][] {
  return Array.from({ length: Math.ceil(parts.length / size) }, (_, index) =>
    parts.slice(index * size, (index + 1) * size),
  );
}
