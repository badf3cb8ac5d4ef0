// The authorizations that put each patient into the condition they were cast for, reckoned from their own visits.
import type { Random } from '../random.ts';
import { addDays } from './calendar.ts';
import type { Role } from './cast.ts';
import type { ClinicAuthorization, ClinicPatient, ClinicVisit } from './model.ts';
import { denialReasons } from './people.ts';
import { payers } from './payers.ts';

interface Case {
  readonly role: Role;
  readonly patient: ClinicPatient;
  readonly visits: readonly ClinicVisit[];
  readonly unitsPerVisit: number;
  readonly today: string;
  readonly random: Random;
}

function usedSince(visits: readonly ClinicVisit[], from: string, until: string): number {
  return visits.filter(({ status, date }) => status === 'arrived' && date >= from && date <= until).length;
}

function number(random: Random): string {
  return `A${random.between(1_000_000, 9_999_999)}`;
}

/** An approved period from `from` to `to`, asked for and granted alike. */
function approved(
  one: Case,
  from: string,
  to: string,
  visits: number | null,
  units: number | null = null,
): ClinicAuthorization {
  const { patient, random } = one;
  return {
    recordNumber: patient.recordNumber,
    number: number(random),
    payerName: patient.coverage.payerName,
    payerId: patient.coverage.payerId,
    kind: 'initial',
    status: 'approved',
    from,
    to,
    requested: { visits, units },
    approved: { visits, units },
    visitsUsed: usedSince(one.visits, from, one.today < to ? one.today : to),
    weekLimit: null,
    maxGapDays: null,
    submittedOn: addDays(from, -4),
    decidedOn: addDays(from, -1),
    reason: null,
  };
}

/** A renewal asked for after `earlier`, not decided. */
function renewal(one: Case, earlier: ClinicAuthorization, submittedOn: string): ClinicAuthorization {
  const from = addDays(earlier.to ?? one.today, 1);
  return {
    ...earlier,
    number: null,
    kind: 'renewal',
    status: 'pended',
    from,
    to: addDays(from, 60),
    requested: { visits: 18, units: null },
    approved: { visits: null, units: null },
    visitsUsed: null,
    submittedOn,
    decidedOn: null,
  };
}

/** The payer a patient had before: the next one in the list. */
function formerPayer(one: Case): { payerName: string; payerId: string } {
  const former = one.role.payer === 'commercialUnknown' ? payers.medicareAdvantage : payers.commercialUnknown;
  return { payerName: former.name, payerId: former.id };
}

/** The rows of the authorization report for one patient, oldest period first. */
export function authorizationsOf(one: Case): ClinicAuthorization[] {
  const { role, visits, today, random, unitsPerVisit } = one;
  const from = visits[0]?.date ?? today;
  const used = usedSince(visits, from, today);
  const ahead = visits.filter(({ status }) => status === 'booked').length;
  const late = addDays(today, 75);
  const ample = approved(one, from, late, used + ahead + 8);
  switch (role.condition) {
    case 'initialNeeded':
    case 'notRequired':
      return [];
    case 'visitsBeforeDate':
      return [approved(one, from, addDays(today, 60), used + 4)];
    case 'missingElement':
      return [approved(one, from, addDays(today, 55), used + 5)];
    case 'byDate':
      return [approved(one, from, addDays(today, 9), used + 30)];
    case 'byUnits':
      return [approved(one, from, addDays(today, 70), null, (used + 3) * unitsPerVisit + 1)];
    case 'weekLimit':
      return [{ ...ample, weekLimit: { visits: 2, weeks: 10 } }];
    case 'gap':
      return [{ ...ample, maxGapDays: 21 }];
    case 'pendingPastTurnaround': {
      const earlier = approved(one, from, addDays(today, 5), used + 12);
      return [earlier, renewal(one, earlier, addDays(today, -12))];
    }
    case 'denied': {
      const earlier = approved(one, from, addDays(today, 6), used + 12);
      const decided = { status: 'denied' as const, decidedOn: addDays(today, -4), reason: random.pick(denialReasons) };
      return [earlier, { ...renewal(one, earlier, addDays(today, -11)), ...decided }];
    }
    case 'partlyApproved': {
      const start = addDays(today, -6);
      const earlier = approved(one, from, addDays(start, -1), usedSince(visits, from, addDays(start, -1)));
      const part = { ...approved(one, start, late, 8), kind: 'renewal' as const, status: 'partlyApproved' as const };
      return [
        earlier,
        {
          ...part,
          requested: { visits: 18, units: null },
          submittedOn: addDays(today, -10),
          decidedOn: addDays(today, -3),
        },
      ];
    }
    case 'placeholderZeros':
      return [{ ...ample, number: '0000' }];
    case 'placeholderTbd':
      return [{ ...ample, number: 'TBD' }];
    case 'numberMissing':
      return [{ ...ample, number: null }];
    case 'changedCoverage':
      return [{ ...ample, ...formerPayer(one) }];
    case 'ended':
      return [approved(one, from, addDays(today, -5), used + 10)];
    case 'covered':
      return [ample];
  }
}
