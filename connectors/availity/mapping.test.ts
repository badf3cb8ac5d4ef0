// What leaves for Availity and what comes back: the request survives the wire, unknown codes decide nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from './client.ts';
import { reasonsOf } from './client.ts';
import { toAnswer } from './answer.ts';
import { readAvailityConfig } from './config.ts';
import { isIncomplete, isSameRequest, toServiceReview } from './request.ts';
import { sampleRequest } from '../testing/context.ts';

const config = readAvailityConfig({ environment: 'demo', scope: 'demo', payers: { 'sunrise-medicare': 'SUNRISE1' } });
const received = '2026-11-18T12:00:00.000Z';

const request = fc
  .record({
    visits: fc.integer({ min: 1, max: 99 }),
    units: fc.option(fc.integer({ min: 1, max: 400 })),
    code: fc.constantFrom('97110', '97140', '97530', '97112'),
    member: fc.stringMatching(/^[A-Z]{3}[0-9]{9}$/),
    npi: fc.option(fc.constant('1999999976')),
  })
  .map(({ visits, units, code, member, npi }) => {
    const base = sampleRequest();
    return sampleRequest({
      coverage: { ...base.coverage, memberId: member },
      renderingProvider: { name: 'Dana Quill', npi },
      service: { ...base.service, visits, units, procedures: [{ code, units }] },
    });
  });

test('a request that went over the wire is recognised as itself, and as no other member’s', () => {
  fc.assert(
    fc.property(request, (one) => {
      const sent = toServiceReview(one, config);
      if (isIncomplete(sent)) throw new Error('incomplete');
      const found: unknown = JSON.parse(JSON.stringify({ ...sent, id: '1', createdDate: received, quantity: '1' }));
      expect(isSameRequest(found, sent, received)).toBe(true);
      expect(isSameRequest(found, { ...sent, subscriber: { ...sent.subscriber, memberId: 'OTHER' } }, received)).toBe(
        false,
      );
      expect(isSameRequest(found, { ...sent, toDate: '2030-01-01' }, received)).toBe(false);
      expect(isSameRequest(found, sent, '2026-11-18T13:00:00.000Z')).toBe(false);
    }),
  );
});

test('a request in Availity’s words: outpatient, visits as text, diagnoses without dots, the clinic’s payer id', () => {
  expect(toServiceReview(sampleRequest(), config)).toMatchObject({
    requestTypeCode: 'HS',
    serviceTypeCode: 'PT',
    quantity: '12',
    quantityTypeCode: 'VS',
    payer: { id: 'SUNRISE1' },
    diagnoses: [
      { qualifierCode: 'ABK', code: 'M25561' },
      { qualifierCode: 'ABF', code: 'R262' },
    ],
    renderingProviders: [{ firstName: 'Dana', lastName: 'Quill', npi: '1999999976' }],
    supplementalInformation: { refAuthNumber: 'PA1234567890' },
  });
});

test('only a certification may carry approved visits, and fewer than asked is never a whole approval', () => {
  const code = fc.oneof(
    fc.constantFrom('A1', 'A2', 'A3', 'A4', 'A6', 'C', 'CT', 'NA', '0', '4', 'R1', '19', '3'),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(code, fc.nat(40), fc.integer({ min: 1, max: 40 }), (statusCode, granted, visits) => {
      const review = { id: '1', statusCode, quantity: String(granted), quantityTypeCode: 'VS' };
      const { answer } = toAnswer(review, { visits, units: null }, null, received);
      const trimmed = statusCode.trim();
      if (!['A1', 'A2', 'A6'].includes(trimmed)) {
        expect(answer.visitsApproved).toBeNull();
        expect(['approved', 'partlyApproved']).not.toContain(answer.status);
      }
      if (answer.status === 'approved') expect(answer.visitsApproved).toBeGreaterThanOrEqual(visits);
    }),
  );
});

test('a completed review takes the code on which its procedures agree, and is partial where they do not', () => {
  const review = (...codes: string[]) => ({
    statusCode: '4',
    quantity: '8',
    quantityTypeCode: 'VS',
    procedures: codes.map((statusCode) => ({ statusCode, code: '97110' })),
  });
  const status = (...codes: string[]) =>
    toAnswer(review(...codes), { visits: 8, units: null }, '1', received).answer.status;
  expect(status('A1', 'A1')).toBe('approved');
  expect(status('A3', 'A3')).toBe('denied');
  expect(status('A1', 'A3')).toBe('partlyApproved');
  expect(status()).toBe('unknown');
});

test('a certification in total that names no count is what was asked; without knowing that, it is unknown', () => {
  const review = { id: '1', statusCode: 'A1' };
  expect(toAnswer(review, { visits: 12, units: null }, null, received).answer.visitsApproved).toBe(12);
  expect(toAnswer(review, { visits: null, units: null }, null, received).answer.visitsApproved).toBeNull();
});

test('a payer’s reason is told by a short code; a sentence in its place stays behind', () => {
  const statusReasons = [{ code: '0V' }, { code: 'Orla Fenwick-Test is not covered' }, { code: 'SMA900100200' }];
  const denied = { id: '1', statusCode: 'A3', statusReasons, procedures: [{ statusCode: 'A3', statusReasons }] };
  const { answer } = toAnswer(denied, { visits: 12, units: null }, null, received);
  expect(answer).toMatchObject({ status: 'denied', reasonCodes: ['0V', 'unreadable'] });
});

test('a refusal is told by known field names and short codes; whatever else a vendor writes stays behind', () => {
  const reasons = reasonsOf({
    errors: [
      { field: 'procedures[0].code', code: '15', errorMessage: 'Orla Fenwick-Test' },
      { field: 'Orla.Fenwick', code: 'SMA900100200' },
    ],
  });
  expect(reasons).toEqual([{ code: '15', field: 'procedures[0].code' }, { code: 'invalid' }]);
});

test('a plain address outside this machine is refused by the settings', () => {
  expect(() => readAvailityConfig({ environment: 'demo', scope: 'x', baseUrl: 'http://example.org' })).toThrow('https');
  expect(() => readAvailityConfig({ environment: 'demo' })).toThrow('scope');
  expect(isFailure({ kind: 'notSent', code: 'vendor.throttled' })).toBe(true);
});
