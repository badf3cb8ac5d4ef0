// The door of a simulated Medical Network: quota, cap, latency, and the faults that strike before or after a request is taken up.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import type { TransportWords } from '../faults/transport.ts';
import type { Fault, FaultyOperation } from './faults.ts';
import type { NetworkStore } from './store.ts';

/** Code and message of what the strikes answer. */
const transportRefusals = {
  429: ['TOO_MANY_REQUESTS', 'Too many requests.'],
  500: ['INTERNAL_ERROR', 'Unexpected error.'],
  504: ['GATEWAY_TIMEOUT', 'The payer did not answer in time.'],
} as const;

/** How a vendor words its refusals. */
export interface Words {
  /** Body of a refusal; `field` is the one that is wrong, where one is. */
  refusal(status: number, code: string, message: string, field?: string): unknown;
  /** Whether a 429 tells how long to wait. */
  readonly tellsRetryAfter: boolean;
}

export class Gate {
  readonly #store: NetworkStore;
  readonly #vendor: Words;

  constructor(store: NetworkStore, words: Words) {
    this.#store = store;
    this.#vendor = words;
  }

  refuse(response: Response, status: number, code: string, message: string, field?: string): void {
    response.status(status).json(this.#vendor.refusal(status, code, message, field));
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

  #words(response: Response): TransportWords {
    return {
      refuse: (status) => {
        const [code, message] = transportRefusals[status];
        this.refuse(response, status, code, message);
      },
      tellsRetryAfter: this.#vendor.tellsRetryAfter,
      brokenOff: '{"controlNumber": "1000',
    };
  }

  async #strikesBefore(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    switch (fault?.fault) {
      case 'unauthorized':
        this.refuse(response, 401, 'UNAUTHORIZED', 'The credentials are not accepted.');
        return true;
      case 'rejected':
        this.refuse(response, 400, 'INVALID', 'The member id HBR900100200 has a wrong form.', 'subscriber.memberId');
        return true;
      case 'inFlight':
        response.set('Retry-After', String(fault.retryAfterSeconds ?? 3));
        this.refuse(response, 409, 'CONFLICT', 'A request with this key is being processed.');
        return true;
      default:
        return strikesBefore(fault, request, response, this.#words(response));
    }
  }

  /** The faults that lose the answer to a request already taken up. True: nothing is left to be answered. */
  async strikesAfter(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    return strikesAfter(fault, request, response, this.#words(response));
  }
}
