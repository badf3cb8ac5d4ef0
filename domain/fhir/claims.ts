// Reads professional claims out of FHIR R4 (JSON): a Claim, or a Bundle of claims with the resources they refer to.

import type { ClaimProvider } from '../claim/party-schema.ts';
import type { Claim } from '../claim/schema.ts';
import { genders } from '../patient/schema.ts';
import type { Element } from './element.ts';
import { careTeamOf, centsOf, diagnosesOf, linesOf } from './lines.ts';
import { addressOf, codeOf, nameOf, payerOf, providerOf } from './parties.ts';
import { resourcesOf } from './resources.ts';
import type { Resources } from './resources.ts';

/** One claim, and what of it and of the resources it refers to has no place in a professional claim, as element paths. */
export interface FhirClaim {
  readonly claim: Claim;
  /** `Claim/12`, or `Claim 0` where it has no id. */
  readonly source: string;
  readonly unread: readonly string[];
}

/** `others`: what stands there instead of a professional claim, in words without PHI. */
export interface FhirClaims {
  readonly claims: readonly FhirClaim[];
  readonly others: readonly string[];
}

/** X12's own code lists, where a coverage tells its kind in them (claim filing indicator, SBR09). */
const filingCodes = ['https://codesystem.x12.org/005010/1032', 'urn:oid:2.16.840.1.113883.6.255.1336'] as const;
const responsibilities = ['P', 'S', 'T'] as const;
/** FHIR's words for how the patient is related to the subscriber, as PAT01 and SBR02 say it. */
const relationships: Readonly<Record<string, string>> = { spouse: '01', child: '19', other: 'G8' };
const accidents: Readonly<Record<string, string>> = { MVA: 'AA', WPA: 'EM' };

/** Null where the JSON is no FHIR resource. */
export function readFhirClaims(json: unknown): FhirClaims | null {
  const resources = resourcesOf(json);
  if (resources === null) return null;
  const claims: FhirClaim[] = [];
  const others: string[] = [];
  const found = resources.all.filter(({ path }) => path === 'Claim');
  if (found.length === 0)
    others.push(`no Claim, but ${[...new Set(resources.all.map(({ path }) => path))].join(', ')}`);
  for (const [at, resource] of found.entries()) {
    const instead = notProfessional(resource);
    if (instead !== null) others.push(instead);
    else claims.push(claimOf(resource, resources, at));
  }
  return { claims, others };
}

/** Why this is no claim to check; null: it is one. */
function notProfessional(claim: Element): string | null {
  const use = claim.string('use');
  if (use !== 'claim') return use === null ? 'a Claim without a use' : 'a Claim whose use is another than "claim"';
  const status = claim.string('status');
  if (status !== 'active' && status !== 'draft') return 'a Claim that is neither active nor a draft';
  return codeOf(claim.child('type')) === 'professional' ? null : 'a Claim whose type is not "professional"';
}

function claimOf(from: Element, resources: Resources, at: number): FhirClaim {
  const used = new Set<Element>([from]);
  const missing: string[] = [];
  const follow = (reference: Element | null): Element | null => {
    if (reference === null) return null;
    const target = resources.follow(reference);
    if (target !== null) used.add(target);
    else if (reference.string('reference') !== null) missing.push(`${reference.path} (not in the file)`);
    return target;
  };
  const providerAt = (reference: Element | null): ClaimProvider | null => providerOf(follow(reference), reference);
  const insurances = from.children('insurance');
  const insurance = insurances.find((one) => one.boolean('focal') === true) ?? insurances[0] ?? null;
  insurance?.number('sequence');
  const coverage = follow(insurance?.child('coverage') ?? null);
  const insurer = from.child('insurer') ?? coverage?.children('payor')[0] ?? null;
  const patient = follow(from.child('patient'));
  const order = coverage?.number('order') ?? null;
  const diagnoses = diagnosesOf(from);
  const team = careTeamOf(from, providerAt);
  const lines = linesOf(from, diagnoses, team);
  const [place = null, ...otherPlaces] = new Set(lines.map(({ placeOfService }) => placeOfService));
  const accident = from.child('accident');
  const accidentOn = accident?.date('date') ?? null;
  const accidentKind = codeOf(accident?.child('type') ?? null);
  const related = from.children('related');
  const replaced = related.find((one) => codeOf(one.child('relationship')) === 'prior') ?? null;
  const [identifier] = from.children('identifier');
  identifier?.string('system');
  const claim: Claim = {
    patientControlNumber: identifier?.string('value') ?? from.string('id'),
    chargeCents: centsOf(from.child('total')),
    placeOfService: otherPlaces.length === 0 ? place : null,
    // FHIR has no frequency: a claim that names the one before it replaces it.
    frequency: replaced === null ? (related.length === 0 ? '1' : null) : '7',
    originalClaimNumber: replaced?.child('claim')?.child('identifier')?.string('value') ?? null,
    responsibility: order === null ? null : (responsibilities[order - 1] ?? null),
    insuranceType: null,
    filingCode: codeOf(coverage?.child('type') ?? null, filingCodes),
    providerSignature: null,
    assignment: null,
    benefitsAssigned: null,
    releaseOfInformation: null,
    patientSignatureSource: null,
    relatedCauses: accidentKind === null ? [] : [accidents[accidentKind] ?? 'OA'],
    accidentState: accident?.child('locationAddress')?.string('state') ?? null,
    accidentCountry: null,
    specialProgram: null,
    delayReason: null,
    billingProvider: providerAt(from.child('provider')) ?? nobody,
    payToAddress: null,
    rendering: team.find(({ role }) => role === 'primary' || role === null)?.provider ?? null,
    referring: team.find(({ role }) => role === 'referring')?.provider ?? null,
    primaryCare: null,
    supervising: team.find(({ role }) => role === 'supervisor' || role === 'supervising')?.provider ?? null,
    facility: providerAt(from.child('facility')),
    payer: payerOf(follow(insurer), insurer),
    ...insuredOf(coverage, patient, follow),
    priorAuthorizationNumber: insurance?.strings('preAuthRef')[0] ?? null,
    referralNumber: from.child('referral')?.child('identifier')?.string('value') ?? null,
    medicalRecordNumber: recordNumberOf(patient),
    propertyCasualtyClaimNumber: null,
    references: [],
    patientPaidCents: null,
    dates: accidentOn === null ? [] : [{ qualifier: '439', from: accidentOn, to: null }],
    attachments: [],
    notes: [],
    diagnoses: diagnoses.map(({ diagnosis }) => diagnosis),
    otherPayers: [],
    lines,
  };
  const unread = [...used].flatMap((resource) => resource.unread()).concat(missing);
  const id = from.string('id');
  return { claim, source: id === null ? `Claim ${at}` : `Claim/${id}`, unread };
}

const nobody: Claim['billingProvider'] = {
  kind: 'organization',
  name: null,
  given: null,
  middle: null,
  suffix: null,
  npi: null,
  taxId: null,
  taxonomy: null,
  address: null,
  contact: null,
  secondaryIds: [],
};

/** Who is insured, and the patient where that is somebody else. */
function insuredOf(
  coverage: Element | null,
  patient: Element | null,
  follow: (reference: Element | null) => Element | null,
): Pick<Claim, 'subscriber' | 'patient'> {
  const relationship = codeOf(coverage?.child('relationship') ?? null);
  const named = follow(coverage?.child('subscriber') ?? null);
  follow(coverage?.child('beneficiary') ?? null);
  const isPatient = relationship === 'self' || named === patient || (relationship === null && named === null);
  const subscriber = isPatient ? patient : named;
  const group = coverage?.children('class').find((one) => codeOf(one.child('type')) === 'group') ?? null;
  return {
    subscriber: {
      kind: 'person',
      ...nameOf(subscriber),
      memberId: coverage?.string('subscriberId') ?? coverage?.children('identifier')[0]?.string('value') ?? null,
      ssn: null,
      birthDate: subscriber?.date('birthDate') ?? null,
      gender: genderOf(subscriber),
      address: addressOf(subscriber),
      groupNumber: group?.string('value') ?? null,
      groupName: group?.string('name') ?? null,
    },
    patient: isPatient
      ? null
      : {
          relationship: relationship === null ? null : (relationships[relationship] ?? null),
          ...nameOf(patient),
          birthDate: patient?.date('birthDate') ?? null,
          gender: genderOf(patient),
          address: addressOf(patient),
        },
  };
}

function genderOf(person: Element | null): (typeof genders)[number] {
  const said = person?.string('gender') ?? null;
  return genders.find((gender) => gender === said) ?? 'unknown';
}

/** The clinic's own number of the patient (MR, HL7 table 0203). */
function recordNumberOf(patient: Element | null): string | null {
  const own = patient?.children('identifier').find((one) => codeOf(one.child('type')) === 'MR') ?? null;
  own?.string('system');
  return own?.string('value') ?? null;
}
