// The simulated Availity for contract tests: over real HTTP, empty before each test, with its levers at hand.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startSandbox } from '../../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../../sandbox/testing/running-sandbox.ts';
import type { ConnectorContext, Outcome } from '../../connector.ts';
import { at } from '../../json.ts';
import type { Pending } from '../../payer-operations.ts';
import { availityContext } from '../../testing/context.ts';

type Options = Partial<Parameters<typeof availityContext>[0]>;

export interface SimulatedAvaility {
  /** The sandbox itself, once the tests run. */
  readonly sandbox: () => RunningSandbox;
  readonly context: (options?: Options) => ConnectorContext;
  /** What the next calls will suffer. */
  readonly fail: (...next: readonly object[]) => Promise<unknown>;
  /** How coverages and claim statuses are answered. */
  readonly set: (settings: object) => Promise<unknown>;
  /** How often it was asked and looked up, and what it still holds. */
  readonly counts: (collection: 'coverages' | 'claim-statuses') => Promise<unknown>;
}

/** To be called once by a file of tests. */
export function simulatedAvaility(): SimulatedAvaility {
  let running: RunningSandbox | null = null;
  const sandbox = (): RunningSandbox => {
    if (running === null) throw new Error('the sandbox has not started yet');
    return running;
  };
  beforeAll(async () => {
    running = await startSandbox();
  });
  afterAll(() => running?.stop());
  beforeEach(() => sandbox().post('/sandbox/availity/reset', {}));
  return {
    sandbox,
    context: (options = {}) => availityContext({ url: sandbox().url, now: sandbox().now, ...options }),
    fail: (...next) => sandbox().post('/sandbox/availity/faults', { next }),
    set: (settings) => sandbox().post('/sandbox/availity/inquiries', settings),
    counts: async (collection) => at(at(await sandbox().get('/sandbox/availity/inquiries'), 'counts'), collection),
  };
}

/** What is said of a question that is taken up and not answered. */
export function pendingIn<Result extends { kind: string }>(outcome: Outcome<Result | Pending>): Pending {
  if (outcome.kind === 'done' && outcome.result.kind === 'pending' && 'retryAfterSeconds' in outcome.result)
    return outcome.result;
  throw new Error(`not pending: ${JSON.stringify(outcome)}`);
}
