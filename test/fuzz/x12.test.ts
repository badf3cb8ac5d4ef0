// A short run of the fuzzer; `npm run proof` does the long one.
import { expect, test } from 'vitest';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { feed } from './feed.ts';
import { mutated, mutationNames } from './mutations.ts';
import { synthetic } from './samples.ts';

const files = Object.entries(synthetic).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));

test('the files that are damaged have no error before', () => {
  const wrong = files.map(({ name, bytes }) => [
    name,
    feed(bytes, true).file.findings.filter(({ severity }) => severity === 'error'),
  ]);
  expect(wrong.filter(([, findings]) => findings?.length !== 0)).toEqual([]);
});

test('damaged files of every kind are read without a throw, and every finding lies inside them', () => {
  const random = randomFrom(20260302);
  const seen = new Set<string>();
  let damaged = 0;
  for (let round = 0; round < 120; round++)
    for (const { bytes } of files) {
      const input = mutated(bytes, random);
      for (const name of input.names) seen.add(name);
      const { file } = feed(input.bytes, round % 10 === 0);
      if (file.findings.length > 0) damaged++;
      for (const { offset, segment } of file.findings) {
        expect(offset).toBeLessThanOrEqual(input.bytes.length);
        expect(segment).toBeLessThanOrEqual(file.segments);
      }
    }
  expect([...seen].sort()).toEqual([...mutationNames].sort());
  expect(damaged).toBeGreaterThan(600);
});
