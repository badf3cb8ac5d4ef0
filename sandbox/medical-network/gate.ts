// The door of a simulated Medical Network: quota, cap, latency, and the faults that strike before or after a request is taken up.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { Fault, FaultyOperation } from './faults.ts';
import type { NetworkStore } from './store.ts';

const hangMilliseconds = 120_000;

/** How a vendor words its refusals. */
export interface Words {
  /** Body of a refusal; `field` is the one that is wrong, where one is. */
  refusal(status: number, code: string, message: string, field?: string): unknown;
  /** Whether a 429 tells how long to wait. */
  readonly tellsRetryAfter: boolean;
}

export class Gate {
  readonly #store: NetworkStore;
  readonly #words: Words;

  constructor(store: NetworkStore, words: Words) {
    this.#store = store;
    this.#words = words;
  }

  refuse(response: Response, status: number, code: string, message: string, field?: string): void {
    response.status(status).json(this.#words.refusal(status, code, message, field));
  }

  /** Lets a call in with the fault meant for it, or `answered`. */
  async admit(
    operation: FaultyOperation,
    request: Request,
    response: Response,
  ): Promise<{ fault: Fault | null } | 'answered'> {
    const store = this.#store;
    store.count(operation);
    const { quota, concurrency, latencyMilliseconds } = store.settings;
    if (quota !== null) {
      if (quota === 0) {
        this.refuse(response, 429, 'TOO_MANY_REQUESTS', 'The quota of this plan is used up.');
        return 'answered';
      }
      store.settings = { ...store.settings, quota: quota - 1 };
    }
    if (concurrency !== null && store.underWay >= concurrency) {
      this.refuse(response, 429, 'TOO_MANY_REQUESTS', 'Too many requests at once.');
      return 'answered';
    }
    store.underWay += 1;
    store.most = Math.max(store.most, store.underWay);
    response.once('close', () => (store.underWay -= 1));
    if (latencyMilliseconds > 0) await sleep(latencyMilliseconds);
    const fault = store.takeFault(operation);
    return (await this.#strikesBefore(fault, request, response)) ? 'answered' : { fault };
  }

  async #strikesBefore(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    switch (fault?.fault) {
      case 'slow':
        await sleep(fault.milliseconds ?? 2000);
        return false;
      case 'unauthorized':
        this.refuse(response, 401, 'UNAUTHORIZED', 'The credentials are not accepted.');
        return true;
      case 'throttled':
        if (this.#words.tellsRetryAfter && fault.retryAfterSeconds !== undefined)
          response.set('Retry-After', String(fault.retryAfterSeconds));
        this.refuse(response, 429, 'TOO_MANY_REQUESTS', 'Too many requests.');
        return true;
      case 'errorBeforeAccepting':
        this.refuse(response, 500, 'INTERNAL_ERROR', 'Unexpected error.');
        return true;
      case 'resetBeforeAccepting':
        request.socket.resetAndDestroy();
        return true;
      case 'hangBeforeAccepting':
        await sleep(fault.milliseconds ?? hangMilliseconds, undefined, { ref: false });
        request.socket.destroy();
        return true;
      case 'rejected':
        this.refuse(response, 400, 'INVALID', 'The member id HBR900100200 has a wrong form.', 'subscriber.memberId');
        return true;
      case 'inFlight':
        response.set('Retry-After', String(fault.retryAfterSeconds ?? 3));
        this.refuse(response, 409, 'CONFLICT', 'A request with this key is being processed.');
        return true;
      default:
        return false;
    }
  }

  /** The faults that lose the answer to a request already taken up. True: nothing is left to be answered. */
  async strikesAfter(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    switch (fault?.fault) {
      case 'gatewayTimeoutAfterAccepting':
        this.refuse(response, 504, 'GATEWAY_TIMEOUT', 'The payer did not answer in time.');
        return true;
      case 'resetAfterAccepting':
        request.socket.resetAndDestroy();
        return true;
      case 'hangAfterAccepting':
        await sleep(fault.milliseconds ?? hangMilliseconds, undefined, { ref: false });
        request.socket.destroy();
        return true;
      case 'slowAfterAccepting':
        await sleep(fault.milliseconds ?? 2000);
        return false;
      case 'malformed':
        response.status(200).type('json').send('{"controlNumber": "1000');
        return true;
      default:
        return false;
    }
  }
}
