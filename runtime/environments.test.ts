// A process is told what it needs and nothing more.
import { expect, test } from 'vitest';
import { sandboxEnvironment, serverEnvironment, workerEnvironment } from './environments.ts';
import { secretFiles } from './secrets.ts';
import { portsFrom } from './settings.ts';

const surroundings = {
  home: '/h',
  ports: portsFrom({}),
  urls: {
    server: 'http://127.0.0.1:7310',
    n8n: 'http://127.0.0.1:7311',
    temporal: '127.0.0.1:7312',
    temporalUi: null,
    sandbox: 'http://127.0.0.1:7315',
  },
  secrets: secretFiles('/h'),
  sandboxSeed: 1,
  outside: { PATH: '/bin', GAIT_DATABASE_URL: 'postgres://somebody:else@127.0.0.1/other' },
};
const database = 'postgres://gait:secret@127.0.0.1:7314/gait';

test('only the server is told the address of the database, whatever the shell has set', () => {
  expect(serverEnvironment(surroundings, database)['GAIT_DATABASE_URL']).toBe(database);
  for (const environment of [workerEnvironment(surroundings), sandboxEnvironment(surroundings)])
    expect(JSON.stringify(environment)).not.toContain('postgres:');
});

test("the worker's key is the worker's alone, and the sandbox is told of no secret", () => {
  expect(workerEnvironment(surroundings)).toMatchObject({
    GAIT_WORKER_KEY_FILE: '/h/secrets/worker-key',
    GAIT_KEYRING_FILE: '/h/secrets/keyring.json',
  });
  expect(serverEnvironment(surroundings, database)).not.toHaveProperty('GAIT_WORKER_KEY_FILE');
  expect(JSON.stringify(sandboxEnvironment(surroundings))).not.toContain('/h/secrets');
});
