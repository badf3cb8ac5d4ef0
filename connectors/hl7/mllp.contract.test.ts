// MLLP over real sockets: nothing is acknowledged before it is kept, nothing is kept twice, and a sender knows what its silence means.
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Message as OtherMessage } from 'node-hl7-client';
import { afterEach, describe, expect, test } from 'vitest';
import { Receiver } from '../../sandbox/hl7/wire.ts';
import { judge, readAcknowledgment } from './acknowledgment.ts';
import type { Decision } from './acknowledgment.ts';
import { sendMllp } from './mllp-client.ts';
import { FrameDecoder, framed } from './mllp-framing.ts';
import { createMllpListener } from './mllp-listener.ts';
import type { ArrivedMessage, ListenerFault, ListenerOptions, MllpListener } from './mllp-listener.ts';
import { clinicWords, header, message, pid, settingsOf } from './testing/messages.ts';

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const stored: Decision = { code: 'AA', errors: [] };

async function listening(handle: (one: ArrivedMessage) => Promise<Decision>, more: Partial<ListenerOptions> = {}) {
  const faults: ListenerFault[] = [];
  const listener: MllpListener = await createMllpListener({
    host: '127.0.0.1',
    port: 0,
    handle,
    maxConnections: 4,
    idleSeconds: 5,
    settings: settingsOf(),
    now: () => new Date('2026-11-18T20:00:00Z'),
    fault: (code) => void faults.push(code),
    ...more,
  });
  cleanups.push(() => listener.close());
  return { listener, faults, port: listener.port };
}

/** A raw sender: what it is answered, by code, and whether it was cut off. */
function sender(port: number) {
  const socket: Socket = connect({ host: '127.0.0.1', port });
  const decoder = new FrameDecoder();
  const answers: Buffer[] = [];
  let closed = false;
  socket.on('data', (chunk) => {
    for (const frame of decoder.push(chunk)) if (frame.kind === 'message') answers.push(frame.bytes);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  cleanups.push(() => void socket.destroy());
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let round = 0; round < 400 && !isSo(); round += 1) await sleep(5);
    if (!isSo()) throw new Error('it did not come to it');
  };
  return {
    socket,
    answers,
    write: (bytes: Uint8Array | string) => socket.write(bytes),
    codes: () => answers.map((one) => readAcknowledgment(one)?.code),
    answered: (count: number) => until(() => answers.length >= count),
    cutOff: () => until(() => closed),
  };
}

const a28 = (id = 'M1', rest = ''): Buffer => message(header('ADT^A28', { id, rest }), pid);

describe('taking messages', () => {
  test('an acknowledgment comes only after the message was dealt with, to its sender and by its control id', async () => {
    let keep = (): void => undefined;
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    const { port } = await listening(async () => {
      await kept;
      return stored;
    });
    const { write, answers, answered } = sender(port);
    write(framed(a28()));
    await sleep(50);
    expect(answers).toEqual([]);
    keep();
    await answered(1);
    const other = new OtherMessage({ text: answers[0]?.toString() ?? '' });
    expect(['MSH.5', 'MSH.9.1', 'MSH.9.2', 'MSA.1', 'MSA.2'].map((path) => other.get(path).toString())).toEqual([
      'PTSYS',
      'ACK',
      'A28',
      'AA',
      'M1',
    ]);
  });

  test('a repeated message is acknowledged again and not dealt with twice, one with the same control id and other bytes is', async () => {
    const seen: string[] = [];
    const { port } = await listening(({ sha256 }) => Promise.resolve(seen.push(sha256)).then(() => stored));
    const { write, answered, codes } = sender(port);
    write(Buffer.concat([framed(a28()), framed(a28()), framed(message(header('ADT^A31'), pid))]));
    await answered(3);
    expect([codes(), seen.length]).toEqual([['AA', 'AA', 'AA'], 2]);
  });

  test('one that could not be kept is not acknowledged: its sender is cut off, comes back, and is heard', async () => {
    let tries = 0;
    const { port, faults } = await listening(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('no database')) : Promise.resolve(stored);
    });
    const first = sender(port);
    first.write(framed(a28()));
    await first.cutOff();
    expect([first.answers, faults]).toEqual([[], ['notKept']]);
    const second = sender(port);
    second.write(framed(a28()));
    await second.answered(1);
    expect(second.codes()).toEqual(['AA']);
  });

  test.each([
    ['AL', 'NE', ['CA'], ['CA'], ['CR'], ['CE']],
    ['AL', 'AL', ['CA', 'AA'], ['CA', 'AE'], ['CR', 'AR'], ['CE']],
    ['NE', 'AL', ['AA'], ['AE'], ['AR'], []],
    ['ER', 'SU', ['AA'], [], ['CR'], ['CE']],
    ['NE', 'NE', [], [], [], []],
  ])('enhanced mode, accept %s and application %s', async (accept, answer, good, useless, refused, lost) => {
    const { port } = await listening((one) => {
      if (one.header?.controlId === 'LOST') return Promise.reject(new Error('no database'));
      return Promise.resolve(judge(one.bytes, settingsOf(), clinicWords));
    });
    const codes = async (bytes: Buffer) => {
      const own = sender(port);
      own.write(framed(bytes));
      own.socket.end();
      await own.cutOff();
      return own.codes();
    };
    const modes = `|||${accept}|${answer}`;
    expect(await codes(a28('1', modes))).toEqual(good);
    expect(await codes(message(header('ADT^A28', { rest: modes }), 'PID|1'))).toEqual(useless);
    expect(await codes(message(header('ADT^A03', { rest: modes }), pid))).toEqual(refused);
    expect(await codes(a28('LOST', modes))).toEqual(lost);
  });

  test('what is refused names code and field, in the way of the sender’s version, and no value', async () => {
    const { port } = await listening((one) => Promise.resolve(judge(one.bytes, settingsOf(), clinicWords)));
    const { write, answers, answered } = sender(port);
    write(framed(message(header('ADT^A28'), 'PID|1||||A^B')));
    write(framed(message(header('ADT^A03').replace('2.5.1', '2.3'), pid)));
    write(framed(Buffer.from('hello')));
    await answered(3);
    const err = (one: Buffer | undefined) =>
      one
        ?.toString()
        .split('\r')
        .find((line) => line.startsWith('ERR'));
    expect(answers.map((one) => readAcknowledgment(one)?.reasons)).toEqual([
      [{ code: 'AE' }, { code: '101', field: 'PID-3' }],
      [{ code: 'AR' }, { code: '201', field: 'MSH-9' }],
      [{ code: 'AR' }, { code: '100' }],
    ]);
    expect(err(answers[0])).toBe('ERR||PID^1^3|101^^HL70357|E');
    expect(err(answers[1])).toBe('ERR|MSH^1^9^201&&HL70357');
  });

  test('wrong framing is told by its code; what is whole is taken', async () => {
    const { port, faults } = await listening(() => Promise.resolve(stored));
    const { write, answered, codes, socket } = sender(port);
    write('hello');
    write(framed(a28('1')));
    write(Buffer.concat([Buffer.of(0x0b), Buffer.from('MSH|broken')]));
    write(Buffer.concat([framed(a28('2')).subarray(0, -1), Buffer.from('\n')]));
    write(framed(a28('3')));
    await answered(3);
    socket.end(Buffer.of(0x0b));
    await sleep(20);
    expect(codes()).toEqual(['AA', 'AA', 'AA']);
    expect(faults).toEqual(['bytesBeforeStart', 'endMissing', 'wrongTrailer', 'endMissing']);
  });

  test('a message that is too large is refused by its control id, whoever is not named is not heard', async () => {
    const { port, faults } = await listening(() => Promise.resolve(stored), { largest: 5000 });
    const { write, answers, answered } = sender(port);
    write(framed(Buffer.concat([a28('BIG'), Buffer.alloc(6000, 'x')])));
    await answered(1);
    expect(readAcknowledgment(answers[0] ?? Buffer.alloc(0))).toMatchObject({ code: 'AR', controlId: 'BIG' });
    const closed = await listening(() => Promise.resolve(stored), { allowFrom: ['10.0.0.0/8', '::2'] });
    const stranger = sender(closed.port);
    stranger.write(framed(a28()));
    await stranger.cutOff();
    expect([faults, closed.faults, stranger.answers]).toEqual([['tooLarge'], ['senderNotAllowed'], []]);
    const open = await listening(() => Promise.resolve(stored), { allowFrom: ['127.0.0.0/8'] });
    const known = sender(open.port);
    known.write(framed(a28()));
    await known.answered(1);
  });

  test('a listener that closes answers what it is dealing with, and takes nothing more', async () => {
    let keep = (): void => undefined;
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    let handled = 0;
    const { listener, port } = await listening(async () => {
      handled += 1;
      await kept;
      return stored;
    });
    const one = sender(port);
    one.write(Buffer.concat([framed(a28('1')), framed(a28('2'))]));
    await sleep(50);
    const closing = listener.close();
    keep();
    await closing;
    await one.cutOff();
    expect([one.codes(), handled]).toEqual([['AA'], 1]);
    cleanups.length = 0;
  });

  test('a client of another make is acknowledged', async () => {
    const { port } = await listening((one) => Promise.resolve(judge(one.bytes, settingsOf(), clinicWords)));
    const client = new Client({ host: '127.0.0.1', version: '2.5.1' });
    const codes: string[] = [];
    let heard = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const connection = client.createConnection({ port, version: '2.5.1' }, (response) => {
      codes.push(response.getMessage().get('MSA.1').toString());
      heard();
    });
    await connection.sendMessage(new OtherMessage({ text: a28().toString().trim() }));
    await done;
    await connection.close();
    expect(codes).toEqual(['AA']);
  });
});

describe('sending messages', () => {
  const target = async (faults: Receiver['faults'] = []) => {
    const receiver = new Receiver();
    receiver.faults = faults;
    const port = await receiver.start(0);
    cleanups.push(() => receiver.stop());
    return { receiver, target: { host: '127.0.0.1', port, timeoutSeconds: 0.3 } };
  };

  test('an acknowledged message is done, a repeated one as well, and applied once', async () => {
    const { receiver, target: to } = await target();
    const done = { kind: 'done', result: { code: 'AA', controlId: 'M1' } };
    expect(await sendMllp(a28(), to)).toEqual(done);
    expect(await sendMllp(a28(), to)).toEqual(done);
    expect(receiver.received).toMatchObject([{ event: 'ADT^A28', controlId: 'M1', times: 2 }]);
  });

  test.each(['AE', 'AR'] as const)('%s is a refusal by codes, never by its text', async (fault) => {
    const { target: to } = await target([{ fault }]);
    const outcome = await sendMllp(a28(), to);
    expect(outcome).toEqual({
      kind: 'rejected',
      code: 'vendor.rejected',
      reasons: [{ code: fault }, { code: '101', field: 'PID-5' }],
    });
    expect(JSON.stringify(outcome)).not.toContain('DOE');
  });

  test.each(['noAck', 'closeAfterTaking', 'closeBeforeTaking', 'wrongControlId'] as const)(
    '%s leaves the message in doubt',
    async (fault) => {
      const { target: to } = await target([{ fault }]);
      const code = fault === 'wrongControlId' ? 'vendor.malformed' : 'vendor.unavailable';
      expect(await sendMllp(a28(), to)).toMatchObject({ kind: 'uncertain', code });
    },
  );

  test('a late acknowledgment is waited for, within the time', async () => {
    const { target: to } = await target([{ fault: 'ackLate', milliseconds: 100 }]);
    expect(await sendMllp(a28(), { ...to, timeoutSeconds: 5 })).toMatchObject({ kind: 'done' });
  });

  test('a refused connection has sent nothing, nor has a message without a control id', async () => {
    const free = createServer();
    const port = await new Promise<number>((resolve) => {
      free.listen(0, '127.0.0.1', () => {
        const address = free.address();
        free.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
    });
    const to = { host: '127.0.0.1', port, timeoutSeconds: 1 };
    expect(await sendMllp(a28(), to)).toMatchObject({ kind: 'notSent', code: 'connection.refused' });
    expect(await sendMllp(a28(''), to)).toMatchObject({ kind: 'rejected', code: 'input.invalid' });
    const gone = AbortSignal.abort();
    expect(await sendMllp(a28(), { ...to, signal: gone })).toMatchObject({ kind: 'notSent' });
  });
});
