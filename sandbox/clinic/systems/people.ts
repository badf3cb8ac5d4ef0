// Everybody of the clinic as they really are: the sixty of every sandbox, and further ones who were treated, with some who look alike.
import { seededRandom } from '../../random.ts';
import type { Random } from '../../random.ts';
import { addDays } from '../calendar.ts';
import { generateClinic } from '../generate.ts';
import type { ClinicAuthorization, ClinicPatient, ClinicVisit } from '../model.ts';
import type { Truth } from './model.ts';
import { commonGivenNames } from './spelling.ts';
import { familyNames } from '../people.ts';

export interface RealPerson {
  /** A name of no system. */
  readonly person: string;
  readonly patient: ClinicPatient;
  readonly visits: readonly ClinicVisit[];
  readonly authorizations: readonly ClinicAuthorization[];
}

/** The sandbox's own sixty come first; those beyond were drawn for this. */
export const ownPatients = 60;

const areas = ['303', '720', '970', '719', '983', '307', '505', '385'] as const;

function phoneOf(place: number): string {
  const area = areas[Math.floor(place / 100) % areas.length] ?? areas[0];
  return `(${area}) 555-01${String(place % 100).padStart(2, '0')}`;
}

/** Somebody beyond the sixty: a name that has a short form, and up to six visits in the last three weeks. */
function further(patient: ClinicPatient, booked: readonly ClinicVisit[], place: number, today: string, random: Random) {
  const given = commonGivenNames[place % commonGivenNames.length] ?? 'Susan';
  const family =
    familyNames[(place * 7 + Math.floor(place / commonGivenNames.length)) % familyNames.length] ?? 'Zellwood';
  const count = random.between(1, 6);
  const start = addDays(today, -3 * count - random.between(1, 3));
  const dates = Array.from({ length: count }, (_, at) => addDays(start, at * 3));
  const visits = dates.map(
    (date, at): ClinicVisit => ({
      appointmentId: `${1_000_000 + place * 10 + at}`,
      recordNumber: patient.recordNumber,
      date,
      time: booked[0]?.time ?? '09:00',
      status: 'arrived',
      type: at === 0 ? 'PT Initial Evaluation' : 'PT Treatment',
      units: 4,
      therapist: { id: null, name: patient.renderingProvider?.name ?? '' },
      room: booked[0]?.room ?? 'Room 1',
      location: null,
      minutes: 45,
    }),
  );
  const email = `${given}.${family.replace(/[^A-Za-z]/g, '')}${place}@example.org`.toLowerCase();
  const own: ClinicPatient = {
    ...patient,
    name: { given, family },
    contact: { phone: phoneOf(place), email: patient.contact.email === null ? null : email },
    planOfCare: patient.planOfCare === null ? null : { ...patient.planOfCare, from: start, to: addDays(start, 90) },
    clinical: {
      ...patient.clinical,
      evaluationDate: start,
      outcomeMeasures: patient.clinical.outcomeMeasures.slice(0, 1).map((one) => ({ ...one, date: start })),
    },
  };
  return { patient: own, visits: [...visits, ...booked] };
}

/** `count` people, at least the sixty. */
function drawn(seed: number, today: string, count: number): RealPerson[] {
  const clinic = generateClinic({ seed, today, canary: null, newcomers: Math.max(0, count - ownPatients) });
  const random = seededRandom(seed + 40);
  const visits = Map.groupBy(clinic.visits, ({ recordNumber }) => recordNumber);
  const authorizations = Map.groupBy(clinic.authorizations, ({ recordNumber }) => recordNumber);
  return clinic.patients.slice(0, count).map((patient, place) => {
    const own = visits.get(patient.recordNumber) ?? [];
    const made = place < ownPatients ? { patient, visits: own } : further(patient, own, place, today, random);
    const periods = authorizations.get(patient.recordNumber) ?? [];
    return { person: `person-${place + 1}`, ...made, authorizations: periods };
  });
}

/** Makes the second of a pair look like the first: a child of the same name, or a twin. They live in one house. */
function alike(first: RealPerson, second: RealPerson, cause: 'namesake' | 'twin'): RealPerson {
  const { name, address, contact, birthDate } = first.patient;
  const child = birthDate === null ? null : `${Number(birthDate.slice(0, 4)) + 27}${birthDate.slice(4)}`;
  const looks =
    cause === 'namesake'
      ? { name, birthDate: child }
      : { name: { given: second.patient.name.given, family: name.family }, birthDate };
  const patient = {
    ...second.patient,
    ...looks,
    address,
    contact: { ...second.patient.contact, phone: contact.phone },
  };
  return { ...second, patient };
}

/** One pair of twenty-five beyond the sixty look alike, namesakes and twins in turn. */
const alikeEvery = 50;

/** The same options always give the same people. */
export function realPeople(
  seed: number,
  today: string,
  count: number,
): { readonly people: readonly RealPerson[]; readonly lookalikes: Truth['lookalikes'] } {
  const people = drawn(seed, today, count);
  const lookalikes: { people: [string, string]; cause: 'namesake' | 'twin' }[] = [];
  for (let place = ownPatients; place + 1 < people.length; place += alikeEvery) {
    const [first, second] = [people[place], people[place + 1]];
    if (first === undefined || second === undefined) break;
    const cause = lookalikes.length % 2 === 0 ? 'namesake' : 'twin';
    people[place + 1] = alike(first, second, cause);
    lookalikes.push({ people: [first.person, second.person], cause });
  }
  return { people, lookalikes };
}
