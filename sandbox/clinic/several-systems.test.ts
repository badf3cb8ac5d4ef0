// Five hundred people in four systems: the truth names every record, and every contradiction is one.
import { expect, test } from 'vitest';
import { sameClinic } from './several-systems.ts';
import type { SameClinicOptions } from './several-systems.ts';
import type { SystemName, SystemRecords } from './systems/model.ts';

const options: SameClinicOptions = {
  seed: 5,
  today: '2026-11-18',
  patients: 500,
  systems: ['webpt', 'raintree', 'prompt', 'breezyNotes'],
  duplicates: 10,
  conflicts: 30,
  badRows: 7,
};
const clinic = sameClinic(options);
const { truth } = clinic;

function held(system: SystemName): SystemRecords {
  const records = clinic.systems[system];
  if (records === undefined) throw new Error(`No ${system}.`);
  return records;
}

const patientOf = ({ system, recordNumber }: { system: SystemName; recordNumber: string }) =>
  held(system).patients.find((one) => one.recordNumber === recordNumber);

test('the same options give the same clinic, another seed another', () => {
  expect(sameClinic(options)).toEqual(clinic);
  expect(sameClinic({ ...options, seed: 6 })).not.toEqual(clinic);
});

test('each record of each system belongs to exactly one person', () => {
  const named = truth.people.flatMap(({ records }) => records.map((one) => `${one.system}/${one.recordNumber}`));
  const all = options.systems.flatMap((system) => held(system).patients.map((one) => `${system}/${one.recordNumber}`));
  expect(new Set(named).size).toBe(named.length);
  expect(named.toSorted()).toEqual(all.toSorted());
  expect(truth.people).toHaveLength(500);
  expect(
    truth.people.filter(({ records }) => new Set(records.map(({ system }) => system)).size >= 2).length,
  ).toBeGreaterThan(480);
});

test('a number of one system says nothing in another', () => {
  const [raintree, breezy] = (['raintree', 'breezyNotes'] as const).map(
    (system) =>
      new Map(
        truth.people.flatMap(({ person, records }) =>
          records.flatMap((one) => (one.system === system ? [[one.recordNumber, person] as const] : [])),
        ),
      ),
  );
  const shared = [...(raintree ?? [])].filter(([number]) => breezy?.has(number) === true);
  expect(shared.length).toBeGreaterThan(300);
  expect(shared.filter(([number, person]) => breezy?.get(number) === person).length).toBeLessThan(10);
});

test('duplicates are two records of one system that differ in what they are called or when they were born', () => {
  expect(truth.duplicates).toHaveLength(40);
  for (const { person, system, recordNumbers } of truth.duplicates) {
    const [first, second] = recordNumbers.map((recordNumber) => patientOf({ system, recordNumber }));
    expect(
      truth.people.find((one) => one.person === person)?.records.filter((one) => one.system === system),
    ).toHaveLength(2);
    expect([first?.name, first?.birthDate]).not.toEqual([second?.name, second?.birthDate]);
    expect(second?.contact).toEqual(first?.contact);
  }
});

test('of a contradiction one system says something else, and the others agree', () => {
  expect(truth.conflicts).toHaveLength(30);
  const told = (field: string, record: { system: SystemName; recordNumber: string }): unknown => {
    const patient = patientOf(record);
    if (field === 'birthDate') return patient?.birthDate;
    return field === 'phone' ? patient?.contact.phone?.replace(/\D/g, '').slice(-10) : patient?.coverage?.memberId;
  };
  for (const { field, wrong, others } of truth.conflicts) {
    const said = new Set(others.map((one) => told(field, one)));
    expect(said.size).toBe(1);
    expect(said).not.toContain(told(field, wrong));
  }
});

test('the look-alike are two people', () => {
  expect(truth.lookalikes.length).toBeGreaterThanOrEqual(8);
  for (const { people } of truth.lookalikes) expect(people[0]).not.toBe(people[1]);
});

test('visits, notes and charges agree but where it was planted', () => {
  expect(truth.visits).toHaveLength(25);
  const { appointments, notes, charges } = held('raintree');
  const numberOf = (person: string) =>
    truth.people.find((one) => one.person === person)?.records.find(({ system }) => system === 'raintree')
      ?.recordNumber;
  const day = (row: { recordNumber: string; date: string }): string => `${row.recordNumber}/${row.date}`;
  const came = new Set(appointments.filter(({ status }) => status === 'arrived').map(day));
  const [noted, charged] = [new Set(notes.map(day)), new Set(charges.map(day))];
  const unsigned = new Set(notes.filter(({ signedOn }) => signedOn === null).map(day));
  const wrong = new Map(
    truth.visits.flatMap(({ person, date, disagreement }) => [[`${numberOf(person)}/${date}`, disagreement] as const]),
  );
  expect(new Set(wrong.values()).size).toBe(6);
  const seen = new Map<string, string>();
  for (const at of new Set([...came, ...noted, ...charged])) {
    const says = [came.has(at), noted.has(at), charged.has(at)].map(Number).join('');
    const named = {
      '100': 'visitWithoutNote',
      '011': 'noteWithoutVisit',
      '110': 'noteWithoutCharge',
      '101': 'chargeWithoutNote',
    }[says];
    if (named !== undefined) seen.set(at, named);
    else if (unsigned.has(at)) seen.set(at, 'noteUnsigned');
  }
  const planted = [...wrong].filter(([at, one]) => one !== 'authorizationMiscounts' && !at.startsWith('undefined'));
  expect([...seen].toSorted()).toEqual(planted.toSorted());
});

test('bad rows are told with their reasons', () => {
  expect(truth.badRows).toHaveLength(28);
  expect(new Set(truth.badRows.map(({ reason }) => reason)).size).toBe(5);
});
