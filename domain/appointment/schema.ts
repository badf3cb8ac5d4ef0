// One booked, kept, cancelled or missed visit, as the PT system's schedule tells it.
import type { FromSchema } from 'json-schema-to-ts';

export const appointmentStatuses = ['booked', 'arrived', 'cancelled', 'missed'] as const;

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
  },
} as const;

export type Appointment = FromSchema<typeof appointmentSchema>;
export type AppointmentStatus = (typeof appointmentStatuses)[number];
