// Figures of the synthetic clinic's claims: a payer that is known well, one of which little is known, and a payment smaller than usual.
import type { ClaimFigures } from '../../domain/claim-figures/figures.ts';
import { claimFigures } from '../../domain/claim-figures/figures.ts';
import type { Receivables } from '../../domain/claim-figures/receivables.ts';
import type { ClaimStatistics } from '../../domain/claim-figures/statistics.ts';
import type { CentSum, DaysSpent } from '../../domain/claim-figures/sums.ts';
import { dateInZone, dateOfDay, dayNumber } from '../dates.ts';
import { zone } from './people.ts';

const sum = (known: number | null, unknownFor = 0): CentSum => ({ known, unknownFor });
const days = (count: number, medianDays: number, days90thPercentile: number, unknownFor = 0): DaysSpent => ({
  count,
  medianDays,
  days90thPercentile,
  unknownFor,
});

const nothing = claimFigures([]);

const sunrise: ClaimFigures = {
  claims: 96,
  checked: 96,
  withFindings: 41,
  stopped: 18,
  stoppedAndSettled: 16,
  overridden: 3,
  sent: 94,
  accepted: 88,
  sentBack: 4,
  notAnswered: 2,
  acceptanceShare: 0.957,
  decided: 70,
  paidInFull: 64,
  paidPartly: 2,
  denied: 4,
  denialShare: 0.086,
  denials: [
    { class: 'medicalNecessity', group: 'CO', reason: '50', claims: 3, cents: 54_150 },
    { class: 'coding', group: 'CO', reason: '4', claims: 3, cents: 21_600 },
  ],
  corrected: 3,
  appealed: 2,
  wonByCorrection: 2,
  wonByAppeal: 1,
  deniedNotFollowed: 1,
  recoveredCents: sum(31_200, 2),
  noteToTakenIn: days(90, 1, 3, 6),
  takenInToSent: days(94, 0.6, 2.1),
  sentToAcknowledged: days(92, 0.8, 1.6),
  sentToDecided: days(70, 16.4, 24.2),
  decidedToClosed: days(51, 3.2, 19.5),
};

const keystone: ClaimFigures = {
  ...nothing,
  claims: 6,
  checked: 6,
  withFindings: 2,
  stopped: 0,
  stoppedAndSettled: 0,
  overridden: 0,
  sent: 4,
  notAnswered: 4,
};

const bands = [
  [0, 30],
  [31, 60],
  [61, 90],
  [91, 120],
  [121, null],
] as const;

function owed(cents: readonly (number | null)[], more: Partial<Receivables> = {}): Receivables {
  const known = cents.filter((one) => one !== null);
  return {
    open: sum(known.reduce((all, one) => all + one, 0)),
    byAge: bands.map(([fromDays, toDays], index) => ({ fromDays, toDays, open: sum(cents[index] ?? null) })),
    patients: sum(null),
    underPlan: sum(null),
    writtenOff: sum(null),
    averageDailyChargeCents: null,
    daysInReceivables: null,
    ...more,
  };
}

const known = {
  patients: sum(48_200),
  underPlan: sum(12_000),
  writtenOff: sum(9_050),
  averageDailyChargeCents: 21_060,
  daysInReceivables: 41.5,
};

/** Claims of the last sixty days and older; none is newer. */
export function figuresOf(now: Date, from: string | null): ClaimStatistics {
  const today = dateInZone(now, zone);
  const ago = (count: number): string => dateOfDay(dayNumber(today) - count);
  const isIn = from === null || from <= ago(60);
  const payers = [
    { payer: 'keystone', figures: isIn ? keystone : nothing, receivables: owed([60_000, null, null, null, null]) },
    {
      payer: 'sunrise',
      figures: isIn ? sunrise : nothing,
      receivables: owed([412_300, 209_050, 88_000, null, 36_100], { ...known, daysInReceivables: 40.2 }),
    },
  ];
  const all: ClaimFigures = { ...sunrise, claims: 102, checked: 102, withFindings: 43, sent: 98, notAnswered: 6 };
  return {
    from,
    to: null,
    asOf: today,
    total: {
      payer: null,
      figures: isIn ? all : nothing,
      receivables: owed([472_300, 209_050, 88_000, null, 36_100], known),
    },
    payers,
    therapists: isIn
      ? [
          {
            therapist: '1999999976',
            name: 'Quill, Dana',
            lines: 180,
            visits: 74,
            billed: sum(1_402_000),
            allowed: sum(911_300, 21),
            paid: sum(742_050, 21),
            paidPerVisitCents: 10_240,
          },
          {
            therapist: null,
            name: null,
            lines: 4,
            visits: 2,
            billed: sum(36_100),
            allowed: sum(null, 4),
            paid: sum(null, 4),
            paidPerVisitCents: null,
          },
        ]
      : [],
    unusualPayments: isIn
      ? [
          {
            claim: `clm_demo${'1'.padStart(16, '0')}`,
            line: 1,
            payer: 'sunrise',
            code: '97110',
            modifiers: ['GP'],
            units: 2,
            allowedCents: 6_000,
            on: ago(9),
            usualCents: 8_000,
            differenceCents: -2_000,
            earlierPayments: 11,
          },
        ]
      : [],
  };
}
