// Loopback ports: whether one is free, and fresh ones for tests, always below the range the kernel hands out.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Problem } from './problem.ts';

/** Ports at and above this may be taken at any moment by an outgoing connection (Linux default range starts at 32768). */
const ephemeralStart = 32_768;
const lowestTestPort = 20_000;

/** True when nothing listens on the port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => done(true)));
  });
}

/** `count` different free ports from 20000 to 32767. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count && tries < 2_000; tries += 1) {
    const port = randomInt(lowestTestPort, ephemeralStart);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  if (found.size < count) throw new Problem('No free port between 20000 and 32767.', 'Stop what occupies them.');
  return [...found];
}

/** One free port from 20000 to 32767. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Problem('No free port between 20000 and 32767.', 'Stop what occupies them.');
  return port;
}

/** What a person reads when a port is taken: who wanted it, and the setting that moves it. */
export function portTaken(name: string, port: number, setting: string): Problem {
  return new Problem(
    `Port ${port}, which ${name} needs, is taken.`,
    `Stop the program that listens there, or choose another port with ${setting}.`,
  );
}
