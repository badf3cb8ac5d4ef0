// Random walks of an authorization.

import { pickOf, walksOf } from '../../machine/testing/walk.ts';
import { decisionsFor } from '../../work-item/kinds.ts';
import { advance } from '../machine.ts';
import { refusal } from '../machine-decisions.ts';
import { wakeAt } from '../machine-plan.ts';
import { newAuthorizationState } from '../machine-state.ts';
import type { AuthorizationState, Command, Decision, MachineEvent } from '../machine-state.ts';
import { assessmentOf } from './assessments.ts';

const statuses = ['approved', 'partlyApproved', 'denied', 'pended', 'cancelled', 'unknown'] as const;

function factsOf(state: AuthorizationState, pick: number) {
  const period = Math.max(state.request?.period ?? 1, state.assessment?.period ?? 1);
  const base = {
    route: pick % 5 === 0 ? 'staffSend' : 'submitAfterApproval',
    actBy: '2026-12-20',
    uncovered: pick % 3 === 0 ? null : { appointment: `appt_${pick % 7}`, date: '2026-12-24', warnOn: '2026-12-22' },
  } as const;
  switch (pick % 8) {
    case 0:
      return assessmentOf({ ...base, need: 'held', period });
    case 1:
      return assessmentOf({ ...base, need: 'number', period });
    case 2:
      return assessmentOf({ ...base, period, nextLookOn: '2026-12-24' });
    case 3:
      return assessmentOf({
        ...base,
        period,
        pending: { period, since: '2026-11-20', dueOn: null, overdue: false, requested: { visits: 12, units: null } },
      });
    case 4:
      return assessmentOf({ ...base, period, denied: { period, decidedOn: null } });
    default:
      return assessmentOf({
        ...base,
        need: period === 1 ? 'initial' : 'renewal',
        period: pick % 3 === 0 ? period + 1 : period,
      });
  }
}

/** Walks of an authorization nobody has looked at. */
export const authorizationWalks = walksOf({
  kinds: ['facts', 'person', 'person', 'flow', 'flow', 'time', 'time', 'opened', 'opened', 'message', 'failure'],
  maxPick: 1_000,
  hours: [0, 0, 1, 12, 48, 400],
  outcomes: {
    submit: [
      'accepted',
      'pended',
      'approved',
      'partlyApproved',
      'denied',
      'blocked',
      'shadow',
      'uncertain',
      'wait',
      'notSent',
    ],
    inquire: ['accepted', 'approved', 'denied', 'uncertain', 'uncertain', 'notSent'],
    poll: ['pending', 'approved', 'partlyApproved', 'denied', 'cancelled', 'nonsense'],
    record: ['recorded', 'workItem'],
  },
  fresh: () => newAuthorizationState('cl_1', 'auth_1', 'run-1'),
  advance,
  wakeAt,
  refusal,
  structureOf: () => ({}),
  decisionOn(item: AuthorizationState['items'][number], pick, at, id): Decision {
    const { kind } = item;
    const decision = pickOf(decisionsFor(kind), pick) ?? 'done';
    const status = pickOf(statuses, pick) ?? 'unknown';
    const outcome = { channel: 'fax', at, status, until: '2026-12-31', on: '2026-11-20' } as const;
    return { id, workItem: item.workItem ?? '', kind, decision, by: 'usr_1', at, hash: `hash-${id}`, outcome };
  },
  decided: (decision): MachineEvent => ({ type: 'decided', ...decision }),
  common: (event) => event,
  keyOf(command: Command) {
    switch (command.type) {
      case 'openItem':
        return { of: 'item', key: command.key };
      case 'apply':
        return { of: 'event', key: command.event.id };
      case 'ask':
        return { of: 'ask', key: command.ask.id };
      default:
        return null;
    }
  },
  own(state: AuthorizationState, { kind, pick }, { at }): MachineEvent {
    if (kind === 'facts') return { type: 'assessed', at, assessment: factsOf(state, pick) };
    return pick % 40 === 0 ? { type: 'closed', at } : { type: pick % 2 === 0 ? 'changed' : 'checkNow', at };
  },
});
