// Has a proposal sought in a thread of its own, one at a time: more threads than processors only make everybody wait longer.
import { Worker } from 'node:worker_threads';
import { GaitError } from '../../domain/errors.ts';
import type { Proposal } from '../../domain/series/plan.ts';
import type { SolvingAsk } from './solving.ts';

/** Beyond the search itself: the thread starts, loads the solver and lays the plans out. */
const graceSeconds = 20;

export interface Solver {
  /** @throws GaitError `internal.bug` where the thread fails or does not end in time */
  propose(ask: SolvingAsk): Promise<Proposal>;
}

export function createSolver(): Solver {
  let last: Promise<unknown> = Promise.resolve();
  return {
    propose(ask) {
      const next = last.then(() => inThread(ask));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

function inThread(ask: SolvingAsk): Promise<Proposal> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('solving.ts', import.meta.url), { workerData: ask });
    const late = setTimeout(
      () => {
        reject(new GaitError('internal.bug', 'The search for visits did not end in time.'));
        void worker.terminate();
      },
      (ask.rule.search.seconds + graceSeconds) * 1000,
    );
    const over = (): void => {
      clearTimeout(late);
      void worker.terminate();
    };
    worker.once('message', (proposal: Proposal) => {
      resolve(proposal);
      over();
    });
    worker.once('error', () => {
      // What a thread says of its failure could hold what it was given.
      reject(new GaitError('internal.bug', 'The search for visits failed.'));
      over();
    });
    worker.once('exit', () => {
      clearTimeout(late);
      reject(new GaitError('internal.bug', 'The search for visits ended without a proposal.'));
    });
  });
}
