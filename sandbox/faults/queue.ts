// Faults on demand: what the next calls will suffer, queued by a test or by a person who wants to see it, and the levers that do it.
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import type { Router } from 'express';
import { refuseLever } from '../lever.ts';

interface FaultList<Fault> {
  readonly next: readonly Fault[];
  readonly replace?: boolean;
}

/** Puts the faults a request body names behind those that wait, or in their place; `null` when a name or field of it is not known. */
export type QueueFaults<Fault> = (queue: readonly Fault[], body: unknown) => readonly Fault[] | null;

/** @param fault the JSON Schema of one fault, from which `Fault` is derived */
export function faultQueue<Fault>(fault: object): QueueFaults<Fault> {
  const isList = new Ajv2020().compile<FaultList<Fault>>({
    type: 'object',
    additionalProperties: false,
    required: ['next'],
    properties: {
      next: { type: 'array', items: fault },
      /** Forget what is queued first; else the new ones follow the old. */
      replace: { type: 'boolean' },
    },
  });
  return (queue, body) => {
    if (!isList(body)) return null;
    return body.replace === true ? body.next : [...queue, ...body.next];
  };
}

/** Takes the first fault that is `meant` out of `queue`. */
export function takeFault<Fault>(
  queue: readonly Fault[],
  meant: (fault: Fault) => boolean,
): { fault: Fault | null; rest: readonly Fault[] } {
  const index = queue.findIndex(meant);
  return { fault: queue[index] ?? null, rest: index === -1 ? queue : queue.filter((_, at) => at !== index) };
}

/**
 * Mounted at `/sandbox/<vendor>/faults`, behind a reader of JSON: what waits, and more of it.
 * @param holder keeps those that wait
 * @param example a fault as it may be given, for who gave one that is not known
 */
export function faultLevers<Fault>(
  holder: { faults: readonly Fault[] },
  queue: QueueFaults<Fault>,
  example: string,
): Router {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.json({ next: holder.faults });
  });
  router.post('/', (request, response) => {
    const faults = queue(holder.faults, request.body);
    if (!faults) {
      refuseLever(response, `unknown fault: give {"next":[${example}]}`);
      return;
    }
    holder.faults = faults;
    response.json({ next: faults });
  });
  return router;
}
