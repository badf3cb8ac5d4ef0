// A submission reaches the payer at most once: every state of a permit on real PostgreSQL, every crash between its writes.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Inquiry, Outcome } from '../../connectors/connector.ts';
import { classifyThrown } from '../../connectors/faults.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { readServerConfig } from '../config.ts';
import { systemPrincipal } from '../http/principal.ts';
import { openServices } from '../open-services.ts';
import { createVendor } from '../operations/vendor.ts';
import type { Services } from '../services.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { followedClinic, noWorkflows } from '../authorizations/testing/followed.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createDecisions } from '../work-items/decide.ts';
import { doubtOpener } from './doubt.ts';
import { createEffects } from './effects.ts';
import type { Effects } from './effects.ts';
import { endHold, holdAll, pauseConnection } from './holds.ts';
import type { EffectOperation, EffectResult } from './operation.ts';
import { serviceReviewEffects } from './service-reviews.ts';
import { sweepLeases } from './sweep.ts';

const by = systemPrincipal('test');
const today = new Date().toISOString().slice(0, 10);

/** A payer in miniature over real HTTP: takes requests up, keeps them, answers as it is told. */
class Payer {
  mode: 'accept' | 'refuse' | 'hang' | 'hangUnseen' | 'error' = 'accept';
  readonly received: string[] = [];
  visible = true;
  #server: Server | null = null;
  url = '';

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (request.url === '/inquire') {
          response.end(JSON.stringify({ found: this.visible && this.received.includes(text) }));
          return;
        }
        if (this.mode !== 'hangUnseen' && this.mode !== 'refuse') this.received.push(text);
        if (this.mode === 'hang' || this.mode === 'hangUnseen') return;
        response.statusCode = this.mode === 'accept' ? 202 : this.mode === 'refuse' ? 400 : 504;
        response.end();
      });
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The payer has no port.');
    this.url = `http://127.0.0.1:${address.port}`;
  }

  reset(): void {
    this.mode = 'accept';
    this.visible = true;
    this.received.length = 0;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

const payer = new Payer();
let server: TestServer;
let clinic: Followed;
let count = 0;

const pended = (): AuthorizationAnswer => ({
  status: 'pended',
  number: null,
  visitsApproved: null,
  unitsApproved: null,
  from: null,
  to: null,
  reasonCodes: [],
  reasonText: null,
  vendorRequestId: 'V-1',
  receivedAt: new Date().toISOString(),
});

/** The submission with its real plan, over the wire of the payer in miniature. `started` hears of the first byte. */
function submission(services: Services, followed: Followed, seconds: number, inquiries = true): EffectOperation {
  const shared = { ...services, policies: followed.policies };
  const [real] = serviceReviewEffects(shared);
  if (real === undefined) throw new Error('There is no submission.');
  const call = { effect: true, inquireAfterSeconds: 120 };
  return {
    ...real,
    requestTimeoutSeconds: seconds,
    inquireAfterSeconds: 120,
    times: () => ({ requestTimeoutSeconds: seconds, inquireAfterSeconds: 120 }),
    async send(context, record): Promise<Outcome<EffectResult>> {
      try {
        const response = await fetch(`${payer.url}/submit`, {
          method: 'POST',
          body: JSON.stringify(record),
          signal: context.signal,
        });
        if (response.ok) return { kind: 'done', result: { answer: pended() } };
        if (response.status === 400)
          return { kind: 'rejected', code: 'vendor.rejected', reasons: [{ code: '33', field: 'diagnoses' }] };
        return { kind: 'uncertain', code: 'vendor.unavailable', inquireAfterSeconds: 120 };
      } catch (error) {
        return classifyThrown(error, call);
      }
    },
    inquire: inquiries
      ? async (_context, record): Promise<Inquiry<EffectResult>> => {
          const response = await fetch(`${payer.url}/inquire`, { method: 'POST', body: JSON.stringify(record) });
          const answer: unknown = await response.json();
          const found = typeof answer === 'object' && answer !== null && 'found' in answer && answer.found === true;
          return found ? { kind: 'found', result: { answer: pended() } } : { kind: 'notFound' };
        }
      : null,
  };
}

function effectsOf(services: Services, followed: Followed, seconds = 5, inquiries = true): Effects {
  const operation = submission(services, followed, seconds, inquiries);
  return createEffects({
    ...services,
    policies: followed.policies,
    vendor: createVendor(services),
    operations: new Map([[operation.name, operation]]),
    doubt: doubtOpener(followed.workItems),
  });
}

const stateOf = async (): Promise<string | undefined> => {
  const row = await server.services.db
    .selectFrom('effects')
    .select('state')
    .where('clinic', '=', clinic.clinic)
    .executeTakeFirst();
  return row?.state;
};

async function ask(
  effects: Effects,
  approved: { workItem: string; approval: string; effectKey: string },
  change: { approval?: string; key?: string } = {},
) {
  return effects.ask(
    clinic.clinic,
    {
      operation: 'availity.serviceReview.create',
      connection: 'Availity',
      subject: approved.workItem,
      key: change.key ?? approved.effectKey,
      approval: change.approval ?? approved.approval,
    },
    by,
  );
}

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
    const effects = effectsOf(server.services, clinic);
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
    const text = JSON.stringify(await ask(effectsOf(server.services, clinic), approved));
    for (const secret of ['Abernathy', 'SUN000111222', 'V-1', '1961']) expect(text).not.toContain(secret);
  });

  test('two flows that ask at the same moment cause one submission', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(server.services, clinic);
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(effects, approved)));
    expect(payer.received).toHaveLength(1);
    expect(answers.filter((one) => one.state === 'done')).toHaveLength(1);
    expect(answers.every((one) => ['done', 'wait', 'duplicate'].includes(one.state))).toBe(true);
  });

  test('a revision nobody approved, a foreign key and a missing approval send nothing', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(server.services, clinic);
    expect(await ask(effects, approved, { approval: 'f'.repeat(64) })).toMatchObject({
      state: 'blocked',
      rule: 'approval.superseded',
    });
    expect(await ask(effects, approved, { key: `${approved.effectKey}0` })).toMatchObject({
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
    expect(await ask(effectsOf(server.services, clinic), old)).toMatchObject({
      state: 'blocked',
      rule: 'approval.superseded',
    });
  });

  test('a held authorization, a paused connection, an expired agreement block it', async () => {
    const { db } = server.services;
    const approved = await clinic.approved();
    const effects = effectsOf(server.services, clinic);
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
    const effects = effectsOf(server.services, clinic);
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
    const effects = effectsOf(server.services, clinic);
    payer.mode = 'refuse';
    expect(await ask(effects, approved)).toMatchObject({
      state: 'notSent',
      code: 'vendor.rejected',
      reasons: [{ code: '33', field: 'diagnoses' }],
    });
    payer.mode = 'accept';
    expect(await ask(effects, approved)).toMatchObject({ state: 'done' });
  });

  test('a payer that cannot be reached: surely not sent', async () => {
    const approved = await clinic.approved();
    const { url } = payer;
    payer.url = await nobody();
    try {
      expect(await ask(effectsOf(server.services, clinic), approved)).toMatchObject({ state: 'notSent' });
    } finally {
      payer.url = url;
    }
    expect(await stateOf()).toBe('notSent');
  });

  test('504 after accepting: uncertain, not sent again, found by inquiry after the delay', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(server.services, clinic);
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
      const effects = effectsOf(server.services, clinic);
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
      const [item] = items;
      if (item === undefined) return;
      const { hash } = await server.services.db
        .selectFrom('work_item_revisions')
        .select('hash')
        .where('work_item', '=', item.id)
        .executeTakeFirstOrThrow();
      const decisions = createDecisions({ ...server.services, policies: clinic.policies, workflows: noWorkflows });
      const outcome = word === 'wasSent' ? { outcome: { confirmation: 'C-9' } } : {};
      await decisions.decide(clinic.clinic, item.id, { decision: word, hash, ...outcome }, clinic.user);
      payer.mode = 'accept';
      expect(await ask(effects, approved)).toMatchObject({ state: word === 'wasSent' ? 'duplicate' : 'done' });
      expect(payer.received).toHaveLength(word === 'wasSent' ? 1 : 2);
    }
  });

  test('a vendor without inquiry goes to a person after the delay', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(server.services, clinic, 5, false);
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

  test('an attempt in doubt blocks the next attempt of the same request', async () => {
    const first = await clinic.approved(1);
    const effects = effectsOf(server.services, clinic);
    payer.mode = 'error';
    await ask(effects, first);
    const second = await clinic.approved(2);
    payer.mode = 'accept';
    expect(await ask(effects, second)).toMatchObject({ state: 'blocked', rule: 'effect.unsettled' });
    expect(payer.received).toHaveLength(1);
  });

  test('after a restore nothing is sent before an inquiry or a person has said what was', async () => {
    const approved = await clinic.approved();
    const effects = effectsOf(server.services, clinic);
    await holdAll(server.services, clinic.clinic, by);
    payer.visible = false;
    expect(await ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'effect.held' });
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
    expect(await ask(effects, approved)).toMatchObject({ state: 'blocked', rule: 'effect.held' });
  });
});

describe('a server that dies', () => {
  /** Another server on the same database, with its own clock, as after a restart. */
  async function second(): Promise<Services> {
    const config = readServerConfig({ GAIT_DATABASE_URL: server.databaseUrl, GAIT_KEYRING_FILE: server.keyringFile });
    return openServices(config, { log: pino({ level: 'silent' }), now: server.services.now });
  }

  test('before it may send: the grant runs out, the next ask sends', async () => {
    const approved = await clinic.approved();
    // The process ends right after the grant was committed: opening the records never comes back.
    const stuck = { ...server.services, vault: { ...server.services.vault, open: dieAfterCheck(server.services) } };
    void ask(effectsOf(stuck, clinic), approved);
    await until(async () => (await stateOf()) === 'granted');
    const other = await second();
    try {
      const effects = effectsOf(other, clinic);
      expect(await ask(effects, approved)).toMatchObject({ state: 'wait' });
      server.pass(36_000);
      expect(await ask(effects, approved)).toMatchObject({ state: 'done' });
      expect(payer.received).toHaveLength(1);
    } finally {
      await other.database.close();
    }
  });

  test.each([
    ['after the payer took it up', 'hang', 'duplicate', 1],
    ['before the payer saw it', 'hangUnseen', 'uncertain', 0],
  ] as const)(
    'while it sends, %s: in doubt when the lease runs out, never sent twice',
    async (_when, mode, after, received) => {
      const approved = await clinic.approved();
      payer.mode = mode;
      const hanging = ask(effectsOf(server.services, clinic, 2), approved);
      await until(async () => (await stateOf()) === 'sending');
      const other = await second();
      try {
        const effects = effectsOf(other, clinic, 2);
        expect(await ask(effects, approved)).toMatchObject({ state: 'wait' });
        server.pass(33_000);
        expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain' });
        payer.mode = 'accept';
        await hanging;
        server.pass(150_000);
        expect(await ask(effects, approved)).toMatchObject({ state: after });
        expect(payer.received).toHaveLength(received);
      } finally {
        await other.database.close();
      }
    },
  );

  test('after the answer and before it was stored: the inquiry finds it', async () => {
    const approved = await clinic.approved();
    const broken = {
      ...server.services,
      vault: { ...server.services.vault, put: () => Promise.reject(new Error('the disk is gone')) },
    };
    expect(await ask(effectsOf(broken, clinic), approved)).toMatchObject({ state: 'uncertain' });
    expect(await stateOf()).toBe('sending');
    server.pass(36_000);
    expect(await sweepLeases(server.services)).toBeGreaterThan(0);
    expect(await stateOf()).toBe('uncertain');
    server.pass(121_000);
    expect(await ask(effectsOf(server.services, clinic), approved)).toMatchObject({
      state: 'duplicate',
      outcome: 'pended',
    });
    expect(payer.received).toHaveLength(1);
  });

  test('a grant that ran out cannot begin to send when the process wakes up again', async () => {
    const approved = await clinic.approved();
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    const slow = {
      ...server.services,
      vault: { ...server.services.vault, open: sleepAfterCheck(server.services, asleep) },
    };
    const zombie = ask(effectsOf(slow, clinic), approved);
    await until(async () => (await stateOf()) === 'granted');
    server.pass(36_000);
    expect(await ask(effectsOf(server.services, clinic), approved)).toMatchObject({ state: 'done' });
    wake();
    expect(await zombie).toMatchObject({ state: 'wait' });
    expect(payer.received).toHaveLength(1);
  });
});

/** Opens what the decision reads and never what the sending reads: the point at which the process ends. */
function dieAfterCheck(services: Services): Services['vault']['open'] {
  return (of, ref, opening) =>
    opening.purpose === 'effect.check' ? services.vault.open(of, ref, opening) : new Promise(() => undefined);
}

function sleepAfterCheck(services: Services, until: Promise<void>): Services['vault']['open'] {
  return async (of, ref, opening) => {
    if (opening.purpose !== 'effect.check') await until;
    return services.vault.open(of, ref, opening);
  };
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

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It did not happen.');
}
