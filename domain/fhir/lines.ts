// The service lines of a FHIR Claim, with the diagnoses and the people they point to.

import type { ClaimLine } from '../claim/line-schema.ts';
import type { ClaimProvider } from '../claim/party-schema.ts';
import type { ClaimDiagnosis } from '../claim/schema.ts';
import type { Element } from './element.ts';
import { codeOf } from './parties.ts';

const icd10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const icd9 = 'http://hl7.org/fhir/sid/icd-9-cm';
/** CPT and HCPCS, as HL7 names them. */
const procedures = [
  'http://www.ama-assn.org/go/cpt',
  'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
] as const;
const placesOfService = ['https://www.cms.gov/Medicare/Coding/place-of-service-codes'] as const;

/** A diagnosis under the number by which lines point to it. */
interface Numbered {
  readonly sequence: number;
  readonly diagnosis: ClaimDiagnosis;
}

/** A clinician with the part taken in the claim; null: nobody said. */
interface Member {
  readonly sequence: number | null;
  readonly role: string | null;
  readonly provider: ClaimProvider;
}

/** An amount in cents; null where there is none, or it is in another money. */
export function centsOf(money: Element | null): number | null {
  const currency = money?.string('currency') ?? null;
  if (currency !== null && currency !== 'USD') return null;
  const value = money?.number('value') ?? null;
  return value === null ? null : Math.round(value * 100);
}

/** In the order of their numbers: the first is the principal one. */
export function diagnosesOf(claim: Element): readonly Numbered[] {
  const found = claim.children('diagnosis').flatMap((one, at) => {
    const concept = one.child('diagnosisCodeableConcept');
    const code = codeOf(concept, [icd10]);
    const older = code === null ? codeOf(concept, [icd9]) : null;
    const sequence = one.number('sequence') ?? at + 1;
    return code === null && older === null ? [] : [{ sequence, code: code ?? older ?? '', isOlder: code === null }];
  });
  return found
    .sort((one, other) => one.sequence - other.sequence)
    .map(({ sequence, code, isOlder }, at) => {
      const qualifier = isOlder ? (at === 0 ? 'BK' : 'BF') : at === 0 ? 'ABK' : 'ABF';
      return { sequence, diagnosis: { qualifier, code } };
    });
}

export function careTeamOf(
  claim: Element,
  providerAt: (reference: Element | null) => ClaimProvider | null,
): readonly Member[] {
  return claim.children('careTeam').flatMap((one) => {
    const provider = providerAt(one.child('provider'));
    if (provider === null) return [];
    return [{ sequence: one.number('sequence'), role: codeOf(one.child('role')), provider }];
  });
}

export function linesOf(claim: Element, diagnoses: readonly Numbered[], team: readonly Member[]): ClaimLine[] {
  return claim.children('item').map((item, at) => {
    const period = item.child('servicedPeriod');
    const from = item.date('servicedDate') ?? period?.date('start') ?? null;
    const to = period?.date('end') ?? null;
    const quantity = item.child('quantity');
    const units = quantity?.number('value') ?? null;
    const price = centsOf(item.child('unitPrice'));
    const code = codeOf(item.child('productOrService'), procedures);
    const members = item.numbers('careTeamSequence');
    const [rendering] = team.filter(({ sequence, role }) => {
      return sequence !== null && members.includes(sequence) && (role === 'primary' || role === null);
    });
    item.number('sequence');
    return {
      number: at + 1,
      procedure: code === null ? null : { qualifier: 'HC', code, modifiers: modifiersOf(item), description: null },
      chargeCents: centsOf(item.child('net')) ?? (price === null || units === null ? null : Math.round(price * units)),
      unit: units === null ? null : 'UN',
      units,
      placeOfService: codeOf(item.child('locationCodeableConcept'), placesOfService),
      diagnosisPointers: item.numbers('diagnosisSequence').map((number) => pointerTo(diagnoses, number)),
      emergency: null,
      from,
      to: to === from ? null : to,
      dates: [],
      controlNumber: null,
      priorAuthorizationNumber: null,
      referralNumber: null,
      references: [],
      notes: [],
      rendering: members.length > 0 ? (rendering?.provider ?? null) : null,
      supervising: null,
      ordering: null,
      referring: null,
      facility: null,
      adjudications: [],
    };
  });
}

function modifiersOf(item: Element): string[] {
  return item.children('modifier').flatMap((concept) => codeOf(concept) ?? []);
}

/** Where the numbered diagnosis stands, from 1; a number that names none keeps pointing beyond the last one. */
function pointerTo(diagnoses: readonly Numbered[], sequence: number): number {
  const at = diagnoses.findIndex((one) => one.sequence === sequence);
  return at === -1 ? diagnoses.length + 1 : at + 1;
}
