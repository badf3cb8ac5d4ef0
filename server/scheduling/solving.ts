// The thread that seeks a proposal: a search takes seconds, and the server answers others meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import type { SeriesRule } from '../../domain/series/book-schema.ts';
import { modelOf } from '../../domain/series/model.ts';
import type { Clinic, Plan } from '../../domain/series/plan.ts';
import { proposalOf } from '../../domain/series/proposal.ts';
import { solve } from './solve.ts';

/** What the thread is started with. */
export interface SolvingAsk {
  readonly clinic: Clinic;
  readonly plans: readonly Plan[];
  readonly rule: SeriesRule;
}

// The server starts this file with plain data of its own.
const { clinic, plans, rule } = workerData as SolvingAsk;
const model = modelOf(clinic, plans, rule);
const { selection, bound } = await solve(model, { seconds: rule.search.seconds, now: () => performance.now() });
parentPort?.postMessage(proposalOf(model, selection, bound));
