// HL7 messages over MLLP into the vault: kept before they are acknowledged, once, whatever breaks; and told to nobody on the way.
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readAcknowledgment } from '../../connectors/hl7/acknowledgment.ts';
import { FrameDecoder, framed } from '../../connectors/hl7/mllp-framing.ts';
import { readMessage } from '../../connectors/hl7/read-message.ts';
import { readHl7Settings } from '../../connectors/hl7/settings.ts';
import type { Connections } from '../connections/connections.ts';
import { createConnections } from '../connections/store.ts';
import { createClinic, operator } from '../setup.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { hl7Imported, hl7Waiting, openMessages } from './hl7-messages.ts';
import type { MessagePlace } from './hl7-messages.ts';
import { createHl7Listeners } from './mllp.ts';
import type { Hl7Listeners } from './mllp.ts';

let server: TestServer;
let connections: Connections;
let listeners: Hl7Listeners;
let place: MessagePlace;
let kept: MessagePlace[];

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createServer();
    socket.listen(0, '127.0.0.1', () => {
      const address = socket.address();
      socket.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const opened = () =>
  createHl7Listeners({ ...server.services, connections, systems: ['ptSystem'], kept: (one) => void kept.push(one) });

async function connected(name: string, hl7: object): Promise<string> {
  const config = { dropFolder: '/x', hl7 };
  const added = { name, system: 'ptSystem', mode: 'live', config, secrets: {}, agreement: null } as const;
  return (await connections.add(place.clinic, added, operator)).id;
}

beforeAll(async () => {
  server = await startServer();
  const { services } = server;
  // The registry does not know the system yet: its settings are not what is tested here.
  connections = createConnections({
    ...services,
    tester: () => Promise.resolve({ outcome: 'ok', facts: [] }),
    check: () => undefined,
    checkSecrets: () => undefined,
  });
  const clinic = (await createClinic(services, { name: 'north', timezone: 'America/Denver' })).id;
  place = { clinic, connection: '' };
  kept = [];
  const connection = await connected('Interface', { listen: { port: await freePort() } });
  place = { clinic, connection };
  listeners = opened();
  await listeners.refresh();
}, 120_000);
afterAll(async () => {
  await listeners?.stop(1);
  await server?.stop();
});
beforeEach(() => {
  kept.length = 0;
});

function message(id: string, event = 'ADT^A28', pid = 'PT10001'): Buffer {
  const header = `MSH|^~\\&|PTSYS|NORTH|GAIT|NORTH|20261118093000-0700||${event}|${id}|P|2.5.1`;
  return Buffer.from(`${header}\rPID|1||${pid}^^^PTSYS^MR||ZZ-CANARY^Orla||19580314|F\r`);
}

/** Sends over one connection; the codes it was answered within the time. */
async function sent(messages: readonly Buffer[], waitMilliseconds = 5000): Promise<string[]> {
  const socket = connect({ host: '127.0.0.1', port: listeners.listening().get(place.connection) ?? 0 });
  const decoder = new FrameDecoder();
  const codes: string[] = [];
  let closed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  socket.on('data', (chunk) => {
    for (const frame of decoder.push(chunk))
      if (frame.kind === 'message') codes.push(readAcknowledgment(frame.bytes)?.code ?? 'none');
  });
  for (const one of messages) socket.write(framed(one));
  const until = Date.now() + waitMilliseconds;
  while (codes.length < messages.length && !closed && Date.now() < until) await sleep(5);
  socket.destroy();
  return codes;
}

const rows = () =>
  server.services.db.selectFrom('received_documents').selectAll().where('source', '=', 'hl7.message').execute();

async function stored(): Promise<string> {
  const texts: string[] = [...server.logs];
  for (const table of ['received_documents', 'audit_entries', 'vault_records']) {
    const found = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(
      server.services.db,
    );
    texts.push(...found.rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

test('a message is kept in the vault and then acknowledged; repeated it is acknowledged and kept once', async () => {
  expect(await sent([message('1')])).toEqual(['AA']);
  expect(await sent([message('1'), message('1')])).toEqual(['AA', 'AA']);
  expect(await rows()).toMatchObject([{ kinds: ['ADT^A28'], structure: { acknowledged: 'AA' }, confirmed_at: null }]);
  expect(kept).toEqual([place]);
  const text = await stored();
  expect(text).not.toContain('ZZ-CANARY');
  expect(text).not.toContain(Buffer.from('ZZ-CANARY').toString('hex'));
  expect(text).not.toContain('PT10001');
  const actions = await actionsOf(server.services, place.clinic);
  expect(actions.filter((action) => action === 'document.kept')).toHaveLength(1);
});

test('a server that forgot what it has heard still keeps it once', async () => {
  await listeners.stop(1);
  listeners = opened();
  await listeners.refresh();
  expect(await sent([message('1')])).toEqual(['AA']);
  expect(await rows()).toHaveLength(1);
  expect(kept).toEqual([]);
});

test('the import reads them in the order they came, and once', async () => {
  const { db, vault, now } = server.services;
  expect(await sent([message('2', 'ADT^A31'), message('3', 'ADT^A28', ''), message('4', 'ADT^A29')])).toEqual([
    'AA',
    'AE',
    'AA',
  ]);
  const waiting = await hl7Waiting(db, place);
  expect(waiting.map(({ kind }) => kind)).toEqual(['ADT^A28', 'ADT^A31', 'ADT^A28', 'ADT^A29']);
  const messages = await openMessages(vault, place.clinic, waiting);
  const settings = readHl7Settings({ hl7: {} });
  const pieces = messages.map(({ bytes, receivedAt }) => readMessage(bytes, settings, {}, { receivedAt }));
  expect(pieces.map(({ deliveries }) => deliveries.map(({ id }) => id))).toEqual(waiting.map(({ name }) => [name]));
  expect(pieces.flatMap(({ deliveries }) => deliveries.map(({ rows: found }) => found.length))).toEqual([1, 1, 0, 0]);
  expect(pieces.flatMap(({ gone }) => gone)).toMatchObject([{ id: 'PT10001' }]);
  const names = waiting.slice(0, 2).map(({ name }) => name);
  await hl7Imported(db, place, names, now());
  expect((await hl7Waiting(db, place)).map(({ kind }) => kind)).toEqual(['ADT^A28', 'ADT^A29']);
  // Repeated after its import it is acknowledged, and does not wait again.
  expect(await sent([message('1')])).toEqual(['AA']);
  expect(await hl7Waiting(db, place)).toHaveLength(2);
});

test('what is refused is not kept', async () => {
  const before = (await rows()).length;
  expect(await sent([message('5', 'ADT^A03'), Buffer.from('hello'), message('6', 'ZZ-CANARY^A28')])).toEqual([
    'AR',
    'AR',
    'AR',
  ]);
  expect(await rows()).toHaveLength(before);
  expect(await stored()).not.toContain('ZZ-CANARY');
});

test('a database that is away acknowledges nothing; once it is back the repeated message is kept once', async () => {
  const { db } = server.services;
  const before = (await rows()).length;
  await sql`alter table received_documents rename to away`.execute(db);
  try {
    expect(await sent([message('7')])).toEqual([]);
  } finally {
    await sql`alter table away rename to received_documents`.execute(db);
  }
  expect(await sent([message('7')])).toEqual(['AA']);
  expect(await rows()).toHaveLength(before + 1);
  expect(server.logs.join('\n')).toContain('could not be kept');
});

test('a server that stops in the middle has not acknowledged what it had not kept', async () => {
  const { db } = server.services;
  const before = (await rows()).length;
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let locked = (): void => undefined;
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const holding = db.transaction().execute(async (trx) => {
    await sql`lock table received_documents in exclusive mode`.execute(trx);
    locked();
    await held;
  });
  await isLocked;
  const sending = sent([message('8')]);
  await sleep(100);
  await listeners.stop(0.1);
  expect(await sending).toEqual([]);
  letGo();
  await holding;
  listeners = opened();
  await listeners.refresh();
  expect(await sent([message('8')])).toEqual(['AA']);
  expect(await rows()).toHaveLength(before + 1);
});

test('a listener follows its connection: mode, settings, removal; a taken port is tried again; a look costs no entry', async () => {
  const actions = async () =>
    (await actionsOf(server.services, place.clinic)).filter((action) => action === 'connection.opened').length;
  const listens = (id: string): boolean => listeners.listening().has(id);
  const before = await actions();
  await listeners.refresh();
  expect(await actions()).toBe(before);

  const port = await freePort();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
  const second = await connected('Second', { listen: { port } });
  const silent = await connected('Silent', { folder: '/in' });
  const wrong = await connected('Wrong', { listen: { port: 'high' } });
  await listeners.refresh();
  expect([listens(second), listens(silent), listens(wrong)]).toEqual([false, false, false]);
  await new Promise((resolve) => taken.close(resolve));
  const read = await actions();
  await listeners.refresh();
  expect([listens(second), await actions()]).toEqual([true, read]);

  await connections.setMode(place.clinic, second, 'shadow', operator);
  await listeners.refresh();
  expect(listens(second)).toBe(false);
  await connections.setMode(place.clinic, second, 'live', operator);
  await listeners.refresh();
  expect(listens(second)).toBe(true);
  await connections.remove(place.clinic, second, operator);
  await listeners.refresh();
  expect([listens(second), listens(place.connection)]).toEqual([false, true]);
});
