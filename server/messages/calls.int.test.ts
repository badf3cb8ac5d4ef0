// Whom no message reaches is called, and what is heard on the telephone counts.
import { expect, test } from 'vitest';
import { messageBench, phone } from './testing/bench.ts';

const at = messageBench();

test('a patient without a number comes to the call list', async () => {
  await at.clinic.report({ contact: { phone: null, email: null } });
  const message = await at.queue({ occasion: 'nobody' });
  expect(await at.next(message)).toEqual({ kind: 'over' });
  expect((await at.items('patient.call'))[0]?.reason).toContain('no number or address');
});

test('whom no message may reach is called, and what a named person heard is the confirmation', async () => {
  const date = await at.unreached();
  expect(await at.confirmation(date)).toContain('on the call list: wants no messages');
  const { json } = await at.look('calls');
  expect(json).toMatchObject({ open: [{ name: 'Abernathy, Quillon', purpose: 'visit.reminder' }], made: [] });
  expect(JSON.stringify(json)).not.toContain(phone);
  const [first] = await at.openCalls();
  expect((await at.decide(first?.id ?? '', 'notReached')).status).toBe(200);
  const [again, ...none] = await at.openCalls();
  expect(none).toEqual([]);
  expect(again?.reason).toContain('(call 2 of 3)');
  expect((await at.decide(again?.id ?? '', 'confirmed')).status).toBe(200);
  expect(await at.confirmation(date)).toContain('"state":"confirmed"');
  expect((await at.look('calls')).json).toMatchObject({
    open: [],
    made: [{ decision: 'confirmed' }, { decision: 'notReached', decidedBy: 'Robin Desk' }],
  });
});

test('a visit that was moved since is not confirmed by the call about its old time', async () => {
  await at.unreached();
  await at.server.services.db
    .updateTable('appointments')
    .set({ starts_at: new Date(at.server.services.now().getTime() + 50 * 3_600_000) })
    .where('clinic', '=', at.clinic.clinic)
    .execute();
  const [first] = await at.openCalls();
  const answer = await at.decide(first?.id ?? '', 'confirmed');
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('moved or cancelled')]);
  expect(await at.openCalls()).toHaveLength(1);
  expect((await at.decide(first?.id ?? '', 'wrongNumber', 'A stranger answered.')).status).toBe(200);
  const { json } = await at.look(`patients/${at.clinic.patient}/messages`);
  expect(json).toMatchObject({
    name: 'Abernathy, Quillon',
    consents: [
      { state: 'revoked', channels: ['text', 'voice'], by: 'Robin Desk', hasEvidence: true },
      { state: 'revoked', channels: null, hasEvidence: false },
    ],
  });
});
