// What the simulated payers tell of a member comes out of the Medical Network's wire, and out of Stedi's typed one, as it went in.
import { expect, test } from 'vitest';
import { toEligibilityAnswer } from '../../connectors/medical-network/eligibility-answer.ts';
import { isIncomplete, toEligibilityRequest } from '../../connectors/medical-network/eligibility-request.ts';
import { toTypedAnswer } from '../../connectors/stedi/typed-answer.ts';
import { toTypedRequest } from '../../connectors/stedi/typed-request.ts';
import { sampleEligibilityRequest } from '../../connectors/testing/requests.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Benefit } from '../../domain/eligibility/answer.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { benefitKinds, kindOf } from '../benefits/picture.ts';
import { typedJson, typedPicture } from '../stedi/typed-wire.ts';
import { eligibilityJson, pictureOf } from './eligibility-wire.ts';

const now = new Date('2026-11-20T08:15:00.000Z');
const members = Array.from({ length: 400 }, (_, index) => `HBR9001${String(index).padStart(5, '0')}`);

function requestFor(memberId: string): EligibilityRequest {
  const { subscriber } = sampleEligibilityRequest();
  return sampleEligibilityRequest({ subscriber: { ...subscriber, memberId } });
}

function withoutPlace<Part extends { source: string }>(part: Part): Part {
  return { ...part, source: '' };
}

/** A statement without the places where its parts stood. */
function bare(benefit: Benefit): Benefit {
  return {
    ...withoutPlace(benefit),
    dates: benefit.dates.map(withoutPlace),
    entities: benefit.entities.map(withoutPlace),
  };
}

test.each(Object.keys(benefitKinds))('%s: the Medical Network carries every statement whole', (kind) => {
  const some = members.filter((member) => kindOf(member) === kind).slice(0, 12);
  expect(some.length).toBeGreaterThan(3);
  for (const member of some) {
    const body = toEligibilityRequest(requestFor(member), {});
    if (isIncomplete(body)) throw new Error('the sample request is complete');
    const picture = pictureOf(body, now);
    const answer = toEligibilityAnswer(
      eligibilityJson(picture, body),
      { trace: 'CHECK000001', controlNumber: body.controlNumber },
      now.toISOString(),
    );
    const [told] = answer.people;
    const [meant] = picture.people;
    expect(told).toMatchObject({
      role: 'subscriber',
      trace: 'CHECK000001',
      memberId: member,
      name: { given: 'Orla', family: 'Fenwick-Test' },
      birthDate: '1958-03-14',
    });
    expect(told?.benefits.map(bare)).toEqual(meant?.benefits);
    expect(told?.rejects.map(withoutPlace)).toEqual(meant?.rejects);
    expect(told?.dates.map(withoutPlace)).toEqual(meant?.dates);
    expect(answer.payer).toEqual(picture.payer);
  }
});

/** A statement about three services is three entries; one about none is one. A level left out is read as the individual's. */
function entries(benefits: readonly Benefit[]): string[] {
  return benefits
    .flatMap((benefit) => {
      const services = benefit.serviceTypes.length === 0 ? [[]] : benefit.serviceTypes.map((one) => [one]);
      return services.map((serviceTypes) => ({
        ...bare(benefit),
        serviceTypes,
        level: benefit.level ?? 'IND',
        // The typed wire has a period of one plan for both of its dates.
        dates: benefit.dates.map(({ from, to }) => [from, to]),
      }));
    })
    .map((benefit) => canonicalJson(benefit))
    .sort();
}

test.each(Object.keys(benefitKinds))('%s: the typed wire carries every statement, service by service', (kind) => {
  for (const member of members.filter((one) => kindOf(one) === kind).slice(0, 12)) {
    const body = toTypedRequest(requestFor(member), {});
    const picture = typedPicture(body, now);
    const answer = toTypedAnswer(typedJson(picture, body, 'ec_1', now), now.toISOString());
    const named = (benefits: readonly Benefit[]) =>
      benefits.map((benefit) => ({ ...benefit, planName: benefit.planName ?? picture.people[0]?.planName ?? null }));
    expect(entries(answer.people[0]?.benefits ?? [])).toEqual(entries(named(picture.people[0]?.benefits ?? [])));
    expect(answer.people[0]?.rejects.map(withoutPlace)).toEqual(picture.people[0]?.rejects);
    expect(answer.payer).toEqual(picture.payer);
  }
});
