// A connection with HL7 settings, as the server would make it, and the clinic as a dialect of the sandbox tells it.
import type { Clinic } from '../../../sandbox/clinic/model.ts';
import type { Hl7Dialect } from '../../../sandbox/hl7/dialects.ts';
import type { ConnectorContext } from '../../connector.ts';
import { availityContext } from '../../testing/context.ts';

export function hl7Context(hl7: Readonly<Record<string, unknown>>, signal?: AbortSignal): ConnectorContext {
  return { ...availityContext({ url: '', ...(signal === undefined ? {} : { signal }) }), config: { hl7 } };
}

/** What a clinic has to say of the system of a dialect. */
export const dialectSettings: Readonly<Record<Hl7Dialect['id'], Readonly<Record<string, unknown>>>> = {
  webpt: { sendingApplications: ['WEBPT'] },
  clinicient: { sendingApplications: ['INSIGHT'], identifier: { authority: 'CLINICIENT', type: 'PI' } },
  raintree: {
    sendingApplications: ['RAINTREE'],
    identifier: { authority: 'RT' },
    words: {
      appointmentStatus: { booked: ['SCHED'], arrived: ['KEPT'], cancelled: ['CXL'], missed: ['NS'] },
      noteKinds: { evaluation: ['EVALUATION'], daily: ['TX NOTE'] },
    },
  },
};

/** Every patient with each coverage, as rows; what HL7 does not carry is not known. */
export function patientRowsOf(clinic: Clinic, dialect: Hl7Dialect) {
  const spelt = (text: string): string => (dialect.upperCase ? text.toUpperCase() : text);
  return clinic.patients.flatMap(({ further, coverage, planOfCare: _plan, clinical: _clinical, ...patient }) =>
    [coverage, ...further].map((one) => ({
      ...patient,
      recordNumber: dialect.recordNumber(patient.recordNumber),
      name: { given: spelt(patient.name.given), family: spelt(patient.name.family) },
      coverage: { ...one, payerName: spelt(one.payerName) },
      authorizationRequired: null,
    })),
  );
}
