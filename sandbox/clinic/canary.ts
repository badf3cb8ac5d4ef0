// The canary: one token in every field that holds PHI, so that a leak anywhere is found by searching for it.
import type { Clinic, ClinicAuthorization, ClinicCoverage, ClinicPatient } from './model.ts';

/** Text that no form would refuse: the token behind the value. */
function marked(text: string | null, token: string): string | null {
  return text === null ? null : `${text} ${token}`;
}

function joined(text: string | null, token: string): string | null {
  return text === null ? null : `${text}-${token}`;
}

function markedCoverage(coverage: ClinicCoverage, token: string): ClinicCoverage {
  return {
    ...coverage,
    memberId: joined(coverage.memberId, token),
    groupNumber: joined(coverage.groupNumber, token),
    planName: marked(coverage.planName, token),
  };
}

function patient(one: ClinicPatient, token: string): ClinicPatient {
  const { name, contact, address, coverage, clinical } = one;
  return {
    ...one,
    recordNumber: `${one.recordNumber}-${token}`,
    name: { given: `${name.given} ${token}`, family: `${name.family} ${token}` },
    contact: {
      phone: marked(contact.phone, token),
      email: contact.email === null ? null : `${token.toLowerCase()}.${contact.email}`,
    },
    address:
      address === null
        ? null
        : {
            line: `${address.line} ${token}`,
            city: `${address.city} ${token}`,
            state: `${address.state} ${token}`,
            postalCode: `${address.postalCode}-${token}`,
          },
    coverage: markedCoverage(coverage, token),
    further: one.further.map((other) => markedCoverage(other, token)),
    diagnoses: [...one.diagnoses, { code: token }],
    clinical: {
      ...clinical,
      limitations: marked(clinical.limitations, token),
      goals: marked(clinical.goals, token),
      progress: marked(clinical.progress, token),
    },
  };
}

/** A placeholder stays the placeholder it is. */
function authorization(one: ClinicAuthorization, token: string): ClinicAuthorization {
  const real = one.number !== null && one.number.startsWith('A');
  return {
    ...one,
    recordNumber: `${one.recordNumber}-${token}`,
    number: real ? `${one.number}-${token}` : one.number,
    reason: marked(one.reason, token),
  };
}

/** The clinic with `token` in every PHI field that holds text; dates and scores cannot hold it. Throws for an odd token. */
export function plantCanary(clinic: Clinic, token: string): Clinic {
  if (!/^[A-Za-z0-9-]{4,40}$/.test(token)) throw new Error('A canary token has 4 to 40 letters, digits and hyphens.');
  return {
    ...clinic,
    patients: clinic.patients.map((one) => patient(one, token)),
    authorizations: clinic.authorizations.map((one) => authorization(one, token)),
    visits: clinic.visits.map((visit) => ({ ...visit, recordNumber: `${visit.recordNumber}-${token}` })),
    conditions: Object.fromEntries(
      Object.entries(clinic.conditions).map(([record, condition]) => [`${record}-${token}`, condition]),
    ),
  };
}
