// Nobody's words add a header to an e-mail, and the reply codes of the field mean what their standards say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose } from './compose.ts';
import { readSmtpConfig } from './config.ts';
import { smtpFailure } from './failures.ts';

const config = readSmtpConfig({ host: 'mail.example', from: 'desk@clinic.example', fromName: 'Stride' });
const call = { effect: true, inquireAfterSeconds: 60 };
const date = new Date('2026-11-22T09:00:00Z');

const headers = (raw: string): readonly string[] =>
  (raw.split('\r\n\r\n', 1)[0] ?? '').split('\r\n').flatMap((line) => /^([^\s:]+):/.exec(line)?.[1] ?? []);

test('whatever the subject and the text hold, the headers are these and no others', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `a\r\nBcc: ${text}\r\n\r\nb`),
    fc.constantFrom('a\nBcc: x@patient.example', 'a\r\rTo: x', '\u2028Bcc: x', '=?UTF-8?Q?=0D=0ABcc:_x?='),
  );
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (subject, text) => {
      const message = { to: 'orla@patient.example', subject, text, key: 'k' };
      const raw = (await compose(message, config, date)).toString('latin1');
      const usual = ['Auto-Submitted', 'From', 'To', 'Message-ID', 'Date', 'MIME-Version', 'Content-Type'];
      const told = headers(raw).filter((name) => !['Subject', 'Content-Transfer-Encoding', 'List-Unsubscribe'].includes(name)); // prettier-ignore
      expect([...told].sort()).toEqual([...usual].sort());
    }),
  );
});

describe('a reply', () => {
  const reply = (responseCode: number, words: string, more: object = {}) =>
    smtpFailure({ responseCode, response: `${responseCode} ${words}`, ...more }, true, call);

  test.each([
    [550, '5.1.1 unknown', 'address-unknown'],
    [550, '5.2.1 disabled', 'mailbox-disabled'],
    [550, '5.7.350 remote server says spam', 'refused-by-policy'],
    [554, '5.9.9 who knows', 'refused'],
    [553, 'no such', 'address-malformed'],
    [599, 'who knows', 'refused'],
  ])('%i %s refuses for good', (code, words, reason) => {
    expect(reply(code, words)).toEqual({ kind: 'rejected', code: 'vendor.rejected', reasons: [{ code: reason }] });
  });

  test('says nothing for good while it may pass, also after the message has left', () => {
    expect(reply(450, '4.2.0 busy')).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
    expect(reply(503, '5.5.1 bad sequence')).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
    expect(reply(421, 'closing')).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
  });

  test('is not needed where the message never may leave', () => {
    expect(smtpFailure({ code: 'EMESSAGE' }, false, call)).toMatchObject({ reasons: [{ code: 'message-too-large' }] });
    expect(smtpFailure({ code: 'EENVELOPE' }, false, call)).toMatchObject({ reasons: [{ code: 'address-malformed' }] });
    expect(smtpFailure({ code: 'ESTREAM' }, true, call)).toMatchObject({ kind: 'uncertain' });
  });

  test('that wants somebody to sign in is about the credentials', () => {
    const wanted = { kind: 'notSent', code: 'connection.credentials' };
    expect(reply(530, '5.7.0 must authenticate')).toEqual(wanted);
    expect(reply(534, '5.7.9 mechanism too weak', { code: 'EAUTH' })).toEqual(wanted);
    expect(smtpFailure({ code: 'EAUTH' }, false, call)).toEqual(wanted);
  });
});
