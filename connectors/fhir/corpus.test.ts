// Public FHIR files: the examples of R4, Synthea's patients, Da Vinci PAS. They stand beside the checkout, not in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAll } from './testing/reading.ts';

const data = join(import.meta.dirname, '../../../shared/data/fhir');
const isThere = existsSync(data);
const folders = ['r4-examples', 'synthea-r4', 'davinci-pas', 'davinci-pas-ri'];
const files = isThere
  ? folders.flatMap((folder) => readdirSync(join(data, folder)).map((name) => join(folder, name)))
  : [];
const none = { visits: null, units: null };

function json(file: string): unknown {
  return JSON.parse(readFileSync(join(data, file), 'utf8'));
}

/** By the end of its name: the beginning tells where it was found. */
function named(ending: string): unknown {
  const file = files.find((name) => name.endsWith(ending));
  if (file === undefined) throw new Error(`${ending} is not among the public files`);
  return json(file);
}

test.runIf(!isThere)('the public FHIR files are not beside this checkout: nothing of them is tested', () => {
  expect(files).toEqual([]);
});

test.skipIf(!isThere)('every public file is read without a throw, and each problem names an element', () => {
  expect(files.length).toBeGreaterThan(130);
  for (const file of files)
    for (const { column, row } of readAll(json(file), { recordNumber: 'id' }).problems)
      expect([file, row > 0, /^[A-Z][A-Za-z]+(\.[a-zA-Z]+(\[\d+\])?)*$/.test(column ?? '')]).toEqual([
        file,
        true,
        true,
      ]);
});

test.skipIf(!isThere)('the example patients of R4', () => {
  const peter = readAll(named('Patient-example.json')).rows.patients[0];
  expect(peter).toMatchObject({
    recordNumber: '12345',
    name: { given: 'Peter', family: 'Chalmers' },
    birthDate: '1974-12-25',
    gender: 'male',
    contact: { phone: '(03) 5555 6473', email: null },
    address: { line: '534 Erewhon St', city: 'PleasantVille', state: 'Vic', postalCode: '3999' },
  });
  const dutch = readAll(named('Patient-f001.json'), { recordNumberSystem: 'urn:oid:2.16.840.1.113883.2.4.6.3' });
  expect(dutch.rows.patients[0]).toMatchObject({
    recordNumber: '738472983',
    name: { family: 'van de Heuvel', given: 'Pieter' },
  });
});

test.skipIf(!isThere)('the example appointments of R4: booked ones are visits, one without a time is told', () => {
  const booked = readAll(named('Appointment-example.json'), { recordNumber: 'id' }).rows.appointments;
  expect(booked).toMatchObject([
    { appointmentId: 'example', recordNumber: 'example', date: '2013-12-10', time: '02:00', status: 'booked' },
  ]);
  const asked = readAll(named('Appointment-examplereq.json'), { recordNumber: 'id' });
  expect(asked.problems).toContainEqual({ row: 1, column: 'Appointment.start', reason: 'empty', rejected: true });
});

test.skipIf(!isThere)('an approval of R4 that says so in a sentence only is left to a person', () => {
  const { rows, problems } = readAll(named('ClaimResponse-UR3503.json'), { recordNumber: 'id' });
  expect(rows.authorizations).toEqual([]);
  expect(problems).toContainEqual({ row: 1, column: 'ClaimResponse.outcome', reason: 'unknown word', rejected: true });
});

test.skipIf(!isThere)('a dentist’s claims of R4 hold no procedure in CPT or HCPCS', () => {
  const { rows, problems } = readAll(named('Claim-100151.json'), { recordNumber: 'id' });
  expect(rows.charges).toEqual([]);
  expect(problems.map(({ reason }) => reason)).toContain('unknown word');
});

test.skipIf(!isThere)(
  'Synthea: one patient each by the medical record number, finished encounters, pain as the one outcome measure',
  () => {
    for (const file of files.filter((name) => name.startsWith('synthea'))) {
      const { rows } = readAll(json(file), { read: ['Patient', 'Encounter'] });
      expect(rows.patients).toHaveLength(1);
      expect(rows.patients[0]?.recordNumber).toMatch(/^[0-9a-f-]{36}$/);
      expect(rows.notes.length).toBeGreaterThan(2);
      expect(rows.outcomes.every(({ measure, score }) => measure === 'NPRS' && score >= 0 && score <= 10)).toBe(true);
      expect(new Set(rows.notes.map(({ recordNumber }) => recordNumber))).toEqual(
        new Set([rows.patients[0]?.recordNumber]),
      );
    }
  },
);

test.skipIf(!isThere)('Da Vinci PAS: granted, denied and pended by the review action', () => {
  const statusOf = (ending: string) => readAll(named(ending), { recordNumber: 'id' }).rows.authorizations[0]?.status;
  expect([
    statusOf('GrantedResponse.json'),
    statusOf('DeniedResponse.json'),
    statusOf('PendedClaimResponse.json'),
  ]).toEqual(['approved', 'denied', 'pended']);
  const denial = readAll(named('valid_pa_response_bundle_denial.json'), { recordNumber: 'id' }).rows.authorizations[0];
  expect(denial).toMatchObject({ status: 'denied', recordNumber: 'SubscriberExample', approved: none });
});

test.skipIf(!isThere)('Da Vinci PAS: an approval of one of nobody knows what is left to a person', () => {
  const { rows, problems } = readAll(named('valid_pa_response_bundle.json'), { recordNumber: 'id' });
  expect(rows.authorizations).toEqual([]);
  expect(problems.filter(({ rejected }) => rejected)).toEqual([
    { row: 1, column: 'ClaimResponse.item[0].extension[4].extension[2].valueQuantity', reason: 'not in the form expected', rejected: true },
  ]);
}); // prettier-ignore
