// One booked, kept, cancelled or missed visit, as the PT system's schedule tells it.
import type { FromSchema } from 'json-schema-to-ts';

export const appointmentStatuses = ['booked', 'arrived', 'cancelled', 'missed'] as const;

/** Null where the system's words say nothing of it. */
export const appointmentKinds = ['evaluation', 'visit', 'telehealth'] as const;

export const appointmentSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Appointment',
  type: 'object',
  additionalProperties: false,
  required: ['ref', 'patient', 'date', 'startsAt', 'status', 'units', 'discipline'],
  properties: {
    ref: { type: 'string', pattern: '^appt_[0-9A-Za-z]+$' },
    patient: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
    date: { type: 'string', format: 'date' },
    startsAt: { type: ['string', 'null'], format: 'date-time', phi: 'visitTime' },
    status: { enum: appointmentStatuses },
    units: { type: ['integer', 'null'], minimum: 0 },
    discipline: { enum: ['PT'] },
    /** Who, where, how long and what for; left out where only the visit counts. */
    therapist: { type: ['string', 'null'], pattern: '^thr_[0-9A-Za-z]+$' },
    room: { type: ['string', 'null'], pattern: '^room_[0-9A-Za-z]+$' },
    location: { type: ['string', 'null'] },
    minutes: { type: ['integer', 'null'], minimum: 1 },
    kind: { enum: [...appointmentKinds, null] },
  },
} as const;

export type Appointment = FromSchema<typeof appointmentSchema>;
export type AppointmentKind = (typeof appointmentKinds)[number];
export type AppointmentStatus = (typeof appointmentStatuses)[number];
