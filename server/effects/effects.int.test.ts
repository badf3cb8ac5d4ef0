// A submission reaches the payer at most once: every state of a permit, on real PostgreSQL and over real HTTP.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isTransient } from '../../domain/step/call.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { followedClinic, noWorkflows } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createDecisions } from '../work-items/decide.ts';
import type { Effects } from './effects.ts';
import { endHold, holdAll, pauseConnection } from './holds.ts';
import { Payer, askSubmission, effectState, effectsOf } from './testing/payer.ts';
import type { Approved } from './testing/payer.ts';
import { testDay } from '../testing/days.ts';

const by = systemPrincipal('test');
const today = testDay();

const payer = new Payer();
let server: TestServer;
let clinic: Followed;
let count = 0;

const stateOf = (): Promise<string | undefined> => effectState(server.services, clinic);
const ask = (effects: Effects, approved: Approved, change: Partial<Approved> = {}) =>
  askSubmission(effects, clinic, { ...approved, ...change });

beforeAll(async () => {
  await payer.start();
  server = await startServer();
});
afterAll(async () => {
  payer.stop();
  await server.stop();
});
beforeEach(async () => {
  count += 1;
  clinic = await followedClinic(server.services, { name: `c${count}`, today });
});
afterEach(() => payer.reset());

describe('a submission', () => {
  test('sends exactly the approved revision, once; asked again it is a duplicate with the earlier outcome', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    const first = await ask(effects, approved);
    expect(first).toMatchObject({ state: 'done', outcome: 'pended', key: approved.effectKey });
    expect(await ask(effects, approved)).toMatchObject({ state: 'duplicate', outcome: 'pended', refs: first.refs });
    expect(payer.received).toHaveLength(1);
    const revision = await server.services.db
      .selectFrom('work_item_revisions')
      .select('record')
      .where('hash', '=', approved.approval)
      .executeTakeFirstOrThrow();
    const stored = await server.services.vault.open(clinic.clinic, revision.record, { purpose: 'test', actor: by });
    expect(JSON.parse(payer.received[0] ?? '')).toEqual(stored);
    const actions = await actionsOf(server.services, clinic.clinic);
    for (const action of ['effect.granted', 'effect.sending', 'effect.done', 'effect.duplicate'])
      expect(actions).toContain(action);
  });

  test('the answer to the flow holds structure and references, no name and no number', async () => {
    const approved = await clinic.approved();
    const text = JSON.stringify(await ask(effectsOf(payer, server.services, clinic), approved));
    for (const secret of ['Abernathy', 'SUN000111222', 'V-1', '1961']) expect(text).not.toContain(secret);
  });

  test('two flows that ask at the same moment cause one submission', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(effects, approved)));
    expect(payer.received).toHaveLength(1);
    expect(answers.filter((one) => one.state === 'done')).toHaveLength(1);
    expect(answers.every((one) => ['done', 'wait', 'duplicate'].includes(one.state))).toBe(true);
  });

  test('a revision nobody approved, a foreign key and a missing approval send nothing', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    expect(await ask(effects, approved, { approval: 'f'.repeat(64) })).toMatchObject({
      state: 'blocked',
      rule: 'approval.superseded',
    });
    expect(await ask(effects, approved, { effectKey: `${approved.effectKey}0` })).toMatchObject({
      state: 'blocked',
      rule: 'key.mismatch',
    });
    const unnamed = { operation: 'availity.serviceReview.create', connection: 'Availity', subject: approved.workItem };
    expect(await effects.ask(clinic.clinic, unnamed, by)).toMatchObject({ state: 'blocked', rule: 'approval.unnamed' });
    expect(payer.received).toHaveLength(0);
    expect(await actionsOf(server.services, clinic.clinic)).toContain('effect.blocked');
  });

  test('an approval that a newer one overtook sends nothing', async () => {
    const old = await clinic.approved(1);
    await clinic.approved(2);
    expect(await ask(effectsOf(payer, server.services, clinic), old)).toMatchObject({
      state: 'blocked',
      rule: 'approval.superseded',
    });
  });

  test('a held authorization, a paused connection, an expired agreement block it', async () => {
    const { db } = server.services;
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    await db
      .updateTable('authorizations')
      .set({ coverage_changed_on: today })
      .where('ref', '=', clinic.authorization)
      .execute();
    expect(await ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'authorization.held' });
    await db
      .updateTable('authorizations')
      .set({ coverage_changed_on: null })
      .where('ref', '=', clinic.authorization)
      .execute();
    await pauseConnection(server.services, clinic.clinic, clinic.availity, true, by);
    expect(await ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'connection.paused' });
    await pauseConnection(server.services, clinic.clinic, clinic.availity, false, by);
    await server.services.connections.setAgreement(clinic.clinic, clinic.availity, null, by);
    expect(await ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'agreement.missing' });
    expect(payer.received).toHaveLength(0);
  });

  test('shadow mode records what it would have sent; live again it is sent', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    await server.services.connections.setMode(clinic.clinic, clinic.availity, 'shadow', by);
    expect(await ask(effects, approved)).toMatchObject({ state: 'shadow' });
    expect(await ask(effects, approved)).toMatchObject({ state: 'shadow' });
    const shadow = await server.services.db
      .selectFrom('effect_shadows')
      .selectAll()
      .where('clinic', '=', clinic.clinic)
      .executeTakeFirstOrThrow();
    expect(shadow).toMatchObject({ key: approved.effectKey, times: 2 });
    expect(payer.received).toHaveLength(0);
    await server.services.connections.setMode(clinic.clinic, clinic.availity, 'live', by);
    expect(await ask(effects, approved)).toMatchObject({ state: 'done' });
  });

  test('refused with reasons it is surely not sent, and the same approval may be sent again', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    payer.mode = 'refuse';
    const refused = await ask(effects, approved);
    expect(refused).toMatchObject({
      state: 'notSent',
      code: 'vendor.rejected',
      reasons: [{ code: '33', field: 'diagnoses' }],
    });
    expect(refused).not.toHaveProperty('retryAfterSeconds');
    expect(isTransient({ item: approved.workItem, outcome: refused.outcome ?? refused.state })).toBe(false);
    payer.mode = 'accept';
    expect(await ask(effects, approved)).toMatchObject({ state: 'done' });
  });

  test('a payer that cannot be reached: surely not sent', async () => {
    const approved = await clinic.approved();
    const { url } = payer;
    payer.url = await nobody();
    try {
      const unsent = await ask(effectsOf(payer, server.services, clinic), approved);
      expect(unsent).toMatchObject({ state: 'notSent', outcome: 'wait', retryAfterSeconds: 30 });
    } finally {
      payer.url = url;
    }
    expect(await stateOf()).toBe('notSent');
    expect(await ask(effectsOf(payer, server.services, clinic), approved)).toMatchObject({ state: 'done' });
    expect(payer.received).toHaveLength(1);
  });

  test('an approval whose decision is not settled yet is waited for, not asked for anew', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    const settle = (state: string) =>
      server.services.db
        .updateTable('work_item_decisions')
        .set({ state })
        .where('work_item', '=', approved.workItem)
        .execute();
    // The server died after the workflow had accepted and before the decision was settled.
    await settle('claimed');
    const early = await ask(effects, approved);
    expect(early).toMatchObject({ state: 'wait' });
    expect(isTransient({ item: approved.workItem, outcome: early.outcome ?? early.state })).toBe(true);
    expect(await ask(effects, approved, { approval: 'f'.repeat(64) })).toMatchObject({ state: 'blocked' });
    await settle('refused');
    expect(await ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'approval.missing' });
    await settle('accepted');
    expect(await ask(effects, approved)).toMatchObject({ state: 'done' });
    expect(payer.received).toHaveLength(1);
  });

  test('the flow hands on why nothing was sent: the rule stands in the structure', async () => {
    const approved = await clinic.approved();
    await server.services.connections.setAgreement(clinic.clinic, clinic.availity, null, by);
    const { json } = await server.call('POST', '/v1/effects', {
      key: clinic.key,
      body: {
        operation: 'availity.serviceReview.create',
        connection: 'Availity',
        subject: approved.workItem,
        approval: approved.approval,
      },
    });
    expect(json).toMatchObject({ state: 'blocked', structure: { rule: 'agreement.missing' } });
  });

  test('504 after accepting: uncertain, not sent again, found by inquiry after the delay', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    payer.mode = 'error';
    expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain', retryAfterSeconds: 120 });
    expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain' });
    server.pass(121_000);
    expect(await ask(effects, approved)).toMatchObject({ state: 'duplicate', outcome: 'pended' });
    expect(payer.received).toHaveLength(1);
  });

  test('not found after the delay: one work item, and a person settles it either way', async () => {
    for (const word of ['wasSent', 'wasNotSent'] as const) {
      payer.reset();
      count += 1;
      clinic = await followedClinic(server.services, { name: `d${count}`, today });
      const approved = await clinic.approved();
      const effects = effectsOf(payer, server.services, clinic);
      payer.mode = 'error';
      payer.visible = false;
      await ask(effects, approved);
      server.pass(121_000);
      expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain' });
      server.pass(121_000);
      expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain' });
      const items = await server.services.db
        .selectFrom('work_items')
        .selectAll()
        .where('clinic', '=', clinic.clinic)
        .where('kind', '=', 'authorization.uncertain')
        .execute();
      expect(items).toHaveLength(1);
      await settleDoubt(approved.effectKey, word);
      payer.mode = 'accept';
      expect(await ask(effects, approved)).toMatchObject({ state: word === 'wasSent' ? 'duplicate' : 'done' });
      expect(payer.received).toHaveLength(word === 'wasSent' ? 1 : 2);
    }
  });

  test('sent again after a person’s word and in doubt again: the person is asked again', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic, 5, false);
    payer.mode = 'error';
    for (let round = 1; round <= 2; round += 1) {
      await ask(effects, approved);
      server.pass(121_000);
      await ask(effects, approved);
      await settleDoubt(approved.effectKey, 'wasNotSent');
    }
    expect(await stateOf()).toBe('notSent');
    expect(payer.received).toHaveLength(2);
  });

  test('a vendor without inquiry goes to a person after the delay', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic, 5, false);
    payer.mode = 'error';
    await ask(effects, approved);
    server.pass(121_000);
    await ask(effects, approved);
    const item = await server.services.db
      .selectFrom('work_items')
      .select('id')
      .where('clinic', '=', clinic.clinic)
      .where('kind', '=', 'authorization.uncertain')
      .executeTakeFirst();
    expect(item).toBeDefined();
  });

  test('an attempt in doubt lets the next attempt of the same request wait', async () => {
    const first = await clinic.approved(1);
    const effects = effectsOf(payer, server.services, clinic);
    payer.mode = 'error';
    await ask(effects, first);
    const second = await clinic.approved(2);
    payer.mode = 'accept';
    expect(await ask(effects, second)).toMatchObject({ state: 'wait', rule: 'effect.unsettled' });
    expect(payer.received).toHaveLength(1);
  });

  test('after a restore nothing is sent before an inquiry or a person has said what was', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(payer, server.services, clinic);
    await holdAll(server.services, clinic.clinic, by);
    payer.visible = false;
    expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain', rule: 'effect.held' });
    expect(await stateOf()).toBe('held');
    expect(payer.received).toHaveLength(0);
    const item = await server.services.db
      .selectFrom('work_items')
      .select('id')
      .where('clinic', '=', clinic.clinic)
      .where('kind', '=', 'authorization.uncertain')
      .executeTakeFirst();
    expect(item).toBeDefined();
    await endHold(server.services, clinic.clinic, by);
    expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain', rule: 'effect.held' });
  });

  test.each(['wasSent', 'wasNotSent'] as const)(
    'held after a restore, given up, approved again: a person says %s, and the payer has it once at most',
    async (word) => {
      const first = await clinic.approved(1);
      const effects = effectsOf(payer, server.services, clinic);
      await holdAll(server.services, clinic.clinic, by);
      payer.visible = false;
      for (let times = 0; times < 3; times += 1) {
        const held = await ask(effects, first);
        expect(held).toMatchObject({ state: 'uncertain', rule: 'effect.held' });
        expect(isTransient({ item: first.workItem, outcome: held.outcome ?? held.state })).toBe(true);
        server.pass(121_000);
      }
      const second = await clinic.approved(2);
      const waiting = await ask(effects, second);
      expect(waiting).toMatchObject({ state: 'wait', rule: 'effect.unsettled' });
      expect(isTransient({ item: second.workItem, outcome: waiting.outcome ?? waiting.state })).toBe(true);
      expect(waiting.retryAfterSeconds).toBeGreaterThan(0);
      await settleDoubt(first.effectKey, word);
      await endHold(server.services, clinic.clinic, by);
      const outcome = word === 'wasSent' ? 'accepted' : 'pended';
      expect(await ask(effects, second)).toMatchObject({ state: word === 'wasSent' ? 'duplicate' : 'done', outcome });
      expect(await ask(effects, second)).toMatchObject({ state: 'duplicate', outcome });
      expect(payer.received).toHaveLength(word === 'wasSent' ? 0 : 1);
    },
  );

  test('an attempt the payer has stands for every later one, until the payer is done with it', async () => {
    const effects = effectsOf(payer, server.services, clinic);
    expect(await ask(effects, await clinic.approved(1))).toMatchObject({ state: 'done' });
    const second = await clinic.approved(2);
    expect(await ask(effects, second)).toMatchObject({ state: 'duplicate', outcome: 'pended' });
    expect(payer.received).toHaveLength(1);
    const [, , period, kind] = second.effectKey.split('/');
    const detail = { period: Number(period), kind, answer: { status: 'denied' } };
    await server.services.db
      .insertInto('authorization_events')
      .values({
        clinic: clinic.clinic,
        id: 'origin/9',
        authorization_ref: clinic.authorization,
        at: server.services.now(),
        event: 'answered',
        by_whom: 'workflow',
        detail: JSON.stringify(detail),
        refs: [],
      })
      .execute();
    expect(await ask(effects, second)).toMatchObject({ state: 'done' });
    expect(payer.received).toHaveLength(2);
  });
});

/** A person decides the open item about a submission in doubt. */
async function settleDoubt(effectKey: string, word: 'wasSent' | 'wasNotSent'): Promise<void> {
  const { id, hash } = await server.services.db
    .selectFrom('work_items as w')
    .innerJoin('work_item_revisions as r', 'r.work_item', 'w.id')
    .select(['w.id', 'r.hash'])
    .where('w.clinic', '=', clinic.clinic)
    .where('w.kind', '=', 'authorization.uncertain')
    .where('w.effect_key', '=', effectKey)
    .where('w.status', '=', 'open')
    .executeTakeFirstOrThrow();
  const { policies, workItems } = clinic;
  const decisions = createDecisions({ ...server.services, policies, workItems, workflows: noWorkflows });
  const outcome = word === 'wasSent' ? { outcome: { confirmation: 'C-9' } } : {};
  await decisions.decide(clinic.clinic, id, { decision: word, hash, ...outcome }, clinic.user);
}

/** An address where nobody listens any more. */
async function nobody(): Promise<string> {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const address = gone.address();
  gone.close();
  await once(gone, 'close');
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

test('a decision that was read and is not written yet is not overtaken by the recording of the one before', async () => {
  const { services } = server;
  const record = () =>
    server.call('POST', '/v1/effects', {
      key: clinic.key,
      body: { operation: 'webpt.authorization.record', connection: 'WebPT', subject: clinic.authorization },
    });
  const answer = {
    status: 'partlyApproved' as const,
    number: null,
    visitsApproved: 8,
    unitsApproved: null,
    from: today,
    to: null,
    reasonCodes: [],
    reasonText: null,
    vendorRequestId: null,
    receivedAt: services.now().toISOString(),
  };
  await services.db
    .transaction()
    .execute((trx) =>
      keepAnswer(services, trx, { clinic: clinic.clinic, authorization: clinic.authorization, period: 2, answer, by }),
    );
  expect((await record()).json).toMatchObject({ state: 'wait', retryAfterSeconds: 2 });
  // Nobody writes it: after two minutes what is written is recorded.
  server.pass(121_000);
  expect((await record()).json).toMatchObject({ state: 'done', outcome: 'workItem', structure: { period: 1 } });
});
