// Takes messages over MLLP one after the other and acknowledges each only once it is dealt with; a repeated one again, without a second dealing.
import { createHash, randomBytes } from 'node:crypto';
import { BlockList, createServer, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { acknowledgments, headerIn, notKept } from './acknowledgment.ts';
import type { Decision } from './acknowledgment.ts';
import type { Header } from './header.ts';
import { FrameDecoder, framed } from './mllp-framing.ts';
import type { FramingFault } from './mllp-framing.ts';
import type { Hl7Settings } from './settings.ts';

/** `sha256` (hex) of the bytes is its identity: a control id is a sender's to use twice. */
export interface ArrivedMessage {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly header: Header | null;
}

export type ListenerFault = FramingFault | 'senderNotAllowed' | 'notKept' | 'connectionBroken';

export interface ListenerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Keeps the message and says what becomes of it. If it throws, the message is not acknowledged and its sender sends it again. */
  readonly handle: (message: ArrivedMessage) => Promise<Decision>;
  /** IP addresses and networks; none: everybody who reaches the port. */
  readonly allowFrom?: readonly string[];
  readonly maxConnections: number;
  readonly idleSeconds: number;
  readonly settings: Pick<Hl7Settings, 'ownApplication' | 'ownFacility'>;
  readonly now: () => Date;
  readonly fault?: (code: ListenerFault) => void;
  readonly largest?: number;
}

export interface MllpListener {
  readonly port: number;
  /** Takes nothing more, finishes what is being dealt with for so long, and closes: what is not kept by then is not acknowledged. */
  close(patienceSeconds?: number): Promise<void>;
}

/** So many decisions are remembered; a message repeated later is dealt with again, and whoever keeps it knows it by its hash. */
const remembered = 1000;
/** A message that has begun must go on. */
const withinMessageSeconds = 30;
const usualPatienceSeconds = 5;

function allowed(allowFrom: readonly string[]): (address: string | undefined) => boolean {
  if (allowFrom.length === 0) return () => true;
  const list = new BlockList();
  for (const entry of allowFrom) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address = '') => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
    return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  };
}

class Listener {
  readonly #options: ListenerOptions;
  readonly #decisions = new Map<string, Promise<Decision>>();
  readonly #sockets = new Map<Socket, Promise<void>>();
  #closing = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  #frame() {
    const { settings, now } = this.#options;
    return { settings, at: now().toISOString(), id: randomBytes(9).toString('hex') };
  }

  #decided(message: ArrivedMessage): Promise<Decision> {
    const { sha256 } = message;
    const before = this.#decisions.get(sha256);
    if (before !== undefined) return before;
    const deciding = Promise.resolve(message).then((one) => this.#options.handle(one));
    this.#decisions.set(sha256, deciding);
    const [oldest] = this.#decisions.keys();
    if (this.#decisions.size > remembered && oldest !== undefined) this.#decisions.delete(oldest);
    deciding.catch(() => this.#decisions.delete(sha256));
    return deciding;
  }

  /** False: it could not be kept, and the connection is given up so that the sender comes back with it. */
  async #answer(socket: Socket, bytes: Buffer): Promise<boolean> {
    const header = headerIn(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    try {
      const decision = await this.#decided({ bytes, sha256, header });
      this.#write(socket, acknowledgments(header, decision, this.#frame()));
      return true;
    } catch {
      this.#options.fault?.('notKept');
      this.#write(socket, notKept(header, this.#frame()));
      return false;
    }
  }

  #write(socket: Socket, answers: readonly string[]): void {
    for (const one of answers) if (socket.writable) socket.write(framed(Buffer.from(one, 'utf8')));
  }

  #refuseLarge(socket: Socket, head: Buffer): void {
    const errors = [{ code: '207', segment: null, field: null }];
    this.#write(socket, acknowledgments(headerIn(head), { code: 'AR', errors }, this.#frame()));
  }

  async #serve(socket: Socket): Promise<void> {
    const { idleSeconds, fault, largest } = this.#options;
    const decoder = new FrameDecoder(largest);
    socket.setNoDelay(true);
    socket.setTimeout(idleSeconds * 1000, () => socket.destroy());
    try {
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        for (const frame of decoder.push(Buffer.from(chunk))) {
          if (frame.kind === 'fault') fault?.(frame.code);
          if (frame.kind === 'fault' && frame.head !== undefined) this.#refuseLarge(socket, frame.head);
          if (this.#closing) return;
          if (frame.kind === 'message' && !(await this.#answer(socket, frame.bytes))) return;
        }
        socket.setTimeout((decoder.inside ? withinMessageSeconds : idleSeconds) * 1000);
        if (this.#closing) return;
      }
    } catch {
      fault?.('connectionBroken');
    } finally {
      for (const frame of decoder.close()) if (frame.kind === 'fault') fault?.(frame.code);
      await new Promise<void>((resolve) => {
        if (socket.destroyed) resolve();
        else socket.end(resolve);
      });
      socket.destroy();
    }
  }

  accept(socket: Socket, isAllowed: (address: string | undefined) => boolean): void {
    socket.on('error', () => undefined);
    if (this.#closing || !isAllowed(socket.remoteAddress)) {
      this.#options.fault?.('senderNotAllowed');
      socket.destroy();
      return;
    }
    const serving = this.#serve(socket).finally(() => this.#sockets.delete(socket));
    this.#sockets.set(socket, serving);
  }

  /** A connection that is dealing with a message answers it first; one that waits for the next is closed. */
  async stop(patienceSeconds: number): Promise<void> {
    this.#closing = true;
    await within(patienceSeconds, Promise.allSettled(this.#decisions.values()));
    const serving = Promise.allSettled(this.#sockets.values());
    for (const socket of this.#sockets.keys()) socket.end();
    await within(0.2, serving);
    for (const socket of this.#sockets.keys()) socket.destroy();
  }
}

/** Waits for `work`, but no longer than so many seconds. */
async function within(seconds: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, sleep(seconds * 1000, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}

/** Listens, once it resolves. Throws what the system says where the port cannot be had. */
export async function createMllpListener(options: ListenerOptions): Promise<MllpListener> {
  const listener = new Listener(options);
  const isAllowed = allowed(options.allowFrom ?? []);
  // A sender may close its half once it has sent: it is answered all the same.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    listener.accept(socket, isAllowed);
  });
  server.maxConnections = options.maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  server.on('error', () => options.fault?.('connectionBroken'));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async close(patienceSeconds = usualPatienceSeconds) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await listener.stop(patienceSeconds);
      await closed;
    },
  };
}
