// The sandbox's levers for HL7, over HTTP: the clinic into a folder, or to a listener of Gait's, with the faults of senders.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { Message as OtherMessage } from 'node-hl7-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { judge } from '../../connectors/hl7/acknowledgment.ts';
import { sendMllp } from '../../connectors/hl7/mllp-client.ts';
import { createMllpListener } from '../../connectors/hl7/mllp-listener.ts';
import type { MllpListener } from '../../connectors/hl7/mllp-listener.ts';
import { header, message, pid, settingsOf } from '../../connectors/hl7/testing/messages.ts';
import { hl7Control } from './control.ts';

const now = (): Date => new Date('2026-11-18T20:00:00Z');
let server: Server;
let listener: MllpListener;
let handled: Buffer[];
let faults: string[];
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gait-hl7-sandbox-'));
  handled = [];
  faults = [];
  server = createServer(express().use('/sandbox/hl7', hl7Control({ seed: 5, now })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings = settingsOf({ words: { appointmentStatus: { arrived: ['KEPT'] } } });
  listener = await createMllpListener({
    host: '127.0.0.1',
    port: 0,
    maxConnections: 2,
    idleSeconds: 5,
    settings,
    now,
    fault: (code) => void faults.push(code),
    handle: ({ bytes }) => {
      handled.push(bytes);
      return Promise.resolve(judge(bytes, settings, {}));
    },
  });
});
afterEach(async () => {
  await listener.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  rmSync(folder, { recursive: true });
});

async function post(path: string, body: object): Promise<unknown> {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}/sandbox/hl7${path}`, {
    method: path === '/received' ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(path === '/received' ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

test('the clinic is written into a folder; another implementation reads the messages', async () => {
  const exported = await post('/export', { folder, dialect: 'raintree', kinds: ['patients', 'notes'] });
  expect(exported).toMatchObject({ files: [{ messages: 60 }, {}] });
  const [name = ''] = readdirSync(folder).filter((one) => one.includes('notes'));
  const [first = ''] = readFileSync(join(folder, name), 'utf8').split(/(?=^MSH)/m);
  const other = new OtherMessage({ text: first });
  const paths = ['MSH.3', 'MSH.9.1', 'MSH.9.2', 'MSH.12', 'TXA.17'];
  expect(paths.map((path) => other.get(path).toString())).toEqual(['RAINTREE', 'MDM', 'T02', '2.4', 'LA']);
  expect(await post('/export', { folder: 'relative' })).toMatchObject({ error: { code: 'input.invalid' } });
});

test('the clinic is sent over MLLP, and each of its faults shows', async () => {
  const send = (more: object) => post('/send', { port: listener.port, kinds: ['patients'], ...more });
  expect(await send({ limit: 5 })).toEqual({ messages: 5, acknowledged: { AA: 5 } });
  expect(handled).toHaveLength(5);
  // The same again is acknowledged again and not dealt with.
  expect(await send({ limit: 5, faults: ['wrongFraming'] })).toEqual({ messages: 5, acknowledged: { AA: 5 } });
  expect([handled.length, new Set(faults)]).toEqual([5, new Set(['bytesBeforeStart'])]);
  faults.length = 0;
  expect(await send({ limit: 2, faults: ['endMissing'], milliseconds: 50 })).toEqual({
    messages: 2,
    acknowledged: { none: 2 },
  });
  expect(faults[0]).toBe('endMissing');
  expect(await send({ limit: 1, faults: ['missingPid3'] })).toMatchObject({ acknowledged: { AE: 1 } });
  expect(await send({ faults: ['unknownEvent', 'deletedPatient', 'latin1'] })).toMatchObject({
    acknowledged: { AA: 61, AR: 1 },
  });
  expect(await send({ port: 'x' })).toMatchObject({ error: { code: 'input.invalid' } });
});

test('the receiver keeps what it is sent, once for each control id, and meets it with the faults that wait', async () => {
  const started = await post('/receiver', {});
  const port = Number(Reflect.get(Object(started), 'port'));
  const to = { host: '127.0.0.1', port, timeoutSeconds: 1 };
  const bytes = message(header('ADT^A28'), pid);
  await post('/faults', { next: [{ fault: 'AR' }] });
  expect(await sendMllp(bytes, to)).toMatchObject({ kind: 'rejected' });
  expect(await sendMllp(bytes, to)).toMatchObject({ kind: 'done' });
  expect(await sendMllp(bytes, to)).toMatchObject({ kind: 'done' });
  expect(await post('/received', {})).toMatchObject({ messages: [{ controlId: 'M1', times: 2 }] });
  expect(await post('/faults', { next: [{ fault: 'nosuch' }] })).toMatchObject({ error: {} });
  await post('/reset', {});
  expect(await post('/received', {})).toEqual({ messages: [] });
  await post('/receiver/stop', {});
  expect(await sendMllp(bytes, to)).toMatchObject({ kind: 'notSent' });
});
