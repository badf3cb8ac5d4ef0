// What keeps a claim from going as JSON: what the vendor demands and the claim lacks, and what the claim says and the JSON has no place for.
import { claimDateQualifiers } from '../../domain/claim/dates.ts';
import type { ClaimDateName } from '../../domain/claim/dates.ts';
import type { ClaimDate, ClaimLine, ClaimNote } from '../../domain/claim/line-schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';

export const claimDateNames: Readonly<Partial<Record<ClaimDateName, string>>> = {
  onset: 'symptomDate',
  initialTreatment: 'initialTreatmentDate',
  lastSeen: 'lastSeenDate',
  acuteManifestation: 'acuteManifestationDate',
  accident: 'accidentDate',
  lastMenstrualPeriod: 'lastMenstrualPeriodDate',
  lastXRay: 'lastXRayDate',
  disabilityBegins: 'disabilityBeginDate',
  disabilityEnds: 'disabilityEndDate',
  lastWorked: 'lastWorkedDate',
  returnToWork: 'authorizedReturnToWorkDate',
  admission: 'admissionDate',
  discharge: 'dischargeDate',
  assumedCare: 'assumedAndRelinquishedCareBeginDate',
  relinquishedCare: 'assumedAndRelinquishedCareEndDate',
  firstContact: 'firstContactDate',
  repricerReceived: 'repricerReceivedDate',
};

export const lineDateNames: Readonly<Partial<Record<ClaimDateName, string>>> = {
  initialTreatment: 'initialTreatmentDate',
  therapyBegins: 'beginTherapyDate',
  recertification: 'certificationRevisionOrRecertificationDate',
  lastCertification: 'lastCertificationDate',
  lastXRay: 'lastXRayDate',
  prescription: 'prescriptionDate',
};

export const claimNotes: Readonly<Record<string, string>> = {
  ADD: 'additionalInformation',
  CER: 'certificationNarrative',
  DCP: 'goalRehabOrDischargePlans',
  DGN: 'diagnosisDescription',
  TPO: 'thirdPartOrgNotes',
};

export const lineNotes: Readonly<Record<string, string>> = {
  ADD: 'additionalNotes',
  DCP: 'goalRehabOrDischargePlans',
  TPO: 'thirdPartyOrganizationNotes',
};

function isDateName(name: string): name is ClaimDateName {
  return Object.hasOwn(claimDateQualifiers, name);
}

/** The wire's name of a date; null where it has none. */
export function dateName(date: ClaimDate, names: Readonly<Partial<Record<ClaimDateName, string>>>): string | null {
  const name = Object.keys(claimDateQualifiers)
    .filter(isDateName)
    .find((one) => claimDateQualifiers[one] === date.qualifier);
  return name === undefined || date.to !== null ? null : (names[name] ?? null);
}

export const noteName = (names: Readonly<Record<string, string>>) => (note: ClaimNote) =>
  names[note.kind ?? ''] ?? null;

/** Paths of entries whose name is unknown to the wire, or taken by an earlier one. */
function unnamed<Entry>(path: string, entries: readonly Entry[], nameOf: (entry: Entry) => string | null): string[] {
  return entries.flatMap((entry, index) => {
    const name = nameOf(entry);
    const taken = entries.slice(0, index).some((other) => nameOf(other) === name);
    return name === null || taken ? [`${path}[${index}]`] : [];
  });
}

function filled(path: string, value: unknown): string[] {
  return value === null || (Array.isArray(value) && value.length === 0) ? [] : [path];
}

export function unsupportedIn(claim: Claim): string[] {
  const providers = { rendering: claim.rendering, referring: claim.referring, supervising: claim.supervising };
  return [
    ...filled('otherPayers', claim.otherPayers),
    ...filled('primaryCare', claim.primaryCare),
    ...filled('references', claim.references),
    ...filled('payer.secondaryIds', claim.payer.secondaryIds),
    ...filled('subscriber.ssn', claim.subscriber.ssn),
    ...filled('billingProvider.secondaryIds', claim.billingProvider.secondaryIds),
    ...filled('facility.secondaryIds', claim.facility?.secondaryIds ?? null),
    ...Object.entries(providers).flatMap(([name, one]) => filled(`${name}.secondaryIds`, one?.secondaryIds ?? null)),
    ...(claim.attachments.length > 1 ? ['attachments[1]'] : []),
    ...unnamed('dates', claim.dates, (date) => dateName(date, claimDateNames)),
    ...unnamed('notes', claim.notes, noteName(claimNotes)),
    ...claim.lines.flatMap((line, index) => unsupportedInLine(line, `lines[${index}]`)),
  ];
}

function unsupportedInLine(line: ClaimLine, path: string): string[] {
  return [
    ...filled(`${path}.adjudications`, line.adjudications),
    ...filled(`${path}.references`, line.references),
    ...filled(`${path}.ordering`, line.ordering),
    ...filled(`${path}.referring`, line.referring),
    ...filled(`${path}.supervising`, line.supervising),
    ...filled(`${path}.facility`, line.facility),
    ...filled(`${path}.rendering.secondaryIds`, line.rendering?.secondaryIds ?? null),
    ...unnamed(`${path}.dates`, line.dates, (date) => dateName(date, lineDateNames)),
    ...unnamed(`${path}.notes`, line.notes, noteName(lineNotes)),
  ];
}

/** What the vendor does not take a claim without, as paths into the claim. */
export function missingIn(claim: Claim): string[] {
  const { billingProvider, subscriber, patient, payer } = claim;
  const required: Readonly<Record<string, unknown>> = {
    patientControlNumber: claim.patientControlNumber,
    chargeCents: claim.chargeCents,
    placeOfService: claim.placeOfService,
    frequency: claim.frequency,
    responsibility: claim.responsibility,
    filingCode: claim.filingCode,
    providerSignature: claim.providerSignature,
    assignment: claim.assignment,
    benefitsAssigned: claim.benefitsAssigned,
    releaseOfInformation: claim.releaseOfInformation,
    'payer.id': payer.id,
    'payer.name': payer.name,
    'billingProvider.name': billingProvider.name,
    'billingProvider.npi': billingProvider.npi,
    'billingProvider.address': billingProvider.address?.line ?? null,
    'billingProvider.address.city': billingProvider.address?.city ?? null,
    'billingProvider.contact': billingProvider.contact,
    'subscriber.name': subscriber.name,
    'subscriber.memberId': subscriber.memberId,
    ...(patient === null
      ? {}
      : {
          'patient.relationship': patient.relationship,
          'patient.name': patient.name,
          'patient.given': patient.given,
          'patient.birthDate': patient.birthDate,
        }),
    diagnoses: claim.diagnoses.length === 0 ? null : claim.diagnoses,
    lines: claim.lines.length === 0 ? null : claim.lines,
  };
  const perLine: (readonly [string, unknown])[] = claim.lines.flatMap((line, index) => [
    [`lines[${index}].procedure`, line.procedure],
    [`lines[${index}].from`, line.from],
    [`lines[${index}].chargeCents`, line.chargeCents],
    [`lines[${index}].unit`, line.unit],
    [`lines[${index}].units`, line.units],
    [`lines[${index}].diagnosisPointers`, line.diagnosisPointers[0] ?? null],
  ]);
  return [...Object.entries(required), ...perLine].flatMap(([path, value]) => (value === null ? [path] : []));
}
