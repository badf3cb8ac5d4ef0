// Any question Gait may ask a payer about coverage or a claim.
import fc from 'fast-check';
import type { ClaimStatusRequest } from '../../claim/status.ts';
import type { EligibilityRequest } from '../../eligibility/request-schema.ts';

/** Names as patients have them: those that hold ISA and NM1, marks and letters beyond ASCII among them. */
const name = fc.oneof(
  fc.constantFrom('ISAAC', 'NARCISA', 'Núñez', "O'Brien-ISA", 'NM1', 'St. John III', 'x'),
  fc.stringMatching(/^[A-Za-zäéñ]([A-Za-zäéñ .'-]{0,20}[a-zé])?$/),
);
const words = fc.oneof(
  fc.constantFrom('RIVERSIDE PHYSICAL THERAPY', 'A & B (PT), INC.'),
  fc.stringMatching(/^[A-Z]([A-Z0-9 &.,-]{0,40}[A-Z0-9])?$/),
);
const id = fc.stringMatching(/^[A-Z0-9]([A-Z0-9 /-]{0,15}[A-Z0-9])?$/);
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const trace = fc.stringMatching(/^[0-9A-Z]{1,30}$/);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const gender = fc.constantFrom('female', 'male', 'other', 'unknown');
const npi = fc.stringMatching(/^[0-9]{10}$/);
const taxId = fc.stringMatching(/^[0-9]{9}$/);

/** One that a payer can tell who is asking by. */
const provider = fc
  .record({ organizationName: words, npi: orNull(npi), taxId: orNull(taxId) })
  .filter((one) => (one.npi ?? one.taxId) !== null);
const payer = fc.record({ id, name: words });
const personName = fc.record({ given: name, family: name });

export const eligibilityRequest: fc.Arbitrary<EligibilityRequest> = fc.record({
  trace,
  payer,
  provider,
  subscriber: fc.record({
    name: personName,
    birthDate: orNull(day),
    gender,
    memberId: orNull(id),
    groupNumber: orNull(id),
  }),
  dependent: orNull(
    fc.record({
      name: personName,
      birthDate: orNull(day),
      gender,
      relationship: fc.constantFrom('spouse', 'child', 'other'),
    }),
  ),
  serviceDate: day,
  serviceTypes: fc.array(fc.constantFrom('PT', '30', 'AE', 'A9', '98', '1'), { minLength: 1, maxLength: 4 }),
});

const asked = fc.record({ given: name, family: name, birthDate: orNull(day), gender });

export const claimStatusRequest: fc.Arbitrary<ClaimStatusRequest> = fc.record({
  trace,
  payer,
  provider,
  subscriber: fc.record({ given: name, family: name, birthDate: orNull(day), gender, memberId: id }),
  dependent: orNull(asked),
  claim: fc
    .record({
      patientControlNumber: orNull(id),
      payerClaimNumber: orNull(id),
      chargeCents: orNull(fc.integer({ min: 0, max: 99_999_999_99 })),
      days: fc.tuple(day, day),
    })
    .map(({ days: [one, other], ...claim }) => ({
      ...claim,
      from: one < other ? one : other,
      to: one < other ? other : one,
    })),
});
