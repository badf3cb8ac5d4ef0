// Opaque ids: what stands for a record everywhere outside the vault.
import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 22;

/** Every kind of thing that has an id, by the prefix the id begins with. */
export const referencePrefixes = {
  clinic: 'cl',
  patient: 'pat',
  coverage: 'cov',
  authorization: 'auth',
  appointment: 'appt',
  workItem: 'wi',
  record: 'rec',
  connection: 'conn',
  user: 'usr',
  key: 'key',
  report: 'rep',
  call: 'call',
  batch: 'bat',
  check: 'chk',
  summary: 'ben',
  claim: 'clm',
  remittance: 'rem',
  remittanceClaim: 'rcl',
  message: 'msg',
  reply: 'rpl',
  waitlistEntry: 'wait',
  freedSlot: 'slot',
  offer: 'off',
  therapist: 'thr',
  room: 'room',
  series: 'ser',
  proposedVisit: 'pv',
  exerciseProgram: 'exr',
  intakeForm: 'int',
  session: 'ses',
  note: 'not',
  noteVersion: 'nov',
  episode: 'epi',
  planOfCare: 'poc',
} as const;

export type ReferencePrefix = (typeof referencePrefixes)[keyof typeof referencePrefixes];

const pattern = new RegExp(`^(?:${Object.values(referencePrefixes).join('|')})_[0-9A-Za-z]{${length}}$`);

/** A new id `<prefix>_<22 random base62 characters>`: 131 bits, drawn without bias, telling nothing about the record. */
export function newReference(prefix: ReferencePrefix): string {
  return `${prefix}_${randomText(length)}`;
}

/** Whether a text has the form of an id. It says nothing on whether the record exists. */
export function isReference(text: string): boolean {
  return pattern.test(text);
}

/** Random base62 text; bytes of 248 and above are thrown away so that each character is equally likely. */
export function randomText(characters: number): string {
  let text = '';
  while (text.length < characters) {
    for (const byte of randomBytes(characters - text.length + 8)) {
      if (byte < 248 && text.length < characters) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}
