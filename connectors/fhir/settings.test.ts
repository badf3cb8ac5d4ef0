// What of a FHIR connection's settings is taken, and what is refused with the name of the field.
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { fhirPace, readBearerToken, readFhirSettings, readPrivateKey } from './settings.ts';

const base = { baseUrl: 'https://ehr.example/fhir/r4/', clientId: 'gait' };
const read = (changes: object = {}) => readFhirSettings({ fhir: { ...base, ...changes } });

test('what is not said has its default, and the address loses its last slash', () => {
  expect(read()).toMatchObject({
    baseUrl: 'https://ehr.example/fhir/r4',
    auth: 'smartBackend',
    algorithm: 'RS384',
    scope: 'system/*.rs',
    way: 'search',
    overlapSeconds: 300,
    write: [],
    words: { appointmentStatus: {}, noteKind: {}, outcomeMeasure: {}, disposition: {} },
  });
  expect(fhirPace({ fhir: base })).toEqual({ perSecond: 5, burst: 10 });
});

test('other settings of the connection are none of its business', () => {
  expect(readFhirSettings({ dropFolder: '/x', fhir: base }).clientId).toBe('gait');
});

test.each([
  [{ baseUrl: 'http://ehr.example/fhir' }, 'baseUrl'],
  [{ baseUrl: 'https://ehr.example/fhir?tenant=1' }, 'fhir/baseUrl'],
  [{ tokenEndpoint: 'http://ehr.example/token' }, 'baseUrl'],
  [{ clientId: '' }, 'fhir/clientId'],
  [{ zone: 'Mars/Olympus' }, 'fhir/zone'],
  [{ since: '2026-02-30' }, 'fhir/since'],
  [{ read: ['Encounter', 'DocumentReference'] }, 'fhir/read'],
  [{ read: ['Claim', 'ChargeItem'] }, 'fhir/read'],
  [{ read: ['Binary'] }, 'fhir/read/0'],
  [{ words: { appointmentStatus: { booked: 'perhaps' } } }, 'fhir/words/appointmentStatus/booked'],
  [{ surprise: 1 }, 'fhir/surprise'],
])('%j is refused at its place', (changes, where) => {
  expect(() => read(changes)).toThrow(expect.objectContaining({ code: 'input.invalid', where }));
});

test('without a part of its own there is no endpoint', () => {
  expect(() => readFhirSettings({})).toThrow(expect.objectContaining({ code: 'input.invalid' }));
});

test('a key must fit the signature; a token must be one that can be sent', () => {
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  const pem = (key: typeof p256) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(readPrivateKey({ privateKey: pem(p384) }, 'ES384').asymmetricKeyType).toBe('ec');
  expect(readPrivateKey({ privateKey: JSON.stringify(p384.export({ format: 'jwk' })) }, 'ES384').type).toBe('private');
  const wrong = expect.objectContaining({ code: 'connection.credentials', where: 'privateKey' }) as Error;
  expect(() => readPrivateKey({ privateKey: pem(p256) }, 'ES384')).toThrow(wrong);
  expect(() => readPrivateKey({ privateKey: pem(p384) }, 'RS384')).toThrow(wrong);
  for (const privateKey of ['', '{', '{"kty":"EC"}', 'a key'])
    expect(() => readPrivateKey({ privateKey }, 'ES384')).toThrow(wrong);
  expect(readBearerToken({ token: 'abc' })).toBe('abc');
  expect(() => readBearerToken({ token: 'a b' })).toThrow(expect.objectContaining({ where: 'token' }));
});
