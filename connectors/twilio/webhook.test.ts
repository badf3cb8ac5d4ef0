// Webhooks of Twilio: the published example proves the signature, and nothing unsigned, changed or of another account is read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doorFor, markOf, readTwilioWebhook, signatureOf, statusCallback } from './webhook.ts';

const token = '12345';
const account = `AC${'5'.repeat(32)}`;
const message = `SM${'a'.repeat(32)}`;
const url = 'https://gait.example/v1/webhooks/twilio/conn_1';

/** A webhook as Twilio sends it, signed for `signedFor`. */
function told(fields: Readonly<Record<string, string>>, signedFor = url, key = token) {
  const body = new URLSearchParams(fields);
  return { url, signature: signatureOf(signedFor, body, key), rawBody: Buffer.from(body.toString()) };
}
const status = { AccountSid: account, MessageSid: message, MessageStatus: 'delivered', To: '+13035550142' };
const reply = { AccountSid: account, MessageSid: message, SmsStatus: 'received', From: '+13035550142', To: '+13035550100', Body: 'YES & thanks ☀', NumMedia: '0' }; // prettier-ignore

describe('the signature', () => {
  test('is that of Twilio’s published example', () => {
    const fields = new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      Caller: '+12349013030',
      Digits: '1234',
      From: '+12349013030',
      To: '+18005551212',
    });
    const example = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    expect(signatureOf(example, fields, token)).toBe('0/KCTR6DLpKmkAf8muzZqo1nDgQ=');
  });

  test.each([
    ['with its standard port', `https://gait.example:443/v1/webhooks/twilio/conn_1`],
    ['without a port', url],
  ])('holds for the address %s', (_name, signedFor) => {
    expect(readTwilioWebhook(told(status, signedFor), token, account).verdict).toBe('good');
  });

  test.each([
    ['another token', told(status, url, 'other')],
    ['another address', told(status, `${url}/other`)],
    ['a field changed since', { ...told(status), rawBody: told({ ...status, MessageStatus: 'failed' }).rawBody }],
    ['a field added since', { ...told(status), rawBody: told({ ...status, ErrorCode: '30003' }).rawBody }],
    ['none', { ...told(status), signature: undefined }],
    ['an empty one', { ...told(status), signature: '' }],
  ])('with %s is none', (_name, call) => {
    expect(readTwilioWebhook(call, token, account)).toEqual({ verdict: 'unsigned' });
  });

  test('proves nothing while the connection has no token', () => {
    expect(readTwilioWebhook(told(status, url, ''), '', account)).toEqual({ verdict: 'unsigned' });
  });

  test('no body of whatever bytes is read without its signature', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (rawBody, signature) => {
        expect(readTwilioWebhook({ url, signature, rawBody }, token, account)).toEqual({ verdict: 'unsigned' });
      }),
    );
  });

  test('holds for whatever fields a form may have', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), (fields) => {
        expect(readTwilioWebhook(told(fields), token, account).verdict).not.toBe('unsigned');
      }),
    );
  });
});

test('a status is told in our words, with the mark of the effect it belongs to', () => {
  const config = { baseUrl: 'https://api.twilio.com' };
  const marked = statusCallback({ door: url, key: 'message.send/appt_1/1' }, config).StatusCallback ?? '';
  const call = { ...told({ ...status, MessageStatus: 'undelivered', ErrorCode: '30005' }, marked), url: marked };
  expect(readTwilioWebhook(call, token, account)).toEqual({
    verdict: 'good',
    event: {
      kind: 'status',
      id: message,
      of: 'message',
      status: 'undelivered',
      word: 'undelivered',
      reason: 'number-unknown',
      mark: markOf('message.send/appt_1/1'),
    },
  });
  const phone = { AccountSid: account, CallSid: `CA${'b'.repeat(32)}`, CallStatus: 'no-answer' };
  expect(readTwilioWebhook(told(phone), token, account)).toMatchObject({
    event: { of: 'call', status: 'undelivered', reason: 'no-answer', mark: null },
  });
});

test('a reply is read whole; what Twilio took it for is told where it says so', () => {
  expect(readTwilioWebhook(told(reply), token, account)).toEqual({
    verdict: 'good',
    event: {
      kind: 'reply',
      id: message,
      from: reply.From,
      to: reply.To,
      text: reply.Body,
      keyword: null,
      attachments: 0,
    },
  });
  const stop = { ...reply, Body: 'stop', OptOutType: 'STOP', NumMedia: '1' };
  expect(readTwilioWebhook(told(stop), token, account)).toMatchObject({ event: { keyword: 'stop', attachments: 1 } });
});

test.each([
  ['of another account', { ...status, AccountSid: `AC${'6'.repeat(32)}` }],
  ['with a status nobody knows', { ...status, MessageStatus: 'festive' }],
  ['with an id that is none', { ...status, MessageSid: 'SM1' }],
  ['about something else', { AccountSid: account, RecordingSid: `RE${'1'.repeat(32)}` }],
])('a webhook %s is signed and left alone', (_name, fields) => {
  expect(readTwilioWebhook(told(fields), token, account)).toEqual({ verdict: 'ignored' });
});

test('where statuses are told is the door as Twilio reaches it, and none that Twilio cannot reach', () => {
  const twilio = { baseUrl: 'https://api.twilio.com' };
  const sandbox = { baseUrl: 'http://127.0.0.1:7315/twilio' };
  const local = 'http://127.0.0.1:7310/v1/webhooks/twilio/conn_1';
  const mark = `?mark=${markOf('k')}`;
  expect(statusCallback({ door: null, key: 'k' }, twilio)).toEqual({});
  expect(statusCallback({ door: local, key: 'k' }, twilio)).toEqual({});
  expect(statusCallback({ door: local, key: 'k' }, sandbox)).toEqual({ StatusCallback: local + mark });
  const outside = { ...twilio, webhookBase: 'https://hooks.example/' };
  expect(statusCallback({ door: local, key: 'k' }, outside)).toEqual({
    StatusCallback: `https://hooks.example/v1/webhooks/twilio/conn_1${mark}`,
  });
  expect(doorFor(url, {})).toBe(url);
});
