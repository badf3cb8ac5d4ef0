// A patient's FHIR Coverages as the coverages of a chart: who pays, under which number, and who pays first.
import type { Element } from '../../domain/fhir/element.ts';
import { codeOf } from '../../domain/fhir/parties.ts';
import type { CoverageRow } from '../pt-records/rows.ts';
import { isOfType, payerAt } from './read-party.ts';
import type { Reading, Surroundings } from './reading.ts';

const orders = ['primary', 'secondary', 'tertiary'] as const;
/** http://terminology.hl7.org/CodeSystem/subscriber-relationship: the member's relation to the subscriber. */
const relationships: Readonly<Record<string, CoverageRow['relationship']>> = {
  self: 'self',
  spouse: 'spouse',
  common: 'spouse',
  child: 'child',
  parent: 'other',
  other: 'other',
  injured: 'other',
};

function ofClass(coverage: Element, code: string): Element | null {
  return coverage.children('class').find((one) => codeOf(one.child('type')) === code) ?? null;
}

function relationshipOf(coverage: Element, reading: Reading): CoverageRow['relationship'] {
  const code = codeOf(coverage.child('relationship'));
  if (code === null) return 'unknown';
  const known = relationships[code];
  if (known === undefined) reading.fail(`${coverage.path}.relationship`, 'unknown word');
  return known ?? 'unknown';
}

function memberIdOf(coverage: Element): string | null {
  const member = coverage.children('identifier').find((one) => isOfType(one, 'MB'));
  return coverage.string('subscriberId') ?? member?.string('value') ?? null;
}

/** Null where nobody is named who pays; a patient who pays alone has no payer. */
function coverageOf(
  coverage: Element,
  order: CoverageRow['order'],
  reading: Reading,
  around: Surroundings,
): CoverageRow | null {
  const [payor = null] = coverage.children('payor');
  const { payerName, payerId } = payerAt(payor, reading, around);
  if (payerName === null) {
    const isFound = payor === null || around.follow(payor) !== null;
    return reading.fail(payor?.path ?? `${coverage.path}.payor`, isFound ? 'empty' : 'reference not found');
  }
  const plan = ofClass(coverage, 'plan');
  const period = coverage.child('period');
  return {
    payerId,
    payerName,
    memberId: memberIdOf(coverage),
    groupNumber: ofClass(coverage, 'group')?.string('value') ?? null,
    planName: plan?.string('name') ?? plan?.string('value') ?? null,
    relationship: relationshipOf(coverage, reading),
    order,
    from: reading.start(period),
    to: reading.day(period, 'end'),
  };
}

/** Sorts who is in force before who is over, the later before the earlier. */
function rank(coverage: Element): string {
  const period = coverage.child('period');
  return `${period?.string('end') ?? '9999'} ${period?.string('start') ?? ''}`;
}

interface Ordered {
  readonly coverage: Element;
  readonly order: CoverageRow['order'];
}

/** Who pays first, second and third. One coverage alone is the primary; several that do not say are a problem. */
function ordered(coverages: readonly Element[], reading: Reading, { settings }: Surroundings): Ordered[] {
  const listed = settings.coverageWithoutOrder === 'asListed' || coverages.length === 1;
  const taken = new Set<CoverageRow['order']>();
  const found: Ordered[] = [];
  const said = coverages.filter((one) => one.number('order') !== null);
  const unsaid = coverages.filter((one) => one.number('order') === null);
  for (const coverage of said.toSorted((one, other) => (rank(one) < rank(other) ? 1 : -1))) {
    const order = orders[(coverage.number('order') ?? 0) - 1];
    if (order === undefined) reading.fail(`${coverage.path}.order`, 'unknown word');
    else if (taken.has(order)) reading.fail(coverage.path, 'older than another');
    else {
      taken.add(order);
      found.push({ coverage, order });
    }
  }
  for (const coverage of unsaid) {
    const order = listed ? orders.find((one) => !taken.has(one)) : undefined;
    if (order === undefined) reading.fail(`${coverage.path}.order`, 'empty');
    else {
      taken.add(order);
      found.push({ coverage, order });
    }
  }
  return found.toSorted((one, other) => orders.indexOf(one.order) - orders.indexOf(other.order));
}

/** The coverages of one patient in their order; those cancelled, drafted or entered in error are none. */
export function readCoverages(
  coverages: readonly Element[],
  reading: Reading,
  around: Surroundings,
): readonly CoverageRow[] {
  const active = coverages.filter((one) => {
    const isActive = one.string('status') === 'active';
    if (!isActive) reading.fail(`${one.path}.status`, 'withdrawn');
    return isActive;
  });
  return ordered(active, reading, around).flatMap(
    ({ coverage, order }) => coverageOf(coverage, order, reading, around) ?? [],
  );
}
