// The synthetic clinic as this system keeps it: its own ids and record numbers, names in capitals, times at the offset of its data centre.
import { therapists } from '../clinic/people.ts';
import { everyPayer } from '../clinic/payers.ts';
import type { Clinic, ClinicCoverage, ClinicPatient, ClinicVisit } from '../clinic/model.ts';
import { chargesOf, scoresOf } from './billing-records.ts';
import { decisionsOf } from './decision-records.ts';
import { ownNumber, patientId, payerId, practitionerId, recordNumberSystem, serverTimeOf } from './ids.ts';
import type { Seeded, ServerTime } from './ids.ts';

const identifierTypes = 'http://terminology.hl7.org/CodeSystem/v2-0203';

/** Every third patient has a middle initial here. */
function patientOf(clinic: Clinic, patient: ClinicPatient, at: number): Seeded {
  const { name, contact, address } = patient;
  const middle = at % 3 === 0 ? [String.fromCharCode(65 + (at % 26))] : [];
  const ways = [
    { system: 'phone', value: contact.phone, use: 'home', rank: 1 },
    { system: 'email', value: contact.email },
  ];
  return {
    resourceType: 'Patient',
    id: patientId(clinic, patient.recordNumber),
    active: true,
    identifier: [
      {
        use: 'usual',
        type: { coding: [{ system: identifierTypes, code: 'MR' }] },
        system: recordNumberSystem,
        value: ownNumber(clinic, patient.recordNumber),
      },
    ],
    name: [{ use: 'official', family: name.family.toUpperCase(), given: [name.given.toUpperCase(), ...middle] }],
    telecom: ways.filter(({ value }) => value !== null),
    gender: patient.gender,
    ...(patient.birthDate === null ? {} : { birthDate: patient.birthDate }),
    ...(address === null
      ? {}
      : {
          address: [
            {
              use: 'home',
              line: [address.line.toUpperCase()],
              city: address.city.toUpperCase(),
              state: address.state,
              postalCode: address.postalCode,
            },
          ],
        }),
  };
}

const orders = ['primary', 'secondary', 'tertiary'];

function coverageOf(clinic: Clinic, patient: ClinicPatient, coverage: ClinicCoverage, at: number): Seeded {
  const classes = [
    { code: 'group', value: coverage.groupNumber, name: null },
    { code: 'plan', value: coverage.planName, name: coverage.planName },
  ].filter(({ value }) => value !== null);
  return {
    resourceType: 'Coverage',
    id: `${patientId(clinic, patient.recordNumber)}-c${at + 1}`,
    status: 'active',
    beneficiary: { reference: `Patient/${patientId(clinic, patient.recordNumber)}` },
    subscriberId: coverage.memberId,
    relationship: { coding: [{ code: coverage.relationship }] },
    order: orders.indexOf(coverage.order) + 1,
    period: { start: coverage.from, ...(coverage.to === null ? {} : { end: coverage.to }) },
    payor: [{ reference: `Organization/${payerId(coverage.payerName)}`, display: coverage.payerName.toUpperCase() }],
    class: classes.map(({ code, value, name }) => ({
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code }] },
      value,
      ...(name === null ? {} : { name }),
    })),
  };
}

/** How the words of the schedule look here: who came is checked in or has been treated. */
function statusOf({ status }: ClinicVisit, at: number): string {
  if (status === 'arrived') return at % 4 === 0 ? 'checked-in' : 'fulfilled';
  return { booked: 'booked', cancelled: 'cancelled', missed: 'noshow' }[status];
}

function appointmentOf(clinic: Clinic, visit: ClinicVisit, at: number, serverTime: ServerTime): Seeded {
  const patient = clinic.patients.find((one) => one.recordNumber === visit.recordNumber);
  return {
    resourceType: 'Appointment',
    id: `rt-a${visit.appointmentId}`,
    status: statusOf(visit, at),
    appointmentType: { text: visit.type.toUpperCase() },
    start: serverTime(visit.date, visit.time),
    end: serverTime(visit.date, visit.time, visit.minutes),
    participant: [
      { actor: { reference: `Patient/${patientId(clinic, visit.recordNumber)}` }, status: 'accepted' },
      { actor: { reference: `Practitioner/${practitionerId(patient?.renderingProvider?.name)}` }, status: 'accepted' },
    ],
  };
}

const practitioners: readonly Seeded[] = therapists.map(({ name, npi }) => {
  const [given = '', family = ''] = name.toUpperCase().split(' ');
  return {
    resourceType: 'Practitioner',
    id: practitionerId(name),
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi }],
    name: [{ family, given: [given] }],
    qualification: [{ code: { coding: [{ code: 'PT' }] } }],
  };
});

const organizations: readonly Seeded[] = Object.values(everyPayer).map(({ name }) => ({
  resourceType: 'Organization',
  id: payerId(name),
  active: true,
  name: name.toUpperCase(),
}));

/** Everything this system holds of the clinic; what others refer to stands first. */
export function recordsOf(clinic: Clinic, zone: string): readonly Seeded[] {
  const serverTime = serverTimeOf(zone);
  return [
    ...organizations,
    ...practitioners,
    ...clinic.patients.map((patient, at) => patientOf(clinic, patient, at)),
    ...clinic.patients.flatMap((patient) =>
      [patient.coverage, ...patient.further].map((coverage, at) => coverageOf(clinic, patient, coverage, at)),
    ),
    ...decisionsOf(clinic),
    ...clinic.visits.map((visit, at) => appointmentOf(clinic, visit, at, serverTime)),
    ...clinic.visits.flatMap((visit) => chargesOf(clinic, visit, serverTime)),
    ...scoresOf(clinic),
  ];
}
