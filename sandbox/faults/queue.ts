// Faults on demand: what the next calls will suffer, queued by a test or by a person who wants to see it, and the levers that do it.
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import type { Router } from 'express';

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

export interface FaultLevers<Fault> {
  readonly waiting: () => readonly Fault[];
  readonly keep: (faults: readonly Fault[]) => void;
  readonly queue: QueueFaults<Fault>;
  /** A fault as it may be given, for who gave one that is not known. */
  readonly example: string;
}

/** Mounted at `/sandbox/<vendor>/faults`, behind a reader of JSON: what waits, and more of it. */
export function faultLevers<Fault>({ waiting, keep, queue, example }: FaultLevers<Fault>): Router {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.json({ next: waiting() });
  });
  router.post('/', (request, response) => {
    const faults = queue(waiting(), request.body);
    if (!faults) {
      const message = `unknown fault: give {"next":[${example}]}`;
      response.status(400).json({ error: { code: 'input.invalid', message } });
      return;
    }
    keep(faults);
    response.json({ next: faults });
  });
  return router;
}
