// Who may tell Gait of appointments at Jane: signed rightly, just now, of a kind it acts on.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { janeEvent, secretsOf, signatureOf, verify } from './webhook.ts';

const now = new Date('2026-11-16T15:00:00Z');
const timestamp = String(now.getTime() / 1000);
const rawBody = Buffer.from('{"event_id":"1f0c8f3a-0001"}');
const settings = { webhookSigned: 'timestamp.body', webhookToleranceSeconds: 300 } as const;
const signature = signatureOf({ timestamp, rawBody }, 'secret-2', settings.webhookSigned);
const call = { signature, timestamp, rawBody };
const secrets = ['secret-1', 'secret-2'];

describe('a signature', () => {
  test('is the HMAC of time and body under any of the subscriptions’ secrets', () => {
    // By OpenSSL: printf '1794841200.{"event_id":"1f0c8f3a-0001"}' | openssl dgst -sha256 -hmac secret-2
    expect(signature).toBe('sha256=3bd39a9d08f747bf7c321ce39faa465dfbb3df7ff4aac5a26c586412caceaff8');
    expect(verify(call, secrets, now, settings)).toBe('good');
  });

  test.each([
    ['another secret', { ...call }, ['secret-3']],
    ['no secret at all', { ...call }, []],
    ['a changed body', { ...call, rawBody: Buffer.from('{"event_id":"1f0c8f3a-0002"}') }, secrets],
    ['a changed time', { ...call, timestamp: String(Number(timestamp) + 1) }, secrets],
    ['no signature', { ...call, signature: undefined }, secrets],
    ['no time', { ...call, timestamp: undefined }, secrets],
    ['half a signature', { ...call, signature: signature.slice(0, 40) }, secrets],
    ['one of another method', { ...call, signature: signature.replace('sha256=', 'sha1=') }, secrets],
  ])('%s is none', (_name, changed, known) => {
    expect(verify(changed, known, now, settings)).toBe('unsigned');
  });

  test('is late five minutes after, and early five minutes before', () => {
    const at = (seconds: number) => verify(call, secrets, new Date(now.getTime() + seconds * 1000), settings);
    expect([at(300), at(301), at(-300), at(-301)]).toEqual(['good', 'late', 'good', 'late']);
  });

  test.each(['timestamp.body', 'timestampbody', 'body'] as const)('may cover %s, as the connection says', (signed) => {
    const own = { ...call, signature: signatureOf({ timestamp, rawBody }, 'secret-1', signed) };
    expect(verify(own, secrets, now, { ...settings, webhookSigned: signed })).toBe('good');
    const other = signed === 'body' ? 'timestamp.body' : 'body';
    expect(verify(own, secrets, now, { ...settings, webhookSigned: other })).toBe('unsigned');
  });

  test('reads its time as seconds, milliseconds or an instant; a time that is none is late', () => {
    const verdict = (text: string) => {
      const own = { timestamp: text, rawBody, signature: signatureOf({ timestamp: text, rawBody }, 'secret-1', 'timestamp.body') }; // prettier-ignore
      return verify(own, secrets, now, settings);
    };
    expect(['1794841200', '1794841200000', '2026-11-16T15:00:00Z', 'soon'].map(verdict)).toEqual([
      'good',
      'good',
      'good',
      'late',
    ]);
  });

  test('whatever a sender sends, looking at it never fails', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.uint8Array(), (one, other, bytes) => {
        const verdict = verify({ signature: one, timestamp: other, rawBody: bytes }, secrets, now, settings);
        expect(verdict).toBe('unsigned');
      }),
    );
  });
});

test('a connection holds a secret for each subscription', () => {
  expect(secretsOf(' one, two\nthree ')).toEqual(['one', 'two', 'three']);
  expect(secretsOf(undefined)).toEqual([]);
});

const body = {
  event_id: '1f0c8f3a-0001',
  event_topic: 'APPOINTMENT_RESCHEDULED',
  event_timestamp: '2026-11-16T08:00:00-07:00',
  appointment_id: '0190aa11-0000-7000-a000-000000000001',
  clinic_guid: 7,
  version: 1,
};

test('an event says which appointment, what befell it and when', () => {
  expect(janeEvent(body)).toEqual({
    eventId: '1f0c8f3a-0001',
    topic: 'rescheduled',
    appointmentId: '0190aa11-0000-7000-a000-000000000001',
    happenedAt: '2026-11-16T15:00:00.000Z',
  });
  expect(janeEvent({ ...body, event_timestamp: 'yesterday' })).toMatchObject({ happenedAt: null });
});

test.each([
  ['another topic', { ...body, event_topic: 'PATIENT_CREATED' }],
  ['no appointment', { ...body, appointment_id: '' }],
  ['an id that is a sentence', { ...body, event_id: 'Adela Ashgrove’s visit' }],
])('%s is none', (_name, other) => {
  expect(janeEvent(other)).toBeNull();
});

test('whatever a webhook holds, reading it never fails', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(() => janeEvent(value)).not.toThrow();
    }),
  );
});
