// Prior authorizations as this system keeps them: the request as a Claim, the payer's answer as a ClaimResponse in the words of Da Vinci PAS.
import type { Clinic, ClinicAuthorization } from '../clinic/model.ts';
import { patientId, payerId } from './ids.ts';
import type { Seeded } from './ids.ts';

const pas = 'http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-';
const x12 = 'https://codesystem.x12.org/005010/';

const actions: Readonly<Partial<Record<ClinicAuthorization['status'], string>>> = {
  approved: 'A1',
  partlyApproved: 'A2',
  denied: 'A3',
};
const certifications = { initial: 'I', renewal: 'R', appeal: '1' } as const;

function quantity({ visits, units }: ClinicAuthorization['approved']): Readonly<Record<string, unknown>>[] {
  return [
    ...(visits === null ? [] : [{ value: visits, unit: 'visits', code: 'VS' }]),
    ...(units === null ? [] : [{ value: units, unit: 'units', code: 'UN' }]),
  ];
}

function dated(date: string | null, name: string): Readonly<Record<string, unknown>> {
  return date === null ? {} : { [name]: date };
}

function requestOf(one: ClinicAuthorization, patient: string, id: string): Seeded {
  const kind = one.kind === null ? [] : [{ url: `${pas}certificationType`, valueCodeableConcept: { coding: [{ system: `${x12}1322`, code: certifications[one.kind] }] } }]; // prettier-ignore
  return {
    resourceType: 'Claim',
    id,
    status: 'active',
    use: 'preauthorization',
    patient: { reference: `Patient/${patient}` },
    ...dated(one.submittedOn, 'created'),
    extension: kind,
    item: quantity(one.requested).map((amount, at) => ({
      sequence: at + 1,
      productOrService: { coding: [{ system: `${x12}1365`, code: 'PT' }] },
      quantity: amount,
    })),
  };
}

function answerOf(one: ClinicAuthorization, patient: string, id: string, request: string): Seeded {
  const action = actions[one.status];
  const reason = one.reason === null ? [] : [{ url: 'reasonCode', valueCodeableConcept: { text: one.reason } }];
  const review = action === undefined ? [] : [
    {
      url: `${pas}reviewAction`,
      extension: [
        { url: `${pas}reviewActionCode`, valueCodeableConcept: { coding: [{ system: `${x12}306`, code: action }] } },
        ...reason,
      ],
    },
  ]; // prettier-ignore
  const isApproved = action === 'A1' || action === 'A2';
  return {
    resourceType: 'ClaimResponse',
    id,
    status: one.status === 'cancelled' ? 'cancelled' : 'active',
    use: 'preauthorization',
    patient: { reference: `Patient/${patient}` },
    insurer: { reference: `Organization/${payerId(one.payerName)}` },
    request: { reference: `Claim/${request}` },
    ...dated(one.decidedOn ?? one.submittedOn, 'created'),
    outcome: action === undefined ? 'queued' : 'complete',
    ...(one.number === null ? {} : { preAuthRef: one.number }),
    preAuthPeriod: { ...dated(one.from, 'start'), ...dated(one.to, 'end') },
    item: [
      {
        itemSequence: 1,
        extension: isApproved
          ? quantity(one.approved).map((valueQuantity) => ({
              url: `${pas}itemAuthorizedDetail`,
              extension: [{ url: 'quantity', valueQuantity }],
            }))
          : [],
        adjudication: [{ category: { coding: [{ code: 'submitted' }] }, extension: review }],
      },
    ],
  };
}

export function decisionsOf(clinic: Clinic): readonly Seeded[] {
  return clinic.authorizations.flatMap((one, at) => {
    const patient = patientId(clinic, one.recordNumber);
    const request = `rt-q${100 + at}`;
    return [requestOf(one, patient, request), answerOf(one, patient, `rt-r${100 + at}`, request)];
  });
}
