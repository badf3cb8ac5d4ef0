// What a payer sees of a professional claim, whichever wire it came over: the same claim is the same here.
import { createHash } from 'node:crypto';
import type { Claim } from '../../domain/claim/schema.ts';
import { centsOf } from '../../domain/x12/money.ts';
import { isObject, listIn, textIn } from '../medical-network/json.ts';

export interface SubmittedLine {
  readonly code: string;
  readonly modifiers: readonly string[];
  readonly chargeCents: number;
  readonly units: number;
  /** Counted from 1. */
  readonly pointers: readonly number[];
  /** `YYYY-MM-DD`; empty where it has none. */
  readonly date: string;
  readonly controlNumber: string | null;
}

export interface SubmittedClaim {
  /** CLM01. */
  readonly number: string;
  /** CLM05-3: 1 original, 7 replacement, 8 void. */
  readonly frequency: string;
  /** The payer's number of the claim that this one replaces or voids. */
  readonly originalNumber: string | null;
  readonly chargeCents: number;
  readonly filingCode: string;
  readonly placeOfService: string;
  readonly authorizationNumber: string | null;
  readonly payer: { readonly id: string; readonly name: string };
  readonly memberId: string | null;
  readonly patient: { readonly given: string; readonly family: string };
  readonly provider: { readonly name: string; readonly npi: string; readonly taxId: string };
  /** As X12 writes them, without the point. */
  readonly diagnoses: readonly string[];
  readonly lines: readonly SubmittedLine[];
}

export function submittedOf(claim: Claim): SubmittedClaim {
  const { billingProvider, patient, subscriber } = claim;
  const person = patient ?? subscriber;
  return {
    number: claim.patientControlNumber ?? '',
    frequency: claim.frequency ?? '1',
    originalNumber: claim.originalClaimNumber,
    chargeCents: claim.chargeCents ?? 0,
    filingCode: claim.filingCode ?? '',
    placeOfService: claim.placeOfService ?? '',
    authorizationNumber: claim.priorAuthorizationNumber,
    payer: { id: claim.payer.id ?? '', name: claim.payer.name ?? '' },
    memberId: subscriber.memberId,
    patient: { given: person.given ?? '', family: person.name ?? '' },
    provider: {
      name: billingProvider.name ?? '',
      npi: billingProvider.npi ?? '',
      taxId: billingProvider.taxId?.value ?? '',
    },
    diagnoses: claim.diagnoses.map(({ code }) => code.replaceAll('.', '')),
    lines: claim.lines.map((line) => ({
      code: line.procedure?.code ?? '',
      modifiers: line.procedure?.modifiers ?? [],
      chargeCents: line.chargeCents ?? 0,
      units: line.units ?? 0,
      pointers: line.diagnosisPointers,
      date: line.from ?? '',
      controlNumber: line.controlNumber,
    })),
  };
}

const isoOf = (compact: string): string => compact.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
const known = (text: string): string | null => (text === '' ? null : text);
const cents = (text: string): number => centsOf(text) ?? 0;

/** A claim in the Medical Network's own JSON (professional claims v3). */
export function submittedOfJson(body: unknown): SubmittedClaim {
  const claim = isObject(body) && isObject(body['claimInformation']) ? body['claimInformation'] : {};
  const person = textIn(body, 'dependent.lastName') === '' ? 'subscriber' : 'dependent';
  const supplemental = (name: string) => known(textIn(claim, `claimSupplementalInformation.${name}`));
  return {
    number: textIn(claim, 'patientControlNumber'),
    frequency: textIn(claim, 'claimFrequencyCode') || '1',
    originalNumber: supplemental('claimControlNumber'),
    chargeCents: cents(textIn(claim, 'claimChargeAmount')),
    filingCode: textIn(claim, 'claimFilingCode'),
    placeOfService: textIn(claim, 'placeOfServiceCode'),
    authorizationNumber: supplemental('priorAuthorizationNumber'),
    payer: { id: textIn(body, 'tradingPartnerServiceId'), name: textIn(body, 'receiver.organizationName') },
    memberId: known(textIn(body, 'subscriber.memberId')),
    patient: { given: textIn(body, `${person}.firstName`), family: textIn(body, `${person}.lastName`) },
    provider: {
      name: textIn(body, 'billing.organizationName') || textIn(body, 'billing.lastName'),
      npi: textIn(body, 'billing.npi'),
      taxId: textIn(body, 'billing.employerId') || textIn(body, 'billing.ssn'),
    },
    diagnoses: listIn(claim, 'healthCareCodeInformation').map((one) =>
      textIn(one, 'diagnosisCode').replaceAll('.', ''),
    ),
    lines: listIn(claim, 'serviceLines').map((line) => {
      const service = isObject(line) ? line['professionalService'] : null;
      const pointers = isObject(service) ? service['compositeDiagnosisCodePointers'] : null;
      return {
        code: textIn(service, 'procedureCode'),
        modifiers: listIn(service, 'procedureModifiers').map(String),
        chargeCents: cents(textIn(service, 'lineItemChargeAmount')),
        units: Number(textIn(service, 'serviceUnitCount')),
        pointers: listIn(pointers, 'diagnosisCodePointers').map(Number),
        date: isoOf(textIn(line, 'serviceDate')),
        controlNumber: known(textIn(line, 'providerControlNumber')),
      };
    }),
  };
}

/** The first day of service; empty where no line has one. */
export function serviceDateOf({ lines }: SubmittedClaim): string {
  return (
    lines
      .map(({ date }) => date)
      .filter((date) => date !== '')
      .sort()[0] ?? ''
  );
}

/** What the payer calls a claim: the same for the same claim over every wire. */
export function payerNumberOf(claim: SubmittedClaim): string {
  const { number, frequency, originalNumber, memberId, payer, provider } = claim;
  const identity = [provider.npi, number, frequency, originalNumber, memberId, payer.id, serviceDateOf(claim)];
  return `PCN${createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 10).toUpperCase()}`;
}

/** A number below a hundred that a claim always gives. */
export function drawnOf(claim: SubmittedClaim): number {
  return (
    createHash('sha256')
      .update(`outcome/${payerNumberOf(claim)}`)
      .digest()
      .readUInt32BE(0) % 100
  );
}
