// Pages of searches that lie, break or are refused, over real HTTP: nothing is taken for all that is only a part.
import { expect, test } from 'vitest';
import { fhirSource } from './source.ts';
import { clinic, fetched, rowsOf, simulatedEndpoint } from './testing/endpoint.ts';

const endpoint = simulatedEndpoint(3);
const { context, fail, lever, calls } = endpoint;
const told = () => endpoint.sandbox().clinic();
const run = (fhir: object = {}) => fhirSource.fetch(context(fhir), { cursor: null, skip: [], clinic });

test('an endpoint that does not sort is read to the end of each type', async () => {
  await lever('settings', { ignores: ['_sort'] });
  await lever('change', { type: 'Appointment', id: `rt-a${told().visits[0]?.appointmentId ?? ''}`, set: {} });
  const answer = await fetched(context({ read: ['Appointment'], pageSize: 10 }), { limit: 5 });
  expect(rowsOf([answer], 'appointments')).toHaveLength(told().visits.length);
  expect(answer.more).toBe(false);
});

test.each([
  ['a next page at another host', { fault: 'nextElsewhere' }, 'next-link-elsewhere'],
  ['a next page that is this page', { fault: 'nextLoops' }, 'next-link-repeats'],
])('%s is not followed', async (_name, fault, code) => {
  await fail(fault);
  expect(await run({ read: ['Appointment'], pageSize: 10 })).toEqual({
    kind: 'rejected',
    code: 'vendor.malformed',
    reasons: [{ code, field: 'Bundle.link' }],
  });
});

test('the same page again under another link ends the search', async () => {
  await fail({ fault: 'pageRepeats' });
  expect(await run({ read: ['Appointment'], pageSize: 10 })).toMatchObject({ reasons: [{ code: 'page-repeats' }] });
});

test('a search without an end is given up', async () => {
  expect(await run({ read: ['Appointment'], pageSize: 10, pagesAtMost: 3 })).toMatchObject({
    reasons: [{ code: 'too-many-pages' }],
  });
});

test.each([
  ['words instead of a resource', { fault: 'html' }, 'vendor.malformed'],
  ['XML', { fault: 'xml' }, 'vendor.malformed'],
  ['JSON that breaks off', { fault: 'malformed' }, 'vendor.malformed'],
  ['an error of the server', { fault: 'errorBeforeAccepting' }, 'vendor.unavailable'],
  ['a reset', { fault: 'resetBeforeAccepting' }, 'vendor.unavailable'],
  ['no answer in time', { fault: 'hangBeforeAccepting', milliseconds: 1200 }, 'vendor.unavailable'],
])('%s: asked again later', async (_name, fault, code) => {
  await fail(fault);
  expect(await run({ requestTimeoutSeconds: 0.5 })).toMatchObject({ kind: 'notSent', code, retryAfterSeconds: 30 });
});

test('a refusal is told by code and element, without the sentence that quotes what was asked', async () => {
  await fail({ fault: 'outcome' });
  expect(await run()).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: 'invalid', field: 'Patient.birthDate' }],
  });
});

test('an error among the entries fails the page: a part is not taken for all', async () => {
  await fail({ fault: 'outcomeInBundle' });
  expect(await run()).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: 'incomplete', field: 'Patient' }],
  });
});

test('too many requests: the delay the endpoint names, and the connection holds its breath', async () => {
  const one = context();
  await fail({ fault: 'throttled', retryAfterSeconds: 9 });
  const again = () => fhirSource.fetch(one, { cursor: null, skip: [], clinic });
  expect(await again()).toEqual({ kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 9 });
  expect(await again()).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
  expect(await calls('search')).toBe(1);
});

test('what was won before a failure is told, and the next look goes on behind it', async () => {
  await fail({ fault: 'errorBeforeAccepting', type: 'Appointment' });
  const one = context({ read: ['Patient', 'Appointment'] });
  const first = await fetched(one);
  expect([rowsOf([first], 'patients').length, rowsOf([first], 'appointments').length, first.more]).toEqual([
    3,
    0,
    true,
  ]);
  const second = await fetched(one, { cursor: first.cursor });
  expect([rowsOf([second], 'patients').length, second.more]).toEqual([0, false]);
  expect(rowsOf([second], 'appointments')).toHaveLength(told().visits.length);
});
