// Writes claims as an 837P, professional claims (005010X222A1): each claim below its patient, subscriber and clinic, named once.
import type { Claim, OtherPayer } from '../../claim/schema.ts';
import type { ClaimSubmission } from '../../claim/submission.ts';
import { GaitError } from '../../errors.ts';
import type { WrittenSegment, WrittenSet } from '../writer.ts';
import { adjustments, amount, dates, line, money, notes } from './claim-lines.ts';
import {
  address,
  contact,
  demographics,
  named,
  patientName,
  payer,
  provider,
  reference,
  references,
  roles,
  specialty,
  subscriberName,
} from './claim-parties.ts';
import { chunks, day, diagnosisCode, text } from './elements.ts';
import type { WrittenLevel } from './levels.ts';
import { grouped, writeLevels } from './levels.ts';

const guide = '005010X222A1';

/**
 * One transaction set for the claims, in their order. Claims that follow each other and share a clinic, a subscriber with
 * payer, or a patient share its level.
 * @param control ST02, 4 to 9 digits
 * @throws GaitError `input.invalid` where a claim lacks what every 837P must say; `where` names the claim by its place in
 *   the list and the fields
 */
export function writeProfessionalClaims(
  control: string,
  submission: ClaimSubmission,
  claims: readonly Claim[],
): WrittenSet {
  refuseIncomplete(submission, claims);
  const levels = grouped(claims, clinic).map(
    (ofClinic): WrittenLevel => ({
      code: '20',
      segments: clinic(ofClinic[0]),
      below: grouped(ofClinic, insured).map(subscriberLevel),
      tellsChildren: true,
    }),
  );
  return { type: '837', version: guide, control, segments: [...heading(submission), ...writeLevels(levels)] };
}

/** The claims stand with the subscriber, or with the patient where that is another person. */
function subscriberLevel(claims: readonly [Claim, ...Claim[]]): WrittenLevel {
  const isPatient = claims[0].patient === null;
  return {
    code: '22',
    segments: [...insured(claims[0]), ...(isPatient ? claims.flatMap(content) : [])],
    below: isPatient ? [] : grouped(claims, person).map(patientLevel),
    tellsChildren: true,
  };
}

function patientLevel(claims: readonly [Claim, ...Claim[]]): WrittenLevel {
  const segments = [...person(claims[0]), ...claims.flatMap(content)];
  return { code: '23', segments, below: [], tellsChildren: true };
}

function heading({
  purpose,
  reference: number,
  createdOn,
  createdAt,
  use,
  submitter,
  receiver,
}: ClaimSubmission): WrittenSegment[] {
  const { name, id } = receiver;
  return [
    ['BHT', '0019', text(purpose), text(number), day(createdOn), text(createdAt), text(use)],
    named('41', submitter, '46', submitter.id),
    ...contact(submitter.contact),
    ['NM1', '40', '2', text(name), '', '', '', '', id === null ? '' : '46', text(id)],
  ];
}

function clinic({ billingProvider, payToAddress }: Claim): WrittenSegment[] {
  const { taxonomy, secondaryIds } = billingProvider;
  const own = secondaryIds.filter(({ qualifier }) => !isPayersNumber(qualifier));
  return [
    ...(taxonomy === null ? [] : [specialty('BI', taxonomy)]),
    ...provider(roles.billing, billingProvider, own),
    ...(payToAddress === null ? [] : [['NM1', '87', '2'] as const, ...address(payToAddress)]),
  ];
}

function insured(claim: Claim): WrittenSegment[] {
  const { subscriber, patient, billingProvider } = claim;
  const { groupNumber, groupName, ssn } = subscriber;
  const self = patient === null ? '18' : '';
  return [
    [
      'SBR',
      text(claim.responsibility),
      self,
      text(groupNumber),
      text(groupName),
      text(claim.insuranceType),
      '',
      '',
      '',
      text(claim.filingCode),
    ],
    ...subscriberName(subscriber),
    ...demographics(subscriber),
    ...reference('SY', ssn),
    ...reference('Y4', patient === null ? claim.propertyCasualtyClaimNumber : null),
    ...payer(claim.payer),
    ...references(claim.payer.secondaryIds),
    ...references(billingProvider.secondaryIds.filter(({ qualifier }) => isPayersNumber(qualifier))),
  ];
}

function person({ patient, propertyCasualtyClaimNumber }: Claim): WrittenSegment[] {
  if (patient === null) return [];
  return [
    ['PAT', text(patient.relationship)],
    ...patientName(patient),
    ...reference('Y4', propertyCasualtyClaimNumber),
  ];
}

/** What the payer calls the billing provider stands with the payer (loop 2010BB). */
function isPayersNumber(qualifier: string): boolean {
  return qualifier === 'G2' || qualifier === 'LU';
}

function content(claim: Claim): WrittenSegment[] {
  const { providerSignature, accidentState, accidentCountry } = claim;
  const causes = Array.from({ length: 3 }, (_, index) => claim.relatedCauses[index] ?? '');
  const diagnoses = claim.diagnoses.map(({ qualifier, code }) => [qualifier, diagnosisCode(code)]);
  return [
    [
      'CLM',
      text(claim.patientControlNumber),
      amount(claim.chargeCents),
      '',
      '',
      [text(claim.placeOfService), 'B', text(claim.frequency)],
      providerSignature === null ? '' : providerSignature ? 'Y' : 'N',
      text(claim.assignment),
      text(claim.benefitsAssigned),
      text(claim.releaseOfInformation),
      text(claim.patientSignatureSource),
      [...causes, text(accidentState), text(accidentCountry)],
      text(claim.specialProgram),
      ...Array.from({ length: 7 }, () => ''),
      text(claim.delayReason),
    ],
    ...dates(claim.dates),
    ...claim.attachments.map(attachment),
    ...money('F5', claim.patientPaidCents),
    ...reference('F8', claim.originalClaimNumber),
    ...reference('G1', claim.priorAuthorizationNumber),
    ...reference('9F', claim.referralNumber),
    ...reference('EA', claim.medicalRecordNumber),
    ...references(claim.references),
    ...notes(claim.notes),
    ...chunks(diagnoses, 12).map((some): WrittenSegment => ['HI', ...some]),
    ...provider(roles.referring, claim.referring),
    ...provider(roles.primaryCare, claim.primaryCare),
    ...provider(roles.rendering, claim.rendering),
    ...provider(roles.facility, claim.facility),
    ...provider(roles.supervising, claim.supervising),
    ...claim.otherPayers.flatMap(otherPayer),
    ...claim.lines.flatMap(line),
  ];
}

function attachment({ report, transmission, controlNumber }: Claim['attachments'][number]): WrittenSegment {
  return controlNumber === null
    ? ['PWK', report, transmission]
    : ['PWK', report, transmission, '', '', 'AC', controlNumber];
}

function otherPayer(one: OtherPayer): WrittenSegment[] {
  const { subscriber, paidOn, remarkCodes } = one;
  const terms = [one.benefitsAssigned, one.patientSignatureSource, null, one.releaseOfInformation];
  return [
    [
      'SBR',
      text(one.responsibility),
      text(one.relationship),
      text(subscriber?.groupNumber ?? null),
      text(subscriber?.groupName ?? null),
      text(one.insuranceType),
      '',
      '',
      '',
      text(one.filingCode),
    ],
    ...adjustments(one.adjustments),
    ...money('D', one.paidCents),
    ...money('A8', one.nonCoveredCents),
    ...money('EAF', one.patientOwesCents),
    ...(terms.every((code) => code === null) ? [] : [['OI', '', '', ...terms.map(text)] as const]),
    ...(remarkCodes.length === 0 ? [] : [['MOA', '', '', ...remarkCodes] as const]),
    ...(subscriber === null ? [] : [...subscriberName(subscriber), ...reference('SY', subscriber.ssn)]),
    ...payer(one.payer),
    ...(paidOn === null ? [] : [['DTP', '573', 'D8', day(paidOn)] as const]),
    ...references(one.payer.secondaryIds),
    ...reference('G1', one.priorAuthorizationNumber),
    ...reference('9F', one.referralNumber),
    ...reference('F8', one.claimNumber),
  ];
}

/** What the guide demands of every claim, whoever the payer is. */
function refuseIncomplete(submission: ClaimSubmission, claims: readonly Claim[]): void {
  const { reference: number, createdOn, createdAt } = submission;
  const missing = empty({
    'submission.reference': number,
    'submission.createdOn': createdOn,
    'submission.createdAt': createdAt,
  });
  for (const [index, claim] of claims.entries())
    missing.push(...missingIn(claim).map((field) => `claims[${index}].${field}`));
  if (claims.length === 0) missing.push('claims');
  if (missing.length > 0)
    throw new GaitError('input.invalid', 'An 837P cannot be written without fields that are empty.', {
      where: missing.join(', '),
      fix: 'Fill them in.',
    });
}

/** Fields that every 837P must have and that this claim has not, as paths into the claim. */
export function missingIn(claim: Claim): string[] {
  const missing = empty({
    patientControlNumber: claim.patientControlNumber,
    chargeCents: claim.chargeCents,
    placeOfService: claim.placeOfService,
    frequency: claim.frequency,
    responsibility: claim.responsibility,
    'billingProvider.name': claim.billingProvider.name,
    'subscriber.name': claim.subscriber.name,
    ...(claim.patient === null ? {} : { 'patient.relationship': claim.patient.relationship }),
    'payer.name': claim.payer.name,
    'payer.id': claim.payer.id,
    'payer.idQualifier': claim.payer.idQualifier,
    'diagnoses[0]': claim.diagnoses[0] ?? null,
    'lines[0]': claim.lines[0] ?? null,
  });
  for (const [index, { procedure, chargeCents, unit, units, from }] of claim.lines.entries())
    missing.push(...empty({ procedure, chargeCents, unit, units, from }).map((field) => `lines[${index}].${field}`));
  for (const [index, { responsibility, subscriber }] of claim.otherPayers.entries())
    missing.push(...empty({ responsibility, subscriber }).map((field) => `otherPayers[${index}].${field}`));
  return missing;
}

function empty(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).flatMap(([path, value]) => (value === null ? [path] : []));
}
