// Reads a 270, eligibility inquiry (005010X279A1): one inquiry for each patient asked about.
import type { Fault } from '../findings.ts';
import { eligibilityInquiry } from '../grammars/eligibility-inquiry.ts';
import type { Loop } from '../loops.ts';
import type { TransactionSet } from '../transaction-set.ts';
import type { Found } from '../tree.ts';
import { allLoops, loopOf, loopsOf, segmentsOf } from '../tree.ts';
import type { Beginning, Identifier, Party, Person, Procedure, QualifiedDate, Reference, Trace } from './parts.ts';
import { beginningOf, datesOf, partyOf, personOf, procedureOf, referencesOf, traceOf } from './parts.ts';
import type { OtherSegment } from './reading.ts';
import { Reading } from './reading.ts';

/** One question (EQ) about a patient. */
export interface BenefitQuestion {
  readonly serviceTypes: readonly string[];
  readonly procedure: Procedure | null;
  /** EQ03: IND individual, FAM family … */
  readonly coverageLevel: string | null;
  readonly insuranceType: string | null;
  /** EQ05, numbers of the patient's diagnoses. */
  readonly diagnosisPointers: readonly string[];
  /** AMT: R spend-down, PB billed. */
  readonly amounts: readonly { readonly qualifier: string | null; readonly cents: number | null }[];
  /** III: places of service and other industry codes. */
  readonly places: readonly Identifier[];
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly source: string;
}

/** What is asked about one patient: the dependent, or where there is none the subscriber. It is PHI. */
export interface EligibilityInquiry {
  readonly traces: readonly Trace[];
  /** The payer. */
  readonly informationSource: Party | null;
  /** The provider who asks. */
  readonly receiver: Party | null;
  readonly subscriber: Person | null;
  readonly dependent: Person | null;
  /** The patient's own dates; none: the day the payer reads it. */
  readonly dates: readonly QualifiedDate[];
  readonly questions: readonly BenefitQuestion[];
  /** What stands with the patient or the subscriber and is in no field. */
  readonly others: readonly OtherSegment[];
  readonly source: string;
}

export interface EligibilityInquiries {
  readonly beginning: Beginning | null;
  /** In the order of the file. */
  readonly values: readonly EligibilityInquiry[];
  /** What stands elsewhere and is in no field. */
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** Never throws: what is wrong is in `faults`, what has no field in `others`. */
export function readEligibilityInquiries(set: TransactionSet): EligibilityInquiries {
  const reading = new Reading(set, eligibilityInquiry);
  const beginning = beginningOf(reading);
  const patients = allLoops(reading.tree, '2000C', '2000D').filter(isPatient).sort(byPlace);
  const values = patients.map((patient) => inquiryOf(reading, patient));
  return { beginning, values, others: reading.rest(), faults: reading.faults };
}

/** A subscriber is the patient where something is asked about them, and where nobody depends on them. */
function isPatient({ loop }: Found): boolean {
  return loop.id === '2000D' || questionsOf(loop).length > 0 || loopOf(loop, '2000D') === undefined;
}

function questionsOf(level: Loop): readonly Loop[] {
  return level.loops.flatMap((name) => [...loopsOf(name, '2110C'), ...loopsOf(name, '2110D')]);
}

function byPlace(a: Found, b: Found): number {
  return (a.loop.segments[0]?.place.offset ?? 0) - (b.loop.segments[0]?.place.offset ?? 0);
}

function inquiryOf(reading: Reading, { loop, above }: Found): EligibilityInquiry {
  const level = (id: string) => [loop, ...above].find((one) => one.id === id);
  const [subscriberLevel, receiverLevel, sourceLevel] = [level('2000C'), level('2000B'), level('2000A')];
  const isDependent = loop.id === '2000D';
  const questions = questionsOf(loop);
  const header = loop.segments[0];
  if (questions.length === 0 && header !== undefined) {
    const question = isDependent ? '2110D' : '2110C';
    reading.fault('loop.missing', `The loop ${question} is missing: nothing is asked about this patient.`, header);
  }
  const names = (parent: Loop | undefined, id: string) => (parent === undefined ? undefined : loopOf(parent, id));
  const subscriber =
    subscriberLevel === undefined ? null : personOf(reading, subscriberLevel, names(subscriberLevel, '2100C'));
  const dependent = isDependent ? personOf(reading, loop, names(loop, '2100D')) : null;
  const value = {
    traces: segmentsOf(loop, 'TRN').map((segment) => traceOf(reading, segment)),
    informationSource: partyOf(reading, names(sourceLevel, '2100A')),
    receiver: partyOf(reading, names(receiverLevel, '2100B')),
    subscriber,
    dependent,
    dates: (isDependent ? dependent : subscriber)?.dates ?? [],
    questions: questions.map((question) => questionOf(reading, question)),
    source: header?.source ?? '',
  };
  const own = [loop, ...(isDependent && subscriberLevel !== undefined ? [subscriberLevel] : [])];
  const others = reading.others(...own.flatMap((one) => [one, ...one.loops.filter(isName)]), ...questions);
  return { ...value, others };
}

function isName({ id }: Loop): boolean {
  return id === '2100C' || id === '2100D';
}

function questionOf(reading: Reading, loop: Loop): BenefitQuestion {
  const [segment] = segmentsOf(loop, 'EQ');
  const pointers = reading.components(segment, 5, 4);
  return {
    serviceTypes: segment === undefined ? [] : reading.texts(segment, 1),
    procedure: segment === undefined ? null : procedureOf(reading, segment, 2),
    coverageLevel: reading.text(segment, 3),
    insuranceType: reading.text(segment, 4),
    diagnosisPointers: pointers.filter((pointer) => pointer !== ''),
    amounts: segmentsOf(loop, 'AMT').map((amount) => ({
      qualifier: reading.text(amount, 1),
      cents: reading.cents(amount, 2),
    })),
    places: segmentsOf(loop, 'III').map((place) => ({
      qualifier: reading.text(place, 1),
      value: reading.text(place, 2),
    })),
    references: referencesOf(reading, loop),
    dates: datesOf(reading, loop),
    source: segment?.source ?? '',
  };
}
