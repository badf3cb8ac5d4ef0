// Care between visits as the development server tells it: two home programs, plans that end, forms and video visits of the synthetic clinic.
import { addDays } from '../../domain/calendar.ts';
import type { CareName, CarePage, NewProgram, ProgramPage } from '../care.ts';
import type { Role } from '../../domain/work-item/kinds.ts';
import { dateInZone } from '../dates.ts';
import { ok } from './answers.ts';
import type { Answer } from './answers.ts';
import { patients, zone } from './people.ts';

const personOf = (place: number) => {
  const [given = '', family = ''] = patients[place] ?? [];
  return { patient: `pat_demo000000000000000${place}`, name: { given, family } };
};

export class CareDesk {
  readonly #now: () => Date;
  readonly #added: { readonly patient: string; readonly said: NewProgram }[] = [];
  readonly #ended = new Set<string>();
  readonly #linked = new Set<string>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The page as these roles see it. */
  page(roles: readonly Role[]): CarePage {
    const today = dateInZone(this.#now(), zone);
    const treats = roles.includes('therapist') || roles.includes('admin');
    const at = (hours: number): string => new Date(this.#now().getTime() + hours * 3_600_000).toISOString();
    const lately = { agreed: 12, done: 8, partly: 1, not: 1, noAnswer: 2, share: 0.8 };
    const none = { agreed: 0, done: 0, partly: 0, not: 0, noAnswer: 0, share: null };
    const programs = [
      {
        program: 'exr_demo0000000000000000001',
        ...personOf(0),
        startsOn: addDays(today, -20),
        endsOn: null,
        weekdays: [0, 1, 2, 3, 4, 5],
        lately,
        lastAnswer: addDays(today, -1),
      },
      {
        program: 'exr_demo0000000000000000002',
        ...personOf(2),
        startsOn: addDays(today, -9),
        endsOn: addDays(today, 20),
        weekdays: [0, 2, 4],
        lately: { agreed: 4, done: 0, partly: 0, not: 0, noAnswer: 4, share: null },
        lastAnswer: null,
      },
      ...this.#added.map(({ patient, said }, place) => ({
        program: `exr_demo000000000000000010${place}`,
        patient,
        name: this.#nameOf(patient),
        startsOn: said.startsOn,
        endsOn: said.endsOn,
        weekdays: said.weekdays,
        lately: none,
        lastAnswer: null,
      })),
    ];
    return {
      today,
      days: 14,
      treats,
      programs: treats ? programs.filter(({ program }) => !this.#ended.has(program)) : [],
      plans: treats
        ? [
            { ...personOf(1), ends: addDays(today, 6), decision: 'fewer' },
            { ...personOf(3), ends: addDays(today, 12), decision: null },
            { ...personOf(4), ends: null, decision: null },
          ]
        : [],
      withoutPlan: 2,
      forms: [
        {
          ...personOf(5),
          state: 'answered',
          askedAt: at(-40),
          answeredAt: at(-3),
          workItem: 'wi_demonew000000000000001',
        },
        { ...personOf(6), state: 'asked', askedAt: at(-20), answeredAt: null, workItem: null },
      ],
      videoVisits: [
        {
          visit: 'appt_demo0000000000000061',
          ...personOf(3),
          startsAt: at(26),
          place: this.#placeOf('appt_demo0000000000000061'),
        },
        { visit: 'appt_demo0000000000000062', ...personOf(4), startsAt: at(50), place: 'own' },
      ],
      patients: [0, 1, 2, 3, 4, 5, 6].map(personOf),
    };
  }

  #placeOf(visit: string): 'own' | null {
    return this.#linked.has(visit) ? 'own' : null;
  }

  #nameOf(patient: string): CareName | null {
    return [0, 1, 2, 3, 4, 5, 6].map(personOf).find((one) => one.patient === patient)?.name ?? null;
  }

  program(ref: string): ProgramPage {
    const today = dateInZone(this.#now(), zone);
    return {
      program: ref,
      name: personOf(0).name,
      title: 'Stairs and standing',
      exercises: [
        { name: 'Step up', how: 'ten times each side', link: 'https://video.example.org/step-up' },
        { name: 'Stand on one leg', how: 'thirty seconds, beside a chair' },
      ],
      endsOn: null,
      days: [
        { day: addDays(today, -1), done: 'done', felt: 2, words: null },
        { day: addDays(today, -2), done: 'partly', felt: 6, words: 'The last three were too much.' },
        { day: addDays(today, -3), done: 'not', felt: null, words: null },
      ],
    };
  }

  /** The answer to a GET; null: nothing of care. */
  get(path: string, roles: readonly Role[]): Answer | null {
    if (path === '/v1/console/care') return ok(this.page(roles));
    const program = /^\/v1\/console\/exercise-programs\/(\w+)$/.exec(path)?.[1];
    return program === undefined ? null : ok(this.program(program));
  }

  /** The answer to a POST; null: nothing of care. */
  post(path: string, body: unknown): Answer | null {
    const patient = /^\/v1\/console\/patients\/(\w+)\/exercise-programs$/.exec(path)?.[1];
    if (patient !== undefined && isProgram(body)) {
      this.#added.push({ patient, said: body });
      return ok({ program: 'exr_demo0000000000000000100' });
    }
    const ended = /^\/v1\/console\/exercise-programs\/(\w+)\/end$/.exec(path)?.[1];
    if (ended !== undefined) {
      this.#ended.add(ended);
      return ok({ ended: true });
    }
    const visit = /^\/v1\/console\/visits\/(\w+)\/video-link$/.exec(path)?.[1];
    if (visit === undefined) return null;
    this.#linked.add(visit);
    return ok({ written: true });
  }
}

function isProgram(body: unknown): body is NewProgram {
  return typeof body === 'object' && body !== null && 'program' in body && 'weekdays' in body;
}
