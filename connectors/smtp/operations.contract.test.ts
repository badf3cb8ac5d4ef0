// A mail server over the wire: encrypted or not at all, every reply for what it means, and nothing sent twice after a silence.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import selfsigned from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startMail } from '../../sandbox/smtp/server.ts';
import type { RunningMail } from '../../sandbox/smtp/server.ts';
import { smtpStore } from '../../sandbox/smtp/store.ts';
import type { SmtpStore } from '../../sandbox/smtp/store.ts';
import type { Fault } from '../../sandbox/smtp/faults.ts';
import type { ConnectorContext } from '../connector.ts';
import { restContext } from '../testing/rest-systems.ts';
import { messageIdOf } from './compose.ts';
import { readSmtpConfig } from './config.ts';
import { smtpOperations as operations } from './operations.ts';

const folder = mkdtempSync(join(tmpdir(), 'gait-smtp-'));
const raw: string[] = [];
let store: SmtpStore;
let plain: RunningMail;
let starttls: RunningMail;
let implicit: RunningMail;
let certificate: string;

beforeAll(async () => {
  store = smtpStore(folder);
  const made = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  certificate = made.cert;
  const tls = { key: made.private, cert: made.cert };
  const onMessage = (message: string) => void raw.push(message);
  plain = await startMail(store, { port: 0, onMessage });
  starttls = await startMail(store, { port: 0, onMessage, tls: { ...tls, implicit: false } });
  implicit = await startMail(store, { port: 0, onMessage, tls: { ...tls, implicit: true } });
});
afterAll(async () => {
  await Promise.all([plain, starttls, implicit].map((server) => server?.stop()));
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  store.reset();
  raw.length = 0;
});

const password = { password: 'secret' };
const context = (config: object = {}, secrets: ConnectorContext['secrets'] = {}): ConnectorContext =>
  restContext({
    config: { host: '127.0.0.1', port: plain.port, security: 'none', from: 'desk@clinic.example', requestTimeoutSeconds: 5, ...config },
    secrets,
  }); // prettier-ignore
const encrypted = (config: object = {}, secrets: ConnectorContext['secrets'] = password) =>
  context({ host: 'localhost', port: starttls.port, security: 'starttls', username: 'desk', certificateAuthority: certificate, ...config }, secrets); // prettier-ignore
const suffer = (...faults: Fault['fault'][]) => {
  store.faults = faults.map((fault) => ({ fault }));
};

const mail = {
  to: 'orla@patient.example',
  subject: 'Your visit tomorrow – 9:00',
  text: 'Hello,\nsee you tomorrow at 9:00.\n.\nStride',
  key: 'message.send/appt_1/1',
};
const send = operations['smtp.message.send'];
const id = messageIdOf(mail.key, { from: 'desk@clinic.example' });

describe('an e-mail', () => {
  test('is taken once, whole, under the id of its effect', async () => {
    const own = context({ fromName: 'Stride Clinic', replyTo: 'front@clinic.example', unsubscribe: 'mailto:stop@clinic.example' }); // prettier-ignore
    expect(await send.run(own, mail)).toEqual({ kind: 'done', result: { id } });
    expect(raw).toHaveLength(1);
    expect(raw[0]).toContain(`Message-ID: ${id}\r\n`);
    expect(raw[0]).toContain('From: Stride Clinic <desk@clinic.example>\r\n');
    expect(raw[0]).toContain('Reply-To: front@clinic.example\r\n');
    expect(raw[0]).toContain('List-Unsubscribe: <mailto:stop@clinic.example>\r\n');
    expect(raw[0]).toContain('Auto-Submitted: auto-generated\r\n');
    expect(raw[0]).toMatch(/Subject: =\?UTF-8\?/);
    expect(raw[0]).toContain('\r\n.\r\nStride');
  });

  test('sent again for the same effect has the same id, for another one another', async () => {
    await send.run(context(), mail);
    await send.run(context(), mail);
    await send.run(context(), { ...mail, key: 'message.send/appt_2/1' });
    const ids = store.state.taken.map(({ messageId }) => messageId);
    expect([ids[0], ids[1]]).toEqual([id, id]);
    expect(ids[2]).not.toBe(id);
  });

  test.each<[Fault['fault'], object]>([
    ['addressUnknown', { kind: 'rejected', code: 'vendor.rejected', reasons: [{ code: 'address-unknown' }] }],
    ['addressUnknownPlainly', { kind: 'rejected', reasons: [{ code: 'mailbox-unavailable' }] }],
    ['mailboxDisabled', { kind: 'rejected', reasons: [{ code: 'mailbox-disabled' }] }],
    ['takesNoMail', { kind: 'rejected', reasons: [{ code: 'domain-takes-no-mail' }] }],
    ['senderRefused', { kind: 'rejected', reasons: [{ code: 'refused-by-policy' }] }],
    ['messageRefused', { kind: 'rejected', reasons: [{ code: 'sender-not-authenticated' }] }],
    ['messageTooLarge', { kind: 'rejected', reasons: [{ code: 'message-too-large' }] }],
    ['mailboxFull', { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: 300 }],
    ['messageLater', { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: 300 }],
    ['greylisted', { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: 300 }],
    ['busy', { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 300 }],
    ['closesBeforeMessage', { kind: 'notSent', code: 'connection.refused', retryAfterSeconds: 60 }],
    ['hangsBeforeMessage', { kind: 'notSent', code: 'connection.refused' }],
  ])('met by "%s" was not taken', async (fault, meaning) => {
    suffer(fault);
    const outcome = await send.run(context({ requestTimeoutSeconds: 1 }), mail);
    expect(outcome).toMatchObject(meaning);
    expect(JSON.stringify(outcome)).not.toContain('orla');
    expect(raw).toEqual([]);
  });

  test.each<[Fault['fault'], number]>([
    ['closesAfterTaking', 1],
    ['hangsAfterTaking', 1],
    ['closesWithinMessage', 0],
  ])('whose end was a silence (%s) is in doubt, and a person decides', async (fault, taken) => {
    suffer(fault);
    const own = context({ requestTimeoutSeconds: 1 });
    expect(await send.run(own, mail)).toEqual({
      kind: 'uncertain',
      code: 'vendor.unavailable',
      inquireAfterSeconds: 60,
    });
    expect(raw).toHaveLength(taken);
    expect(await send.inquire(own, mail)).toEqual({ kind: 'notFound' });
    expect(store.calls['session']).toBe(1);
  });

  test.each([
    ['no words', { text: ' ' }, { code: 'missing', field: 'text' }],
    ['no subject', { subject: '\r\n' }, { code: 'missing', field: 'subject' }],
    ['two addresses', { to: 'a@patient.example, b@patient.example' }, { code: 'address-malformed', field: 'to' }],
    ['an address with a line break', { to: 'a@patient.example\r\nRCPT TO:<b@patient.example>' }, { code: 'address-malformed', field: 'to' }],
    ['letters few servers take', { to: 'örla@patient.example' }, { code: 'address-malformed', field: 'to' }],
    ['a comment for an address', { to: '(a)@patient.example' }, { code: 'address-malformed', field: 'to' }],
    ['a script to unsubscribe', { unsubscribe: 'javascript:alert(1)' }, { code: 'address-malformed', field: 'unsubscribe' }],
  ])('with %s does not leave', async (_name, change, reason) => {
    const outcome = await send.run(context(), { ...mail, ...change });
    expect(outcome).toEqual({ kind: 'rejected', code: 'input.invalid', reasons: [reason] });
    expect(store.calls['session']).toBeUndefined();
  }); // prettier-ignore

  test('waits, and all others with it, where the server is busy', async () => {
    const own = context();
    suffer('busy');
    await send.run(own, mail);
    expect(await send.run(own, { ...mail, key: 'another' })).toMatchObject({
      kind: 'notSent',
      code: 'vendor.throttled',
    });
    expect(store.calls['session']).toBe(1);
  });

  test('larger than the server takes is refused before it leaves', async () => {
    const small = await startMail(store, {
      port: 0,
      largestBytes: 200,
      onMessage: (message) => void raw.push(message),
    });
    const outcome = await send.run(context({ port: small.port }), mail);
    await small.stop();
    expect(outcome).toEqual({ kind: 'rejected', code: 'vendor.rejected', reasons: [{ code: 'message-too-large' }] });
    expect(raw).toEqual([]);
  });

  test('is not sent where nobody listens, and not once the time is over', async () => {
    const nobody = context({ port: 9 });
    expect(await send.run(nobody, mail)).toEqual({
      kind: 'notSent',
      code: 'connection.refused',
      retryAfterSeconds: 60,
    });
    const aborted = { ...context(), signal: AbortSignal.abort() };
    expect(await send.run(aborted, mail)).toMatchObject({ kind: 'notSent' });
    expect(store.calls['session']).toBeUndefined();
  });
});

describe('the connection', () => {
  const check = operations['smtp.connection.test'];
  const facts = async (own: ConnectorContext) => {
    const outcome = await check.run(own, {});
    return outcome.kind === 'done' ? outcome.result.facts.slice(0, 2).map(({ value }) => value) : outcome;
  };

  test('is encrypted before a password is told, by either way', async () => {
    expect(await facts(encrypted())).toEqual(['TLSv1.3', 'yes']);
    expect(await facts(encrypted({ port: implicit.port, security: 'implicit' }))).toEqual(['TLSv1.3', 'yes']);
    expect(await send.run(encrypted(), mail)).toMatchObject({ kind: 'done' });
  });

  test('is not made where the certificate is unknown or another’s, or where nothing is encrypted', async () => {
    const refused = { kind: 'notSent', code: 'connection.refused', retryAfterSeconds: 60 };
    expect(await facts(encrypted({ certificateAuthority: undefined }))).toEqual(refused);
    expect(await facts(encrypted({ host: '127.0.0.1' }))).toEqual(refused);
    expect(await facts(encrypted({ port: plain.port }))).toEqual(refused);
    suffer('notEncrypted');
    expect(await facts(encrypted())).toEqual(refused);
    expect(() => readSmtpConfig({ host: 'mail.example', from: 'desk@clinic.example', security: 'none' })).toThrow(
      /security/,
    );
  });

  test('without encryption goes to this machine only, and says so', async () => {
    expect(await facts(context())).toEqual(['none: this machine', 'no user is set']);
  });

  test('tells a wrong password from a server that is busy', async () => {
    const wrong = { kind: 'notSent', code: 'connection.credentials' };
    expect(await facts(encrypted({}, { password: 'wrong' }))).toEqual(wrong);
    suffer('loginLater');
    expect(await facts(encrypted())).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
    await expect(facts(encrypted({}, {}))).rejects.toThrow(/password/);
  });
});
