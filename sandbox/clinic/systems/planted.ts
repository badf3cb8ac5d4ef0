// Plants what a data audit has to find: second records of one person, and records of one person that contradict each other.
import type { Random } from '../../random.ts';
import type { ConflictField, DuplicateCause, RecordOf, SystemName, SystemPatient, Truth } from './model.ts';
import { conflictFields, duplicateCauses } from './model.ts';
import { nicknameOf, swappedDate, withSlip } from './spelling.ts';

const marriedNames = ['Holloway', 'Strandberg', 'Okonjo', 'Villaverde', 'Lindqvist', 'Marchetti'] as const;

function cased(text: string, like: string): string {
  return like === like.toUpperCase() ? text.toUpperCase() : text;
}

/** A given name without a short form gets a slip instead. */
function changed(cause: DuplicateCause, patient: SystemPatient, random: Random): SystemPatient {
  const { name } = patient;
  const [first = name.given, ...rest] = name.given.split(' ');
  switch (cause) {
    case 'nickname': {
      const plain = `${first.charAt(0).toUpperCase()}${first.slice(1).toLowerCase()}`;
      const short = nicknameOf(plain) ?? withSlip(plain, random);
      return { ...patient, name: { ...name, given: [cased(short, first), ...rest].join(' ') } };
    }
    case 'typo': {
      const slipped = cased(withSlip(name.family.toLowerCase(), random), name.family);
      const family = slipped.charAt(0).toUpperCase() + slipped.slice(1);
      return { ...patient, name: { ...name, family } };
    }
    case 'swappedNames':
      return { ...patient, name: { given: name.family, family: first } };
    case 'marriedName': {
      const family = cased(random.pick(marriedNames), name.family);
      return { ...patient, name: { ...name, family } };
    }
    case 'withoutBirthDate':
      return { ...patient, birthDate: null };
  }
}

/** Another record of the same person in the same system: front desks add one when they do not find the first. */
export function secondRecord(
  first: SystemPatient,
  recordNumber: string,
  at: number,
  random: Random,
): { readonly cause: DuplicateCause; readonly patient: SystemPatient } {
  const cause = duplicateCauses[at % duplicateCauses.length] ?? 'typo';
  return { cause, patient: { ...changed(cause, first, random), recordNumber, further: [] } };
}

/** Null where the record has nothing there to be wrong. */
function wrong(field: ConflictField, patient: SystemPatient): SystemPatient | null {
  const { birthDate, contact, coverage } = patient;
  switch (field) {
    case 'birthDate':
      return birthDate === null ? null : { ...patient, birthDate: swappedDate(birthDate) };
    case 'phone': {
      if (contact.phone === null) return null;
      // The last two digits the other way round, or one more.
      const [tens = '', ones = ''] = contact.phone.slice(-2);
      const end = tens === ones ? `${tens}${(Number(ones) + 1) % 10}` : `${ones}${tens}`;
      return { ...patient, contact: { ...contact, phone: `${contact.phone.slice(0, -2)}${end}` } };
    }
    case 'memberId': {
      const memberId = coverage?.memberId ?? null;
      if (coverage === null || memberId === null) return null;
      const last = (Number(memberId.slice(-1)) + 1) % 10;
      return { ...patient, coverage: { ...coverage, memberId: `${memberId.slice(0, -1)}${last}` } };
    }
  }
}

/** Changes one record of `count` people whom at least two systems know, fields and systems in turn. */
export function contradicted(
  systems: readonly { readonly system: SystemName; readonly patients: Map<string, SystemPatient> }[],
  people: readonly (readonly [string, readonly RecordOf[]])[],
  count: number,
): Truth['conflicts'] {
  const conflicts: Truth['conflicts'][number][] = [];
  const held = new Map(systems.map(({ system, patients }) => [system, patients]));
  for (const [person, records] of people) {
    if (conflicts.length >= count) break;
    const field = conflictFields[conflicts.length % conflictFields.length] ?? 'phone';
    const saying = records.filter(({ system, recordNumber }) => {
      const patient = held.get(system)?.get(recordNumber);
      return patient !== undefined && wrong(field, patient) !== null;
    });
    const liar = saying[conflicts.length % Math.max(1, saying.length)];
    if (saying.length < 2 || liar === undefined) continue;
    const patients = held.get(liar.system);
    const before = patients?.get(liar.recordNumber);
    const after = before === undefined ? null : wrong(field, before);
    if (patients === undefined || after === null) continue;
    patients.set(liar.recordNumber, after);
    conflicts.push({ person, field, wrong: liar, others: saying.filter((one) => one !== liar) });
  }
  return conflicts;
}
