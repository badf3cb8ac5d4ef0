// Names, addresses, telephones and clinicians as HL7 splits them.
import type { Clinician } from '../../domain/authorization/request-schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import { isNpi } from '../../domain/npi.ts';
import type { Field } from './message.ts';
import { part } from './segment-reader.ts';
import type { SegmentReader } from './segment-reader.ts';

type Repetition = Field[number];

const byType = (field: Field, component: number, code: string): Repetition | undefined =>
  field.find((repetition) => part(repetition, component)?.toUpperCase() === code);

/** The legal name (type L) of the repetitions, else the first one. Without given and family name there is no row. */
export function patientName(pid: SegmentReader): Patient['name'] {
  const names = pid.repetitions(5);
  const name = byType(names, 7, 'L') ?? names[0];
  const family = part(name);
  const given = part(name, 2);
  if (family === null || given === null) {
    pid.fail(5, name === undefined ? 'empty' : 'not in the form expected', true);
    return { given: '', family: '' };
  }
  return { given, family };
}

/** The home address (H), else the first; null unless all of it is there. */
export function patientAddress(pid: SegmentReader): Patient['address'] {
  const addresses = pid.repetitions(11);
  const address = byType(addresses, 7, 'H') ?? addresses[0];
  const [line, other, city, state, postalCode] = [1, 2, 3, 4, 5].map((component) => part(address, component));
  if (!line || !city || !state || !postalCode) return null;
  return { line: other === null || other === undefined ? line : `${line}, ${other}`, city, state, postalCode };
}

const isMail = (repetition: Repetition): boolean =>
  part(repetition, 3)?.toUpperCase() === 'INTERNET' || part(repetition, 2)?.toUpperCase() === 'NET';

/** The number as it is written (component 1), or put together from its parts (6, 7 and 8). */
function telephone(repetition: Repetition): string | null {
  const written = part(repetition);
  if (written !== null && !written.includes('@')) return written;
  const [area, local, extension] = [part(repetition, 6), part(repetition, 7), part(repetition, 8)];
  if (local === null) return part(repetition, 12);
  const number = `${area === null ? '' : `(${area}) `}${local.replace(/^(\d{3})(\d{4})$/, '$1-$2')}`;
  return extension === null ? number : `${number} x${extension}`;
}

/** A mobile number before any other, as a message can reach only that; the address in PID-13 or PID-40. */
export function patientContact(pid: SegmentReader): Patient['contact'] {
  const all = [...pid.repetitions(13), ...pid.repetitions(40)];
  const phones = all.filter((one) => !isMail(one) && telephone(one) !== null);
  const mobile = phones.find((one) => ['CP', 'CELL'].includes(part(one, 3)?.toUpperCase() ?? ''));
  const phone = mobile ?? phones[0];
  const mails = all.filter(isMail).map((one) => part(one, 4) ?? part(one));
  const email = mails.find((mail) => mail?.includes('@') === true);
  return { phone: phone === undefined ? null : telephone(phone), email: email ?? null };
}

/** A clinician of an XCN field: the name as "Given Family", and the id where it is an NPI. */
export function clinicianIn(field: Field): Clinician | null {
  const named = field.find((repetition) => part(repetition, 2) !== null);
  if (named === undefined) return null;
  const name = [part(named, 3), part(named, 2)].filter((one) => one !== null).join(' ');
  const npi = field.map((repetition) => part(repetition)).find((id) => id !== null && isNpi(id));
  return { name, npi: npi ?? null };
}

/** The credential of a clinician: the degree (component 7), else the suffix. */
export function credentialIn(field: Field): string | null {
  return part(field[0], 7) ?? part(field[0], 6);
}
