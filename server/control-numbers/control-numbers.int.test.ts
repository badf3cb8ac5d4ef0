// Control numbers: whoever asks and whenever a process dies, no number comes twice.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectDatabase } from '../database/connect.ts';
import { addConnection, createClinic } from '../setup.ts';
import type { TestServer } from '../testing/server.ts';
import { startServer } from '../testing/server.ts';
import { createControlNumbers, lastControlNumber } from './control-numbers.ts';

let server: TestServer;
let clinic: string;
let connection: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
  clinic = (await createClinic(server.services, { name: 'north', timezone: 'America/Chicago' })).id;
});
afterAll(() => server.stop());
beforeEach(async () => {
  connection = await another();
});

/** A further connection of the clinic. */
async function another(): Promise<string> {
  count += 1;
  const config = { dropFolder: '/drop', profile: 'webpt-standard' };
  const added = { name: `c${count}`, system: 'webpt', mode: 'shadow', config, secrets: {}, agreement: null } as const;
  return (await addConnection(server.services, clinic, added)).id;
}

const numbers = (of = connection) => createControlNumbers(server.services.db, clinic, of);

test('each kind of each connection counts from 1', async () => {
  expect([await numbers().next('interchange'), await numbers().next('interchange')]).toEqual([1, 2]);
  expect(await numbers().next('group')).toBe(1);
  expect(await numbers(await another()).next('interchange')).toBe(1);
});

test('fifty who ask at once over two servers get fifty numbers', async () => {
  const second = connectDatabase(server.databaseUrl);
  try {
    const dbs = [server.services.db, second.db];
    const taken = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        createControlNumbers(dbs[index % 2] ?? second.db, clinic, connection).next('interchange'),
      ),
    );
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  } finally {
    await second.close();
  }
});

/** What a process took until it was killed in the middle of taking, after at least `enough` numbers. */
function takenUntilKilled(enough: number): Promise<number[]> {
  const script = fileURLToPath(new URL('testing/take-numbers.ts', import.meta.url));
  const child = spawn(process.execPath, [script, server.databaseUrl, clinic, connection], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split('\n').length > enough) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      resolve(
        text
          .split('\n')
          .filter((line) => line !== '')
          .map(Number),
      );
    });
  });
}

test('processes that are killed while they take numbers leave gaps at most', async () => {
  const taken = [...(await takenUntilKilled(20)), ...(await takenUntilKilled(20)), ...(await takenUntilKilled(1))];
  const next = await numbers().next('interchange');
  expect(taken.length).toBeGreaterThanOrEqual(41);
  expect(new Set(taken).size).toBe(taken.length);
  expect(Math.max(...taken)).toBeLessThan(next);
});

test('a number stays used where the work it was taken for is dropped', async () => {
  const { db } = server.services;
  const dropped = db.transaction().execute(async () => {
    await numbers().next('interchange');
    throw new Error('dropped');
  });
  await expect(dropped).rejects.toThrow('dropped');
  expect(await numbers().next('interchange')).toBe(2);
});

test('after 999,999,999 there is no further number, and the refusal says what to do', async () => {
  const { db } = server.services;
  await db
    .insertInto('control_numbers')
    .values({ clinic, connection, kind: 'group', last: lastControlNumber - 1 })
    .execute();
  expect(await numbers().next('group')).toBe(999_999_999);
  await expect(numbers().next('group')).rejects.toMatchObject({ code: 'state.conflict', where: 'group' });
  await expect(numbers().next('group')).rejects.toThrow('used up');
});
