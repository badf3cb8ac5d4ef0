// Signing in to a FHIR endpoint by SMART backend services, over real HTTP; and what the endpoint says it can do.
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { fhirSource } from './source.ts';
import { clinic, fetched, fetchedAll, privateJwk, rowsOf, simulatedEndpoint } from './testing/endpoint.ts';

const endpoint = simulatedEndpoint(2);
const { context, fail, lever, calls, advance } = endpoint;
const run = (fhir: object = {}) => fhirSource.fetch(context(fhir), { cursor: null, skip: [], clinic });
const people = { read: ['Patient', 'Coverage'] };

test('clinicians that may not be read leave their names out, and nothing else', async () => {
  const scope = ['Patient', 'DocumentReference', 'Encounter'].map((type) => `system/${type}.rs`).join(' ');
  const { answers } = await fetchedAll(context({ read: ['DocumentReference'], scope }));
  const notes = rowsOf(answers, 'notes');
  expect(notes.length).toBeGreaterThan(0);
  expect(new Set(notes.map(({ clinicianName }) => clinicianName))).toEqual(new Set([null]));
});

test('a token refused once is fetched afresh; refused twice, the credentials are to be looked at', async () => {
  const one = context(people);
  await fetched(one);
  await fail({ fault: 'tokenExpired' });
  await fetched(one);
  expect(await calls('token')).toBe(2);
  await fail({ fault: 'tokenExpired' }, { fault: 'tokenExpired' });
  expect(await fhirSource.fetch(one, { cursor: null, skip: [], clinic })).toEqual({
    kind: 'notSent',
    code: 'connection.credentials',
  });
});

test('a token lasts as long as the endpoint said, and is replaced before', async () => {
  const one = context(people);
  await fetched(one);
  advance(200);
  await fetched(one);
  expect(await calls('token')).toBe(1);
  advance(80);
  await fetched(one);
  expect(await calls('token')).toBe(2);
});

test.each([
  ['a client nobody registered', { clientId: 'stranger' }],
  ['another key id', { keyId: 'gait-2' }],
  ['no scope that is known', { scope: 'openid' }],
])('%s gets no token', async (_name, fhir) => {
  expect(await run(fhir)).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  expect(await calls('search')).toBeUndefined();
});

test('the key may be a JWK, the token endpoint may be named', async () => {
  const one = context(
    { ...people, tokenEndpoint: `${endpoint.url()}/fhir/auth/token` },
    { secrets: { privateKey: privateJwk } },
  );
  expect((await fetched(one)).deliveries.length).toBeGreaterThan(0);
  expect(await calls('discovery')).toBeUndefined();
});

test('an RSA key signs as well', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'gait-rsa', alg: 'RS384' };
  await lever('clients', { clientId: 'gait-rsa', key });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const one = context(
    { ...people, clientId: 'gait-rsa', keyId: 'gait-rsa', algorithm: 'RS384' },
    { secrets: { privateKey: pem } },
  );
  expect((await fetched(one)).deliveries.length).toBeGreaterThan(0);
});

test('an assertion is good once, and for its five minutes', async () => {
  const sent: { url: URL; init: RequestInit | undefined }[] = [];
  const one = context(people);
  await fetched({
    ...one,
    fetch: (...[input, init]: Parameters<typeof fetch>) => {
      if (input instanceof URL && input.pathname.endsWith('/auth/token')) sent.push({ url: input, init });
      return fetch(input, init);
    },
  });
  const [first] = sent;
  if (first === undefined) throw new Error('no token was asked for');
  expect((await fetch(first.url, first.init)).status).toBe(401);
  const claims = decodeJwt(
    new URLSearchParams(typeof first.init?.body === 'string' ? first.init.body : '').get('client_assertion') ?? '',
  );
  expect([claims.iss, claims.sub, claims.aud]).toEqual(['gait', 'gait', `${endpoint.url()}/fhir/auth/token`]);
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBeLessThanOrEqual(300);
});

test('a key that does not fit the signature is told before anything is sent', async () => {
  await expect(run({ algorithm: 'RS384' })).rejects.toMatchObject({
    code: 'connection.credentials',
    where: 'privateKey',
  });
});

test('an endpoint says what it cannot do of what the settings ask', async () => {
  await lever('settings', { ignores: ['if-none-exist'] });
  const outcome = await fhirSource.test(context({ read: ['Patient', 'Coverage', 'Claim'], write: ['Patient'] }));
  expect(outcome).toEqual({
    kind: 'done',
    result: {
      facts: [
        { label: 'FHIR version', value: '4.0.1' },
        { label: 'Sign-in', value: 'accepted' },
        { label: 'Search tried', value: 'Patient' },
        { label: 'To be read, but not offered for search', value: 'none' },
        { label: 'To be written, but not offered', value: 'none' },
        { label: 'To be written, without protection against a second creation', value: 'Patient' },
      ],
    },
  });
});
