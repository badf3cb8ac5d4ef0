// Writing together: what comes in meanwhile goes in one, and nobody suffers for another.
import { expect, test } from 'vitest';
import { together } from './together.ts';

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

test('what comes in while a write is under way is written together, each with its own result', async () => {
  const groups: number[][] = [];
  const write = together<number, number>(async (items) => {
    groups.push([...items]);
    await pause();
    return items.map((item) => item * 2);
  }, 3);
  expect(await Promise.all([1, 2, 3, 4, 5].map(write))).toEqual([2, 4, 6, 8, 10]);
  expect(groups).toEqual([[1], [2, 3, 4], [5]]);
});

test('one that cannot be written fails alone', async () => {
  const write = together<number, number>(async (items) => {
    await pause();
    if (items.includes(3)) throw new Error('three');
    return items;
  }, 10);
  const results = await Promise.allSettled([1, 2, 3, 4].map(write));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await write(9)).toBe(9);
});
