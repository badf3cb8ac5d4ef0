// Reads an 837P, professional claims (005010X222A1), into claims: one for each CLM, with everything that has no field named beside it.
import type { ClaimIdentifier } from '../../claim/party-schema.ts';
import type { Claim, ClaimDiagnosis } from '../../claim/schema.ts';
import type { ClaimSubmission } from '../../claim/submission.ts';
import type { Fault, Place } from '../findings.ts';
import { professionalClaim } from '../grammars/professional-claim.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import { allLoops, loopOf, loopsOf, segmentOf, segmentsOf } from '../tree.ts';
import { amountOf, datesOf, lineOf, namedIn, notesOf, References, yesOrNo } from './claim-lines.ts';
import { otherPayerOf } from './claim-other-payers.ts';
import {
  addressOf,
  contactOf,
  idOf,
  identifierOf,
  known,
  nameOf,
  patientOf,
  payerOf,
  providerOf,
  subscriberOf,
} from './claim-parties.ts';
import { once } from './once.ts';
import { Reading } from './reading.ts';
import type { OtherSegment } from './reading.ts';

/** A claim, where it stood, and what stood in its loops that a Claim has no field for. */
export interface ReadClaim {
  readonly claim: Claim;
  readonly place: Place;
  /** `CLM segment 24`. */
  readonly source: string;
  readonly others: readonly OtherSegment[];
}

export interface ReadClaims {
  readonly submission: ClaimSubmission;
  readonly claims: readonly ReadClaim[];
  /** What stood outside the claims and has no field: of the clinic, the subscriber, the patient, or of nobody. */
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** Diagnoses, told from what else an HI may hold: ICD-10-CM (ABK, ABF) and, in old files, ICD-9-CM (BK, BF). */
const diagnosisQualifiers: ReadonlySet<string> = new Set(['ABK', 'ABF', 'BK', 'BF']);

/** Every claim of a transaction set, in the order of the levels. Whatever cannot be read is a fault, never an exception. */
export function readClaims(set: TransactionSet): ReadClaims {
  const reading = new Reading(set, professionalClaim);
  const submission = submissionOf(reading);
  const clinicOf = once((level) => clinicAt(reading, level));
  const insuredOf = once((level) => insuredAt(reading, level));
  const personOf = once((level) => personAt(reading, level));
  const claims = allLoops(reading.tree, '2300').map(({ loop, above }): ReadClaim => {
    const level = (id: string) => above.find((one) => one.id === id);
    const patient = level('2000C');
    const clinic = clinicOf(level('2000A'));
    const { billingIds, self, propertyCasualtyClaimNumber, ...insured } = insuredOf(level('2000B'));
    if (patient === undefined && self !== null) reading.know(self, 2);
    const person = patient === undefined ? null : personOf(patient);
    const { billingProvider } = clinic;
    const claim: Claim = {
      ...claimOf(reading, loop),
      ...insured,
      ...clinic,
      billingProvider: { ...billingProvider, secondaryIds: [...billingProvider.secondaryIds, ...billingIds] },
      patient: person?.patient ?? null,
      propertyCasualtyClaimNumber: person?.propertyCasualtyClaimNumber ?? propertyCasualtyClaimNumber,
    };
    const place = loop.segments[0]?.place ?? { segment: 0, offset: 0 };
    return { claim, place, source: `CLM segment ${place.segment}`, others: reading.others(...inside(loop)) };
  });
  return { submission, claims, others: reading.rest(), faults: reading.faults };
}

function inside(loop: Loop): Loop[] {
  return [loop, ...loop.loops.flatMap(inside)];
}

function submissionOf(reading: Reading): ClaimSubmission {
  const { tree } = reading;
  const beginning = tree.head.find(({ id }) => id === 'BHT');
  known(reading, beginning, 1, '0019');
  const submitter = loopOf(tree, '1000A');
  const receiver = loopOf(tree, '1000B')?.segments[0];
  const name = nameOf(reading, submitter?.segments[0]);
  if (receiver !== undefined) reading.know(receiver, 1);
  known(reading, receiver, 2, '2');
  return {
    purpose: reading.text(beginning, 2),
    reference: reading.text(beginning, 3),
    createdOn: reading.date(beginning, 4),
    createdAt: reading.text(beginning, 5),
    use: reading.text(beginning, 6),
    submitter: {
      ...name,
      id: idOf(reading, submitter?.segments[0], '46'),
      contact: contactOf(reading, submitter),
    },
    receiver: { name: reading.text(receiver, 3), id: idOf(reading, receiver, '46') },
  };
}

function clinicAt(reading: Reading, level: Loop | undefined): Pick<Claim, 'billingProvider' | 'payToAddress'> {
  const payTo = within(level, '2010AB');
  const payToName = payTo?.segments[0];
  if (payToName !== undefined) reading.know(payToName, 1);
  known(reading, payToName, 2, '1', '2');
  return {
    billingProvider: providerOf(reading, within(level, '2010AA'), segmentIn(level, 'PRV')),
    payToAddress: addressOf(reading, payTo),
  };
}

interface Insured
  extends Pick<
    Claim,
    'responsibility' | 'insuranceType' | 'filingCode' | 'subscriber' | 'payer' | 'propertyCasualtyClaimNumber'
  > {
  /** What this payer calls the billing provider (REF*G2, REF*LU in the payer's loop). */
  readonly billingIds: ClaimIdentifier[];
  /** The SBR that says the subscriber is the patient. */
  readonly self: KeptSegment | null;
}

function insuredAt(reading: Reading, level: Loop | undefined): Insured {
  const insurance = segmentIn(level, 'SBR');
  const name = within(level, '2010BA');
  const payer = within(level, '2010BB');
  const numbers = payer === undefined ? [] : segmentsOf(payer, 'REF');
  const identifiers = numbers.map((segment) => identifierOf(reading, segment)).filter((one) => one !== null);
  const isOfProvider = ({ qualifier }: ClaimIdentifier) => qualifier === 'G2' || qualifier === 'LU';
  return {
    responsibility: reading.text(insurance, 1),
    insuranceType: reading.text(insurance, 5),
    filingCode: reading.text(insurance, 9),
    subscriber: subscriberOf(reading, name, insurance),
    payer: payerOf(
      reading,
      payer,
      identifiers.filter((one) => !isOfProvider(one)),
    ),
    billingIds: identifiers.filter(isOfProvider),
    propertyCasualtyClaimNumber: name === undefined ? null : new References(reading, name).take('Y4'),
    self: insurance?.element(2) === '18' ? insurance : null,
  };
}

function personAt(reading: Reading, level: Loop | undefined): Pick<Claim, 'patient' | 'propertyCasualtyClaimNumber'> {
  const name = within(level, '2010CA');
  return {
    patient: patientOf(reading, name, segmentIn(level, 'PAT')),
    propertyCasualtyClaimNumber: name === undefined ? null : new References(reading, name).take('Y4'),
  };
}

type OfLevels =
  | 'billingProvider'
  | 'payToAddress'
  | 'responsibility'
  | 'insuranceType'
  | 'filingCode'
  | 'subscriber'
  | 'payer'
  | 'patient'
  | 'propertyCasualtyClaimNumber';

function claimOf(reading: Reading, loop: Loop): Omit<Claim, OfLevels> {
  const segment = loop.segments[0];
  const patientControlNumber = reading.text(segment, 1);
  if (segment !== undefined && patientControlNumber === null)
    reading.fault('element.missing', 'CLM01, the patient control number, is missing.', segment);
  const references = new References(reading, loop);
  return {
    patientControlNumber,
    chargeCents: reading.cents(segment, 2),
    ...placeOf(reading, segment),
    originalClaimNumber: references.take('F8'),
    providerSignature: yesOrNo(reading, segment, 6),
    assignment: reading.text(segment, 7),
    benefitsAssigned: reading.text(segment, 8),
    releaseOfInformation: reading.text(segment, 9),
    patientSignatureSource: reading.text(segment, 10),
    ...accidentOf(reading, segment),
    specialProgram: reading.text(segment, 12),
    delayReason: reading.text(segment, 20),
    rendering: namedIn(reading, loop, '2310B'),
    referring: namedIn(reading, loop, '2310A', 'DN'),
    primaryCare: namedIn(reading, loop, '2310A', 'P3'),
    supervising: namedIn(reading, loop, '2310D'),
    facility: namedIn(reading, loop, '2310C'),
    priorAuthorizationNumber: references.take('G1'),
    referralNumber: references.take('9F'),
    medicalRecordNumber: references.take('EA'),
    references: references.rest(),
    patientPaidCents: amountOf(reading, loop, 'F5'),
    dates: datesOf(reading, loop),
    attachments: segmentsOf(loop, 'PWK').flatMap((attachment) => attachmentOf(reading, attachment)),
    notes: notesOf(reading, loop),
    diagnoses: segmentsOf(loop, 'HI').flatMap((diagnosis) => diagnosesOf(reading, diagnosis)),
    otherPayers: loopsOf(loop, '2320').map((other) => otherPayerOf(reading, other)),
    lines: loopsOf(loop, '2400').map((line, index) => lineOf(reading, line, index + 1)),
  };
}

/** CLM05: place of service and frequency; its second component only says that it is a place of service (B). */
function placeOf(reading: Reading, segment: KeptSegment | undefined): Pick<Claim, 'placeOfService' | 'frequency'> {
  if (segment !== undefined && segment.element(5) === '')
    reading.fault('element.missing', 'CLM05, place of service and frequency, is missing.', segment);
  const kind = segment?.component(5, 2) ?? '';
  const isPlace = kind === 'B' || kind === '';
  const [place = '', , frequency = ''] = isPlace ? reading.components(segment, 5, 3) : (segment?.components(5) ?? []);
  return { placeOfService: place === '' ? null : place, frequency: frequency === '' ? null : frequency };
}

function accidentOf(
  reading: Reading,
  segment: KeptSegment | undefined,
): Pick<Claim, 'relatedCauses' | 'accidentState' | 'accidentCountry'> {
  const parts = reading.components(segment, 11, 5);
  const [state = '', country = ''] = parts.slice(3);
  return {
    relatedCauses: parts.slice(0, 3).filter((cause) => cause !== ''),
    accidentState: state === '' ? null : state,
    accidentCountry: country === '' ? null : country,
  };
}

function attachmentOf(reading: Reading, segment: KeptSegment): Claim['attachments'] {
  const [report, transmission] = [segment.element(1), segment.element(2)];
  if (report === '' || transmission === '') return [];
  reading.know(segment, 1, 2);
  const isControlled = segment.element(5) === 'AC';
  if (isControlled) reading.know(segment, 5);
  return [{ report, transmission, controlNumber: isControlled ? reading.text(segment, 6) : null }];
}

function diagnosesOf(reading: Reading, segment: KeptSegment): ClaimDiagnosis[] {
  return Array.from({ length: segment.elements }, (_, index) => index + 1).flatMap((element): ClaimDiagnosis[] => {
    const [qualifier = '', code = ''] = segment.components(element);
    if (!diagnosisQualifiers.has(qualifier) || code === '') return [];
    reading.components(segment, element, 2);
    return [{ qualifier, code }];
  });
}

function within(level: Loop | undefined, id: string): Loop | undefined {
  return level === undefined ? undefined : loopOf(level, id);
}

function segmentIn(level: Loop | undefined, id: string): KeptSegment | undefined {
  return level === undefined ? undefined : segmentOf(level, id);
}
