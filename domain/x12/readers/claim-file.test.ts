// Whole files of claims: what is taken from them, and that nothing of a damaged one is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleClaim } from '../../claim/testing/claims.ts';
import { claimFile } from '../../claim/testing/claim-file.ts';
import { readClaimFile } from './claim-file.ts';

const read = (text: string) => readClaimFile(Buffer.from(text));
const file = claimFile([sampleClaim(), sampleClaim({ patientControlNumber: 'SECOND' })], 7);

test('each claim comes with the heading and the parties of its file', () => {
  const { claims, findings } = read(file);
  expect(findings).toEqual([]);
  // The wire has no point in a diagnosis.
  const diagnoses = sampleClaim().diagnoses.map((one) => ({ ...one, code: one.code.replace('.', '') }));
  expect(claims.map(({ claim }) => claim)).toEqual([
    sampleClaim({ diagnoses }),
    sampleClaim({ diagnoses, patientControlNumber: 'SECOND' }),
  ]);
  expect(claims[1]?.heading).toEqual({
    submission: expect.objectContaining({ reference: 'REF7', use: 'CH' }) as unknown,
    parties: {
      sender: { qualifier: 'ZZ', id: 'CLINIC' },
      receiver: { qualifier: 'ZZ', id: 'CLEARING' },
      groupSender: 'CLINIC',
      groupReceiver: 'CLEARING',
    },
    unread: [],
  });
});

test('what a claim has no field for is named by its place, never by what it says', () => {
  const [claim] = read(
    file
      .replace(/(CLM\*[^~]*~)/, '$1MEA*OG*R1*SECRET~')
      .replace(/SE\*(\d+)/, (_se, count: string) => `SE*${Number(count) + 1}`),
  ).claims;
  expect(claim?.heading.unread).toEqual([expect.stringMatching(/^MEA\*OG segment \d+ 01 02 03$/)]);
});

test.each([
  ['no X12', 'Dear billing department', 'isa.missing'],
  ['another kind of claim', file.replaceAll('005010X222A1', '005010X223A3'), 'notProfessional'],
  ['no claim file at all', file.replace('ST*837', 'ST*835'), 'noClaims'],
  ['a trailer that counts otherwise', file.replace(/SE\*\d+/, 'SE*3'), 'se.count'],
])('%s holds no claims, and the finding says why', (_what, text, code) => {
  const { claims, findings } = read(text);
  expect(claims).toEqual([]);
  expect(findings.map((finding) => finding.code)).toContain(code);
});

test('wherever a file is cut off, not one claim of it is taken', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: file.length - 12 }), (length) => {
      const { claims, findings } = read(file.slice(0, length));
      expect(claims).toEqual([]);
      expect(findings.length).toBeGreaterThan(0);
    }),
  );
});
