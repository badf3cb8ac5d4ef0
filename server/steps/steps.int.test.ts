// A step over real HTTP: signed, claimed once, answered once, asked again when lost; what is refused stands in the audit chain.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Followed } from '../authorizations/testing/followed.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { signCall } from './signature.ts';
import { TinyFlow } from './testing/tiny-flow.ts';
import { testDay } from '../testing/days.ts';

const today = testDay();

let server: TestServer;
let clinic: Followed;
let flow: TinyFlow;
let count = 0;

const register = (change: object = {}): Promise<Answer> =>
  server.call('POST', '/v1/steps/flows', {
    key: clinic.key,
    body: {
      step: 'authorization.status',
      flow: { id: 'flow1', name: 'Prior authorization' },
      url: flow.url,
      test: false,
      ...change,
    },
  });

const ask = (change: object = {}): Promise<Answer> =>
  server.call('POST', '/v1/worker/steps/ask', {
    key: clinic.workerKey,
    body: {
      clinic: clinic.clinic,
      call: `call_000000000000000000000${count % 10}`,
      attempt: 1,
      step: 'authorization.status',
      items: [{ item: clinic.authorization, structure: { pollEveryMinutes: 60 } }],
      deadline: new Date(server.services.now().getTime() + 120_000).toISOString(),
      activity: { workflowId: 'authorization/none', runId: 'none', activityId: `status-${count}` },
      ...change,
    },
  });

const call = async () => {
  await until(() => flow.claimed.length > 0);
  const [first] = flow.claimed;
  if (first === undefined) throw new Error('Nothing was claimed.');
  return first;
};

const row = () =>
  server.services.db.selectFrom('step_calls').selectAll().where('clinic', '=', clinic.clinic).executeTakeFirstOrThrow();

beforeAll(async () => {
  // Nobody listens there: what Temporal must be told waits in the database.
  server = await startServer({ GAIT_TEMPORAL_ADDRESS: '127.0.0.1:9' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  clinic = await followedClinic(server.services, { name: `s${count}`, today });
  flow = new TinyFlow(server, clinic.key);
  await flow.start();
});
afterEach(() => flow.stop());

describe('a step', () => {
  test('is posted with references only, claimed, answered, and the stored answer is given from then on', async () => {
    await register();
    expect((await ask()).json).toEqual({ state: 'asked' });
    const claimed = await call();
    expect(claimed.items).toEqual([{ item: clinic.authorization, structure: { pollEveryMinutes: 60 } }]);
    const sent: unknown = JSON.parse(flow.received[0]?.body ?? '{}');
    expect(Object.keys(sent ?? {}).sort()).toEqual(['attempt', 'call', 'clinic', 'deadline', 'items', 'step', 'test']);
    expect((await ask({ attempt: 2 })).json).toEqual({ state: 'running' });
    const answers = [{ item: clinic.authorization, outcome: 'approved', structure: { visitsApproved: 10 } }];
    expect((await flow.answer(claimed, answers)).json).toEqual({ state: 'stored' });
    expect((await flow.answer(claimed, [{ item: clinic.authorization, outcome: 'denied' }])).json).toEqual({
      state: 'alreadyAnswered',
    });
    expect((await ask({ attempt: 2 })).json).toEqual({ state: 'answered', answers });
    expect(flow.received).toHaveLength(1);
    const actions = await actionsOf(server.services, clinic.clinic);
    for (const action of ['step.registered', 'step.asked', 'step.claimed', 'step.answered'])
      expect(actions).toContain(action);
  });

  test('an answer that Temporal could not be told is kept to be told', async () => {
    await register();
    await ask();
    await flow.answer(await call(), [{ item: clinic.authorization, outcome: 'approved' }]);
    expect((await row()).completion).toEqual({ kind: 'answered' });
  });

  test('a replayed call is refused with 403, an answered one with 409', async () => {
    await register();
    await ask();
    const claimed = await call();
    const [received] = flow.received;
    if (received === undefined) throw new Error('Nothing was received.');
    const replay = await flow.claim(received);
    expect([replay.status, replay.json]).toMatchObject([403, { error: { code: 'access.replayed' } }]);
    await flow.answer(claimed, [{ item: clinic.authorization, outcome: 'approved' }]);
    expect((await flow.claim(received)).status).toBe(409);
    expect(await actionsOf(server.services, clinic.clinic)).toContain('access.refused');
  });

  test('a wrong signature, an old call and another clinic’s call are refused and stand in the audit chain', async () => {
    await register();
    flow.mode = 'ignore';
    await ask();
    const [received] = flow.received;
    if (received === undefined) throw new Error('Nothing was received.');
    const refused = async (): Promise<number> =>
      (await actionsOf(server.services, clinic.clinic)).filter((action) => action === 'access.refused').length;

    const forged = await flow.claim({ ...received, body: received.body.replace('"attempt":1', '"attempt":2') });
    expect([forged.status, forged.json]).toMatchObject([401, { error: { code: 'access.unauthenticated' } }]);
    const timestamp = Math.floor(server.services.now().getTime() / 1000) - 301;
    const signature = signCall(server.services.keyring, clinic.clinic, timestamp, received.body);
    const old = await flow.claim({ body: received.body, timestamp: String(timestamp), signature });
    expect([old.status, old.json]).toMatchObject([401, { error: { code: 'access.expired' } }]);
    expect(await refused()).toBe(2);

    const other = await followedClinic(server.services, { name: `o${count}`, today });
    const foreign = await flow.claim(received, other.key);
    expect(foreign.status).toBe(403);
    expect(await actionsOf(server.services, other.clinic)).toContain('access.refused');
    expect((await flow.claim(received)).status).toBe(200);
  });

  test('an answer that leaves an item out, or speaks of another, is an error and stores nothing', async () => {
    await register();
    await ask();
    const claimed = await call();
    expect((await flow.answer(claimed, [])).status).toBe(400);
    expect((await flow.answer(claimed, [{ item: 'auth_other', outcome: 'approved' }])).status).toBe(400);
    expect((await row()).answers).toBeNull();
  });

  test('who never claimed cannot answer', async () => {
    await register();
    flow.mode = 'ignore';
    await ask();
    const answer = await flow.answer({ call: (await row()).call, attempt: 1, step: '', items: [] }, [
      { item: clinic.authorization, outcome: 'approved' },
    ]);
    expect(answer.status).toBe(404);
  });

  test('"pending" ends the attempt until the payer’s next poll', async () => {
    await register();
    await ask();
    await flow.answer(await call(), [{ item: clinic.authorization, outcome: 'pending' }]);
    expect(await row()).toMatchObject({ state: 'ended', completion: { kind: 'again', retryAfterSeconds: 3600 } });
    expect((await ask({ attempt: 2 })).json).toEqual({ state: 'asked' });
    expect(flow.received).toHaveLength(2);
  });

  test('a webhook that is not there ends the attempt, and the call can be asked again', async () => {
    await register();
    flow.mode = 'refuse';
    expect((await ask()).json).toMatchObject({ state: 'ended', code: 'step.lost' });
    flow.mode = 'claim';
    expect((await ask({ attempt: 2 })).json).toEqual({ state: 'asked' });
    expect((await call()).attempt).toBe(2);
  });

  test('a flow that was lost after its claim is asked again, and its late answer counts while there is none', async () => {
    await register();
    await ask();
    const first = await call();
    server.pass(121_000);
    expect((await ask({ attempt: 2 })).json).toEqual({ state: 'asked' });
    expect((await flow.answer(first, [{ item: clinic.authorization, outcome: 'approved' }])).json).toEqual({
      state: 'stored',
    });
    await until(() => flow.claimed.length > 1);
    const second = flow.claimed[1];
    if (second === undefined) return;
    expect((await flow.answer(second, [{ item: clinic.authorization, outcome: 'denied' }])).json).toEqual({
      state: 'alreadyAnswered',
    });
  });

  test('without a published flow one work item is opened, the first time', async () => {
    expect((await ask()).json).toMatchObject({ state: 'noFlow', firstTime: true });
    expect((await ask()).json).toMatchObject({ state: 'noFlow', firstTime: false });
    const items = await server.services.db
      .selectFrom('work_items')
      .select(['kind', 'role'])
      .where('clinic', '=', clinic.clinic)
      .execute();
    expect(items).toEqual([{ kind: 'flow.missing', role: 'admin' }]);
  });

  test('a step has one live flow; the second is refused by the name of the first; a test listener stands beside', async () => {
    expect((await register()).status).toBe(200);
    expect((await register()).status).toBe(200);
    const second = await register({ flow: { id: 'flow2', name: 'Another' } });
    expect(second.status).toBe(409);
    expect(second.text).toContain('Prior authorization');
    expect((await register({ flow: { id: 'flow2', name: 'Another' }, test: true })).status).toBe(200);
    const body = {
      step: 'authorization.status',
      flow: { id: 'flow1', name: 'Prior authorization' },
      url: flow.url,
      test: false,
    };
    expect((await server.call('POST', '/v1/steps/flows/find', { key: clinic.key, body })).json).toEqual({
      found: true,
    });
    await server.call('POST', '/v1/steps/flows/remove', { key: clinic.key, body });
    expect((await server.call('POST', '/v1/steps/flows/find', { key: clinic.key, body })).json).toEqual({
      found: false,
    });
    expect((await register({ flow: { id: 'flow2', name: 'Another' } })).status).toBe(200);
  });

  test('a test listener is never sent a workflow’s question', async () => {
    await register({ test: true });
    expect((await ask()).json).toMatchObject({ state: 'noFlow' });
    expect(flow.received).toHaveLength(0);
  });

  test('two questions at the same moment are one delivery', async () => {
    await register();
    const states = await Promise.all([ask(), ask(), ask()]);
    expect(states.map((one) => one.json)).toContainEqual({ state: 'asked' });
    expect(flow.received).toHaveLength(1);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It did not happen.');
}
