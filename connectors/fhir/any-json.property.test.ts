// Whatever an endpoint sends, reading it throws nothing, and a problem tells a place and never a value.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCursor, writeCursor } from './cursor.ts';
import { reasonsOf } from './outcome.ts';
import { bundleOf } from './search.ts';
import { readableTypes } from './settings.ts';
import { bundled, readAll } from './testing/reading.ts';

/** Names of elements that the readers look for, so that chance meets them. */
const names = [
  'id', 'identifier', 'name', 'given', 'family', 'birthDate', 'link', 'other', 'reference', 'telecom', 'address', 'status', 'start',
  'participant', 'actor', 'subject', 'patient', 'type', 'coding', 'code', 'text', 'value', 'system', 'period', 'date', 'context', 'encounter',
  'author', 'item', 'quantity', 'adjudication', 'extension', 'url', 'valueQuantity', 'use', 'outcome', 'preAuthPeriod', 'valueString', 'contained',
  'beneficiary', 'payor', 'order', 'class', 'productOrService', 'net', 'occurrenceDateTime', 'effectiveDateTime', 'resourceType', '_birthDate',
]; // prettier-ignore
const words = ['active', 'current', 'finished', 'claim', 'preauthorization', 'complete', 'Patient/1', '#1', '1970-13-01T', '2026-05-08T25:00:00Z', 'LEFS', 'MR', 'SECRET-1']; // prettier-ignore
const leaf = fc.oneof(fc.constantFrom(...words), fc.string(), fc.double(), fc.boolean(), fc.constant(null));
const { element } = fc.letrec((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('element'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('element'), { maxKeys: 6 }),
  ),
}));
const resource = fc
  .tuple(fc.constantFrom(...readableTypes), fc.dictionary(fc.constantFrom(...names), element, { maxKeys: 12 }))
  .map(([resourceType, fields]) => ({ ...fields, resourceType }));

test('any resources of the types that are read', () => {
  fc.assert(
    fc.property(fc.array(resource, { maxLength: 4 }), fc.boolean(), (resources, byId) => {
      const { problems } = readAll(bundled(...resources), { recordNumber: byId ? 'id' : 'identifier' });
      expect(problems.every(({ column }) => column !== null && !column.includes('SECRET'))).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('any JSON as a page, as an error, as a resource', () => {
  fc.assert(
    fc.property(fc.jsonValue(), element, (any, near) => {
      for (const json of [any, near, { entry: near }, { resourceType: 'OperationOutcome', issue: near }]) {
        readAll(json);
        bundleOf(json, 'Patient', '2026-01-01T00:00:00Z');
        expect(
          reasonsOf(json).every(({ code, field }) => /^[a-z-]+$/.test(code) && !(field ?? '').includes('SECRET')),
        ).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('a cursor comes back as it went, and anything else begins from the start', () => {
  const base = 'https://ehr.example/fhir';
  const fresh = readCursor(null, base);
  const begun = { ...fresh, since: { Patient: '2026-05-08T00:00:00.000Z' }, at: 'Coverage' as const };
  expect(readCursor(writeCursor(begun), base)).toEqual(begun);
  expect(readCursor(writeCursor(begun), 'https://other.example/fhir').since).toEqual({});
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (text, json) => {
      expect(readCursor(text, base)).toEqual(fresh);
      expect(readCursor(Buffer.from(JSON.stringify(json)).toString('base64url'), base)).toEqual(fresh);
    }),
    { numRuns: 100 },
  );
});
