// What a FHIR Claim says reaches the form of the 837P, and what has no place there is told, never dropped.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim } from '../claim/schema.ts';
import { claimSchema } from '../claim/schema.ts';
import { readClaimFile } from '../x12/readers/claim-file.ts';
import { readFhirClaims } from './claims.ts';

const examples = join(import.meta.dirname, '../../docs/examples');
const sample = readFileSync(join(examples, 'claim.fhir.json'), 'utf8');
const json = (text: string): unknown => JSON.parse(text);
const ajv = new Ajv2020({ allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('phi');
const isClaim = ajv.compile(claimSchema);

function read(text: string = sample) {
  const [first] = readFhirClaims(json(text))?.claims ?? [];
  if (first === undefined) throw new Error('no claim was read');
  return first;
}

describe('a professional FHIR Claim', () => {
  test('says the same as the 837P of the same claim, wherever FHIR has a word for it', () => {
    const [from837] = readClaimFile(readFileSync(join(examples, 'claim.837'))).claims;
    const { claim } = read();
    const shared = ({ lines, ...rest }: Claim) => ({
      control: rest.patientControlNumber,
      chargeCents: rest.chargeCents,
      place: rest.placeOfService,
      frequency: rest.frequency,
      responsibility: rest.responsibility,
      filingCode: rest.filingCode,
      payer: [rest.payer.idQualifier, rest.payer.id, rest.payer.name],
      member: [rest.subscriber.memberId, rest.subscriber.name, rest.subscriber.birthDate, rest.patient],
      npis: [rest.billingProvider.npi, rest.rendering?.npi, rest.referring?.npi, rest.rendering?.taxonomy],
      taxId: rest.billingProvider.taxId,
      diagnoses: rest.diagnoses.map(({ qualifier, code }) => [qualifier, code.replace('.', '')]),
      lines: lines.map((line) => [
        line.procedure?.code,
        line.procedure?.modifiers,
        line.units,
        line.unit,
        line.chargeCents,
        line.diagnosisPointers,
        line.from,
        line.to,
      ]),
    });
    expect(from837).toBeDefined();
    expect(from837 && shared(claim)).toEqual(from837 && shared(from837.claim));
    expect(isClaim(claim)).toBe(true);
  });

  test('what has no place in a claim is told with its path, and the numbers and names in it are not', () => {
    const more = sample.replace('"use": "claim",', '"use": "claim", "supportingInfo": [{"valueString": "Fenwick"}],');
    const { unread } = read(more);
    expect(unread).toContain('Claim.supportingInfo[0].valueString');
    expect(unread.join()).not.toContain('Fenwick');
  });

  test('every value of the file is either in the claim or told', () => {
    const leaves = ['created', 'billablePeriod', 'payee', 'procedure', 'fundsReserve'] as const;
    fc.assert(
      fc.property(fc.subarray([...leaves], { minLength: 1 }), fc.string(), (names, value) => {
        const added = names.map((name) => `"${name}": {"x": ${JSON.stringify(value)}},`).join('');
        const { unread } = read(
          sample.replace('"use": "claim",', (use) => use + added).replace(/"created": "[^"]*",/, ''),
        );
        for (const name of names) expect(unread).toContain(`Claim.${name}.x`);
      }),
    );
  });

  test('units that are no number and a day that is none are told, never guessed', () => {
    const { claim, unread } = read(
      sample
        .replace('"quantity": { "value": 2 }', '"quantity": { "value": "2" }')
        .replace('"servicedDate": "2024-08-12"', '"servicedDate": "2024-08"'),
    );
    expect(claim.lines[0]).toMatchObject({ units: null, unit: null, from: null });
    expect(unread).toEqual(expect.arrayContaining(['Claim.item[0].quantity.value', 'Claim.item[0].servicedDate']));
  });

  test('a reference that leads out of the file is told, and nobody stands in its place', () => {
    const { claim, unread } = read(
      sample.replace('"reference": "Practitioner/physician"', '"reference": "Practitioner/elsewhere"'),
    );
    expect(claim.referring?.npi ?? null).toBeNull();
    expect(unread).toContain('Claim.careTeam[1].provider (not in the file)');
  });

  test('a pointer to a diagnosis that is not there stays wrong, so that a rule finds it', () => {
    const { claim } = read(sample.replace('"diagnosisSequence": [1, 2]', '"diagnosisSequence": [9]'));
    expect(claim.lines[0]?.diagnosisPointers).toEqual([3]);
  });

  test('a claim that names the one before it replaces it', () => {
    const related =
      '"related": [{"claim": {"identifier": {"value": "PAYER77"}}, "relationship": {"coding": [{"code": "prior"}]}}],';
    const { claim } = read(sample.replace('"use": "claim",', `"use": "claim",${related}`));
    expect(claim).toMatchObject({ frequency: '7', originalClaimNumber: 'PAYER77' });
  });
});

test.each([
  [
    'a request for authorization',
    '"use": "claim"',
    '"use": "preauthorization"',
    'a Claim whose use is another than "claim"',
  ],
  [
    'an institutional claim',
    '"code": "professional"',
    '"code": "institutional"',
    'a Claim whose type is not "professional"',
  ],
  [
    'a cancelled claim',
    '"status": "active",\n        "type"',
    '"status": "cancelled",\n        "type"',
    'a Claim that is neither active nor a draft',
  ],
])('%s is no claim to check, and is named', (_what, from, to, sentence) => {
  expect(readFhirClaims(json(sample.replace(from, to)))).toEqual({ claims: [], others: [sentence] });
});

const corpus = join(import.meta.dirname, '../../../shared/data/fhir');

describe.skipIf(!existsSync(corpus))('public FHIR files', () => {
  const files = existsSync(corpus)
    ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    : [];

  test('each claim among them is named as what it is; called professional, it is read to the form of a claim', () => {
    let claims = 0;
    const others = /"code"\s*:\s*"(institutional|oral|vision)"/g;
    for (const name of files) {
      const text = readFileSync(join(corpus, name), 'utf8');
      expect(readFhirClaims(json(text))?.claims ?? []).toEqual([]);
      for (const one of readFhirClaims(json(text.replace(others, '"code":"professional"')))?.claims ?? []) {
        expect(isClaim(one.claim), `${name}: ${JSON.stringify(isClaim.errors)}`).toBe(true);
        claims += 1;
      }
    }
    expect(claims).toBeGreaterThan(20);
  });
});
