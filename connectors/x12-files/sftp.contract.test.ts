// What only a remote server can do to us: another host key, refused credentials, a session that ends in the middle of a transfer.
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newPrivateKey } from '../../sandbox/x12-files/sftp-server.ts';
import { sampleEligibilityRequest } from '../testing/requests.ts';
import { writeForConnection } from './envelope.ts';
import { x12FilesOperations } from './operations.ts';
import type { Changes, TestClearinghouse, Transport } from './testing/clearinghouse.ts';
import { startClearinghouse } from './testing/clearinghouse.ts';

const send = x12FilesOperations['x12Files.send'];
const fetchFiles = x12FilesOperations['x12Files.files.fetch'];
const eligibility = x12FilesOperations['x12Files.eligibility.check'];
const connectionTest = x12FilesOperations['x12Files.connection.test'];

let house: TestClearinghouse;
beforeEach(async () => {
  house = await startClearinghouse('sftp');
});
afterEach(() => house.stop());

const interchange = () =>
  writeForConnection(house.context(), '837', [
    (control) => ({
      type: '837',
      version: '005010X222A1',
      control,
      segments: [['BHT', '0019', '00', `REF${control}`, '20261121', '1200', 'CH']],
    }),
  ]);

const tested = (changes: Changes) => connectionTest.run(house.context(changes), {});

describe('who stands at the other end', () => {
  const another = `SHA256:${'A'.repeat(43)}`;

  test('a host key that is not the published one is refused before a credential is shown, and its fingerprint told', async () => {
    const outcome = await tested({ config: { hostKey: another } });
    expect(outcome).toEqual({
      kind: 'rejected',
      code: 'connection.refused',
      reasons: [{ code: `another host key: ${house.fingerprint}`, field: 'hostKey' }],
    });
    const sending = await send.run(house.context({ config: { hostKey: another } }), {
      interchange: await interchange(),
    });
    expect(sending.kind).toBe('rejected');
    expect(house.names('outbox')).toEqual([]);
  });

  test('while the host changes its key, either is taken', async () => {
    expect((await tested({ config: { hostKey: `${another} ${house.fingerprint}` } })).kind).toBe('done');
  });

  test('without a published key nothing is connected to', async () => {
    const { hostKey: _, ...config } = house.context().config;
    const outcome = await connectionTest.run({ ...house.context(), config }, {});
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'input.invalid', reasons: [{ field: 'hostKey' }] });
  });

  test.each([
    ['a wrong password', { password: 'wrong' }],
    ['no credential', {}],
    ['a key that is none', { privateKey: 'no key' }],
  ])('%s is not sent', async (_what, secrets: Record<string, string>) => {
    expect(await tested({ secrets })).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  });

  test('a private key is enough', async () => {
    const privateKey = newPrivateKey();
    expect((await tested({ secrets: { privateKey } })).kind).toBe('done');
  });

  test('a host that is not there is not reached, and nothing was sent', async () => {
    const context = house.context({ config: { port: 9 } });
    expect(await send.run(context, { interchange: await interchange() })).toMatchObject({
      kind: 'notSent',
      code: 'connection.refused',
    });
  });
});

describe('a session that ends in the middle', () => {
  test('of writing: surely not sent, and the next try sends it once', async () => {
    const text = await interchange();
    house.fail({ fault: 'cut', on: 'write', bytes: 100 });
    expect(await send.run(house.context(), { interchange: text })).toMatchObject({
      kind: 'notSent',
      code: 'vendor.unavailable',
    });
    house.sweep();
    expect(house.store.journal()).toEqual([]);
    expect(await send.inquire(house.context(), { interchange: text })).toEqual({ kind: 'notFound' });
    expect((await send.run(house.context(), { interchange: text })).kind).toBe('done');
    house.sweep();
    expect(house.store.journal()).toHaveLength(1);
  });

  test('of the last step: uncertain, and the inquiry knows that it was sent although it has been picked up', async () => {
    const text = await interchange();
    house.fail({ fault: 'cut', on: 'rename' });
    expect(await send.run(house.context(), { interchange: text })).toMatchObject({ kind: 'uncertain' });
    house.sweep();
    expect(await send.inquire(house.context(), { interchange: text })).toMatchObject({ kind: 'found' });
    expect((await send.run(house.context(), { interchange: text })).kind).toBe('done');
    house.sweep();
    expect(house.store.journal()).toHaveLength(1);
  });

  test.each(['write', 'rename', 'read'] as const)(
    'of asking (%s): asked again, the payer hears it once',
    async (on) => {
      const request = sampleEligibilityRequest({ trace: 'CHECK1' });
      house.fail({ fault: 'cut', on, bytes: 50 });
      const outcomes = [];
      for (let tries = 0; tries < 6; tries += 1) {
        const outcome = await eligibility.run(house.context(), { request, vendorRequestId: null });
        outcomes.push(outcome.kind === 'done' ? outcome.result.kind : outcome.kind);
        house.sweep();
      }
      expect(outcomes).toContain('notSent');
      expect(outcomes.at(-1)).toBe('answered');
      expect(house.store.journal()).toHaveLength(1);
    },
  );

  test.each(['read', 'rename'] as const)('of fetching (%s): nothing is lost and nothing comes twice', async (on) => {
    expect((await send.run(house.context(), { interchange: await interchange() })).kind).toBe('done');
    house.sweep();
    house.fail({ fault: 'cut', on, bytes: 50 }, { fault: 'cut', on, bytes: 50 });
    const broken = await fetchFiles.run(house.context(), {});
    expect(broken).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
    await fetchFiles.run(house.context(), {});
    const outcome = await fetchFiles.run(house.context(), {});
    if (outcome.kind !== 'done') throw new Error('not fetched');
    expect(outcome.result.files.map(({ kinds }) => kinds.join()).sort()).toEqual(['277CA', '999', 'TA1']);
  });
});

describe.each<Transport>(['folder', 'sftp'])('what somebody else may have put there, over %s', (transport) => {
  let other: TestClearinghouse;
  beforeEach(async () => {
    other = await startClearinghouse(transport);
  });
  afterEach(() => other.stop());

  test('a link in the inbox is not followed, and no name leads out of it', async () => {
    const secret = join(other.store.stateFolder, 'secret');
    writeFileSync(secret, 'ISA secret');
    symlinkSync(secret, join(other.store.root, 'inbox', 'link.271'));
    writeFileSync(join(other.store.root, 'inbox', '.hidden.271'), 'ISA');
    expect(await fetchFiles.run(other.context(), {})).toMatchObject({ kind: 'done', result: { files: [] } });
    expect(other.names('inbox')).toEqual(['link.271']);
  });
});

test.each(['sending', 'sent', 'taking'])(
  'a link in place of our own folder (%s) leads nothing elsewhere',
  async (shelf) => {
    const other = await startClearinghouse('folder');
    try {
      const elsewhere = mkdtempSync(join(tmpdir(), 'gait-elsewhere-'));
      symlinkSync(elsewhere, join(other.store.root, 'archive', shelf));
      const outcomes = [
        await send.run(other.context(), { interchange: await interchange() }),
        await connectionTest.run(other.context(), {}),
      ];
      expect(outcomes.map(({ kind }) => kind)).toContain('rejected');
      expect(readdirSync(elsewhere)).toEqual([]);
      rmSync(elsewhere, { recursive: true });
    } finally {
      await other.stop();
    }
  },
);

test('folders of the settings may be links', async () => {
  const other = await startClearinghouse('folder');
  try {
    const link = join(other.store.stateFolder, 'link');
    symlinkSync(other.store.root, link);
    const config = { outbox: `${link}/outbox`, inbox: `${link}/inbox/`, archive: `${link}/archive` };
    expect((await connectionTest.run(other.context({ config }), {})).kind).toBe('done');
    expect((await send.run(other.context({ config }), { interchange: await interchange() })).kind).toBe('done');
    expect(other.names('outbox')).toHaveLength(1);
  } finally {
    await other.stop();
  }
});
