// What an inquiry read from X12 asks, in the words Gait asks it in; null where it lacks what Gait always tells.
import type { ClaimStatusRequest } from '../../claim/status.ts';
import type { EligibilityRequest } from '../../eligibility/request-schema.ts';
import type { ClaimStatusInquiry } from './claim-status-inquiry.ts';
import type { EligibilityInquiry } from './eligibility-inquiry.ts';
import type { Party, Person } from './parts.ts';
import { dateIn, referenceIn } from './parts.ts';

export function eligibilityRequestOf(inquiry: EligibilityInquiry): EligibilityRequest | null {
  const { traces, informationSource, receiver, subscriber, dependent, dates, questions } = inquiry;
  const trace = traces[0]?.number ?? null;
  const payer = payerOf(informationSource);
  const provider = providerOf(receiver);
  const serviceDate = dateIn([...dates, ...questions.flatMap((question) => question.dates)], '291')?.from ?? null;
  const serviceTypes = questions.flatMap((question) => question.serviceTypes);
  const [insured, patient] = [nameOf(subscriber), nameOf(dependent)];
  if (trace === null || payer === null || provider === null || serviceDate === null) return null;
  if (subscriber === null || insured === null || serviceTypes.length === 0) return null;
  if (dependent !== null && patient === null) return null;
  return {
    trace,
    payer,
    provider,
    subscriber: {
      name: insured,
      ...demographicsOf(subscriber),
      memberId: subscriber.id?.value ?? null,
      groupNumber: referenceIn(subscriber.references, '6P', '1L'),
    },
    dependent:
      dependent === null || patient === null
        ? null
        : { name: patient, ...demographicsOf(dependent), relationship: relationshipOf(dependent) },
    serviceDate,
    serviceTypes,
  };
}

export function claimStatusRequestOf(inquiry: ClaimStatusInquiry): ClaimStatusRequest | null {
  const { trace, informationSource, providers, subscriber, dependent, lines } = inquiry;
  const payer = payerOf(informationSource);
  const provider = providerOf(providers[0] ?? null);
  const period = dateIn([...inquiry.dates, ...lines.flatMap(({ dates }) => dates)], '472');
  const [insured, patient] = [nameOf(subscriber), nameOf(dependent)];
  if (trace.number === null || payer === null || provider === null) return null;
  if (subscriber === null || insured === null || period === null || period.from === null) return null;
  if (dependent !== null && patient === null) return null;
  const { patientControlNumber, payerClaimNumber, chargeCents } = inquiry;
  return {
    trace: trace.number,
    payer,
    provider,
    subscriber: { ...insured, memberId: subscriber.id?.value ?? null, ...demographicsOf(subscriber) },
    dependent: dependent === null || patient === null ? null : { ...patient, ...demographicsOf(dependent) },
    claim: { patientControlNumber, payerClaimNumber, chargeCents, from: period.from, to: period.to ?? period.from },
  };
}

function payerOf(party: Party | null): { id: string; name: string } | null {
  const id = party?.id?.value ?? null;
  const name = party?.organizationName ?? null;
  return id === null || name === null ? null : { id, name };
}

function providerOf(party: Party | null): EligibilityRequest['provider'] | null {
  const name = party?.organizationName ?? null;
  if (party === null || name === null) return null;
  const { id, references } = party;
  const called = (qualifier: string) => (id?.qualifier === qualifier ? id.value : null);
  return { organizationName: name, npi: called('XX'), taxId: called('FI') ?? referenceIn(references, 'TJ', 'EI') };
}

function nameOf(person: Person | null): { given: string; family: string } | null {
  const { given = null, family = null } = person ?? {};
  return given === null || family === null ? null : { given, family };
}

function demographicsOf({ birthDate, gender }: Person) {
  return { birthDate, gender: gender === 'F' ? 'female' : gender === 'M' ? 'male' : 'unknown' } as const;
}

/** INS02. */
function relationshipOf({ insured }: Person): 'spouse' | 'child' | 'other' {
  return insured?.relationship === '01' ? 'spouse' : insured?.relationship === '19' ? 'child' : 'other';
}
