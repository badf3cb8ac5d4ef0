// The one place where an event changes an authorization: a pure reducer, and the event union the worker sends.
import { dateInZone } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import { applyAnswer } from './answer.ts';
import type {
  AnsweredEvent,
  HeldEvent,
  HoldEndedEvent,
  NotedEvent,
  NotRequiredEvent,
  NumberCorrectedEvent,
  SubmittedEvent,
} from './event-schema.ts';
import type { Authorization, Period } from './schema.ts';
import { unknownPayer } from './slots.ts';
import { isOfAnotherPayer } from './slots.ts';

/** What an event does not tell of itself. */
export interface EventContext {
  /** The clinic's zone, IANA name: what leaves on Saturday evening left on Saturday. */
  readonly zone: string;
  /** The patient's coverage as it is now, for the events that end a hold; null: unknown. */
  readonly coverage: Pick<Authorization, 'coverage' | 'payer' | 'lineOfBusiness'> | null;
}

export type AuthorizationEvent =
  | SubmittedEvent
  | AnsweredEvent
  | NumberCorrectedEvent
  | NotRequiredEvent
  | HeldEvent
  | HoldEndedEvent
  | NotedEvent;

/**
 * The authorization after an event. Applying the same event twice is the same as once.
 * @throws GaitError `state.conflict` if the event speaks of a period that nobody asked for
 */
export function applyEvent(
  authorization: Authorization,
  event: AuthorizationEvent,
  context: EventContext,
): Authorization {
  const { zone } = context;
  switch (event.type) {
    case 'submitted':
      return submitted(authorization, event, dateInZone(event.sentAt, zone));
    case 'answered':
      return changePeriod(authorization, event.period, (period) =>
        applyAnswer(period, event.answer, dateInZone(event.answer.receivedAt, zone), event.kind === 'appeal'),
      );
    case 'numberCorrected':
      return changePeriod(authorization, event.period, (period) => ({ ...period, number: event.number }));
    case 'notRequired':
      return { ...authorization, requiredByPayer: false };
    case 'held':
      return { ...authorization, held: { reason: event.reason } };
    case 'resumed':
      return honored(underCoverage(authorization, context));
    case 'coverageReplaced':
      return superseded(authorization, underCoverage(authorization, context));
    default:
      return authorization;
  }
}

function underCoverage(authorization: Authorization, { coverage }: EventContext): Authorization {
  return { ...authorization, ...coverage, held: null, coverageChangedOn: null };
}

function honored(authorization: Authorization): Authorization {
  const { payer, periods } = authorization;
  return {
    ...authorization,
    periods: periods.map((period) =>
      isOfAnotherPayer(period, authorization) ? { ...period, honoredBy: payer } : period,
    ),
  };
}

/** Leaves what the present payer itself was asked already, if the payer is another one than before. */
function superseded(before: Authorization, after: Authorization): Authorization {
  const isOver = ({ payer }: Period): boolean =>
    payer === undefined || before.payer === after.payer
      ? before.coverage !== after.coverage || payer !== after.payer
      : payer !== after.payer;
  return {
    ...after,
    periods: after.periods.map((period) => (isOver(period) ? { ...period, status: 'superseded' } : period)),
  };
}

function submitted(authorization: Authorization, event: SubmittedEvent, on: string): Authorization {
  const existing = authorization.periods.find((period) => period.sequence === event.period);
  if (existing === undefined) {
    return { ...authorization, periods: [...authorization.periods, newPeriod(authorization, event, on)] };
  }
  return changePeriod(authorization, event.period, (period) => {
    if (event.kind === 'appeal')
      return { ...period, appeal: { status: 'requested', submittedOn: on, decidedOn: null } };
    // A decision is not undone by learning late of the submission; only what was asked for is filled in.
    if (period.decidedOn !== null && period.status !== 'cancelled')
      return { ...period, submittedOn: period.submittedOn ?? on };
    return { ...newPeriod(authorization, event, on), weekLimit: period.weekLimit, maxGapDays: period.maxGapDays };
  });
}

function newPeriod({ payer }: Authorization, event: SubmittedEvent, on: string): Period {
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
    ...(payer === unknownPayer ? {} : { payer }),
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
