// What a crash leaves of a step or a decision: Temporal is told later, exactly what was stored; a lost flow is asked again.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { followedClinic, noWorkflows } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { systemPrincipal } from '../http/principal.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createDecisions } from '../work-items/decide.ts';
import { createFlows } from './flows.ts';
import { createSteps } from './steps.ts';
import type { Steps } from './steps.ts';
import { TinyFlow } from './testing/tiny-flow.ts';
import { testDay } from '../testing/days.ts';

const today = testDay();
const by = systemPrincipal('test');
const call = 'call_0000000000000000000001';

let server: TestServer;
let clinic: Followed;
let flow: TinyFlow;
let count = 0;
let told: unknown[];
/** Whether Temporal can be reached; what it is told stands in `told`. */
let reachable: boolean;

const workflows: Workflows = {
  ...noWorkflows,
  completeStep: (activity, answers) => tell({ activity, answers }),
  endAttempt: (activity, code, retryAfterSeconds) => tell({ activity, code, retryAfterSeconds }),
  decide: (_workflow, updateId, decision) => {
    if (!reachable) return Promise.resolve({ kind: 'later' });
    told.push({ updateId, decision: decision.decision });
    return Promise.resolve({ kind: 'accepted' });
  },
};

function tell(what: unknown): Promise<'told'> {
  if (!reachable) return Promise.reject(new Error('Temporal is away.'));
  told.push(what);
  return Promise.resolve('told');
}

beforeAll(async () => {
  server = await startServer({ GAIT_TEMPORAL_ADDRESS: '127.0.0.1:9' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  told = [];
  reachable = false;
  clinic = await followedClinic(server.services, { name: `k${count}`, today });
  flow = new TinyFlow(server, clinic.key);
  await flow.start();
});
afterEach(() => flow.stop());

const activity = { workflowId: 'authorization/none', runId: 'none', activityId: 'status-1' };

/** The steps of a server as after a restart, on the same database. */
function steps(): Steps {
  const needs = { ...server.services, policies: clinic.policies, workItems: clinic.workItems, workflows };
  return createSteps({ ...needs, flows: createFlows(needs), n8nUrl: null });
}

async function asked(state: 'asked' | 'ended' = 'asked'): Promise<void> {
  await server.call('POST', '/v1/steps/flows', {
    key: clinic.key,
    body: { step: 'authorization.status', flow: { id: 'flow1', name: 'Status' }, url: flow.url, test: false },
  });
  const answer = await steps().ask(
    {
      clinic: clinic.clinic,
      call,
      attempt: 1,
      step: 'authorization.status',
      items: [{ item: clinic.authorization, structure: {} }],
      deadline: new Date(server.services.now().getTime() + 120_000).toISOString(),
      activity,
    },
    by,
  );
  expect(answer).toMatchObject({ state });
}

const row = () =>
  server.services.db.selectFrom('step_calls').selectAll().where('clinic', '=', clinic.clinic).executeTakeFirstOrThrow();

describe('a server that dies', () => {
  test('after an answer was stored and before Temporal heard of it: it is told later, once', async () => {
    await asked();
    await until(() => flow.claimed.length > 0);
    const answers = [{ item: clinic.authorization, outcome: 'approved' }];
    await steps().answer(clinic.clinic, call, 1, answers, by);
    expect((await row()).completion).toEqual({ kind: 'answered' });
    reachable = true;
    await untilTold(() => steps().sweep());
    expect(told).toEqual([{ activity, answers }]);
    expect((await row()).completion).toBeNull();
    server.pass(6_000);
    await steps().sweep();
    expect(told).toHaveLength(1);
  });

  test('with a flow that took the call and was lost: the sweep ends the attempt, and Temporal asks again', async () => {
    flow.mode = 'ignore';
    await asked();
    reachable = true;
    server.pass(59_000);
    await steps().sweep();
    expect(told).toEqual([]);
    await untilTold(() => steps().sweep());
    expect(told).toEqual([{ activity, code: 'step.lost', retryAfterSeconds: 30 }]);
    expect(await row()).toMatchObject({ state: 'ended', completion: null });
    expect(await actionsOf(server.services, clinic.clinic)).toContain('step.lost');
  });

  test('beside its worker, while a flow is away: Temporal hears of it, and asks again', async () => {
    flow.mode = 'refuse';
    await asked('ended');
    reachable = true;
    await steps().sweep();
    expect(told).toEqual([]);
    server.pass(6_000);
    await untilTold(() => steps().sweep());
    expect(told).toEqual([{ activity, code: 'step.lost', retryAfterSeconds: 30 }]);
    expect(await row()).toMatchObject({ state: 'ended', completion: null });
  });

  test('after a decision was taken down and before its workflow heard of it: it is delivered later, under the same id', async () => {
    const { policies, workItems } = clinic;
    const decisions = createDecisions({ ...server.services, policies, workItems, workflows });
    const { workItem } = await clinic.workItems.open(
      {
        clinic: clinic.clinic,
        key: 'request-2',
        kind: 'authorization.request',
        subject: clinic.authorization,
        workflow: 'authorization/none',
        dueAt: null,
        context: { period: 2, requestKind: 'renewal', attempt: 1 },
      },
      by,
    );
    const { hash } = await server.services.db
      .selectFrom('work_item_revisions')
      .select('hash')
      .where('work_item', '=', workItem)
      .executeTakeFirstOrThrow();
    const taken = await decisions.decide(clinic.clinic, workItem, { decision: 'approve', hash }, clinic.user);
    expect(taken.kind).toBe('recorded');
    const status = async () =>
      (
        await server.services.db
          .selectFrom('work_items')
          .select('status')
          .where('id', '=', workItem)
          .executeTakeFirstOrThrow()
      ).status;
    expect(await status()).toBe('open');
    reachable = true;
    await untilTold(() => decisions.deliverWaiting());
    expect(told).toEqual([{ updateId: `${workItem}:${taken.id}`, decision: 'approve' }]);
    expect(await status()).toBe('decided');
    expect(await decisions.deliverWaiting()).toBe(0);
  });
});

/** The running server sweeps too, in vain, and what was just tried is left alone for some seconds: so more than one round. */
async function untilTold(sweep: () => Promise<number>): Promise<void> {
  for (let rounds = 0; rounds < 10 && told.length === 0; rounds += 1) {
    server.pass(6_000);
    await sweep();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It did not happen.');
}
