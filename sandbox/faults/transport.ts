// The faults that every simulated vendor over HTTP can be told to have: an answer that is late, refused for now, lost or broken off.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';

/**
 * `before…` faults strike before the request is taken up, `after…` faults once it is in the journal. `slow` and `malformed` strike here as
 * well; each vendor names them among its own.
 */
export const transportFaults = [
  'gatewayTimeoutAfterAccepting',
  'hangAfterAccepting',
  'hangBeforeAccepting',
  'resetBeforeAccepting',
  'resetAfterAccepting',
  'slowAfterAccepting',
  'errorBeforeAccepting',
  'throttled',
] as const;

/** The fields of a queued fault that the strikes read. */
const transportProperties = {
  milliseconds: { type: 'integer', minimum: 0, maximum: 600_000 },
  retryAfterSeconds: { type: 'integer', minimum: 0 },
} as const;

/**
 * The JSON Schema of a fault that a vendor over HTTP can be told to have.
 * @param operations those a fault may wait for; what it waits for when it names none, its vendor says
 * @param more further fields of it
 */
export function vendorFault<
  const Faults extends readonly string[],
  const Operations extends readonly string[],
  const More extends object,
>(faults: Faults, operations: Operations, more: More) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['fault'],
    properties: { fault: { enum: faults }, on: { enum: operations }, ...transportProperties, ...more },
  } as const;
}

interface Queued {
  readonly fault: string;
  readonly milliseconds?: number;
  readonly retryAfterSeconds?: number;
}

/** How a vendor words what the strikes answer. */
export interface TransportWords {
  /** Too many calls, an error of its own, a payer that did not answer its gateway. */
  refuse(status: 429 | 500 | 504): void;
  /** Whether a 429 tells how long to wait. */
  readonly tellsRetryAfter: boolean;
  /** The beginning of an answer that breaks off. */
  readonly brokenOff: string;
}

const slowMilliseconds = 2000;
const hangMilliseconds = 120_000;

async function hang(fault: Queued, request: Request): Promise<void> {
  await sleep(fault.milliseconds ?? hangMilliseconds, undefined, { ref: false });
  request.socket.destroy();
}

/** Lets a fault strike before the request is taken up. True: the answer has been given, or never will be. */
export async function strikesBefore(
  fault: Queued | null,
  request: Request,
  response: Response,
  words: TransportWords,
): Promise<boolean> {
  switch (fault?.fault) {
    case 'slow':
      await sleep(fault.milliseconds ?? slowMilliseconds);
      return false;
    case 'throttled':
      if (words.tellsRetryAfter && fault.retryAfterSeconds !== undefined)
        response.set('Retry-After', String(fault.retryAfterSeconds));
      words.refuse(429);
      return true;
    case 'errorBeforeAccepting':
      words.refuse(500);
      return true;
    case 'resetBeforeAccepting':
      request.socket.resetAndDestroy();
      return true;
    case 'hangBeforeAccepting':
      await hang(fault, request);
      return true;
    default:
      return false;
  }
}

/** Lets a fault lose or spoil the answer to a request already taken up. True: nothing is left to be answered. */
export async function strikesAfter(
  fault: Queued | null,
  request: Request,
  response: Response,
  words: TransportWords,
): Promise<boolean> {
  switch (fault?.fault) {
    case 'gatewayTimeoutAfterAccepting':
      words.refuse(504);
      return true;
    case 'resetAfterAccepting':
      request.socket.resetAndDestroy();
      return true;
    case 'hangAfterAccepting':
      await hang(fault, request);
      return true;
    case 'slowAfterAccepting':
      await sleep(fault.milliseconds ?? slowMilliseconds);
      return false;
    case 'malformed':
      response.status(200).type('json').send(words.brokenOff);
      return true;
    default:
      return false;
  }
}
