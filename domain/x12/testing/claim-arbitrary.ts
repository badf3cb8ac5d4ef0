// Any professional claim that an 837P can carry whole, for the property tests of its writer and reader.
import fc from 'fast-check';
import type { Adjustment, ClaimLine } from '../../claim/line-schema.ts';
import type { ClaimProvider, ClaimSubscriber } from '../../claim/party-schema.ts';
import type { Claim, OtherPayer } from '../../claim/schema.ts';
import type { ClaimSubmission } from '../../claim/submission.ts';

/** Text as a clinic types it, without the signs that separate. */
export const words = fc.stringMatching(/^[A-Za-z0-9áéÑ.,'#&/()+-]{1,12}( [A-Za-z0-9.,-]{1,8}){0,2}$/);
const code = fc.stringMatching(/^[A-Z0-9]{1,2}$/);
const control = fc.stringMatching(/^[A-Z0-9]{1,12}$/);
/** From a cent to what no claim reaches, the parts of a dollar included. */
const cents = fc.oneof(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 0, max: 9_999_999_999 }));
const signed = fc.integer({ min: -300_000, max: 300_000 });
const units = fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom(0.5, 1.25, 33.333));

export const date = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10));

export function maybe<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null });
}

/** Whole records in two draws: fast-check types a long record by its model. */
const name = fc.oneof(
  fc.record({
    kind: fc.constant('organization' as const),
    name: words,
    given: fc.constant(null),
    middle: fc.constant(null),
    suffix: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('person' as const),
    name: words,
    given: maybe(words),
    middle: maybe(words),
    suffix: maybe(words),
  }),
);

const address = fc
  .record({
    line: maybe(words),
    line2: maybe(words),
    city: words,
    state: maybe(fc.constantFrom('OH', 'MN')),
    postalCode: maybe(fc.constantFrom('45501', '455010000')),
    country: maybe(fc.constantFrom('CA')),
  })
  .map((one) => ({ ...one, line2: one.line === null ? null : one.line2 }));

const contact = fc.record({
  name: maybe(words),
  phone: maybe(fc.constantFrom('5555550100')),
  extension: maybe(fc.constantFrom('12')),
  fax: maybe(fc.constantFrom('5555550101')),
  email: fc.constant(null),
});

function identifiers(...qualifiers: readonly string[]) {
  return fc.array(fc.record({ qualifier: fc.constantFrom(...qualifiers), value: control }), { maxLength: 2 });
}

interface Places {
  readonly address?: boolean;
  readonly taxonomy?: boolean;
}

/** A provider with what the guide has a place for in its role. */
function provider(places: Places = {}): fc.Arbitrary<ClaimProvider> {
  const nothing = fc.constant(null);
  return fc
    .record({
      name,
      npi: maybe(fc.constantFrom('1999999984', '1999999976')),
      taxonomy: places.taxonomy === true ? maybe(fc.constantFrom('225100000X')) : nothing,
      address: places.address === true ? maybe(address) : nothing,
      contact: places.address === true ? maybe(contact) : nothing,
      secondaryIds: identifiers('0B', '1G', 'G2'),
    })
    .map(({ name, ...rest }) => ({ ...name, taxId: null, ...rest }));
}

const billingProvider: fc.Arbitrary<ClaimProvider> = fc
  .record({
    provider: provider({ address: true, taxonomy: true }),
    taxId: maybe(fc.record({ kind: fc.constantFrom('EI', 'SY'), value: fc.constantFrom('990000001') })),
    own: identifiers('0B', '1G'),
    payers: identifiers('G2', 'LU'),
  })
  .map(({ provider, taxId, own, payers }) => ({ ...provider, taxId, secondaryIds: [...own, ...payers] }));

const subscriber: fc.Arbitrary<ClaimSubscriber> = fc
  .record({
    name,
    memberId: maybe(control),
    ssn: maybe(fc.constantFrom('999000001')),
    birthDate: maybe(date),
    gender: fc.constantFrom('female', 'male', 'unknown'),
    address: maybe(address),
    groupNumber: maybe(control),
    groupName: maybe(words),
  })
  .map(({ name, ...rest }) => ({ ...name, ...rest }));

const payer = fc.record({
  name: words,
  idQualifier: fc.constantFrom('PI', 'XV'),
  id: control,
  address: maybe(address),
  secondaryIds: identifiers('2U', 'FY', 'NF'),
});

const patient = fc
  .record({
    relationship: fc.constantFrom('01', '19', 'G8'),
    name: fc.record({ name: words, given: maybe(words), middle: maybe(words), suffix: maybe(words) }),
    birthDate: maybe(date),
    gender: fc.constantFrom('female', 'male', 'unknown'),
    address: maybe(address),
  })
  .map(({ name, ...rest }) => ({ ...name, ...rest }));

function dates(...qualifiers: readonly string[]) {
  return fc.array(fc.record({ qualifier: fc.constantFrom(...qualifiers), from: date, to: maybe(date) }), {
    maxLength: 3,
  });
}

const notes = fc.array(fc.record({ kind: maybe(fc.constantFrom('ADD', 'CER', 'DCP')), text: words }), { maxLength: 2 });

const procedure = fc.record({
  qualifier: fc.constant('HC'),
  code: fc.constantFrom('97110', '97140', '97530', 'G0283'),
  modifiers: fc.array(fc.constantFrom('GP', 'KX', '59', 'CQ'), { maxLength: 4 }),
  description: maybe(words),
});

/** Each group once: a claim or a line has room for five CAS. */
const adjustments: fc.Arbitrary<Adjustment[]> = fc
  .array(
    fc.record({
      group: fc.constantFrom('CO', 'OA', 'PR'),
      reason: fc.constantFrom('45', '1', '97'),
      amountCents: signed,
      quantity: maybe(units),
    }),
    { maxLength: 9 },
  )
  .map((all) => all.toSorted((a, b) => a.group.localeCompare(b.group)));

const line: fc.Arbitrary<ClaimLine> = fc
  .record({
    number: fc.integer({ min: 1, max: 50 }),
    procedure,
    chargeCents: cents,
    unit: fc.constantFrom('UN', 'MJ'),
    units,
    placeOfService: maybe(fc.constantFrom('11', '12')),
    diagnosisPointers: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
    emergency: maybe(fc.boolean()),
    from: date,
    to: maybe(date),
    dates: dates('304', '454', '463', '607'),
    controlNumber: maybe(control),
    priorAuthorizationNumber: maybe(control),
    referralNumber: maybe(control),
    references: identifiers('X4', '9B'),
    notes,
    rendering: maybe(provider({ taxonomy: true })),
    supervising: maybe(provider()),
    ordering: maybe(provider({ address: true })),
    referring: maybe(provider()),
    facility: maybe(provider({ address: true })),
    adjudications: fc.array(
      fc.record({
        payerId: control,
        paidCents: maybe(signed),
        procedure: maybe(procedure),
        units: maybe(units),
        bundledIntoLine: maybe(fc.integer({ min: 1, max: 50 })),
        adjustments,
        paidOn: maybe(date),
        patientOwesCents: maybe(cents),
      }),
      { maxLength: 2 },
    ),
  })
  // The guide's facility and ordering provider of a line: the facility has no contact there.
  .map((one) => ({ ...one, facility: one.facility === null ? null : { ...one.facility, contact: null } }));

const otherPayer: fc.Arbitrary<OtherPayer> = fc
  .record({
    responsibility: fc.constantFrom('P', 'S', 'T'),
    relationship: maybe(fc.constantFrom('18', '01')),
    insuranceType: maybe(fc.constantFrom('12', '47')),
    filingCode: maybe(fc.constantFrom('CI', 'MB')),
    benefitsAssigned: maybe(fc.constantFrom('Y', 'N')),
    patientSignatureSource: maybe(fc.constant('P')),
    releaseOfInformation: maybe(fc.constantFrom('Y', 'I')),
    subscriber,
    payer,
    claimNumber: maybe(control),
    priorAuthorizationNumber: maybe(control),
    referralNumber: maybe(control),
    paidCents: maybe(signed),
    nonCoveredCents: maybe(cents),
    patientOwesCents: maybe(cents),
    paidOn: maybe(date),
    adjustments,
    remarkCodes: fc.array(fc.constantFrom('MA01', 'N130'), { maxLength: 5 }),
  })
  // The guide has no birth date of another insured.
  .map((one) => ({
    ...one,
    subscriber: { ...one.subscriber, birthDate: null, gender: 'unknown' as const },
  }));

export const anyClaim: fc.Arbitrary<Claim> = fc.record({
  patientControlNumber: control,
  chargeCents: cents,
  placeOfService: fc.constantFrom('11', '12', '22'),
  frequency: fc.constantFrom('1', '7', '8'),
  originalClaimNumber: maybe(control),
  responsibility: fc.constantFrom('P', 'S', 'T'),
  insuranceType: maybe(fc.constantFrom('12', '47')),
  filingCode: maybe(fc.constantFrom('CI', 'MB', 'WC', 'AM')),
  providerSignature: maybe(fc.boolean()),
  assignment: maybe(fc.constantFrom('A', 'B', 'C')),
  benefitsAssigned: maybe(fc.constantFrom('Y', 'N', 'W')),
  releaseOfInformation: maybe(fc.constantFrom('Y', 'I')),
  patientSignatureSource: maybe(fc.constant('P')),
  relatedCauses: fc.array(fc.constantFrom('AA', 'EM', 'OA'), { maxLength: 3 }),
  accidentState: maybe(fc.constantFrom('OH')),
  accidentCountry: maybe(fc.constantFrom('CA')),
  specialProgram: maybe(code),
  delayReason: maybe(code),
  billingProvider,
  payToAddress: maybe(address),
  rendering: maybe(provider({ taxonomy: true })),
  referring: maybe(provider()),
  primaryCare: maybe(provider()),
  supervising: maybe(provider()),
  facility: maybe(provider({ address: true })),
  payer,
  subscriber,
  patient: maybe(patient),
  priorAuthorizationNumber: maybe(control),
  referralNumber: maybe(control),
  medicalRecordNumber: maybe(control),
  propertyCasualtyClaimNumber: maybe(control),
  references: identifiers('D9', 'X4', '1J'),
  patientPaidCents: maybe(cents),
  dates: dates('431', '454', '439', '304'),
  attachments: fc.array(
    fc.record({
      report: fc.constantFrom('OZ', '03'),
      transmission: fc.constantFrom('EL', 'FX'),
      controlNumber: maybe(control),
    }),
    { maxLength: 2 },
  ),
  notes,
  diagnoses: fc.array(
    fc.record({ qualifier: fc.constantFrom('ABK', 'ABF'), code: fc.constantFrom('M5450', 'M6281', 'S83511A') }),
    { minLength: 1, maxLength: 12 },
  ),
  otherPayers: fc.array(otherPayer, { maxLength: 2 }),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
});

export const anySubmission: fc.Arbitrary<ClaimSubmission> = fc.record({
  purpose: fc.constantFrom('00', '18'),
  reference: control,
  createdOn: date,
  createdAt: fc.constantFrom('0815', '2359'),
  use: maybe(fc.constantFrom('CH', 'RP')),
  submitter: fc
    .record({ name, id: maybe(control), contact: maybe(contact) })
    .map(({ name, ...rest }) => ({ ...name, ...rest })),
  receiver: fc.record({ name: maybe(words), id: maybe(control) }),
});
