// What must hold of every question: a payer reads from the file what was asked, and the file of what was read is the same file.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClaimStatusRequest } from '../../claim/status.ts';
import type { EligibilityRequest } from '../../eligibility/request-schema.ts';
import { readClaimStatusInquiries } from '../readers/claim-status-inquiry.ts';
import { readEligibilityInquiries } from '../readers/eligibility-inquiry.ts';
import { claimStatusRequestOf, eligibilityRequestOf } from '../readers/requests.ts';
import { claimStatusRequest, eligibilityRequest } from '../testing/request-arbitrary.ts';
import { read } from '../testing/samples.ts';
import { setsIn } from '../testing/sets.ts';
import type { TransactionSet } from '../transaction-set.ts';
import type { Envelope, WrittenSet } from '../writer.ts';
import { writeInterchange } from '../writer.ts';
import { writeClaimStatusInquiry } from './claim-status-inquiry.ts';
import { writeEligibilityInquiry } from './eligibility-inquiry.ts';

const header = { control: '0001', reference: 'BATCH1', date: '2026-03-02', time: '0815' };
const submitter = { name: 'RIVERSIDE PHYSICAL THERAPY', id: 'ETIN1' };
const few = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { minLength: 1, maxLength: 5 });

function interchange(groupCode: string, set: WrittenSet): string {
  const party = (id: string) => ({ qualifier: 'ZZ', id });
  const envelope: Envelope = {
    sender: party('CLINIC'),
    receiver: party('PAYER'),
    groupSender: 'CLINIC',
    groupReceiver: 'PAYER',
    groupCode,
    interchangeControl: 905,
    groupControl: 1,
    date: header.date,
    time: header.time,
    usage: 'test',
    acknowledge: true,
  };
  return writeInterchange(envelope, [set]);
}

/** The one transaction set of a file in which nothing is wrong. */
function only(text: string): TransactionSet {
  expect(read(text).findings).toEqual([]);
  const [set, ...more] = setsIn(text);
  if (set === undefined || more.length > 0) throw new Error('a file of one transaction set was expected');
  return set;
}

/** What a 270 has room for: no gender but female and male. */
function inA270(request: EligibilityRequest): EligibilityRequest {
  const { subscriber, dependent } = request;
  return {
    ...request,
    subscriber: { ...subscriber, gender: told(subscriber.gender) },
    dependent: dependent === null ? null : { ...dependent, gender: told(dependent.gender) },
  };
}

/** What a 276 has room for: the birth date and gender of the patient alone, a gender with a birth date only, one number of the provider. */
function inA276(request: ClaimStatusRequest): ClaimStatusRequest {
  const { provider, subscriber, dependent } = request;
  const born = <Person extends { birthDate: string | null; gender: ClaimStatusRequest['subscriber']['gender'] }>(
    person: Person,
  ) => ({ ...person, gender: person.birthDate === null ? ('unknown' as const) : told(person.gender) });
  return {
    ...request,
    provider: { ...provider, taxId: provider.npi === null ? provider.taxId : null },
    subscriber: born(dependent === null ? subscriber : { ...subscriber, birthDate: null }),
    dependent: dependent === null ? null : born(dependent),
  };
}

function told(gender: ClaimStatusRequest['subscriber']['gender']) {
  return gender === 'other' ? 'unknown' : gender;
}

test('a 270 asks what was asked, of every patient in order, and written again it is the same text', () => {
  fc.assert(
    fc.property(few(eligibilityRequest), (requests) => {
      const text = interchange('HS', writeEligibilityInquiry(requests, header));
      const { values, others, faults } = readEligibilityInquiries(only(text));
      expect({ others, faults }).toEqual({ others: [], faults: [] });
      expect(values.flatMap((value) => value.others)).toEqual([]);
      const again = values.map(eligibilityRequestOf).filter((request) => request !== null);
      expect(again).toEqual(requests.map(inA270));
      expect(interchange('HS', writeEligibilityInquiry(again, header))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('a 276 asks what was asked, of every claim in order, and written again it is the same text', () => {
  fc.assert(
    fc.property(few(claimStatusRequest), (requests) => {
      const text = interchange('HR', writeClaimStatusInquiry(requests, { ...header, submitter }));
      const { values, others, faults } = readClaimStatusInquiries(only(text));
      expect({ others, faults }).toEqual({ others: [], faults: [] });
      expect(values.flatMap((value) => value.others)).toEqual([]);
      const again = values.map(claimStatusRequestOf).filter((request) => request !== null);
      expect(again).toEqual(requests.map(inA276));
      expect(interchange('HR', writeClaimStatusInquiry(again, { ...header, submitter }))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('questions of one payer and one provider stand under one HL each', () => {
  fc.assert(
    fc.property(eligibilityRequest, few(eligibilityRequest), ({ payer, provider }, others) => {
      const requests = others.map((request) => ({ ...request, payer, provider }));
      const text = interchange('HS', writeEligibilityInquiry(requests, header));
      const levels = only(text).segments.filter(({ id }) => id === 'HL');
      const at = (code: string) => levels.filter((level) => level.element(3) === code);
      expect([at('20').length, at('21').length, at('22').length]).toEqual([1, 1, requests.length]);
      expect(levels.map((level) => level.element(1))).toEqual(levels.map((_, index) => String(index + 1)));
    }),
    { numRuns: 50 },
  );
});
