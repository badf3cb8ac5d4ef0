// A seeded caseload for the projection's benchmark: authorizations of every shape, forty appointments each.
import { addDays } from '../domain/calendar.ts';
import type { Appointment, AppointmentStatus } from '../domain/appointment/schema.ts';
import type { Authorization, Period } from '../domain/authorization/schema.ts';

export interface Case {
  readonly authorization: Authorization;
  readonly appointments: readonly Appointment[];
}

/** The day on which the cases are projected. */
export const today = '2026-05-01';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Mulberry32: small, seeded, good enough for synthetic data. @returns numbers from 0 up to, not including, 1 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Makes `count` cases with `visits` appointments each: two or three visits a week around today, one in ten cancelled or
 * missed, one case in four not in date order, one to three periods, some with week limits, units or unknown counts.
 */
export function makeCases(count: number, visits: number, seed: number): Case[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => makeCase(random, visits));
}

function makeCase(random: () => number, visits: number): Case {
  const reference = (prefix: string) =>
    `${prefix}_${Array.from({ length: 22 }, () => alphabet[Math.floor(random() * 62)]).join('')}`;
  const patient = reference('pat');
  const begin = addDays(today, -Math.floor(random() * 70));
  const appointments = Array.from({ length: visits }, (_, index) =>
    makeAppointment(random, reference('appt'), patient, addDays(begin, Math.floor((index * 7) / 3))),
  );
  if (random() < 0.25) appointments.reverse();
  const periods = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) => makePeriod(random, begin, index));
  return {
    authorization: {
      ref: reference('auth'),
      clinic: 'cl_0000000000000000000001',
      patient,
      coverage: reference('cov'),
      coverageChangedOn: null,
      payer: 'sunrise-medicare',
      lineOfBusiness: 'medicareAdvantage',
      discipline: 'PT',
      periods,
      requiredByPayer: true,
      held: null,
    },
    appointments,
  };
}

function makeAppointment(random: () => number, ref: string, patient: string, date: string): Appointment {
  const dice = random();
  const held: AppointmentStatus = date < today ? 'arrived' : 'booked';
  const hour = String(13 + Math.floor(random() * 9)).padStart(2, '0');
  return {
    ref,
    patient,
    date,
    startsAt: `${date}T${hour}:00:00.000Z`,
    status: dice < 0.05 ? 'missed' : dice < 0.1 ? 'cancelled' : held,
    units: random() < 0.8 ? 3 + Math.floor(random() * 2) : null,
    discipline: 'PT',
  };
}

function makePeriod(random: () => number, begin: string, index: number): Period {
  const from = addDays(begin, index * 45);
  // One period in five covers the whole schedule: nothing is uncovered then.
  const generous = random() < 0.2;
  const visits = generous ? 60 : 8 + Math.floor(random() * 12);
  return {
    sequence: index + 1,
    kind: index === 0 ? 'initial' : 'renewal',
    status: random() < 0.85 ? 'approved' : 'requested',
    from,
    to: generous ? null : addDays(from, 44 + Math.floor(random() * 30)),
    requested: { visits: visits + 4, units: null },
    approved: { visits: random() < 0.9 ? visits : null, units: random() < 0.3 ? visits * 4 : null },
    number: 'present',
    weekLimit: !generous && random() < 0.2 ? { visits: 3, weeks: 6 } : null,
    maxGapDays: random() < 0.1 ? 30 : null,
    submittedOn: addDays(from, -10),
    decidedOn: addDays(from, -3),
  };
}
