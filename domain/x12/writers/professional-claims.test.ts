// Claims as an 837P: what is written is read back whole, to the cent, and written again it is the same text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Claim } from '../../claim/schema.ts';
import type { ClaimSubmission } from '../../claim/submission.ts';
import { readClaims } from '../readers/claims.ts';
import { anyClaim, anySubmission } from '../testing/claim-arbitrary.ts';
import { bothClaims, interchangeOf } from '../testing/claim-samples.ts';
import { read } from '../testing/samples.ts';
import { setsIn } from '../testing/sets.ts';
import { writeInterchange } from '../writer.ts';
import type { Envelope } from '../writer.ts';
import { missingIn, writeProfessionalClaims } from './professional-claims.ts';

const envelope: Envelope = {
  sender: { qualifier: 'ZZ', id: 'CLINIC' },
  receiver: { qualifier: 'ZZ', id: 'PAYER' },
  groupSender: 'CLINIC',
  groupReceiver: 'PAYER',
  groupCode: 'HC',
  interchangeControl: 7,
  groupControl: 7,
  date: '2026-03-02',
  time: '0815',
  usage: 'test',
  acknowledge: false,
};

function written(submission: ClaimSubmission, claims: readonly Claim[]): string {
  return writeInterchange(envelope, [writeProfessionalClaims('0001', submission, claims)]);
}

function readBack(text: string) {
  const [set] = setsIn(text);
  if (set === undefined) throw new Error('There is a transaction set.');
  return readClaims(set);
}

/** The claims of the samples, to be changed by a test. */
function samples(): { submission: ClaimSubmission; claims: Claim[] } {
  const { submission, claims } = readBack(interchangeOf(bothClaims));
  return { submission, claims: claims.map(({ claim }) => claim) };
}

test('any claims are read back as they were, and written again they are the same text', () => {
  fc.assert(
    fc.property(anySubmission, fc.array(anyClaim, { minLength: 1, maxLength: 3 }), (submission, claims) => {
      const text = written(submission, claims);
      const back = readBack(text);
      expect(back.faults).toEqual([]);
      expect([back.others, ...back.claims.map(({ others }) => others)].flat()).toEqual([]);
      expect(back.submission).toEqual(submission);
      expect(back.claims.map(({ claim }) => claim)).toEqual(claims);
      expect(
        written(
          back.submission,
          back.claims.map(({ claim }) => claim),
        ),
      ).toBe(text);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('the file has nothing wrong with it by the rules of envelopes and loops', () => {
  const { submission, claims } = samples();
  const file = read(written(submission, claims), [], 'transactions');
  expect(file.findings).toEqual([]);
});

test('claims of one patient share the levels above them, another payer opens its own', () => {
  const { submission, claims } = samples();
  const [first, second] = claims;
  if (first === undefined || second === undefined) throw new Error('There are two claims.');
  const again = { ...first, patientControlNumber: 'PCN3' };
  const text = written(submission, [first, again, second]);
  const levels = text.split('~').filter((segment) => segment.startsWith('HL*'));
  expect(levels).toEqual(['HL*1**20*1', 'HL*2*1*22*0', 'HL*3*1*22*1', 'HL*4*3*23*0']);
});

test('amounts are written without zeros at the end and without a binary fraction', () => {
  const { submission, claims } = samples();
  const [first] = claims;
  if (first === undefined) throw new Error('There is a claim.');
  for (const [cents, amount] of [
    [10, '0.1'],
    [30, '0.3'],
    [100, '1'],
    [450_360, '4503.6'],
    [0, '0'],
  ] as const)
    expect(written(submission, [{ ...first, chargeCents: cents }])).toContain(`~CLM*PCN1*${amount}***`);
});

test('a diagnosis with its point is sent without, a note loses what X12 uses to separate', () => {
  const { submission, claims } = samples();
  const [first] = claims;
  if (first === undefined) throw new Error('There is a claim.');
  const text = written(submission, [
    {
      ...first,
      diagnoses: [{ qualifier: 'ABK', code: 'M54.50' }],
      notes: [{ kind: 'ADD', text: 'Goals: walk 2*10 min\nno pain' }],
    },
  ]);
  expect(text).toContain('~HI*ABK:M5450~');
  expect(text).toContain('~NTE*ADD*Goals; walk 2x10 min no pain~');
});

test('a claim that lacks what every 837P must say is not written, and the fields are named', () => {
  const { submission, claims } = samples();
  const [first] = claims;
  if (first === undefined) throw new Error('There is a claim.');
  const bare = {
    ...first,
    patientControlNumber: null,
    diagnoses: [],
    lines: first.lines.map((line) => ({ ...line, units: null })),
  };
  const bareFields = ['patientControlNumber', 'diagnoses[0]', 'lines[0].units', 'lines[1].units'];
  expect(missingIn(bare)).toEqual(bareFields);
  let refusal: unknown = null;
  try {
    written(submission, [first, bare]);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({
    code: 'input.invalid',
    where: bareFields.map((field) => `claims[1].${field}`).join(', '),
  });
  expect(() => written({ ...submission, reference: null }, claims)).toThrowError(/without fields that are empty/);
});

test('a contact with more numbers than PER has places for is not written', () => {
  const { submission, claims } = samples();
  const contact = { name: 'DESK', phone: '1', extension: '2', fax: '3', email: '4' };
  expect(() => written({ ...submission, submitter: { ...submission.submitter, contact } }, claims)).toThrowError(
    /telephone, extension, fax and e-mail/,
  );
});
