// Five hundred patients in four systems with planted doubles: how many are found, and how much of what is shown to a person is one.
import { describe, expect, test } from 'vitest';
import { linkageBook } from '../../rules/testing/data-quality.ts';
import { sameClinic } from '../../sandbox/clinic/several-systems.ts';
import type { SystemName, SystemPatient } from '../../sandbox/clinic/systems/model.ts';
import { createLinker } from '../linkage/linker.ts';
import type { Person } from '../linkage/person.ts';

const systems: readonly SystemName[] = ['webpt', 'clinicient', 'breezyNotes', 'jane'];
const clinic = sameClinic({
  seed: 41,
  today: '2026-11-20',
  patients: 500,
  systems,
  duplicates: 12,
  conflicts: 30,
  badRows: 0,
});
const keyOf = (system: string, recordNumber: string): string => `${system} ${recordNumber}`;
const personOf = (system: SystemName, patient: SystemPatient): Person => ({
  ...patient,
  ref: keyOf(system, patient.recordNumber),
  memberIds: [patient.coverage?.memberId ?? ''].filter((id) => id !== ''),
});
const people = systems.flatMap((system) =>
  (clinic.systems[system]?.patients ?? []).map((patient) => personOf(system, patient)),
);
const whose = new Map(
  clinic.truth.people.flatMap(({ person, records }) =>
    records.map(({ system, recordNumber }) => [keyOf(system, recordNumber), person]),
  ),
);
const linked = createLinker(linkageBook).link(people);
const pairKey = (one: string, other: string): string => [one, other].sort().join(' / ');

describe('five hundred patients in four systems', () => {
  const truth = new Set(
    clinic.truth.people.flatMap(({ records }) => {
      const keys = records.map(({ system, recordNumber }) => keyOf(system, recordNumber));
      return keys.flatMap((one, place) => keys.slice(place + 1).map((other) => pairKey(one, other)));
    }),
  );
  const shown = linked.pairs.map(({ one, other }) => pairKey(one, other));
  const right = shown.filter((pair) => truth.has(pair)).length;
  const recall = right / truth.size;
  const precision = right / shown.length;

  test('nineteen of twenty pairs of one person are found, and 98 of 100 that are shown are one', () => {
    const same = linked.pairs.filter(({ explained }) => explained.verdict === 'same');
    const wrong = same.filter(({ one, other }) => !truth.has(pairKey(one, other)));
    process.stdout.write(
      `linkage of ${people.length} records: ${truth.size} pairs of one person, ${shown.length} shown, ` +
        `recall ${recall.toFixed(4)}, precision ${precision.toFixed(4)}; ` +
        `${same.length} called the same, ${wrong.length} of them wrongly\n`,
    );
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(precision).toBeGreaterThanOrEqual(0.98);
    expect(wrong).toEqual([]);
  });

  test('second records within one system are found', () => {
    const found = new Set(shown);
    const missed = clinic.truth.duplicates.filter(
      ({ system, recordNumbers: [first, second] }) => !found.has(pairKey(keyOf(system, first), keyOf(system, second))),
    );
    expect(1 - missed.length / clinic.truth.duplicates.length).toBeGreaterThanOrEqual(0.95);
  });

  test('nobody is put together with a namesake or a twin', () => {
    for (const cluster of linked.clusters) expect(new Set(cluster.map((ref) => whose.get(ref))).size).toBe(1);
    expect(clinic.truth.lookalikes.length).toBeGreaterThan(5);
  });
});
