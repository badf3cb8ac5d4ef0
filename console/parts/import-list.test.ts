// What an import brought, in words: what needs a look comes first.
import { expect, test } from 'vitest';
import { rowsInWords } from './import-list.ts';

const none = { added: 0, changed: 0, same: 0, unmatched: 0, cancelled: 0, unknownPayers: 0 };

test('rows that need a look are named before those that do not', () => {
  expect(rowsInWords({ counts: { ...none, added: 3, same: 51, unknownPayers: 1 } })).toBe(
    '1 with a payer nobody has mapped, 3 new, 51 as before',
  );
  expect(rowsInWords({ counts: none })).toBe('none');
});
