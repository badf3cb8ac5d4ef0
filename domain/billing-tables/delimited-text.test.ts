// Text with tabs or commas: quotes, line ends inside cells, pieces cut anywhere, and a quote that nobody closes.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { DelimitedText } from './delimited-text.ts';

function read(pieces: readonly string[], delimiter: '\t' | ',' = ','): string[][] {
  const rows: string[][] = [];
  const text = new DelimitedText(delimiter, (cells) => rows.push(cells));
  for (const piece of pieces) text.push(piece);
  text.end();
  return rows;
}

test('cells are parted by the delimiter alone, rows by line ends of either kind, the mark in front is no cell', () => {
  expect(read(['\uFEFFa,b\r\n', '1,,"2,3"\n\nlast'])).toEqual([['a', 'b'], ['1', '', '2,3'], [''], ['last']]);
  expect(read(['a,b\t"c\td"\n'], '\t')).toEqual([['a,b', 'c\td']]);
});

test('a quoted cell keeps line ends and doubled quotes; a quote inside a cell is a letter', () => {
  expect(read(['"HCPCS/\nCPT Code","say ""no""",5" wide,"x" y\n'])).toEqual([
    ['HCPCS/\nCPT Code', 'say "no"', '5" wide', 'x y'],
  ]);
});

test('a quote that is not closed is an error, at the end and after too long a row', () => {
  expect(() => read(['a,"b\nc,d\n'])).toThrow('breaks off inside a quoted cell');
  expect(() => read(['a,"b', ...Array.from({ length: 30 }, () => `${'x'.repeat(9_999)}\n`)])).toThrow('breaks off');
});

test('what was written is read again, wherever it is cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '7') });
  const row = fc.array(cell, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 7 }), (rows, size) => {
      const text = rows
        .map((cells) => `${cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')}\n`)
        .join('');
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      expect(read(pieces)).toEqual(rows);
    }),
  );
});
