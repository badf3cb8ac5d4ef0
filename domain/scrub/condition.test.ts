// The plain parts of a condition come to what CEL comes to, for every mix of known and unknown facts.
import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expressionsOver } from './expression.ts';

const definitions = {
  text: { type: 'text', about: '' },
  other: { type: 'text', about: '' },
  number: { type: 'number', about: '' },
  limit: { type: 'number', about: '' },
  truth: { type: 'truth', about: '' },
  texts: { type: 'list', about: '' },
} as const;

const terms = [
  'text == "a"',
  'text != other',
  'text in ["a", "b"]',
  '"a" in texts',
  '!("b" in texts)',
  'number > 2',
  'number <= limit',
  'number == 2.0',
  'truth',
  '!truth',
  'size(texts) > 1',
  'texts.exists(one, one == text)',
  'text.startsWith("a")',
  'number * 2 >= limit',
];

const condition = fc.letrec<{ any: string; leaf: string; pair: string; not: string }>((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('pair'), tie('not')),
  leaf: fc.constantFrom(...terms),
  pair: fc.tuple(tie('any'), fc.constantFrom('&&', '||'), tie('any')).map(([one, op, two]) => `(${one} ${op} ${two})`),
  not: tie('any').map((inner) => `!(${inner})`),
})).any;

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const facts = fc.record({
  text: maybe(fc.constantFrom('a', 'b', 'c')),
  other: maybe(fc.constantFrom('a', 'b')),
  number: maybe(fc.integer({ min: 0, max: 4 })),
  limit: maybe(fc.integer({ min: 0, max: 4 })),
  truth: maybe(fc.boolean()),
  texts: maybe(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })),
});

/** CEL itself, with nothing of ours in between: an error is "unknown". */
const cel = new Environment()
  .registerVariable('text', 'string')
  .registerVariable('other', 'string')
  .registerVariable('number', 'double')
  .registerVariable('limit', 'double')
  .registerVariable('truth', 'bool')
  .registerVariable('texts', 'list<string>')
  .registerOperator('double * int', (one: number, two: bigint) => one * Number(two));

test('every condition comes to the same as in CEL, unknown included', () => {
  const compile = expressionsOver(definitions);
  fc.assert(
    fc.property(condition, facts, (source, given) => {
      let expected: unknown = 'unknown';
      try {
        expected = cel.evaluate(source, given);
      } catch {
        // A fact that is not known ended the evaluation.
      }
      const evaluated = compile(source, 'condition')(given);
      expect(evaluated.known ? evaluated.value : 'unknown').toBe(expected);
      if (!evaluated.known)
        expect(Object.entries(given).some(([name, value]) => value === null && evaluated.needs.includes(name))).toBe(
          true,
        );
    }),
    { numRuns: 1000 },
  );
});

test('known() tells whether a fact is there', () => {
  const compile = expressionsOver(definitions);
  const unknown = { text: null, other: null, number: null, limit: null, truth: null, texts: null };
  expect(compile('known(number) && number > 2', 'condition')(unknown)).toEqual({ known: true, value: false });
  expect(compile('!known(number)', 'condition')(unknown)).toEqual({ known: true, value: true });
  expect(compile('known(number)', 'condition')({ ...unknown, number: 0 })).toEqual({ known: true, value: true });
});

test('a year later than 29 February is 28 February', () => {
  const compile = expressionsOver(definitions);
  expect(compile('addYears("2024-02-29", 1)', 'fact')({})).toEqual({ known: true, value: '2025-02-28' });
  expect(compile('addYears("2023-03-01", 1)', 'fact')({})).toEqual({ known: true, value: '2024-03-01' });
});
