// Messages for tests as a PT system writes them, every value made up.
import { readHl7Settings } from '../settings.ts';
import type { Hl7Settings } from '../settings.ts';

export function settingsOf(own: Readonly<Record<string, unknown>> = {}): Hl7Settings {
  return readHl7Settings({ hl7: { zone: 'America/Denver', payers: { 'Harbor Health': 'harbor-health' }, ...own } });
}

export const clinicWords = { zone: 'America/Denver' } as const;

/** The header of a message of `event`, such as `ADT^A28`. */
export function header(event: string, more: { id?: string; rest?: string } = {}): string {
  return `MSH|^~\\&|PTSYS|NORTH|GAIT|NORTH|20261118093000-0700||${event}|${more.id ?? 'M1'}|P|2.5.1${more.rest ?? ''}`;
}

export const pid =
  'PID|1||PT10001^^^PTSYS^MR||Fenwick-Test^Orla^^^^^L||19580314|F|||12 Elm St^^Denver^CO^80202^^H||303-555-0101^PRN^PH~^NET^Internet^orla@example.org';

export function message(...segments: readonly string[]): Buffer {
  return Buffer.from(segments.map((segment) => `${segment}\r`).join(''), 'utf8');
}
