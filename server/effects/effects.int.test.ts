// A submission reaches the payer at most once: what is sent, what is blocked and what waits, on real PostgreSQL and over real HTTP.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { isTransient } from '../../domain/step/call.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import { systemPrincipal } from '../http/principal.ts';
import { actionsOf } from '../testing/server.ts';
import { pauseConnection } from './holds.ts';
import { submissions } from './testing/submissions.ts';

const by = systemPrincipal('test');
const at = submissions();

describe('a submission', () => {
  test('sends exactly the approved revision, once; asked again it is a duplicate with the earlier outcome', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    const first = await at.ask(effects, approved);
    expect(first).toMatchObject({ state: 'done', outcome: 'pended', key: approved.effectKey });
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'duplicate', outcome: 'pended', refs: first.refs });
    expect(at.payer.received).toHaveLength(1);
    const revision = await at.server.services.db
      .selectFrom('work_item_revisions')
      .select('record')
      .where('hash', '=', approved.approval)
      .executeTakeFirstOrThrow();
    const stored = await at.server.services.vault.open(at.clinic.clinic, revision.record, {
      purpose: 'test',
      actor: by,
    });
    expect(JSON.parse(at.payer.received[0] ?? '')).toEqual(stored);
    const actions = await actionsOf(at.server.services, at.clinic.clinic);
    for (const action of ['effect.granted', 'effect.sending', 'effect.done', 'effect.duplicate'])
      expect(actions).toContain(action);
  });

  test('the answer to the flow holds structure and references, no name and no number', async () => {
    const approved = await at.clinic.approved();
    const text = JSON.stringify(await at.ask(at.effects(), approved));
    for (const secret of ['Abernathy', 'SUN000111222', 'V-1', '1961']) expect(text).not.toContain(secret);
  });

  test('two flows that ask at the same moment cause one submission', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    const answers = await Promise.all(Array.from({ length: 12 }, () => at.ask(effects, approved)));
    expect(at.payer.received).toHaveLength(1);
    expect(answers.filter((one) => one.state === 'done')).toHaveLength(1);
    expect(answers.every((one) => ['done', 'wait', 'duplicate'].includes(one.state))).toBe(true);
  });

  test('a revision nobody approved, a foreign key and a missing approval send nothing', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    expect(await at.ask(effects, approved, { approval: 'f'.repeat(64) })).toMatchObject({
      state: 'blocked',
      rule: 'approval.superseded',
    });
    expect(await at.ask(effects, approved, { effectKey: `${approved.effectKey}0` })).toMatchObject({
      state: 'blocked',
      rule: 'key.mismatch',
    });
    const unnamed = { operation: 'availity.serviceReview.create', connection: 'Availity', subject: approved.workItem };
    expect(await effects.ask(at.clinic.clinic, unnamed, by)).toMatchObject({
      state: 'blocked',
      rule: 'approval.unnamed',
    });
    expect(at.payer.received).toHaveLength(0);
    expect(await actionsOf(at.server.services, at.clinic.clinic)).toContain('effect.blocked');
  });

  test('an approval that a newer one overtook sends nothing', async () => {
    const old = await at.clinic.approved(1);
    await at.clinic.approved(2);
    expect(await at.ask(at.effects(), old)).toMatchObject({
      state: 'blocked',
      rule: 'approval.superseded',
    });
  });

  test('a held authorization, a paused connection, an expired agreement block it', async () => {
    const { db } = at.server.services;
    const approved = await at.clinic.approved();
    const effects = at.effects();
    await db
      .updateTable('authorizations')
      .set({ coverage_changed_on: at.today })
      .where('ref', '=', at.clinic.authorization)
      .execute();
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'authorization.held' });
    await db
      .updateTable('authorizations')
      .set({ coverage_changed_on: null })
      .where('ref', '=', at.clinic.authorization)
      .execute();
    await pauseConnection(at.server.services, at.clinic.clinic, at.clinic.availity, true, by);
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'connection.paused' });
    await pauseConnection(at.server.services, at.clinic.clinic, at.clinic.availity, false, by);
    await at.server.services.connections.setAgreement(at.clinic.clinic, at.clinic.availity, null, by);
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'agreement.missing' });
    expect(at.payer.received).toHaveLength(0);
  });

  test('shadow mode records what it would have sent; live again it is sent', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    await at.server.services.connections.setMode(at.clinic.clinic, at.clinic.availity, 'shadow', by);
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'shadow' });
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'shadow' });
    const shadow = await at.server.services.db
      .selectFrom('effect_shadows')
      .selectAll()
      .where('clinic', '=', at.clinic.clinic)
      .executeTakeFirstOrThrow();
    expect(shadow).toMatchObject({ key: approved.effectKey, times: 2 });
    expect(at.payer.received).toHaveLength(0);
    await at.server.services.connections.setMode(at.clinic.clinic, at.clinic.availity, 'live', by);
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'done' });
  });

  test('refused with reasons it is surely not sent, and the same approval may be sent again', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    at.payer.mode = 'refuse';
    const refused = await at.ask(effects, approved);
    expect(refused).toMatchObject({
      state: 'notSent',
      code: 'vendor.rejected',
      reasons: [{ code: '33', field: 'diagnoses' }],
    });
    expect(refused).not.toHaveProperty('retryAfterSeconds');
    expect(isTransient({ item: approved.workItem, outcome: refused.outcome ?? refused.state })).toBe(false);
    at.payer.mode = 'accept';
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'done' });
  });

  test('a payer that cannot be reached: surely not sent', async () => {
    const approved = await at.clinic.approved();
    const { url } = at.payer;
    at.payer.url = await nobody();
    try {
      const unsent = await at.ask(at.effects(), approved);
      expect(unsent).toMatchObject({ state: 'notSent', outcome: 'wait', retryAfterSeconds: 30 });
    } finally {
      at.payer.url = url;
    }
    expect(await at.stateOf()).toBe('notSent');
    expect(await at.ask(at.effects(), approved)).toMatchObject({ state: 'done' });
    expect(at.payer.received).toHaveLength(1);
  });

  test('an approval whose decision is not settled yet is waited for, not asked for anew', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    const settle = (state: string) =>
      at.server.services.db
        .updateTable('work_item_decisions')
        .set({ state })
        .where('work_item', '=', approved.workItem)
        .execute();
    // The server died after the workflow had accepted and before the decision was settled.
    await settle('claimed');
    const early = await at.ask(effects, approved);
    expect(early).toMatchObject({ state: 'wait' });
    expect(isTransient({ item: approved.workItem, outcome: early.outcome ?? early.state })).toBe(true);
    expect(await at.ask(effects, approved, { approval: 'f'.repeat(64) })).toMatchObject({ state: 'blocked' });
    await settle('refused');
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'approval.missing' });
    await settle('accepted');
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'done' });
    expect(at.payer.received).toHaveLength(1);
  });

  test('the flow hands on why nothing was sent: the rule stands in the structure', async () => {
    const approved = await at.clinic.approved();
    await at.server.services.connections.setAgreement(at.clinic.clinic, at.clinic.availity, null, by);
    const { json } = await at.server.call('POST', '/v1/effects', {
      key: at.clinic.key,
      body: {
        operation: 'availity.serviceReview.create',
        connection: 'Availity',
        subject: approved.workItem,
        approval: approved.approval,
      },
    });
    expect(json).toMatchObject({ state: 'blocked', structure: { rule: 'agreement.missing' } });
  });

  test('an attempt the payer has stands for every later one, until the payer is done with it', async () => {
    const effects = at.effects();
    expect(await at.ask(effects, await at.clinic.approved(1))).toMatchObject({ state: 'done' });
    const second = await at.clinic.approved(2);
    expect(await at.ask(effects, second)).toMatchObject({ state: 'duplicate', outcome: 'pended' });
    expect(at.payer.received).toHaveLength(1);
    const [, , period, kind] = second.effectKey.split('/');
    const detail = { period: Number(period), kind, answer: { status: 'denied' } };
    await at.server.services.db
      .insertInto('authorization_events')
      .values({
        clinic: at.clinic.clinic,
        id: 'origin/9',
        authorization_ref: at.clinic.authorization,
        at: at.server.services.now(),
        event: 'answered',
        by_whom: 'workflow',
        detail: JSON.stringify(detail),
        refs: [],
      })
      .execute();
    expect(await at.ask(effects, second)).toMatchObject({ state: 'done' });
    expect(at.payer.received).toHaveLength(2);
  });
});

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
  const { services } = at.server;
  const record = () =>
    at.server.call('POST', '/v1/effects', {
      key: at.clinic.key,
      body: { operation: 'webpt.authorization.record', connection: 'WebPT', subject: at.clinic.authorization },
    });
  const answer = {
    status: 'partlyApproved' as const,
    number: null,
    visitsApproved: 8,
    unitsApproved: null,
    from: at.today,
    to: null,
    reasonCodes: [],
    reasonText: null,
    vendorRequestId: null,
    receivedAt: services.now().toISOString(),
  };
  await services.db.transaction().execute((trx) =>
    keepAnswer(services, trx, {
      clinic: at.clinic.clinic,
      authorization: at.clinic.authorization,
      period: 2,
      answer,
      by,
    }),
  );
  expect((await record()).json).toMatchObject({ state: 'wait', retryAfterSeconds: 2 });
  // Nobody writes it: after two minutes what is written is recorded.
  at.server.pass(121_000);
  expect((await record()).json).toMatchObject({ state: 'done', outcome: 'workItem', structure: { period: 1 } });
});
