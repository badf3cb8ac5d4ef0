// The contexts `claimDay` and `unchargedVisit`: the days a claim speaks of beside the visits of the chart.
import type { ScrubCase } from '../case.ts';
import { isAssistant } from '../chart/progress.ts';
import { isTimedOn } from '../chart/unit-count.ts';
import { sumOrNull } from '../chart/treatment-days.ts';
import type { ChartVisit, TreatmentDay } from '../chart/treatment-days.ts';
import { defineContext } from '../context.ts';

const npi = /^\d{10}$/;

export const claimDayContext = defineContext({
  name: 'claimDay',
  about: 'a day of service of the claim, beside the visits of that day',
  facts: {
    day: { type: 'date', about: 'the day of service' },
    visitOnDay: { type: 'truth', about: 'whether the chart has a visit of the day; null: it does not tell its visits' },
    timedMinutes: { type: 'number', about: 'minutes of the timed services of the day; null: not told' },
    totalMinutes: { type: 'number', about: 'minutes of the whole treatment of the day; null: not told' },
    totalBelowTimed: {
      type: 'truth',
      about: 'whether a visit of the day has fewer minutes in all than its timed services have; null: not told',
    },
    noteThere: { type: 'truth', about: 'whether every visit of the day has a note; null: not told' },
    noteSigned: { type: 'truth', about: 'whether every note of the day is signed; null: not told' },
    sameClinician: {
      type: 'truth',
      about:
        'whether the rendering provider gave a visit of the day; null where an assistant did, or the chart names no NPI',
    },
  },
  items: (scrubbed) =>
    scrubbed.days.map(({ day, treated }) => {
      const visits = treated?.visits ?? null;
      return {
        line: null,
        on: day,
        facts: {
          day,
          visitOnDay: scrubbed.treatmentDays === null ? null : visits !== null,
          ...minutesOf(scrubbed, visits, day),
          noteThere: every(visits, ({ note }) => (note === undefined ? null : note !== null)),
          noteSigned: every(visits, ({ note }) => {
            if (note === undefined || note === null || note.signedOn === undefined) return null;
            return note.signedOn !== null;
          }),
          sameClinician: sameClinician(scrubbed, visits),
        },
      };
    }),
});

/** The whole treatment of a visit holds its timed services (Pub 100-02 ch. 15 §220.3.E): each visit is looked at for itself. */
function minutesOf(scrubbed: ScrubCase, visits: readonly ChartVisit[] | null, day: string) {
  const each = (visits ?? []).map(({ totalMinutes, interventions }) => ({
    total: totalMinutes ?? null,
    timed:
      interventions === undefined || interventions === null
        ? null
        : sumOrNull([
            0,
            ...interventions.flatMap(({ code, minutes }) => (isTimedOn(scrubbed, code, day) ? [minutes ?? null] : [])),
          ]),
  }));
  const below = each.map(({ total, timed }) => (total === null || timed === null ? null : total < timed));
  return {
    timedMinutes: sumOrNull(each.map(({ timed }) => timed)),
    totalMinutes: sumOrNull(each.map(({ total }) => total)),
    totalBelowTimed: visits === null ? null : below.includes(true) ? true : below.includes(null) ? null : false,
  };
}

/** False as soon as one visit says no, null as soon as one does not tell. */
function every(visits: readonly ChartVisit[] | null, tells: (visit: ChartVisit) => boolean | null): boolean | null {
  if (visits === null) return null;
  const told = visits.map(tells);
  if (told.includes(false)) return false;
  return told.includes(null) ? null : true;
}

/** A therapist's assistant is billed under the therapist (42 CFR 410.60(c)), so that visits of one are not compared. */
function sameClinician({ claim }: ScrubCase, visits: readonly ChartVisit[] | null): boolean | null {
  const rendering = claim.rendering?.npi ?? null;
  if (visits === null || rendering === null) return null;
  const refs = visits.map(({ clinician }) => {
    const credential = clinician?.credential ?? null;
    return credential === null || isAssistant(credential) ? null : (clinician?.ref ?? null);
  });
  if (refs.includes(rendering)) return true;
  return refs.every((ref) => ref !== null && npi.test(ref)) ? false : null;
}

export const unchargedVisitContext = defineContext({
  name: 'unchargedVisit',
  about: 'a visit of the chart between the first and the last day of the claim on which the claim charges nothing',
  facts: {
    day: { type: 'date', about: 'the day of the visit' },
    codes: { type: 'list', about: 'the codes its notes tell; empty where they tell none' },
  },
  items: (scrubbed) => {
    const charged = scrubbed.days.map(({ day }) => day);
    const [first] = charged;
    const last = charged.at(-1);
    if (first === undefined || last === undefined) return [];
    return (scrubbed.treatmentDays ?? [])
      .filter(({ day }) => day > first && day < last && !charged.includes(day))
      .map((treated) => ({
        line: null,
        on: treated.day,
        facts: { day: treated.day, codes: codesOf(treated) },
      }));
  },
});

function codesOf({ interventions }: TreatmentDay): string[] {
  return [...new Set((interventions ?? []).map(({ code }) => code))];
}
