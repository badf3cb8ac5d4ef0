// Appointments written into Luma Health: booked once, changed without losing what else stands there.
import type { ConnectorContext, Inquiry, Outcome, Sending } from '../connector.ts';
import { rejected } from '../faults.ts';
import { at } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { getFromLuma, idAt } from './client.ts';
import { beforeEffect, findAtLuma, writeToLuma } from './effects.ts';
import type { LumaRecord } from './effects.ts';
import { given, isPart, kept, standsThere } from './standing.ts';
import type { Json } from './standing.ts';

export const lumaStatuses = ['unconfirmed', 'confirmed', 'cancelled'] as const;

export interface AppointmentFields {
  readonly providerId: string;
  readonly facilityId: string;
  readonly typeId: string;
  /** ISO UTC. */
  readonly startsAt: string;
  readonly durationMinutes: number;
  readonly status: (typeof lumaStatuses)[number];
}

export interface AppointmentCreation {
  readonly patientId: string;
  readonly appointment: AppointmentFields;
  readonly key: string;
}

export interface AppointmentUpdate {
  readonly appointmentId: string;
  readonly changes: Partial<AppointmentFields>;
}

const members = ['patient', 'provider', 'facility', 'type', 'date', 'duration', 'source', 'status'] as const;

function appointmentBody(fields: Partial<AppointmentFields>): Json {
  return {
    ...given(fields.providerId, (provider) => ({ provider })),
    ...given(fields.facilityId, (facility) => ({ facility })),
    ...given(fields.typeId, (type) => ({ type })),
    ...given(fields.startsAt, (date) => ({ date })),
    ...given(fields.durationMinutes, (duration) => ({ duration })),
    ...given(fields.status, (status) => ({ status })),
  };
}

export function createAppointment(
  context: ConnectorContext,
  { patientId, appointment }: AppointmentCreation,
): Promise<Outcome<LumaRecord>> {
  const body = { patient: patientId, source: 'integrator', ...appointmentBody(appointment) };
  return writeToLuma(context, 'POST', '/appointments', body);
}

export function findAppointment(
  context: ConnectorContext,
  { patientId, appointment, key }: AppointmentCreation,
  sending?: Sending,
): Promise<Inquiry<LumaRecord>> {
  const wanted = appointmentBody({ providerId: appointment.providerId, startsAt: appointment.startsAt });
  return findAtLuma(
    context,
    'appointments',
    { patient: patientId },
    {
      key,
      markedBy: null,
      sending,
      isAlike: (item) => Object.entries(wanted).every(([name, value]) => isPart(value, at(item, name))),
    },
  );
}

export async function updateAppointment(
  context: ConnectorContext,
  { appointmentId, changes }: AppointmentUpdate,
): Promise<Outcome<LumaRecord>> {
  const body = appointmentBody(changes);
  if (Object.keys(body).length === 0) return rejected('input.invalid', [{ code: 'missing', field: 'changes' }]);
  const path = `/appointments/${encodeURIComponent(appointmentId)}`;
  const before = await getFromLuma(context, path);
  if (isFailure(before)) return beforeEffect(before);
  if (idAt(before.json, 'patient') === null)
    return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  return writeToLuma(context, 'PUT', path, { ...kept(before.json, members), ...body });
}

export function findAppointmentUpdate(
  context: ConnectorContext,
  { appointmentId, changes }: AppointmentUpdate,
): Promise<Inquiry<LumaRecord>> {
  const path = `/appointments/${encodeURIComponent(appointmentId)}`;
  return standsThere(context, path, appointmentId, () => appointmentBody(changes));
}
