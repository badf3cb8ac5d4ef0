// Two answers about the same coverage side by side: which fields say something else than last time.
import type { Field, FieldName } from './fields.ts';
import { fieldNames, isKnown, isSame } from './fields.ts';
import type { BenefitSummary } from './summary-schema.ts';

/** One field that was known both times and differs. `set`: where it stands in the summary. */
export interface Change {
  readonly field: FieldName;
  readonly set: 'inNetwork' | 'outOfNetwork';
  readonly before: unknown;
  readonly after: unknown;
  /** It moves with every visit, or with the benefit year: no reason to ask anybody. */
  readonly isExpected: boolean;
}

type Comparable = Pick<BenefitSummary, 'patient' | 'coverage' | 'inNetwork' | 'outOfNetwork' | 'serviceDate'>;

const moving: readonly FieldName[] = [
  'deductibleMetCents',
  'deductibleLeftCents',
  'deductibleFamilyMetCents',
  'deductibleFamilyLeftCents',
  'outOfPocketMetCents',
  'outOfPocketLeftCents',
  'outOfPocketFamilyMetCents',
  'outOfPocketFamilyLeftCents',
  'visitsUsed',
  'visitsLeft',
  'unitsUsed',
  'unitsLeft',
  'dollarUsedCents',
  'dollarLeftCents',
  'benefitYearResets',
];

/** The summary among `last` that is about the same coverage of the same patient; null where there is none. */
export function sameCoverage<Summary extends Comparable>(last: readonly Summary[], now: Comparable): Summary | null {
  const alike = last.filter(
    ({ patient, coverage }) =>
      patient?.role === now.patient?.role &&
      patient?.memberId === now.patient?.memberId &&
      coverage.insuranceType === now.coverage.insuranceType,
  );
  const samePlan = alike.filter((one) => isSame(valueOf(one.inNetwork.planName), valueOf(now.inNetwork.planName)));
  return samePlan[0] ?? (alike.length === 1 ? (alike[0] ?? null) : null);
}

/** What changed since the last answer, field by field; nothing where no earlier summary is about the same coverage. */
export function changesSince(last: readonly Comparable[], now: Comparable): Change[] {
  const before = sameCoverage(last, now);
  if (before === null) return [];
  return (['inNetwork', 'outOfNetwork'] as const).flatMap((set) =>
    fieldNames.flatMap((field): Change[] => {
      const [earlier, later]: readonly Field<unknown>[] = [before[set][field], now[set][field]];
      if (earlier === undefined || later === undefined || !isKnown(earlier) || !isKnown(later)) return [];
      if (isSame(earlier.value, later.value)) return [];
      const isExpected = moving.includes(field);
      return [{ field, set, before: earlier.value, after: later.value, isExpected }];
    }),
  );
}

function valueOf(field: Field<unknown>): unknown {
  return isKnown(field) ? field.value : null;
}
