// What the PT system exports of a story in shortened time: its patients once, its schedule as it stands at a moment.
import type { Clinic, ClinicPatient, ClinicVisit } from '../../sandbox/clinic/model.ts';
import { makePatient } from '../../sandbox/clinic/patients.ts';
import { seededRandom } from '../../sandbox/random.ts';
import { localTime } from '../../domain/zoned-time.ts';
import type { Story, StoryPatient, StoryVisit } from './story.ts';

/** How the patient is called in the PT system; the tests find them again by it. */
export function recordNumberOf(patient: string): string {
  return `FN${patient.replace(/\D/g, '').padStart(5, '0')}`;
}

/** `canary` stands in every name. */
export function patientsOf(story: Story, today: string, canary: string): ClinicPatient[] {
  const random = seededRandom(story.seed);
  return story.patients.map((patient, index) => clinicPatient(patient, index, { today, canary, random }));
}

function clinicPatient(
  { ref, phone, email }: StoryPatient,
  index: number,
  {
    today,
    canary,
    random,
  }: { readonly today: string; readonly canary: string; readonly random: ReturnType<typeof seededRandom> },
): ClinicPatient {
  const role = {
    index,
    condition: 'notRequired',
    payer: 'commercialUnknown',
    therapist: index % 3,
    weekdays: [0, 2],
    time: '10:00',
    firstWeek: -1,
    lastWeek: 1,
  } as const;
  const patient = makePatient(role, today, today, random);
  return {
    ...patient,
    recordNumber: recordNumberOf(ref),
    name: { given: `${patient.name.given}${index}`, family: `${canary}${index}` },
    birthDate: `${1940 + (index % 60)}-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
    contact: { phone, email },
    coverage: { ...patient.coverage, memberId: `FNM${1_000_000 + index}` },
    further: [],
  };
}

/** How a visit stands at a moment; null: it is not in the schedule yet. */
export type StatusAt = (visit: StoryVisit) => ClinicVisit['status'] | null;

export function scheduleOf(
  story: Story,
  of: { readonly today: string; readonly patients: readonly ClinicPatient[]; readonly statusAt: StatusAt },
): Clinic {
  const { today, patients, statusAt } = of;
  const visits = story.visits.flatMap((visit): ClinicVisit[] => {
    const status = statusAt(visit);
    if (status === null) return [];
    const [date = '', time = ''] = localTime(new Date(visit.start), story.zone).split('T');
    return [
      {
        appointmentId: `F-${visit.ref}`,
        recordNumber: recordNumberOf(visit.patient),
        date,
        time,
        status,
        type: 'PT Treatment',
        units: null,
        therapist: { id: null, name: visit.therapist },
        room: 'Gym',
        location: null,
        minutes: visit.minutes,
      },
    ];
  });
  return { today, patients, authorizations: [], visits, conditions: {} };
}
