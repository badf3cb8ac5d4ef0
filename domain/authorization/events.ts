// The one place where an event changes an authorization: a pure reducer, and the event union the worker sends.
import { dateInZone } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import { applyAnswer } from './answer.ts';
import type {
  AnsweredEvent,
  HeldEvent,
  NotedEvent,
  NumberCorrectedEvent,
  ResumedEvent,
  SubmittedEvent,
} from './event-schema.ts';
import type { Authorization, Period } from './schema.ts';

export type AuthorizationEvent =
  | SubmittedEvent
  | AnsweredEvent
  | NumberCorrectedEvent
  | HeldEvent
  | ResumedEvent
  | NotedEvent;

/**
 * The authorization after an event. Applying the same event twice is the same as once.
 * @param zone the clinic's zone, IANA name: what leaves on Saturday evening left on Saturday
 * @throws GaitError `state.conflict` if the event speaks of a period that nobody asked for
 */
export function applyEvent(authorization: Authorization, event: AuthorizationEvent, zone: string): Authorization {
  switch (event.type) {
    case 'submitted':
      return submitted(authorization, event, dateInZone(event.sentAt, zone));
    case 'answered':
      return changePeriod(authorization, event.period, (period) =>
        applyAnswer(period, event.answer, dateInZone(event.answer.receivedAt, zone), event.kind === 'appeal'),
      );
    case 'numberCorrected':
      return changePeriod(authorization, event.period, (period) => ({ ...period, number: event.number }));
    case 'held':
      return { ...authorization, held: { reason: event.reason } };
    case 'resumed':
      return { ...authorization, held: null, coverageChangedOn: null };
    default:
      return authorization;
  }
}

function submitted(authorization: Authorization, event: SubmittedEvent, on: string): Authorization {
  const existing = authorization.periods.find((period) => period.sequence === event.period);
  if (existing === undefined) {
    return { ...authorization, periods: [...authorization.periods, newPeriod(event, on)] };
  }
  return changePeriod(authorization, event.period, (period) => {
    if (event.kind === 'appeal')
      return { ...period, appeal: { status: 'requested', submittedOn: on, decidedOn: null } };
    // A decision is not undone by learning late of the submission; only what was asked for is filled in.
    if (period.decidedOn !== null && period.status !== 'cancelled')
      return { ...period, submittedOn: period.submittedOn ?? on };
    return { ...newPeriod(event, on), weekLimit: period.weekLimit, maxGapDays: period.maxGapDays };
  });
}

function newPeriod(event: SubmittedEvent, on: string): Period {
  return {
    sequence: event.period,
    kind: event.kind,
    status: 'requested',
    from: event.from,
    to: event.to,
    requested: event.requested,
    approved: { visits: null, units: null },
    number: 'missing',
    weekLimit: null,
    maxGapDays: null,
    submittedOn: on,
    decidedOn: null,
  };
}

function changePeriod(
  authorization: Authorization,
  sequence: number,
  change: (period: Period) => Period,
): Authorization {
  if (!authorization.periods.some((period) => period.sequence === sequence)) {
    throw new GaitError('state.conflict', `The authorization has no period ${sequence}`, {
      fix: 'Apply the submission of the period first',
    });
  }
  return {
    ...authorization,
    periods: authorization.periods.map((period) => (period.sequence === sequence ? change(period) : period)),
  };
}
