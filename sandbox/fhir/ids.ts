// What this system calls the clinic's people and payers: its own ids, record numbers and times.
import { instantOf } from '../../domain/zoned-time.ts';
import type { Clinic } from '../clinic/model.ts';
import { everyPayer } from '../clinic/payers.ts';
import { therapists } from '../clinic/people.ts';
import type { Draft } from './resource.ts';

export const recordNumberSystem = 'https://raintree.example/record-number';
/** Its data centre stands in Virginia. */
const serverOffsetMinutes = -300;

export type Seeded = Draft & { readonly id: string };

/** Writes the clinic's wall clock as an instant at the server's offset, some minutes later if wanted. */
export type ServerTime = (date: string, time: string, minutesLater?: number) => string;

/** Clocks are changed at night: the offset of a day is that of its noon. */
export function serverTimeOf(zone: string): ServerTime {
  const noons = new Map<string, number>();
  return (date, time, minutesLater = 0) => {
    const noon = noons.get(date) ?? Date.parse(instantOf(`${date}T12:00`, zone) ?? '');
    noons.set(date, noon);
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const at = noon + ((hours - 12) * 60 + minutes + minutesLater + serverOffsetMinutes) * 60_000;
    return `${new Date(at).toISOString().slice(0, 19)}-05:00`;
  };
}

/** The number this system gave a patient of the clinic. */
export function ownNumber(clinic: Clinic, recordNumber: string): string {
  const at = clinic.patients.findIndex((one) => one.recordNumber === recordNumber);
  const canary = /^PT\d+(-.*)$/.exec(recordNumber)?.[1] ?? '';
  return `RT-${204_000 + at * 7}${canary}`;
}

export function patientId(clinic: Clinic, recordNumber: string): string {
  return `rt-p${1000 + clinic.patients.findIndex((one) => one.recordNumber === recordNumber)}`;
}

export function practitionerId(name: string | undefined): string {
  return `rt-d${1 + therapists.findIndex((one) => one.name === name)}`;
}

export function payerId(name: string | null): string {
  return `rt-o${1 + Object.values(everyPayer).findIndex((one) => one.name === name)}`;
}
