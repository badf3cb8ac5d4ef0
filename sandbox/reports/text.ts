// Comma-separated text as spreadsheet programs write it, and its bytes in the encoding a system exports in.
import type { TextEncoding } from './dialect.ts';

/** Quoted where it holds a comma, a quote or a line break. */
function quoted(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line for each row, CRLF at the end of each. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** The bytes of `text`; Windows-1252 is written for the characters it shares with Latin-1. Throws for any other. */
export function encode(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  const strange = [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff || (code >= 0x80 && code < 0xa0);
  });
  if (strange) throw new Error('The text holds a character this export cannot write.');
  return Buffer.from(text, 'latin1');
}
