// The levels of a 278 below the patient: the event under review and its services, asked or decided.
import type { Delivery } from '../../eligibility/answer.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment } from '../transaction-set.ts';
import { loopsOf, segmentOf, segmentsOf } from '../tree.ts';
import type { Identifier, Party, Procedure, QualifiedDate, Reference, Trace } from './parts.ts';
import { datesOf, diagnosesOf, filled, partyOf, procedureOf, referencesOf, traceOf } from './parts.ts';
import type { Reading } from './reading.ts';

/** A refusal to take up the request (AAA); `at` tells whose data was not accepted. It decides nothing about the services. */
export interface ReviewReject {
  readonly at: 'organization' | 'requester' | 'subscriber' | 'dependent' | 'event' | 'service';
  /** AAA03. */
  readonly code: string | null;
  /** AAA04, what the payer wants done. */
  readonly followUp: string | null;
  readonly source: string;
}

/** What the payer decided (HCR). */
export interface ReviewDecision {
  /** HCR01: A1 certified, A2 in part, A3 not, A4 pended, A6 modified, C cancelled, CT contact the payer, NA none needed. */
  readonly action: string | null;
  /** HCR02, the authorization number. */
  readonly number: string | null;
  /** HCR03. */
  readonly reasons: readonly string[];
  readonly source: string;
}

/** What an event and a service of it have alike. */
export interface ReviewPart {
  readonly traces: readonly Trace[];
  /** UM01: HS health services, AR admission, SC specialty care referral. */
  readonly category: string | null;
  /** UM02: I initial, R renewal, S revised, 1 and 2 appeal, 3 cancel. */
  readonly certification: string | null;
  /** UM03. */
  readonly serviceType: string | null;
  /** UM04-1 and UM04-2: B a place of service, A a facility type. */
  readonly place: string | null;
  readonly placeKind: string | null;
  readonly levelOfService: string | null;
  readonly decision: ReviewDecision | null;
  readonly rejects: readonly ReviewReject[];
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly diagnoses: readonly Identifier[];
  readonly delivery: Delivery | null;
  readonly procedure: Procedure | null;
  readonly chargeCents: number | null;
  /** UN units, MJ minutes … */
  readonly unit: string | null;
  readonly quantity: number | null;
  readonly messages: readonly string[];
  readonly providers: readonly Party[];
  readonly source: string;
}

export interface ReviewEvent extends ReviewPart {
  readonly services: readonly ReviewPart[];
}

/** @param level loop 2000E */
export function eventOf(reading: Reading, level: Loop): ReviewEvent {
  return {
    ...partOf(reading, level, 'event'),
    services: loopsOf(level, '2000F').map((service) => partOf(reading, service, 'service')),
  };
}

export function rejectsOf(
  reading: Reading,
  loops: readonly (Loop | undefined)[],
  at: ReviewReject['at'],
): ReviewReject[] {
  return loops.flatMap((loop) =>
    loop === undefined
      ? []
      : segmentsOf(loop, 'AAA').map((segment) => {
          // Y: the data was valid and was refused all the same; N: it was not.
          if (segment.element(1) === 'N' || segment.element(1) === 'Y') reading.know(segment, 1);
          const [code, followUp] = [reading.text(segment, 3), reading.text(segment, 4)];
          return { at, code, followUp, source: segment.source };
        }),
  );
}

function partOf(reading: Reading, level: Loop, at: 'event' | 'service'): ReviewPart {
  const review = segmentOf(level, 'UM');
  const [professional, institutional] = [segmentOf(level, 'SV1'), segmentOf(level, 'SV2')];
  const [place = '', placeKind = ''] = reading.components(review, 4, 2);
  return {
    traces: segmentsOf(level, 'TRN').map((segment) => traceOf(reading, segment)),
    category: reading.text(review, 1),
    certification: reading.text(review, 2),
    serviceType: reading.text(review, 3),
    place: filled(place),
    placeKind: filled(placeKind),
    levelOfService: reading.text(review, 6),
    decision: decisionOf(reading, segmentOf(level, 'HCR')),
    rejects: rejectsOf(reading, [level, ...loopsOf(level, at === 'event' ? '2010E' : '2010F')], at),
    references: referencesOf(reading, level),
    dates: datesOf(reading, level),
    diagnoses: segmentsOf(level, 'HI').flatMap((segment) => diagnosesOf(reading, segment)),
    delivery: deliveryOf(reading, segmentOf(level, 'HSD')),
    ...(institutional === undefined ? serviceOf(reading, professional, 1) : serviceOf(reading, institutional, 2)),
    messages: segmentsOf(level, 'MSG')
      .map((segment) => reading.text(segment, 1))
      .filter((message) => message !== null),
    providers: loopsOf(level, at === 'event' ? '2010E' : '2010F').map((loop) => partyOf(reading, loop)),
    source: (review ?? level.segments[0])?.source ?? '',
  };
}

/** @param first the element of the procedure: SV101, SV202; amount, unit and quantity follow it */
function serviceOf(
  reading: Reading,
  segment: KeptSegment | undefined,
  first: number,
): Pick<ReviewPart, 'procedure' | 'chargeCents' | 'unit' | 'quantity'> {
  return {
    procedure: segment === undefined ? null : procedureOf(reading, segment, first),
    chargeCents: reading.cents(segment, first + 1),
    unit: reading.text(segment, first + 2),
    quantity: reading.number(segment, first + 3),
  };
}

function decisionOf(reading: Reading, segment: KeptSegment | undefined): ReviewDecision | null {
  if (segment === undefined) return null;
  return {
    action: reading.text(segment, 1),
    number: reading.text(segment, 2),
    reasons: segment.element(3) === '' ? [] : reading.texts(segment, 3),
    source: segment.source,
  };
}

function deliveryOf(reading: Reading, segment: KeptSegment | undefined): Delivery | null {
  if (segment === undefined) return null;
  return {
    unit: reading.text(segment, 1),
    quantity: reading.number(segment, 2),
    frequencyPeriod: reading.text(segment, 3),
    frequency: reading.number(segment, 4),
    period: reading.text(segment, 5),
    periods: reading.number(segment, 6),
  };
}
