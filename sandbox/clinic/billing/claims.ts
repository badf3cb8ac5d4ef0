// One visit as the clinic's billing software makes a professional claim of it.
import type { ClaimLine } from '../../../domain/claim/line-schema.ts';
import type { ClaimAddress, ClaimProvider } from '../../../domain/claim/party-schema.ts';
import type { Claim } from '../../../domain/claim/schema.ts';
import type { ClinicPatient } from '../model.ts';
import { everyPayer } from '../payers.ts';
import { isBeyondThreshold, isPartB } from './charts.ts';
import { chargeOf } from './charges.ts';
import type { BillingChart, ChartVisit } from './model.ts';

export const clinicName = 'Demo Physical Therapy';
export const clinicNpi = '1999999984';

/** SBR09: 16 Medicare Advantage (HMO), MB Medicare Part B, MC Medicaid, CI commercial. */
const filingCodes: Readonly<Record<string, string>> = {
  [everyPayer.medicareAdvantage.id]: '16',
  [everyPayer.medicarePartB.id]: 'MB',
  [everyPayer.medicaid.id]: 'MC',
};

/** Minutes of a unit of a timed service. */
const unitMinutes = 15;
const untimed: readonly string[] = ['97161'];

function clinician(name: string, npi: string | null, taxonomy: string | null): ClaimProvider {
  const [given = '', ...family] = name.split(' ');
  return {
    kind: 'person',
    name: family.join(' '),
    given,
    middle: null,
    suffix: null,
    npi,
    taxId: null,
    taxonomy,
    address: null,
    contact: null,
    secondaryIds: [],
  };
}

function addressOf({ address }: ClinicPatient): ClaimAddress | null {
  return address === null ? null : { ...address, line2: null, country: null };
}

function modifiersOf(patient: ClinicPatient, by: string): string[] {
  return ['GP', ...(by === 'PTA' ? ['CQ'] : []), ...(isBeyondThreshold(patient) ? ['KX'] : [])];
}

/** A line of a claim; its number and control number are given when the claim is complete. */
export function lineOf(code: string, units: number, modifiers: readonly string[], date: string): ClaimLine {
  return {
    number: 1,
    procedure: { qualifier: 'HC', code, modifiers: [...modifiers], description: null },
    chargeCents: chargeOf(code, units),
    unit: 'UN',
    units,
    placeOfService: null,
    diagnosisPointers: [1],
    emergency: null,
    from: date,
    to: null,
    dates: [],
    controlNumber: null,
    priorAuthorizationNumber: null,
    referralNumber: null,
    references: [],
    notes: [],
    rendering: null,
    supervising: null,
    ordering: null,
    referring: null,
    facility: null,
    adjudications: [],
  };
}

/** The claim with these lines, numbered, and their sum as its charge. */
export function withLines(claim: Claim, lines: readonly ClaimLine[]): Claim {
  return {
    ...claim,
    chargeCents: lines.reduce((sum, { chargeCents }) => sum + (chargeCents ?? 0), 0),
    lines: lines.map((line, index) => ({
      ...line,
      number: index + 1,
      controlNumber: `${claim.patientControlNumber ?? ''}L${index + 1}`,
    })),
  };
}

/** @param number CLM01 */
export function claimOf(patient: ClinicPatient, chart: BillingChart, visit: ChartVisit, number: string): Claim {
  const { coverage, name } = patient;
  const [authorization] = chart.authorizations;
  // A mark that stands among the diagnoses is no diagnosis.
  const diagnoses = patient.diagnoses
    .map(({ code }) => code)
    .filter((code) => /^[A-Z]\d[\dA-Z](\.\w{1,4})?$/.test(code));
  const { referringProvider: referring, renderingProvider: rendering } = patient;
  const claim: Claim = {
    patientControlNumber: number,
    chargeCents: null,
    placeOfService: '11',
    frequency: '1',
    originalClaimNumber: null,
    responsibility: 'P',
    insuranceType: null,
    filingCode: filingCodes[coverage.payerId ?? ''] ?? 'CI',
    providerSignature: true,
    assignment: 'A',
    benefitsAssigned: 'Y',
    releaseOfInformation: 'Y',
    patientSignatureSource: null,
    relatedCauses: [],
    accidentState: null,
    accidentCountry: null,
    specialProgram: null,
    delayReason: null,
    billingProvider: {
      kind: 'organization',
      name: clinicName,
      given: null,
      middle: null,
      suffix: null,
      npi: clinicNpi,
      taxId: { kind: 'EI', value: '990000000' },
      taxonomy: '261QP2000X',
      address: {
        line: '12 Larkspur Lane',
        line2: null,
        city: 'Mesa Falls',
        state: 'CO',
        postalCode: '000100000',
        country: null,
      },
      contact: { name: 'Front Desk', phone: '3035550100', extension: null, fax: null, email: null },
      secondaryIds: [],
    },
    payToAddress: null,
    rendering: rendering === null ? null : clinician(rendering.name ?? '', rendering.npi, '225100000X'),
    referring: referring === null ? null : clinician(referring.name ?? '', referring.npi, null),
    primaryCare: null,
    supervising: null,
    facility: null,
    payer: {
      name: coverage.payerName,
      idQualifier: 'PI',
      id: coverage.payerId,
      address: null,
      secondaryIds: [],
    },
    subscriber: {
      kind: 'person',
      name: name.family,
      given: name.given,
      middle: null,
      suffix: null,
      memberId: coverage.memberId,
      ssn: null,
      birthDate: patient.birthDate,
      gender: patient.gender,
      address: addressOf(patient),
      groupNumber: isPartB(patient) ? null : coverage.groupNumber,
      groupName: null,
    },
    patient: null,
    priorAuthorizationNumber: authorization?.number ?? null,
    referralNumber: null,
    medicalRecordNumber: patient.recordNumber,
    propertyCasualtyClaimNumber: null,
    references: [],
    patientPaidCents: null,
    dates: [{ qualifier: '454', from: chart.planOfCare.start, to: null }],
    attachments: [],
    notes: [],
    diagnoses: diagnoses.map((code, index) => ({ qualifier: index === 0 ? 'ABK' : 'ABF', code })),
    otherPayers: [],
    lines: [],
  };
  const lines = visit.interventions.map(({ code, minutes, by }) => {
    const units = untimed.includes(code) ? 1 : Math.floor(minutes / unitMinutes);
    const line = lineOf(code, units, modifiersOf(patient, by), visit.date);
    return { ...line, diagnosisPointers: diagnoses.map((_, index) => index + 1) };
  });
  return withLines(claim, lines);
}
