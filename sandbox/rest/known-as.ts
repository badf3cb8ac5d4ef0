// Which record is which: the clinic's own numbers, and what a simulated system calls the same patients and visits.
import type { RequestHandler } from 'express';
import type { Clinic } from '../clinic/model.ts';

interface Ids {
  readonly patientId: (recordNumber: string) => string;
  readonly appointmentId: (appointment: string) => string;
}

/** Mounted at `/sandbox/<system>/records`. */
export function knownAs(clinic: () => Clinic, { patientId, appointmentId }: Ids): RequestHandler {
  return (_request, response) => {
    const { patients, visits } = clinic();
    response.json({
      patients: patients.map(({ recordNumber }) => ({ recordNumber, id: patientId(recordNumber) })),
      appointments: visits.map(({ appointmentId: appointment }) => ({ appointment, id: appointmentId(appointment) })),
    });
  };
}
