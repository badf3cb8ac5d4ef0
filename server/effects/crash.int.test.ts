// A server that dies between any two writes of a permit: never two submissions, never one lost, doubt only for what was in flight.
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Followed } from '../authorizations/testing/followed.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import { readServerConfig } from '../config.ts';
import { openServices } from '../open-services.ts';
import type { Services } from '../services.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import type { Effects } from './effects.ts';
import { sweepLeases } from './sweep.ts';
import { Payer, askSubmission, effectState, effectsOf } from './testing/payer.ts';
import type { Approved } from './testing/payer.ts';
import { testDay } from '../testing/days.ts';

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
    void ask(effectsOf(payer, stuck, clinic), approved);
    await until(async () => (await stateOf()) === 'granted');
    const other = await second();
    try {
      const effects = effectsOf(payer, other, clinic);
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
      const hanging = ask(effectsOf(payer, server.services, clinic, 2), approved);
      await until(async () => (await stateOf()) === 'sending');
      const other = await second();
      try {
        const effects = effectsOf(payer, other, clinic, 2);
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
    expect(await ask(effectsOf(payer, broken, clinic), approved)).toMatchObject({ state: 'uncertain' });
    expect(await stateOf()).toBe('sending');
    server.pass(36_000);
    expect(await sweepLeases(server.services)).toBeGreaterThan(0);
    expect(await stateOf()).toBe('uncertain');
    server.pass(121_000);
    expect(await ask(effectsOf(payer, server.services, clinic), approved)).toMatchObject({
      state: 'duplicate',
      outcome: 'pended',
    });
    expect(payer.received).toHaveLength(1);
  });

  test('while it inquires: nobody else inquires meanwhile, and the next one after it finds what was sent', async () => {
    const approved = await clinic.approved();
    const inquiring = async (): Promise<Date | null> =>
      (
        await server.services.db
          .selectFrom('effects')
          .select('inquiring_until')
          .where('clinic', '=', clinic.clinic)
          .executeTakeFirstOrThrow()
      ).inquiring_until;
    payer.mode = 'error';
    expect(await ask(effectsOf(payer, server.services, clinic), approved)).toMatchObject({ state: 'uncertain' });
    server.pass(121_000);
    const { vault } = server.services;
    const dying: Services = {
      ...server.services,
      vault: { ...vault, open: dieBefore(server.services, 'availity.serviceReview.create.inquiry') },
    };
    void ask(effectsOf(payer, dying, clinic), approved);
    await until(async () => (await inquiring()) !== null);
    const effects = effectsOf(payer, server.services, clinic);
    expect(await ask(effects, approved)).toMatchObject({ state: 'uncertain' });
    server.pass(16_000);
    expect(await ask(effects, approved)).toMatchObject({ state: 'duplicate', outcome: 'pended' });
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
    const zombie = ask(effectsOf(payer, slow, clinic), approved);
    await until(async () => (await stateOf()) === 'granted');
    server.pass(36_000);
    expect(await ask(effectsOf(payer, server.services, clinic), approved)).toMatchObject({ state: 'done' });
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

/** Opens everything but what is opened for this purpose: the point at which the process ends. */
function dieBefore(services: Services, purpose: string): Services['vault']['open'] {
  return (of, ref, opening) =>
    opening.purpose === purpose ? new Promise(() => undefined) : services.vault.open(of, ref, opening);
}

function sleepAfterCheck(services: Services, until: Promise<void>): Services['vault']['open'] {
  return async (of, ref, opening) => {
    if (opening.purpose !== 'effect.check') await until;
    return services.vault.open(of, ref, opening);
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It did not happen.');
}
