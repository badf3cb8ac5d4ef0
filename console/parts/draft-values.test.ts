import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../api.ts';
import {
  differences,
  fieldText,
  fromControl,
  rowsToText,
  textToRows,
  partsOf,
  valueAt,
  withValueAt,
} from './draft-values.ts';

const draft: Json = { service: { visits: 12, procedures: [{ code: '97110' }] }, referringProvider: null };

test('a path may be written with dots, brackets or slashes', () => {
  expect(partsOf('a.b[0].c')).toEqual(['a', 'b', '0', 'c']);
  expect(partsOf('/a/b/0')).toEqual(['a', 'b', '0']);
});

test('the missing element can be filled in even where its parent is unknown', () => {
  expect(withValueAt(draft, 'referringProvider.npi', '1234567893')).toMatchObject({
    referringProvider: { npi: '1234567893' },
  });
});

test('an emptied number is unknown, not zero', () => {
  expect(fromControl('number', ' ')).toBeNull();
  expect(fromControl('number', '0')).toBe(0);
});

test('changing a field never changes the draft that a person is looking at', () => {
  const before = JSON.stringify(draft);
  withValueAt(draft, 'service.procedures.0.code', '97140');
  expect(JSON.stringify(draft)).toBe(before);
});

test('whatever is written at a path is read back there, and is the only difference', () => {
  const part = fc.stringMatching(/^[a-z]{1,6}$/);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.string({ minLength: 1 }), (parts, value) => {
      const path = parts.join('.');
      const changed = withValueAt({ other: 1 }, path, value);
      expect(valueAt(changed, path)).toBe(value);
      const field = { path, label: path, type: 'text', required: false, copyReady: false };
      expect(differences(changed, changed, [field])).toEqual([]);
      expect(differences({}, changed, [field])).toHaveLength(1);
    }),
  );
});

test('a date is copied the way an American portal takes it, an unknown one is said to be unknown', () => {
  expect(fieldText({ path: 'service.from', type: 'date' }, '2026-05-12')).toBe('05/12/2026');
  expect(fieldText({ path: 'service.from', type: 'date' }, null)).toBe('unknown');
  expect(fieldText({ path: 'service.from', type: 'text' }, '2026-05-12')).toBe('2026-05-12');
});

test('procedures are typed one to a line, and a line without units has unknown units', () => {
  expect(textToRows('service.procedures', '97110, 2\n\n97140')).toEqual([
    { code: '97110', units: 2 },
    { code: '97140', units: null },
  ]);
});

test('outcome measures read back as they were written', () => {
  const word = fc.stringMatching(/^[A-Z]{2,5}$/);
  const rows = fc.array(
    fc.record({ measure: word, score: fc.integer({ min: 0, max: 100 }), date: fc.constant('2026-05-12') }),
  );
  fc.assert(
    fc.property(rows, (measures) => {
      expect(textToRows('clinical.outcomeMeasures', rowsToText('clinical.outcomeMeasures', measures))).toEqual(
        measures,
      );
    }),
  );
});
