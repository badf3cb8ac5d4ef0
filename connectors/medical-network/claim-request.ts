// A claim in the Medical Network's words (professional claims v3), or what keeps it from being one: nothing of a claim is left out silently.
import type { ClaimLine } from '../../domain/claim/line-schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { decimal } from './amounts.ts';
import {
  claimDateNames,
  claimNotes,
  dateName,
  lineDateNames,
  lineNotes,
  missingIn,
  noteName,
  unsupportedIn,
} from './claim-gaps.ts';
import { known, wireAddress, wireContact, wireDependent, wireProvider, wireSubscriber } from './claim-parties.ts';
import type { WireClaim, WireServiceLine } from './claim-wire.ts';
import { controlNumberOf } from './control-number.ts';
import { wireDate } from './dates.ts';
import type { Incomplete } from './eligibility-request.ts';

/** Paths of a claim that this JSON has no place for: such a claim goes as X12. */
export interface Unsupported {
  readonly unsupported: readonly string[];
}

export function isUnsupported(body: object): body is Unsupported {
  return 'unsupported' in body;
}

export interface ClaimWords {
  /** Names the submission; the same name gives the same body. */
  readonly key: string;
  readonly payers: Readonly<Record<string, string>>;
  readonly usage: 'production' | 'test';
}

function named<Entry>(
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string | null,
  valueOf: (entry: Entry) => string,
): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const name = nameOf(entry);
      return name === null ? [] : [[name, valueOf(entry)]];
    }),
  );
}

function wireLine(line: ClaimLine): WireServiceLine {
  const { procedure, priorAuthorizationNumber, referralNumber } = line;
  const modifiers = procedure?.modifiers ?? [];
  const dates = named(
    line.dates,
    (date) => dateName(date, lineDateNames),
    ({ from }) => wireDate(from),
  );
  const numbered = priorAuthorizationNumber !== null || referralNumber !== null;
  return {
    serviceDate: wireDate(line.from ?? ''),
    ...known({
      serviceDateEnd: line.to === null ? null : wireDate(line.to),
      providerControlNumber: line.controlNumber,
    }),
    professionalService: {
      procedureIdentifier: procedure?.qualifier ?? '',
      procedureCode: procedure?.code ?? '',
      ...(modifiers.length === 0 ? {} : { procedureModifiers: modifiers }),
      ...known({ description: procedure?.description, placeOfServiceCode: line.placeOfService }),
      lineItemChargeAmount: decimal(line.chargeCents ?? 0),
      measurementUnit: line.unit ?? '',
      serviceUnitCount: String(line.units ?? ''),
      compositeDiagnosisCodePointers: { diagnosisCodePointers: line.diagnosisPointers.map(String) },
      ...(line.emergency === true ? { emergencyIndicator: 'Y' as const } : {}),
    },
    ...(Object.keys(dates).length === 0 ? {} : { serviceLineDateInformation: dates }),
    ...(numbered
      ? {
          serviceLineReferenceInformation: {
            ...(priorAuthorizationNumber === null
              ? {}
              : { priorAuthorization: [{ priorAuthorizationOrReferralNumber: priorAuthorizationNumber }] }),
            ...(referralNumber === null ? {} : { referralNumber: [referralNumber] }),
          },
        }
      : {}),
    ...named(line.notes, noteName(lineNotes), ({ text }) => text),
    ...(line.rendering === null ? {} : { renderingProvider: wireProvider(line.rendering, 'RenderingProvider') }),
  };
}

function supplemental(claim: Claim): Record<string, unknown> {
  const [attachment] = claim.attachments;
  return {
    ...known({
      priorAuthorizationNumber: claim.priorAuthorizationNumber,
      referralNumber: claim.referralNumber,
      claimControlNumber: claim.originalClaimNumber,
      medicalRecordNumber: claim.medicalRecordNumber,
    }),
    ...(attachment === undefined
      ? {}
      : {
          reportInformation: {
            attachmentReportTypeCode: attachment.report,
            attachmentTransmissionCode: attachment.transmission,
            ...known({ attachmentControlNumber: attachment.controlNumber }),
          },
        }),
  };
}

function optional(name: string, entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.keys(entries).length === 0 ? {} : { [name]: entries };
}

function claimInformation(claim: Claim): WireClaim['claimInformation'] {
  const { facility } = claim;
  return {
    patientControlNumber: claim.patientControlNumber ?? '',
    claimFilingCode: claim.filingCode,
    claimChargeAmount: decimal(claim.chargeCents ?? 0),
    placeOfServiceCode: claim.placeOfService,
    claimFrequencyCode: claim.frequency,
    signatureIndicator: claim.providerSignature === true ? 'Y' : 'N',
    planParticipationCode: claim.assignment,
    benefitsAssignmentCertificationIndicator: claim.benefitsAssigned,
    releaseInformationCode: claim.releaseOfInformation,
    ...known({
      patientSignatureSourceCode: claim.patientSignatureSource,
      autoAccidentStateCode: claim.accidentState,
      autoAccidentCountryCode: claim.accidentCountry,
      specialProgramCode: claim.specialProgram,
      delayReasonCode: claim.delayReason,
      propertyCasualtyClaimNumber: claim.propertyCasualtyClaimNumber,
      patientAmountPaid: claim.patientPaidCents === null ? null : decimal(claim.patientPaidCents),
    }),
    ...(claim.relatedCauses.length === 0 ? {} : { relatedCausesCode: claim.relatedCauses }),
    ...optional(
      'claimDateInformation',
      named(
        claim.dates,
        (date) => dateName(date, claimDateNames),
        ({ from }) => wireDate(from),
      ),
    ),
    ...optional('claimSupplementalInformation', supplemental(claim)),
    ...optional(
      'claimNote',
      named(claim.notes, noteName(claimNotes), ({ text }) => text),
    ),
    healthCareCodeInformation: claim.diagnoses.map(({ qualifier, code }) => ({
      diagnosisTypeCode: qualifier,
      diagnosisCode: code.replaceAll('.', ''),
    })),
    ...(facility === null
      ? {}
      : {
          serviceFacilityLocation: {
            ...known({ organizationName: facility.name, npi: facility.npi }),
            ...(facility.address === null ? {} : { address: wireAddress(facility.address) }),
          },
        }),
    serviceLines: claim.lines.map(wireLine),
  };
}

/** The body of a validation or submission. */
export function toClaim(claim: Claim, words: ClaimWords): WireClaim | Incomplete | Unsupported {
  const missing = missingIn(claim);
  if (missing.length > 0) return { missing };
  const unsupported = unsupportedIn(claim);
  if (unsupported.length > 0) return { unsupported };
  const { billingProvider, payer, rendering, referring, supervising, patient } = claim;
  const contact = billingProvider.contact ?? { name: null, phone: null, extension: null, fax: null, email: null };
  const payerId = payer.id ?? '';
  const clinic = billingProvider.name ?? '';
  return {
    controlNumber: controlNumberOf(words.key),
    tradingPartnerServiceId: words.payers[payerId] ?? payerId,
    usageIndicator: words.usage === 'production' ? 'P' : 'T',
    submitter: { organizationName: clinic, contactInformation: wireContact(contact, clinic) },
    receiver: { organizationName: payer.name ?? '' },
    subscriber: wireSubscriber(claim, claim.subscriber),
    ...(patient === null ? {} : { dependent: wireDependent(patient) }),
    billing: wireProvider(billingProvider, 'BillingProvider'),
    ...(rendering === null ? {} : { rendering: wireProvider(rendering, 'RenderingProvider') }),
    ...(referring === null ? {} : { referring: wireProvider(referring, 'ReferringProvider') }),
    ...(supervising === null ? {} : { supervising: wireProvider(supervising, 'SupervisingProvider') }),
    ...(claim.payToAddress === null ? {} : { payToAddress: wireAddress(claim.payToAddress) }),
    claimInformation: claimInformation(claim),
  };
}
