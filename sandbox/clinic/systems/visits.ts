// What was written and charged for the visits of the synthetic clinic, and where the books are made to disagree.
import type { ClinicAuthorization, ClinicPatient, ClinicVisit } from '../model.ts';
import type { Truth, VisitDisagreement } from './model.ts';
import { visitDisagreements } from './model.ts';
import { ownPatients } from './people.ts';
import type { RealPerson } from './people.ts';

export interface BookedVisit {
  readonly visit: ClinicVisit;
  /** Whether a schedule knows of it. */
  readonly isScheduled: boolean;
  readonly note: { readonly kind: 'evaluation' | 'daily' | 'progress'; readonly signedOn: string | null } | null;
  readonly isCharged: boolean;
}

export interface Books {
  readonly visits: readonly BookedVisit[];
  readonly authorizations: readonly ClinicAuthorization[];
}

function noteKind(type: string): 'evaluation' | 'daily' | 'progress' {
  if (type.includes('Evaluation')) return 'evaluation';
  return type.includes('Progress') ? 'progress' : 'daily';
}

function booked(visit: ClinicVisit, disagreement: VisitDisagreement | null): BookedVisit {
  const came = visit.status === 'arrived';
  const note = { kind: noteKind(visit.type), signedOn: disagreement === 'noteUnsigned' ? null : visit.date };
  const hasNote = came && disagreement !== 'visitWithoutNote' && disagreement !== 'chargeWithoutNote';
  return {
    visit,
    isScheduled: disagreement !== 'noteWithoutVisit',
    note: hasNote ? note : null,
    isCharged: came && disagreement !== 'visitWithoutNote' && disagreement !== 'noteWithoutCharge',
  };
}

const forVisits = visitDisagreements.filter((one) => one !== 'authorizationMiscounts');

/**
 * The books of everybody by person, `count` of them with one disagreement each, in turn. Authorizations miscount for those of
 * the sixty who have one; visits go astray for the others, so that nobody has two.
 */
export function booksOf(
  people: readonly RealPerson[],
  count: number,
): { readonly books: ReadonlyMap<string, Books>; readonly disagreements: Truth['visits'] } {
  const planted = new Map<string, { date: string | null; disagreement: VisitDisagreement }>();
  const miscounts = Math.floor(count / visitDisagreements.length);
  const counted = people
    .slice(0, ownPatients)
    .filter(({ authorizations }) => authorizations.length === 1 && authorizations[0]?.visitsUsed !== null);
  for (const { person } of counted.slice(0, miscounts))
    planted.set(person, { date: null, disagreement: 'authorizationMiscounts' });
  const astray = people.filter(
    ({ visits }, place) => place >= ownPatients && visits.some((one) => one.status === 'arrived'),
  );
  const every = Math.max(1, Math.floor(astray.length / Math.max(1, count - miscounts)));
  for (let at = 0; planted.size < count && at < astray.length; at += every) {
    const one = astray[at];
    const date = one?.visits.findLast(({ status }) => status === 'arrived')?.date;
    const disagreement = forVisits[(at / every) % forVisits.length];
    if (one !== undefined && date !== undefined && disagreement !== undefined)
      planted.set(one.person, { date, disagreement });
  }
  const books = people.map(({ person, visits, authorizations }): [string, Books] => {
    const wrong = planted.get(person);
    return [
      person,
      {
        visits: visits.map((visit) => booked(visit, visit.date === wrong?.date ? wrong.disagreement : null)),
        authorizations:
          wrong?.disagreement === 'authorizationMiscounts'
            ? authorizations.map((one) => ({ ...one, visitsUsed: (one.visitsUsed ?? 0) + 2 }))
            : authorizations,
      },
    ];
  });
  return {
    books: new Map(books),
    disagreements: [...planted].map(([person, { date, disagreement }]) => ({ person, date, disagreement })),
  };
}

/** What a unit costs in this clinic, which takes no payer's fee schedule for its own. */
const unitCents = 4_500;

/** The lines of one visit as its plan has them: codes with their units and the plan's discipline as modifier. */
export function chargesFor(
  patient: ClinicPatient,
): { code: string; modifiers: string[]; units: number; chargeCents: number }[] {
  return (patient.planOfCare?.procedures ?? []).map(({ code, unitsPerVisit }) => {
    const units = unitsPerVisit ?? 1;
    return { code, modifiers: ['GP'], units, chargeCents: units * unitCents };
  });
}
