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

/** The clinic's wall clock as an instant, written at the server's offset; an hour that daylight saving skips stays out. */
export function serverTime(date: string, time: string, zone: string, minutesLater = 0): string {
  const at = Date.parse(instantOf(`${date}T${time}`, zone) ?? '') + minutesLater * 60_000;
  const shown = new Date(at + serverOffsetMinutes * 60_000).toISOString().slice(0, 19);
  return `${shown}-05:00`;
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
