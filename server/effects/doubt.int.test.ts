// A submission nobody knows the fate of: in doubt it is never sent again before an inquiry or a person has said what became of it.
import { describe, expect, test } from 'vitest';
import { isTransient } from '../../domain/step/call.ts';
import { systemPrincipal } from '../http/principal.ts';
import { endHold, holdAll } from './holds.ts';
import { submissions } from './testing/submissions.ts';

const by = systemPrincipal('test');
const at = submissions();

describe('a submission in doubt', () => {
  test('504 after accepting: uncertain, not sent again, found by inquiry after the delay', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    at.payer.mode = 'error';
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain', retryAfterSeconds: 120 });
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain' });
    at.server.pass(121_000);
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'duplicate', outcome: 'pended' });
    expect(at.payer.received).toHaveLength(1);
  });

  test('not found after the delay: one work item, and a person settles it either way', async () => {
    for (const word of ['wasSent', 'wasNotSent'] as const) {
      at.payer.reset();
      await at.nextClinic();
      const approved = await at.clinic.approved();
      const effects = at.effects();
      at.payer.mode = 'error';
      at.payer.visible = false;
      await at.ask(effects, approved);
      at.server.pass(121_000);
      expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain' });
      at.server.pass(121_000);
      expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain' });
      const items = await at.server.services.db
        .selectFrom('work_items')
        .selectAll()
        .where('clinic', '=', at.clinic.clinic)
        .where('kind', '=', 'authorization.uncertain')
        .execute();
      expect(items).toHaveLength(1);
      await at.settleDoubt(approved.effectKey, word);
      at.payer.mode = 'accept';
      expect(await at.ask(effects, approved)).toMatchObject({ state: word === 'wasSent' ? 'duplicate' : 'done' });
      expect(at.payer.received).toHaveLength(word === 'wasSent' ? 1 : 2);
    }
  });

  test('sent again after a person’s word and in doubt again: the person is asked again', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects({ inquiries: false });
    at.payer.mode = 'error';
    for (let round = 1; round <= 2; round += 1) {
      await at.ask(effects, approved);
      at.server.pass(121_000);
      await at.ask(effects, approved);
      await at.settleDoubt(approved.effectKey, 'wasNotSent');
    }
    expect(await at.stateOf()).toBe('notSent');
    expect(at.payer.received).toHaveLength(2);
  });

  test('a vendor without inquiry goes to a person after the delay', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects({ inquiries: false });
    at.payer.mode = 'error';
    await at.ask(effects, approved);
    at.server.pass(121_000);
    await at.ask(effects, approved);
    const item = await at.server.services.db
      .selectFrom('work_items')
      .select('id')
      .where('clinic', '=', at.clinic.clinic)
      .where('kind', '=', 'authorization.uncertain')
      .executeTakeFirst();
    expect(item).toBeDefined();
  });

  test('an attempt in doubt lets the next attempt of the same request wait', async () => {
    const first = await at.clinic.approved(1);
    const effects = at.effects();
    at.payer.mode = 'error';
    await at.ask(effects, first);
    const second = await at.clinic.approved(2);
    at.payer.mode = 'accept';
    expect(await at.ask(effects, second)).toMatchObject({ state: 'wait', rule: 'effect.unsettled' });
    expect(at.payer.received).toHaveLength(1);
  });

  test('after a restore nothing is sent before an inquiry or a person has said what was', async () => {
    const approved = await at.clinic.approved();
    const effects = at.effects();
    await holdAll(at.server.services, at.clinic.clinic, by);
    at.payer.visible = false;
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain', rule: 'effect.held' });
    expect(await at.stateOf()).toBe('held');
    expect(at.payer.received).toHaveLength(0);
    const item = await at.server.services.db
      .selectFrom('work_items')
      .select('id')
      .where('clinic', '=', at.clinic.clinic)
      .where('kind', '=', 'authorization.uncertain')
      .executeTakeFirst();
    expect(item).toBeDefined();
    await endHold(at.server.services, at.clinic.clinic, by);
    expect(await at.ask(effects, approved)).toMatchObject({ state: 'uncertain', rule: 'effect.held' });
  });

  test.each(['wasSent', 'wasNotSent'] as const)(
    'held after a restore, given up, approved again: a person says %s, and the payer has it once at most',
    async (word) => {
      const first = await at.clinic.approved(1);
      const effects = at.effects();
      await holdAll(at.server.services, at.clinic.clinic, by);
      at.payer.visible = false;
      for (let times = 0; times < 3; times += 1) {
        const held = await at.ask(effects, first);
        expect(held).toMatchObject({ state: 'uncertain', rule: 'effect.held' });
        expect(isTransient({ item: first.workItem, outcome: held.outcome ?? held.state })).toBe(true);
        at.server.pass(121_000);
      }
      const second = await at.clinic.approved(2);
      const waiting = await at.ask(effects, second);
      expect(waiting).toMatchObject({ state: 'wait', rule: 'effect.unsettled' });
      expect(isTransient({ item: second.workItem, outcome: waiting.outcome ?? waiting.state })).toBe(true);
      expect(waiting.retryAfterSeconds).toBeGreaterThan(0);
      await at.settleDoubt(first.effectKey, word);
      await endHold(at.server.services, at.clinic.clinic, by);
      const outcome = word === 'wasSent' ? 'accepted' : 'pended';
      expect(await at.ask(effects, second)).toMatchObject({
        state: word === 'wasSent' ? 'duplicate' : 'done',
        outcome,
      });
      expect(await at.ask(effects, second)).toMatchObject({ state: 'duplicate', outcome });
      expect(at.payer.received).toHaveLength(word === 'wasSent' ? 0 : 1);
    },
  );
});
