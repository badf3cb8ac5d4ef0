// No message without a permit: whatever is asked for, in whatever order, what left is what a permit was given for at that moment.
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localTime } from '../../domain/zoned-time.ts';
import {
  begin,
  clinic,
  klara,
  left,
  messagesOverKlara,
  next,
  outbox,
  queue,
  reply,
  send,
  server,
} from './testing/over-klara.ts';

messagesOverKlara();

const zone = 'America/Chicago';
/** What the world is like, as the test itself keeps it. */
interface World {
  readonly messages: string[];
  readonly sent: Set<string>;
  isStopped: boolean;
  isAgreed: boolean;
}

type Move = (world: World) => Promise<void>;

const agree =
  (isAgreed: boolean): Move =>
  async (world) => {
    world.isAgreed = isAgreed;
    const scope = ['name', 'birthDate', 'contact', 'visitTime'];
    const agreement = { vendor: 'klara', effective: '2020-01-01', expires: isAgreed ? null : '2021-01-01', scope };
    await server.services.db
      .updateTable('connections')
      .set({ agreement: JSON.stringify({ ...agreement, evidence: 'in the safe' }) })
      .where('id', '=', klara)
      .execute();
  };

/** Asks for the permit of a message that may or may not leave, and holds what left against what the test knows. */
const sendOne =
  (which: number): Move =>
  async (world) => {
    const ref = world.messages[which % Math.max(1, world.messages.length)];
    if (ref === undefined) return;
    const before = left().length;
    const answer = await send(ref);
    const went = left().length - before;
    expect(went).toBe(answer['state'] === 'done' ? 1 : 0);
    if (went === 0) return;
    const hour = Number(localTime(server.services.now(), zone).slice(11, 13));
    expect({ again: world.sent.has(ref), ...world, hour }).toMatchObject({
      again: false,
      isStopped: false,
      isAgreed: true,
    });
    expect(hour).toBeGreaterThanOrEqual(8);
    expect(hour).toBeLessThan(21);
    world.sent.add(ref);
  };

const word =
  (text: string, isStopped: boolean): Move =>
  async (world) => {
    await reply(text);
    world.isStopped = isStopped;
  };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.nat(5).map(
      (n): Move =>
        async (world) => {
          const ref = await queue({ occasion: `o${n}` });
          if (!world.messages.includes(ref)) world.messages.push(ref);
        },
    ),
  },
  { weight: 6, arbitrary: fc.nat(20).map(sendOne) },
  {
    weight: 2,
    arbitrary: fc.nat(20).map(
      (n): Move =>
        async ({ messages }) => {
          const ref = messages[n % Math.max(1, messages.length)];
          if (ref !== undefined) await next(ref);
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 15 }).map(
      (hours): Move =>
        async () => {
          server.pass(hours * 3_600_000);
          await Promise.resolve();
        },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(word('STOP', true), word('START', false)) },
  { weight: 1, arbitrary: fc.constantFrom(agree(false), agree(true)) },
);

test('what left had its permit at that moment: wanted, agreed, by day, once, and written down before', async () => {
  let leaving = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 8, maxLength: 18 }), async (moves) => {
      const before = outbox;
      await begin();
      rmSync(before, { recursive: true });
      const world: World = { messages: [], sent: new Set(), isStopped: false, isAgreed: true };
      for (const one of moves) await one(world);
      const { db } = server.services;
      const effects = await db
        .selectFrom('effects')
        .select(['key', 'state'])
        .where('clinic', '=', clinic.clinic)
        .where('state', '=', 'done')
        .execute();
      expect(left()).toHaveLength(effects.length);
      const granted = await db
        .selectFrom('audit_entries')
        .select('subject')
        .where('clinic', '=', clinic.clinic)
        .where('action', '=', 'effect.granted')
        .execute();
      const permits = new Set(granted.map(({ subject }) => subject));
      for (const ref of world.sent) expect(permits).toContain(`message.send/${ref}/text`);
      leaving += world.sent.size;
    }),
    { numRuns: 20, endOnFailure: true },
  );
  // A property over messages that never leave would say nothing.
  expect(leaving).toBeGreaterThan(5);
});
