// What patients agreed to and at which hours they want messages, as staff write it down.
import { expect, test } from 'vitest';
import { messageBench } from './testing/bench.ts';

const at = messageBench();

test('a consent that staff write down says how it is known, which the vault keeps and shows on asking', async () => {
  expect((await at.say({ state: 'granted' })).text).toContain('Say how you know');
  expect((await at.say({ state: 'granted', categories: ['waitlist'], evidence: 'Form of 3 May' })).status).toBe(200);
  const { json, text } = await at.look(`patients/${at.clinic.patient}/messages`);
  expect(text).not.toContain('Form of 3 May');
  expect(json).toMatchObject({ consents: [{ state: 'granted', categories: ['waitlist'], by: 'Robin Desk' }] });
  const word = /"word":(\d+)/.exec(text)?.[1] ?? '';
  expect((await at.look(`patients/${at.clinic.patient}/consents/${word}`)).json).toEqual({ words: 'Form of 3 May' });
  expect((await at.look(`patients/${at.clinic.patient}/consents/x`)).status).toBe(400);
});

test('the hours a patient wants messages in hold back what comes outside of them, and are kept', async () => {
  const preference = {
    channels: ['text'],
    zone: 'America/Chicago',
    language: 'en',
    hours: { from: '14:00', to: '18:00' },
  };
  expect((await at.say({ ...preference, hours: { from: '18:00', to: '14:00' } }, 'contact-preference')).status).toBe(
    400,
  );
  expect((await at.say(preference, 'contact-preference')).status).toBe(200);
  expect((await at.look(`patients/${at.clinic.patient}/messages`)).json).toMatchObject({ preference });
  const message = await at.queue();
  expect(await at.next(message)).toMatchObject({ kind: 'wait' });
  expect(await at.row(message)).toMatchObject({ rule: 'message.quiet-hours', rule_row: 'patient/preference' });
  at.server.pass(2.1 * 3_600_000);
  expect(await at.next(message)).toMatchObject({ kind: 'send' });
  expect((await at.look(`messages/${message}/words`)).json).toMatchObject({ words: [{ channel: 'text' }] });
  expect((await at.look('messages/msg_0000000000000000000000/words')).status).toBe(404);
});
