// Comma-separated text as it really comes: quotes, line ends, encodings, and text that is none; what a library reads is read alike.
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvLines, encode } from '../../sandbox/reports/text.ts';
import { csvCell, withoutMark } from '../../domain/csv/cell-text.ts';
import { decoded } from './decode.ts';
import { eachRecord, longestRecord } from './records.ts';
import type { Unreadable } from './records.ts';

type Told = readonly string[] | Unreadable;

async function told(text: string | Uint8Array, piece = 65_536): Promise<Told[]> {
  const all: Told[] = [];
  const pieces = async function* (): AsyncGenerator<string, void> {
    if (typeof text !== 'string') return yield* decoded(text);
    for (let at = 0; at < text.length; at += piece) yield await Promise.resolve(text.slice(at, at + piece));
  };
  await eachRecord(pieces(), {
    record: (cells) => all.push(cells) > 0,
    unreadable: (reason) => all.push(reason) > 0,
  });
  return all;
}

const cell = fc.string({ unit: fc.constantFrom(...'ab ,"\n\r;é0'), maxLength: 6 });
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });

describe('records', () => {
  test('whatever was written is read, in whatever pieces it comes, as csv-parse reads it', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, piece) => {
        const text = csvLines(rows);
        expect(await told(text, piece)).toEqual(rows);
        expect(parse(text, { relax_column_count: true, record_delimiter: ['\r\n'] })).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever the text is, every line is in a record or told, and reading ends', async () => {
    const noise = fc.string({ unit: fc.constantFrom(...'a,"\n\r '), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(noise, fc.integer({ min: 1, max: 9 }), async (text, piece) => {
        const whole = await told(text);
        expect(await told(text, piece)).toEqual(whole);
        const letters = (from: string): number => from.split('a').length - 1;
        const read = whole.filter((one) => typeof one !== 'string').flat();
        if (whole.every((one) => typeof one !== 'string')) expect(letters(read.join())).toBe(letters(text));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['an unclosed quote', 'a,b\n1,"x\n2,y\n3,z\n', [['a', 'b'], 'quotes do not match', ['2', 'y'], ['3', 'z']]],
    ['text after a closing quote', 'a,b\n"1"x,y\n2,z\n', [['a', 'b'], 'quotes do not match', ['2', 'z']]],
    ['a quote within a cell', 'a,b\n5" wide,y\n2,z\n', [['a', 'b'], 'quotes do not match', ['2', 'z']]],
    [
      'lines that end in CR alone',
      'a,b\r1,"x\ry"\r',
      [
        ['a', 'b'],
        ['1', 'x\ry'],
      ],
    ],
    [
      'lines that end in LF alone, and none at the end',
      'a,b\n1,"x""y"',
      [
        ['a', 'b'],
        ['1', 'x"y'],
      ],
    ],
    ['nothing', '', []],
  ])('%s costs no other line', async (_what, text, expected) => {
    expect(await told(text)).toEqual(expected);
    expect(await told(text, 1)).toEqual(expected);
  });

  test('a record that is too long is told once, and the rest is read', async () => {
    const long = 'x'.repeat(3 * longestRecord);
    expect(await told(`a,b\n1,${long}\n2,y\n`)).toEqual([['a', 'b'], 'row too long', ['2', 'y']]);
    expect(await told(`a,b\n1,"${long}"\n2,y\n`)).toEqual([['a', 'b'], 'row too long', ['2', 'y']]);
    const lines = 'x,y\n'.repeat(longestRecord / 2);
    expect(await told(`a,b\n1,"${lines}"\n2,y\n`)).toContainEqual(['2', 'y']);
    const swallowed = await told(`a,b\n1,"z\n${lines}`);
    expect([swallowed.length, swallowed[1]]).toEqual([longestRecord / 2 + 2, 'quotes do not match']);
  });

  test('whoever needs no more is given no more', async () => {
    let taken = 0;
    await eachRecord(decoded(Buffer.from('a\nb\nc\n')), {
      record: () => (taken += 1) < 2,
      unreadable: () => true,
    });
    expect(taken).toBe(2);
  });
});

describe('encodings', () => {
  const text = 'Zoë,Núñez\r\n';
  test.each(['utf-8', 'utf-8 with mark', 'utf-16le', 'windows-1252'] as const)('%s', async (encoding) => {
    expect(await told(encode(text, encoding))).toEqual([['Zoë', 'Núñez']]);
  });

  test('a character that two chunks share is one, and one that never ends is none of UTF-8', async () => {
    const filler = 'x'.repeat(65_535);
    expect(await told(Buffer.from(`${filler}ë,y\n`))).toEqual([[`${filler}ë`, 'y']]);
    expect(await told(Buffer.concat([Buffer.from('a,b'), Buffer.from([0xc3])]))).toEqual([['a', 'bÃ']]);
    const marked = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('a,b', 'utf16le').swap16()]);
    expect(await told(marked)).toEqual([['a', 'b']]);
  });
});

describe('what Gait writes', () => {
  test.each(['=1+1', '+cmd|calc', '-2+A1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("x","y")'])(
    '%j is no formula to a spreadsheet, and comes back as it was',
    async (text) => {
      const written = csvCell(text);
      const [record] = await told(`x,${written}\r\n`);
      const read = typeof record === 'string' ? '' : (record?.[1] ?? '');
      expect(read).toBe(`'${text}`);
      expect(withoutMark(read)).toBe(text);
    },
  );

  test.each(['+1 303 555 0100', '-12.50', '(303) 555-0100', 'O’Thornley', "'t Hof", 'plain'])(
    '%j stays as it is',
    (text) => {
      expect(csvCell(text)).toBe(text);
    },
  );

  test('whatever a cell says comes back, and begins no formula', async () => {
    const any = fc.string({ unit: fc.constantFrom(...'\'=+-@\t\r\n",a1 '), minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        const [record] = await told(`x,${csvCell(text)}\r\n`);
        const read = typeof record === 'string' ? '' : (record?.[1] ?? '');
        expect(withoutMark(read)).toBe(text);
        expect(read).not.toMatch(/^[=@\t\r\n]/);
        expect(read).not.toMatch(/^[+-].*[^\d\s().-]/s);
      }),
      { numRuns: 300 },
    );
  });
});
