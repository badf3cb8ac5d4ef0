// Who is who: sixty patients with a payer, a condition of their authorization, a therapist and a place in the week.
import type { Random } from '../random.ts';
import type { Condition } from './model.ts';
import type { PayerKey } from './payers.ts';

/** Weeks count from the week that holds today (0); a patient comes from `firstWeek` to `lastWeek`. */
export interface Role {
  readonly index: number;
  readonly condition: Condition;
  readonly payer: PayerKey;
  readonly therapist: number;
  /** Monday is 0. */
  readonly weekdays: readonly number[];
  readonly time: string;
  readonly firstWeek: number;
  readonly lastWeek: number;
}

export const firstWeek = -8;
export const lastWeek = 5;

/** Two patients for each condition that needs somebody, at payers whose clocks differ. */
const cases: readonly (readonly [Condition, PayerKey, PayerKey])[] = [
  ['visitsBeforeDate', 'medicareAdvantage', 'commercialContract'],
  ['byDate', 'medicaid', 'commercialUnknown'],
  ['byUnits', 'medicaid', 'commercialContract'],
  ['weekLimit', 'medicareAdvantage', 'medicareAdvantage'],
  ['gap', 'medicareAdvantage', 'commercialUnknown'],
  ['pendingPastTurnaround', 'medicareAdvantage', 'medicaid'],
  ['partlyApproved', 'medicareAdvantage', 'commercialContract'],
  ['placeholderZeros', 'commercialContract', 'commercialUnknown'],
  ['placeholderTbd', 'commercialUnknown', 'medicaid'],
  ['numberMissing', 'medicareAdvantage', 'commercialContract'],
  ['denied', 'medicareAdvantage', 'medicaid'],
  ['changedCoverage', 'commercialContract', 'medicareAdvantage'],
  ['initialNeeded', 'medicareAdvantage', 'commercialContract'],
  ['missingElement', 'medicareAdvantage', 'medicareAdvantage'],
  ['ended', 'commercialUnknown', 'medicaid'],
  ['notRequired', 'commercialUnknown', 'commercialUnknown'],
];

/** Fills the payers up to their shares of sixty. */
const coveredPayers: readonly (readonly [PayerKey, number])[] = [
  ['medicareAdvantage', 9],
  ['medicaid', 6],
  ['commercialContract', 8],
  ['commercialUnknown', 5],
];

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const keyed = items.map((item) => ({ item, key: random.between(0, 1_000_000_000) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

function clock(slot: number): string {
  const minutes = 7 * 60 + slot * 45;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** When a patient's episode runs: those with a condition come now; of the covered some are done and some are new. */
function episode(condition: Condition, index: number, random: Random): Pick<Role, 'firstWeek' | 'lastWeek'> {
  if (condition === 'initialNeeded') return { firstWeek: -1, lastWeek };
  if (condition === 'weekLimit') return { firstWeek: -3, lastWeek };
  if (condition !== 'covered') return { firstWeek, lastWeek };
  return index % 2 === 0
    ? { firstWeek, lastWeek: random.between(-4, 1) }
    : { firstWeek: random.between(-6, -1), lastWeek };
}

/**
 * The sixty roles. Three therapists see each patient of theirs at a fixed time: every other patient on Monday, Wednesday
 * and Friday, the others on Tuesday and Thursday, so that no therapist has two at once.
 */
export function castRoles(random: Random): Role[] {
  const sick = cases.flatMap(([condition, first, second]) => [
    { condition, payer: first },
    { condition, payer: second },
  ]);
  const covered = coveredPayers.flatMap(([payer, count]) =>
    Array.from({ length: count }, () => ({ condition: 'covered' as const, payer })),
  );
  let crowded = 0;
  return shuffled([...sick, ...covered], random).map(({ condition, payer }, index) => {
    const place = Math.floor(index / 3);
    const thrice = place % 2 === 0 || condition === 'weekLimit';
    const slot = condition === 'weekLimit' ? 10 + (crowded += 1) : Math.floor(place / 2);
    return {
      index,
      condition,
      payer,
      therapist: index % 3,
      weekdays: thrice ? [0, 2, 4] : [1, 3],
      time: clock(slot),
      ...episode(condition, index, random),
    };
  });
}

/** Further patients after the first `known`, at the payers in turn; each comes for an evaluation. */
export function newcomerRoles(known: number, count: number, random: Random): Role[] {
  return Array.from({ length: count }, (_, at) => ({
    index: known + at,
    condition: 'covered',
    payer: coveredPayers[at % coveredPayers.length]?.[0] ?? 'medicaid',
    therapist: at % 3,
    weekdays: [0, 2],
    time: clock(random.between(0, 12)),
    firstWeek: 0,
    lastWeek: 0,
  }));
}

/** So many whom Medicare Part B insures, after working hours of the others; they came for the last weeks and need no authorization. */
export function medicareRoles(count: number, random: Random): Role[] {
  return Array.from({ length: count }, (_, at) => {
    const place = Math.floor(at / 3);
    return {
      index: 1000 + at,
      condition: 'notRequired',
      payer: 'medicarePartB',
      therapist: at % 3,
      weekdays: place % 2 === 0 ? [0, 2, 4] : [1, 3],
      time: clock(14 + Math.floor(place / 2)),
      firstWeek: at % 2 === 0 ? firstWeek : random.between(-7, -5),
      lastWeek,
    };
  });
}
