// A server that dies between any two writes of a permit: never two submissions, never one lost, doubt only for what was in flight.
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { readServerConfig } from '../config.ts';
import { openServices } from '../open-services.ts';
import type { Services } from '../services.ts';
import { sweepLeases } from './sweep.ts';
import { submissions } from './testing/submissions.ts';

const at = submissions();

describe('a server that dies', () => {
  /** Another server on the same database, with its own clock, as after a restart. */
  async function second(): Promise<Services> {
    const config = readServerConfig({
      GAIT_DATABASE_URL: at.server.databaseUrl,
      GAIT_KEYRING_FILE: at.server.keyringFile,
    });
    return openServices(config, { log: pino({ level: 'silent' }), now: at.server.services.now });
  }

  test('before it may send: the grant runs out, the next ask sends', async () => {
    const approved = await at.clinic.approved();
    // The process ends right after the grant was committed: opening the records never comes back.
    const stuck = {
      ...at.server.services,
      vault: { ...at.server.services.vault, open: dieAfterCheck(at.server.services) },
    };
    void at.ask(at.effects({ services: stuck }), approved);
    await until(async () => (await at.stateOf()) === 'granted');
    const other = await second();
    try {
      const effects = at.effects({ services: other });
      expect(await at.ask(effects, approved)).toMatchObject({ state: 'wait' });
      at.server.pass(36_000);
      expect(await at.ask(effects, approved)).toMatchObject({ state: 'done' });
      expect(at.payer.received).toHaveLength(1);
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
      const approved = await at.clinic.approved();
      at.payer.mode = mode;
      const hanging = at.ask(at.effects({ seconds: 2 }), approved);
      await until(async () => (await at.stateOf()) === 'sending');
      const other = await second();
      try {
        const effects = at.effects({ services: other, seconds: 2 });
        expect(await at.ask(effects, approved)).toMatchObject({ state: 'wait' });
        at.server.pass(33_000);
        expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain' });
        at.payer.mode = 'accept';
        await hanging;
        at.server.pass(150_000);
        expect(await at.ask(effects, approved)).toMatchObject({ state: after });
        expect(at.payer.received).toHaveLength(received);
      } finally {
        await other.database.close();
      }
    },
  );

  test('after the answer and before it was stored: the inquiry finds it', async () => {
    const approved = await at.clinic.approved();
    const broken = {
      ...at.server.services,
      vault: { ...at.server.services.vault, put: () => Promise.reject(new Error('the disk is gone')) },
    };
    expect(await at.ask(at.effects({ services: broken }), approved)).toMatchObject({ state: 'uncertain' });
    expect(await at.stateOf()).toBe('sending');
    at.server.pass(36_000);
    expect(await sweepLeases(at.server.services)).toBeGreaterThan(0);
    expect(await at.stateOf()).toBe('uncertain');
    at.server.pass(121_000);
    expect(await at.ask(at.effects(), approved)).toMatchObject({
      state: 'duplicate',
      outcome: 'pended',
    });
    expect(at.payer.received).toHaveLength(1);
  });

  test('while it inquires: nobody else inquires meanwhile, and the next one after it finds what was sent', async () => {
    const approved = await at.clinic.approved();
    const inquiring = async (): Promise<Date | null> =>
      (
        await at.server.services.db
          .selectFrom('effects')
          .select('inquiring_until')
          .where('clinic', '=', at.clinic.clinic)
          .executeTakeFirstOrThrow()
      ).inquiring_until;
    at.payer.mode = 'error';
    expect(await at.ask(at.effects(), approved)).toMatchObject({ state: 'uncertain' });
    at.server.pass(121_000);
    const { vault } = at.server.services;
    const dying: Services = {
      ...at.server.services,
      vault: { ...vault, open: dieBefore(at.server.services, 'availity.serviceReview.create.inquiry') },
    };
    void at.ask(at.effects({ services: dying }), approved);
    await until(async () => (await inquiring()) !== null);
    const effects = at.effects();
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain' });
    at.server.pass(16_000);
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'duplicate', outcome: 'pended' });
    expect(at.payer.received).toHaveLength(1);
  });

  test('a grant that ran out cannot begin to send when the process wakes up again', async () => {
    const approved = await at.clinic.approved();
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    const slow = {
      ...at.server.services,
      vault: { ...at.server.services.vault, open: sleepAfterCheck(at.server.services, asleep) },
    };
    const zombie = at.ask(at.effects({ services: slow }), approved);
    await until(async () => (await at.stateOf()) === 'granted');
    at.server.pass(36_000);
    expect(await at.ask(at.effects(), approved)).toMatchObject({ state: 'done' });
    wake();
    expect(await zombie).toMatchObject({ state: 'wait' });
    expect(at.payer.received).toHaveLength(1);
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
