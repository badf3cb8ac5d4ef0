// Records of an API as rows: where a pointer leads, what a cell says, and what is told twice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TableWriting } from '../csv/cells.ts';
import type { Cells } from '../csv/cells.ts';
import { jsonCells, pointed, readItems } from './json-cells.ts';

const writing = { dateFormats: ['YYYY-MM-DD'], timeFormats: ['HH:mm'], words: { yes: ['true'], no: ['false'] } };

test('a JSON pointer leads where RFC 6901 says', () => {
  // The examples of section 5.
  const value = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8, ' ': 7 };
  const places = ['/foo/0', '/', '/a~1b', '/c%d', '/m~0n', '/ '];
  expect(places.map((place) => pointed(value, place))).toEqual(['bar', 0, 1, 2, 8, 7]);
  expect(pointed(value, '')).toBe(value);
  expect(['/foo/2', '/foo/-', '/nobody/0', '/toString', '/foo/length'].map((place) => pointed(value, place))).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});

test('whatever a record holds, a pointer into it never fails', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.string()), (value, parts) => {
      expect(() => pointed(value, parts.map((part) => `/${part}`).join(''))).not.toThrow();
    }),
  );
});

test('texts, numbers and truths are cells, lists are listed, and anything else is empty', () => {
  const item = { text: ' a ', number: 12, truth: true, list: ['x', 2, null], object: {}, none: null };
  const pointers = Object.fromEntries(Object.keys(item).map((name) => [name, `/${name}`]));
  const cells = jsonCells(item, pointers, new TableWriting(writing), 1, { made: 'of two' });
  expect(['text', 'number', 'object', 'none', 'made'].map((name) => cells.text(name))).toEqual([
    'a',
    '12',
    null,
    null,
    'of two',
  ]);
  expect([cells.yesNo('truth'), cells.list('list'), cells.has('nobody')]).toEqual([true, ['x', '2'], false]);
});

test('a record told twice counts once; of two that differ the first is kept and the other told', () => {
  const pointers = { id: '/id', name: '/name' };
  const items = [{ id: 1, name: 'a' }, { id: 1, name: 'a' }, { id: 1, name: 'b' }, { name: 'c' }, { id: 2, name: 'd' }];
  const read = readItems(
    items,
    writing,
    (item, row, table) => jsonCells(item, pointers, table, row),
    (cells: Cells) => ({ id: cells.needed('id'), name: cells.text('name') }),
    ({ id }) => id,
  );
  expect(read).toEqual({
    rows: [
      { id: '1', name: 'a' },
      { id: '2', name: 'd' },
    ],
    duplicates: 1,
    problems: [
      { row: 3, column: null, reason: 'conflicts with an earlier row', rejected: true },
      { row: 4, column: 'id', reason: 'empty', rejected: true },
    ],
  });
});
