// The canonical text of a draft is the same for the same content and another for any other content.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('the order in which fields were typed does not change a revision', () => {
  expect(canonicalJson({ b: 1, a: { d: [2, 1], c: null } })).toBe('{"a":{"c":null,"d":[2,1]},"b":1}');
  expect(canonicalJson({ visits: 12, units: undefined })).toBe(canonicalJson({ visits: 12 }));
});

test('the text is JSON of the same value and is stable', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      const text = canonicalJson(plain);
      expect(JSON.parse(text)).toEqual(plain);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

test('keys in any order give one text', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(value));
    }),
  );
});

test.each([[NaN], [Infinity], [undefined], [[undefined]], [() => 1], [new Date(0)], [10n]])(
  '%s has no JSON text',
  (value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'internal.bug' }));
  },
);

test('a value that contains itself is refused, the same value twice is not', () => {
  const shared = { a: 1 };
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  expect(() => canonicalJson(loop)).toThrow(expect.objectContaining({ code: 'internal.bug' }));
  expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
});
