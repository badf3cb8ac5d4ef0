// MLLP as a PT system's interface speaks it: a sender that waits for each acknowledgment, and a receiver that keeps what it is sent.
import { createServer, connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeFault } from '../faults/queue.ts';
import type { ReceivingFault } from './faults.ts';

const frame = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)]);

/** Takes the messages that are complete out of what has come; the rest waits in the list. */
function taken(waiting: { bytes: Buffer }): string[] {
  const messages: string[] = [];
  for (;;) {
    const from = waiting.bytes.indexOf(0x0b);
    const to = waiting.bytes.indexOf(0x1c, Math.max(from, 0));
    if (from === -1 || to === -1) return messages;
    messages.push(waiting.bytes.subarray(from + 1, to).toString('utf8'));
    waiting.bytes = waiting.bytes.subarray(to + 1);
  }
}

function fieldOf(message: string, segment: string, number: number): string {
  const line = message.split(/\r\n?|\n/).find((one) => one.startsWith(`${segment}|`)) ?? '';
  return line.split('|')[segment === 'MSH' ? number - 1 : number] ?? '';
}

export interface SentOver {
  /** By code, `none` for those nobody acknowledged. */
  readonly acknowledged: Readonly<Record<string, number>>;
}

export interface Wire {
  readonly host: string;
  readonly port: number;
  /** Written before each message, where it does not belong. */
  readonly before: string;
  readonly endMissing: boolean;
  readonly milliseconds: number;
}

/** Sends one after the other over one connection. An acknowledgment that does not come is not waited for longer than `milliseconds`. */
export async function sendOver(messages: readonly Buffer[], wire: Wire): Promise<SentOver> {
  const socket = connect({ host: wire.host, port: wire.port });
  const waiting = { bytes: Buffer.alloc(0) };
  const answers: string[] = [];
  let wake = (): void => undefined;
  socket.on('data', (chunk) => {
    waiting.bytes = Buffer.concat([waiting.bytes, chunk]);
    answers.push(...taken(waiting));
    wake();
  });
  socket.on('error', () => wake());
  socket.on('close', () => wake());
  const acknowledged: Record<string, number> = {};
  for (const bytes of messages) {
    const framed = frame(bytes);
    socket.write(Buffer.concat([Buffer.from(wire.before), wire.endMissing ? framed.subarray(0, -2) : framed]));
    if (answers.length === 0 && !socket.destroyed) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, sleep(wire.milliseconds, undefined, { ref: false })]);
    }
    const code = fieldOf(answers.shift() ?? '', 'MSA', 1) || 'none';
    acknowledged[code] = (acknowledged[code] ?? 0) + 1;
  }
  socket.end();
  return { acknowledged };
}

export interface Received {
  readonly event: string;
  readonly controlId: string;
  /** Times it came; it is applied once. */
  times: number;
  readonly text: string;
}

/** Keeps messages by their control ids, and meets each with the next fault that waits. */
export class Receiver {
  readonly received: Received[] = [];
  faults: readonly ReceivingFault[] = [];
  #server: Server | null = null;

  /** Listens on loopback at `port` (0: any) and tells which it is. */
  async start(port: number): Promise<number> {
    await this.stop();
    const server = createServer((socket) => this.#serve(socket));
    server.unref();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.#server = server;
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  #serve(socket: Socket): void {
    const waiting = { bytes: Buffer.alloc(0) };
    socket.unref();
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      waiting.bytes = Buffer.concat([waiting.bytes, chunk]);
      for (const text of taken(waiting)) void this.#take(socket, text);
    });
  }

  #keep(text: string): void {
    const controlId = fieldOf(text, 'MSH', 10);
    const known = this.received.find((one) => one.controlId === controlId);
    if (known === undefined) this.received.push({ event: fieldOf(text, 'MSH', 9), controlId, times: 1, text });
    else known.times += 1;
  }

  async #take(socket: Socket, text: string): Promise<void> {
    const { fault: next, rest } = takeFault(this.faults, () => true);
    this.faults = rest;
    const fault = next?.fault ?? null;
    if (fault === 'closeBeforeTaking') {
      socket.destroy();
      return;
    }
    const isRefused = fault === 'AE' || fault === 'AR';
    if (!isRefused) this.#keep(text);
    if (fault === 'closeAfterTaking') socket.destroy();
    if (fault === 'closeAfterTaking' || fault === 'noAck') return;
    if (fault === 'ackLate') await sleep(next?.milliseconds ?? 2000, undefined, { ref: false });
    const code = isRefused ? fault : 'AA';
    const controlId = fault === 'wrongControlId' ? 'ANOTHER' : fieldOf(text, 'MSH', 10);
    const err = isRefused ? '\rERR||PID^1^5|101^Required field missing^HL70357|E||||Name of JANE DOE is missing' : '';
    const answer = `MSH|^~\\&|PTSYS|STRIDE|GAIT|STRIDE|20261118||ACK|A${controlId}|P|2.5.1\rMSA|${code}|${controlId}|JANE DOE${err}\r`;
    if (socket.writable) socket.write(frame(Buffer.from(answer)));
  }
}
