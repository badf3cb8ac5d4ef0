// Reads a 278, service reviews (005010X217, X215 and X216): what is asked about a patient, and what the payer answered.
import type { ReviewAnswer } from '../../authorization/review-actions.ts';
import type { Quantity } from '../../authorization/schema.ts';
import type { Fault, Place } from '../findings.ts';
import { serviceReview, serviceReviewRequest } from '../grammars/service-review.ts';
import type { Loop } from '../loops.ts';
import type { ReviewClinician, ServiceReviewAsk } from '../service-review-ask.ts';
import type { TransactionSet } from '../transaction-set.ts';
import { allLoops, loopOf } from '../tree.ts';
import { once } from './once.ts';
import type { Beginning, Party, Person } from './parts.ts';
import { beginningOf, dateIn, partyOf, personOf, referenceIn } from './parts.ts';
import { Reading } from './reading.ts';
import type { OtherSegment } from './reading.ts';
import { answerOf } from './service-review-answer.ts';
import type { ReviewEvent, ReviewReject } from './service-review-parts.ts';
import { eventOf, rejectsOf } from './service-review-parts.ts';

/** One event of one patient. It is PHI. */
export interface ServiceReview {
  /** The utilization management organization: the payer, or who decides for it. */
  readonly organization: Party | null;
  readonly requester: Party | null;
  readonly subscriber: Person | null;
  /** The patient, where that is not the subscriber. */
  readonly dependent: Person | null;
  /** Null where an answer refuses the request above the event. */
  readonly event: ReviewEvent | null;
  /** Refusals above the event. */
  readonly rejects: readonly ReviewReject[];
  readonly place: Place;
  /** What stood in the event and its services and has no field. */
  readonly others: readonly OtherSegment[];
}

export interface ReadServiceReviews<Review extends ServiceReview = ServiceReview> {
  /** BHT02: 13 request, 11 response, 28 inquiry. */
  readonly beginning: Beginning | null;
  readonly reviews: readonly Review[];
  /** What stood elsewhere and has no field. */
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** A review with the answer it means, and that of each of its services in their order. */
export interface AnsweredReview extends ServiceReview {
  /** Our own number of the question as it came back. */
  readonly trace: string | null;
  readonly result: ReviewAnswer;
  readonly services: readonly ReviewAnswer[];
}

/** What the reader of an answer knows besides the answer. */
export interface Answering {
  /** When the file was received: an instant, ISO UTC. The 278 has the payer's clock without a zone. */
  readonly receivedAt: string;
  /** What was asked for, to tell a full approval from a partial one, by our own number of the question (TRN02). */
  readonly asked?: ReadonlyMap<string, Quantity>;
}

/** Requests, renewals, appeals, cancellations (X217) and inquiries (X215). Whatever cannot be read is a fault, never an exception. */
export function readServiceReviewRequests(set: TransactionSet): ReadServiceReviews {
  const grammar = set.version.startsWith('005010X217') ? serviceReviewRequest : serviceReview;
  return reviewsIn(new Reading(set, grammar));
}

/** Answers to requests and inquiries, and notifications. An answer that only refuses has a review without event. */
export function readServiceReviewResponses(
  set: TransactionSet,
  { receivedAt, asked }: Answering,
): ReadServiceReviews<AnsweredReview> {
  const read = reviewsIn(new Reading(set, serviceReview));
  const unknown: Quantity = { visits: null, units: null };
  const reviews = read.reviews.map((review): AnsweredReview => {
    const { event } = review;
    const trace = event?.traces.find(({ kind }) => kind === '2')?.number ?? event?.traces[0]?.number ?? null;
    const quantity = (trace === null ? undefined : asked?.get(trace)) ?? unknown;
    return {
      ...review,
      trace,
      result: answerOf(event, event?.services ?? [], review.rejects, quantity, receivedAt),
      services: (event?.services ?? []).map((service) => answerOf(service, [], [], unknown, receivedAt)),
    };
  });
  return { ...read, reviews };
}

const levels = ['2000A', '2000B', '2000C', '2000D', '2000E'];

function reviewsIn(reading: Reading): ReadServiceReviews {
  const beginning = beginningOf(reading);
  const organizationOf = once((level) => {
    const name = below(level, '2010A');
    return { party: partyOf(reading, name), rejects: rejectsOf(reading, [level, name], 'organization') };
  });
  const requesterOf = once((level) => {
    const name = below(level, '2010B');
    return { party: partyOf(reading, name), rejects: rejectsOf(reading, [level, name], 'requester') };
  });
  const subscriberOf = once((level) => patientAt(reading, level, '2010C', 'subscriber'));
  const dependentOf = once((level) => patientAt(reading, level, '2010D', 'dependent'));
  // A review stands in an event; where the payer refused above it, in the innermost level there is.
  const innermost = allLoops(reading.tree, ...levels).filter(
    ({ loop }) => !loop.loops.some(({ id }) => levels.includes(id)),
  );
  const reviews = innermost.map(({ loop, above }): ServiceReview => {
    const level = (id: string) => [loop, ...above].find((one) => one.id === id);
    const [organization, requester] = [organizationOf(level('2000A')), requesterOf(level('2000B'))];
    const [subscriber, dependent] = [subscriberOf(level('2000C')), dependentOf(level('2000D'))];
    return {
      organization: organization.party,
      requester: requester.party,
      subscriber: subscriber.person,
      dependent: dependent.person,
      event: loop.id === '2000E' ? eventOf(reading, loop) : null,
      rejects: [...organization.rejects, ...requester.rejects, ...subscriber.rejects, ...dependent.rejects],
      place: loop.segments[0]?.place ?? { segment: 0, offset: 0 },
      others: loop.id === '2000E' ? reading.others(...inside(loop)) : [],
    };
  });
  return { beginning, reviews, others: reading.rest(), faults: reading.faults };
}

function patientAt(
  reading: Reading,
  level: Loop | undefined,
  id: string,
  at: 'subscriber' | 'dependent',
): { person: Person | null; rejects: ReviewReject[] } {
  if (level === undefined) return { person: null, rejects: [] };
  const name = below(level, id);
  return { person: personOf(reading, level, name), rejects: rejectsOf(reading, [level, name], at) };
}

function inside(loop: Loop): Loop[] {
  return [loop, ...loop.loops.flatMap(inside)];
}

function below(level: Loop | undefined, id: string): Loop | undefined {
  return level === undefined ? undefined : loopOf(level, id);
}

/** A request as Gait asks one; null where it lacks what Gait always tells. */
export function askIn(review: ServiceReview): ServiceReviewAsk | null {
  const { organization, requester, subscriber, dependent, event } = review;
  const patient = dependent ?? subscriber;
  const trace = event?.traces[0]?.number ?? null;
  const payer = { id: organization?.id?.value ?? null, name: organization?.organizationName ?? null };
  const clinic = requester?.organizationName ?? null;
  const { given = null, family = null } = patient ?? {};
  if (event === null || patient === null || requester === null || clinic === null || trace === null) return null;
  const { certification, serviceType, place, delivery, services } = event;
  if (payer.id === null || payer.name === null || given === null || family === null) return null;
  if (certification === null || serviceType === null || place === null) return null;
  const dates = dateIn(event.dates, 'AAH', '472');
  const counted = (unit: string) => (delivery?.unit === unit ? delivery.quantity : null);
  return {
    trace,
    payer: { id: payer.id, name: payer.name },
    requester: {
      organizationName: clinic,
      npi: requester.id?.qualifier === 'XX' ? requester.id.value : null,
      taxId: referenceIn(requester.references, 'EI') ?? (requester.id?.qualifier === 'FI' ? requester.id.value : null),
    },
    patient: {
      given,
      family,
      memberId: subscriber?.id?.value ?? null,
      groupNumber: subscriber === null ? null : referenceIn(subscriber.references, '6P', '1L'),
      birthDate: patient.birthDate,
      gender: patient.gender === 'F' ? 'female' : patient.gender === 'M' ? 'male' : 'unknown',
    },
    certification,
    serviceType,
    placeOfService: place,
    from: dates?.from ?? null,
    to: dates?.to ?? null,
    diagnoses: event.diagnoses.map(({ value }) => value).filter((value) => value !== null),
    visits: counted('VS'),
    units: counted('FL'),
    procedures: services.flatMap(({ procedure, quantity }) =>
      procedure === null || procedure.value === null ? [] : [{ code: procedure.value, units: quantity }],
    ),
    rendering: clinicianIn(event, 'SJ'),
    referring: clinicianIn(event, 'DN'),
    previousNumber: referenceIn(event.references, 'BB'),
    administrativeNumber: referenceIn(event.references, 'NT'),
    message: event.messages[0] ?? null,
  };
}

function clinicianIn({ providers }: ReviewEvent, role: string): ReviewClinician | null {
  const found = providers.find((provider) => provider.role === role);
  if (found === undefined || found.family === null) return null;
  return { given: found.given, family: found.family, npi: found.id?.qualifier === 'XX' ? found.id.value : null };
}
