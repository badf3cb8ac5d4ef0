// What the simulated payers tell of a member comes out of Availity's wire as it went in, but for what that wire cannot carry.
import { expect, test } from 'vitest';
import { toEligibilityAnswer } from '../../connectors/availity/coverage-answer.ts';
import { sampleEligibilityRequest } from '../../connectors/testing/requests.ts';
import type { Benefit } from '../../domain/eligibility/answer.ts';
import { benefitKinds, benefitsOf, kindOf } from '../benefits/picture.ts';
import { coverageOf } from './coverage-router.ts';
import type { Inquiry } from './inquiries.ts';

const now = new Date('2026-11-20T08:15:00.000Z');
const request = sampleEligibilityRequest();

function inquiryOf(memberId: string): Inquiry {
  const form = {
    payerId: 'harbor-health',
    memberId,
    asOfDate: '2026-12-03',
    serviceType: 'PT',
    patientFirstName: 'Orla',
    patientLastName: 'Fenwick-Test',
    patientBirthDate: '1958-03-14',
    subscriberRelationship: '18',
  };
  const fields = new Map(Object.entries(form).map(([name, value]) => [name, [value]]));
  return { id: '7000000000000000001', collection: 'coverages', form: fields, askedAt: now, notReady: 0 };
}

/** A statement without what Availity's JSON has no place for: one entry for each service type, no level of a status, no dates of its own. */
function essence(benefits: readonly Benefit[]): string[] {
  const lines = benefits.flatMap((one) => {
    if (one.code === 'R') return [`R ${one.entities.map(({ role, name }) => `${role} ${name}`).join()}`];
    const level = /^[1-8]$/.test(one.code) ? null : one.level;
    return one.serviceTypes.map((type) =>
      JSON.stringify([
        one.code,
        type,
        level,
        one.period,
        one.amountCents,
        one.percent,
        one.quantityKind,
        one.quantity,
        one.authorization,
        one.network,
        one.messages,
      ]),
    );
  });
  // What remains of a limit carries the authorization mark of its limit: both stand in one entry.
  return lines.map((line) => line.replace(/"29",(.*),"[YN]",/, '"29",$1,null,')).sort();
}

const members = Array.from({ length: 400 }, (_, index) => `HBR9001${String(index).padStart(5, '0')}`);

test('every kind of answer is among the members', () => {
  expect([...new Set(members.map(kindOf))].sort()).toEqual(Object.keys(benefitKinds).sort());
});

test.each(Object.keys(benefitKinds))('%s: every statement survives the wire', (kind) => {
  const some = members.filter((member) => kindOf(member) === kind).slice(0, 12);
  for (const memberId of some) {
    const told = benefitsOf({
      payerId: 'harbor-health',
      memberId,
      given: 'Orla',
      family: 'Fenwick-Test',
      birthDate: '1958-03-14',
      role: 'subscriber',
      trace: null,
      serviceDate: '2026-12-03',
      serviceTypes: ['PT'],
      now,
    });
    const coverage = coverageOf(inquiryOf(memberId));
    const answer = toEligibilityAnswer(JSON.parse(JSON.stringify(coverage)), request);
    const benefits = answer.people.flatMap((person) => person.benefits);
    expect(essence(benefits)).toEqual(essence(told.people.flatMap((person) => person.benefits)));
    expect(answer.people.flatMap(({ rejects }) => rejects.map(({ code }) => code))).toEqual(
      told.people.flatMap(({ rejects }) => rejects.map(({ code }) => code)),
    );
    expect(answer.asOf).toBe(now.toISOString());
    expect(answer.payer.contacts).toEqual(answer.people[0]?.benefits.length === 0 ? [] : told.payer.contacts);
  }
});

test('amounts, totals and quantities stand as texts', () => {
  const member = members.find((one) => kindOf(one) === 'complete') ?? '';
  const text = JSON.stringify(coverageOf(inquiryOf(member)));
  expect(text).not.toMatch(/"(amount|total|remaining|quantity)":[^"]/);
  expect(text).toMatch(/"remaining":"\d+\.\d\d"/);
});
