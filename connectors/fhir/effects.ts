// The writings of a FHIR endpoint as effects of the system that stands behind it.
import type { ConnectorContext, Effect, EffectTimes } from '../connector.ts';
import { readFhirSettings } from './settings.ts';
import {
  createAppointment,
  createDocumentReference,
  createPatient,
  findAppointment,
  findDocumentReference,
  findPatient,
  findUpdate,
  updatePatient,
} from './write.ts';
import type { Written } from './write.ts';
import type { NewAppointment, NewDocument, NewPatient, PatientChange } from './written-resources.ts';

/** Discovery, token, look and write, and the first three once more after a refused token; each may wait half its time-out for its turn. */
const callsOfRequest = 7 * 1.5;
const longestTimeoutSeconds = 120;
const usualInquirySeconds = 60;

function times(config: ConnectorContext['config']): EffectTimes {
  const { requestTimeoutSeconds, inquireAfterSeconds } = readFhirSettings(config);
  return { requestTimeoutSeconds: Math.ceil(callsOfRequest * requestTimeoutSeconds), inquireAfterSeconds };
}

export interface FhirEffects {
  readonly createPatient: Effect<NewPatient, Written>;
  readonly updatePatient: Effect<PatientChange, Written>;
  readonly createDocument: Effect<NewDocument, Written>;
  readonly createAppointment: Effect<NewAppointment, Written>;
}

/** The four effects under the name of `system`: `raintree.patient.create` and so on. */
export function fhirEffects(system: string): FhirEffects {
  const effect = {
    system,
    effect: true,
    requestTimeoutSeconds: callsOfRequest * longestTimeoutSeconds,
    inquireAfterSeconds: usualInquirySeconds,
    times,
  } as const;
  return {
    createPatient: { ...effect, name: `${system}.patient.create`, run: createPatient, inquire: findPatient },
    updatePatient: { ...effect, name: `${system}.patient.update`, run: updatePatient, inquire: findUpdate },
    createDocument: {
      ...effect,
      name: `${system}.document.create`,
      run: createDocumentReference,
      inquire: findDocumentReference,
    },
    createAppointment: {
      ...effect,
      name: `${system}.appointment.create`,
      run: createAppointment,
      inquire: findAppointment,
    },
  };
}
