// The same people in several systems at once, with planted duplicates, contradictions and unusable rows, and the truth about them all.
import { seededRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { badRowsOf } from './systems/bad-rows.ts';
import { eyesOf, seenBy } from './systems/eyes.ts';
import type { RecordOf, SameClinic, SystemName, SystemPatient, SystemRecords, Truth } from './systems/model.ts';
import { systemNames } from './systems/model.ts';
import { realPeople } from './systems/people.ts';
import type { RealPerson } from './systems/people.ts';
import { contradicted, secondRecord } from './systems/planted.ts';
import { booksOf, chargesFor } from './systems/visits.ts';
import type { Books } from './systems/visits.ts';

export interface SameClinicOptions {
  readonly seed: number;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** People, at least one; the first sixty are those of every sandbox. */
  readonly patients: number;
  readonly systems: readonly SystemName[];
  /** Second records of somebody, in each system. */
  readonly duplicates: number;
  /** Contradictions between systems, in all. */
  readonly conflicts: number;
  /** Unusable rows, in each system. */
  readonly badRows: number;
  /** Visits whose books disagree, and authorizations that miscount, in all. */
  readonly disagreements?: number;
}

type Placed = RealPerson & { readonly recordNumber: string };

/** Those the system knows, in an order of its own, so that its numbers tell nothing of another's. The first system knows all. */
function placed(people: readonly RealPerson[], system: SystemName, knowsAll: boolean, random: Random): Placed[] {
  const eyes = eyesOf[system];
  return people
    .map((one) => ({ one, key: random.between(0, 1_000_000_000), known: knowsAll || random.chance(eyes.knows) }))
    .filter(({ known }) => known)
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }, place) => ({ ...one, recordNumber: eyes.recordNumber(place) }));
}

const credentialOf = (name: string | null): string | null => (name === null ? null : 'PT');

/** The rows of somebody's visits under the system's numbers. */
function rowsOf(
  system: SystemName,
  { recordNumber, patient, person }: Placed,
  books: ReadonlyMap<string, Books>,
  from: number,
) {
  const { visits, authorizations } = books.get(person) ?? { visits: [], authorizations: [] };
  const eyes = eyesOf[system];
  const clinicianName = patient.renderingProvider?.name ?? null;
  const keeps = (kind: (typeof eyes.keeps)[number]): boolean => eyes.keeps.includes(kind);
  const numbered = visits.map((one, at) => ({ ...one, id: String(eyes.firstVisit + from + at) }));
  return {
    authorizations: keeps('authorizations')
      ? authorizations.map((one) => ({
          ...one,
          recordNumber,
          payerName: one.payerName === null ? null : eyes.payerName(one.payerName),
        }))
      : [],
    appointments: keeps('appointments')
      ? numbered
          .filter(({ isScheduled }) => isScheduled)
          .map(({ visit, id }) => ({ ...visit, recordNumber, appointmentId: id }))
      : [],
    notes: keeps('notes')
      ? numbered.flatMap(({ visit, note, id }) =>
          note === null
            ? []
            : [
                {
                  noteId: `N${id}`,
                  recordNumber,
                  date: visit.date,
                  ...note,
                  clinicianName,
                  credential: credentialOf(clinicianName),
                },
              ],
        )
      : [],
    charges: keeps('charges')
      ? numbered.flatMap(({ visit, isCharged, id }) =>
          isCharged
            ? chargesFor(patient).map((line, at) => ({
                chargeId: `${id}-${at + 1}`,
                recordNumber,
                date: visit.date,
                ...line,
              }))
            : [],
        )
      : [],
    outcomes: keeps('outcomes') ? patient.clinical.outcomeMeasures.map((one) => ({ ...one, recordNumber })) : [],
  };
}

interface Seen {
  readonly system: SystemName;
  readonly people: readonly Placed[];
  readonly patients: Map<string, SystemPatient>;
  readonly random: Random;
}

function recordsOf(
  { system, people, patients, random }: Seen,
  books: ReadonlyMap<string, Books>,
  bad: number,
): SystemRecords {
  let from = 0;
  const rows = people.map((one) => {
    const own = rowsOf(system, one, books, from);
    from += books.get(one.person)?.visits.length ?? 0;
    return own;
  });
  const kept = {
    patients: [...patients.values()],
    authorizations: rows.flatMap(({ authorizations }) => authorizations),
    appointments: rows.flatMap(({ appointments }) => appointments),
    notes: rows.flatMap(({ notes }) => notes),
    charges: rows.flatMap(({ charges }) => charges),
    outcomes: rows.flatMap(({ outcomes }) => outcomes),
  };
  return { system, ...kept, bad: badRowsOf(kept, bad, random) };
}

/** The same options always give the same clinic. A duplicate is a bare second record: the visits stay with the first. */
export function sameClinic(options: SameClinicOptions): SameClinic {
  const { seed, today, systems } = options;
  const { people, lookalikes } = realPeople(seed, today, options.patients);
  const { books, disagreements } = booksOf(people, options.disagreements ?? Math.floor(options.patients / 20));
  // The look-alike are hard enough without a slip of the pen.
  const spared = new Set(lookalikes.flatMap((pair) => pair.people));
  const records = new Map<string, RecordOf[]>();
  const duplicates: Truth['duplicates'][number][] = [];
  const seen = systems.map((system, place): Seen => {
    const random = seededRandom(seed + 1000 * (1 + systemNames.indexOf(system)));
    const known = placed(people, system, place === 0, random);
    const patients = new Map(
      known.map((one) => [one.recordNumber, seenBy(system, one.recordNumber, one.patient, random)]),
    );
    const note = (person: string, recordNumber: string): void => {
      records.set(person, [...(records.get(person) ?? []), { system, recordNumber }]);
    };
    for (const one of known) note(one.person, one.recordNumber);
    const doubled = known.filter(({ person }) => !spared.has(person)).slice(0, options.duplicates);
    for (const [at, one] of doubled.entries()) {
      const recordNumber = eyesOf[system].recordNumber(known.length + at);
      const first = patients.get(one.recordNumber);
      if (first === undefined) continue;
      const { cause, patient } = secondRecord(first, recordNumber, at, random);
      patients.set(recordNumber, patient);
      note(one.person, recordNumber);
      duplicates.push({ person: one.person, system, recordNumbers: [one.recordNumber, recordNumber], cause });
      spared.add(one.person);
    }
    return { system, people: known, patients, random };
  });
  const conflicts = contradicted(
    seen,
    [...records].filter(([person]) => !spared.has(person)),
    options.conflicts,
  );
  const held = seen.map((one) => recordsOf(one, books, options.badRows));
  return {
    today,
    systems: Object.fromEntries(held.map((one) => [one.system, one])),
    truth: {
      people: people.map(({ person }) => ({ person, records: records.get(person) ?? [] })),
      duplicates,
      lookalikes,
      conflicts,
      badRows: held.flatMap(({ system, bad }) => bad.map(({ kind, reason }) => ({ system, kind, reason }))),
      visits: disagreements,
    },
  };
}
