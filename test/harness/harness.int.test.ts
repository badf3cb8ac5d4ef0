// The harness itself: each piece of infrastructure it hands out is the real one.
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import { startDevServer, startTimeSkipping } from './temporal.ts';

test('two databases of one run share nothing', async () => {
  const [first, second] = await Promise.all([startPostgres(), startPostgres()]);
  const client = new Client({ connectionString: first.url });
  await client.connect();
  await client.query('create table only_here (id int)');
  const other = new Client({ connectionString: second.url });
  await other.connect();
  await expect(other.query('select * from only_here')).rejects.toThrow('does not exist');
  await client.end();
  await other.end();
  await first.drop();
  await second.drop();
});

test('the dev server is the pinned one and knows the search attributes', async () => {
  const server = await startDevServer();
  const info = await server.environment.connection.workflowService.getSystemInfo({});
  expect(info.serverVersion).toBe('1.31.2');
  const known = await server.environment.connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(known.customAttributes ?? {})).toEqual(
    expect.arrayContaining(['GaitClinic', 'GaitActBy', 'GaitNeedsPerson']),
  );
  await server.stop();
});

test('thirty days pass at once on the time-skipping server', async () => {
  const environment = await startTimeSkipping();
  const before = await environment.currentTimeMs();
  const started = performance.now();
  await environment.sleep('30 days');
  expect((await environment.currentTimeMs()) - before).toBeGreaterThan(29 * 86_400_000);
  expect(performance.now() - started).toBeLessThan(20_000);
  await environment.teardown();
});
