// What the sandbox writes as a 271 is what the reader reads: for any answer, and for every kind of member.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EligibilityAnswer } from '../../domain/eligibility/answer.ts';
import { eligibilityAnswer, withoutSources } from '../../domain/eligibility/testing/arbitrary.ts';
import { readEligibilityResponse } from '../../domain/x12/readers/eligibility-response.ts';
import { setsIn } from '../../domain/x12/testing/sets.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';
import { benefitKinds, benefitsOf, kindOf } from './picture.ts';
import { eligibilityResponseSegments } from './x12-271.ts';

const envelope = {
  sender: { qualifier: 'ZZ', id: 'PAYER' },
  receiver: { qualifier: 'ZZ', id: 'CLINIC' },
  groupSender: 'PAYER',
  groupReceiver: 'CLINIC',
  groupCode: 'HB',
  interchangeControl: 1,
  groupControl: 1,
  date: '2026-06-01',
  time: '1200',
  usage: 'test',
  acknowledge: false,
} as const;

function written(answer: EligibilityAnswer): string {
  const segments = eligibilityResponseSegments(answer, {
    name: 'RIVERSIDE PHYSICAL THERAPY',
    npi: '1999999984',
    reference: 'REQUEST1',
  });
  return writeInterchange(envelope, [{ type: '271', version: '005010X279A1', control: '0001', segments }]);
}

function readBack(text: string) {
  const [set] = setsIn(text);
  if (set === undefined) throw new Error('no transaction set was written');
  return readEligibilityResponse(set);
}

test('any answer written as a 271 is read as it was, and written again it is the same text', () => {
  fc.assert(
    fc.property(eligibilityAnswer, (answer) => {
      const text = written(answer);
      const read = readBack(text).answer;
      expect(withoutSources(read)).toEqual(answer);
      expect(written(read)).toBe(text);
    }),
    { numRuns: 150 },
  );
});

test('each kind of member the sandbox knows gives a 271 without a fault', () => {
  const seen = new Set<string>();
  for (let number = 0; seen.size < Object.keys(benefitKinds).length && number < 400; number++) {
    const memberId = `SMA${number}`;
    const question = { payerId: 'sunrise-medicare', memberId, given: 'Pat', family: 'Sample', birthDate: '1980-01-01' };
    const asked = { trace: 'TRACE1', serviceDate: '2026-06-01', serviceTypes: ['PT'] };
    const now = new Date('2026-06-01T12:00:00Z');
    const answer = { wire: 'x12.271', ...benefitsOf({ ...question, ...asked, role: 'subscriber', now }) } as const;
    const { people, rejects } = answer;
    const read = readBack(written(answer));
    expect(read.faults).toEqual([]);
    expect(withoutSources(read.answer)).toMatchObject({ people, rejects });
    seen.add(people.length === 0 ? 'unknown payer' : people[0]?.rejects.length === 1 ? 'notFound' : kindOf(memberId));
  }
  expect([...seen].sort()).toEqual(Object.keys(benefitKinds).sort());
});
