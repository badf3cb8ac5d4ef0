// Ids as each system makes them, always the same for the same record: what one system calls it says nothing in another.
import { createHash } from 'node:crypto';

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A UUID of version 7's form. */
export function uuidOf(text: string): string {
  const hex = hash(text);
  return `01${hex.slice(2, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** 24 hexadecimal digits, as a document database makes them. */
export function objectIdOf(text: string): string {
  return hash(text).slice(0, 24);
}

/** A whole number below `size` that belongs to the text. */
export function pickOf(text: string, size: number): number {
  return Number.parseInt(hash(text).slice(0, 8), 16) % size;
}

/** What friends call somebody, where this clinic has such a name. */
export const nicknames: Readonly<Record<string, string>> = {
  Adela: 'Addie',
  Bastian: 'Baz',
  Cressida: 'Cress',
  Elspeth: 'Elsie',
  Renata: 'Ren',
  Tamsin: 'Tam',
  Wendell: 'Del',
  Zebulon: 'Zeb',
};
