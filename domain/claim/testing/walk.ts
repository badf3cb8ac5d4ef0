// Random walks of a claim, and the ways into states that they seldom come to.

import { pickOf, start, walksOf } from '../../machine/testing/walk.ts';
import { decisionsFor } from '../../work-item/kinds.ts';
import { advance } from '../machine.ts';
import { refusal } from '../machine-decisions.ts';
import { submissionKeyOf, wakeAt } from '../machine-plan.ts';
import { newClaimState } from '../machine-state.ts';
import type { ClaimState, Command, Decision, MachineEvent } from '../machine-state.ts';
import { standings } from '../standing.ts';
import { denialOf, planOf, postingOf, termsOf } from './plans.ts';

const categories = ['A2', 'A7', 'P1', 'R4', 'F1', 'D0', 'E1', 'X9'] as const;

function factsOf(pick: number) {
  const route = pick % 7 === 0 ? 'staffSend' : 'electronic';
  const terms = termsOf({ replacements: pick % 11 === 0 ? 'notAccepted' : 'accepted' });
  const base = { route, terms, version: 1 + (pick % 3), payerNumberKnown: pick % 4 === 0 } as const;
  switch (pick % 9) {
    case 0:
      return planOf({ ...base, hold: 'coverage.changed' });
    case 1:
    case 2:
      return planOf({ ...base, blocks: 2 });
    case 3:
      return planOf({ ...base, blocks: null });
    case 4:
      return planOf({ ...base, sentBefore: { frequency: '1', attempt: 1, at: '2026-11-01T12:00:00.000Z' } });
    default:
      return planOf(base);
  }
}

function postingFor(count: number, pick: number) {
  // Digits of one number, so that none hangs on another.
  const [source, owed, share, number, age] = [8, 40, 120, 240, 480].map((base) => Math.floor(pick / base));
  const ledger = (age ?? 0) % 2 === 1 ? Math.max(0, count - 5) : count;
  const base = {
    ledger,
    source: pickOf(['remittance', 'remittance', 'remittance', 'patient', 'person'] as const, source ?? 0) ?? 'person',
    insuranceCents: pickOf([0, 0, 18_050], owed ?? 0) ?? 0,
    patientCents: (share ?? 0) % 2 === 0 ? 2_000 : 0,
    payerNumberKnown: (number ?? 0) % 2 === 0,
  };
  switch (pick % 8) {
    case 0:
      return postingOf({ ...base, denial: denialOf({ deadlineDays: pick % 3 === 0 ? null : 30 }) });
    case 1:
      return postingOf({ ...base, denial: denialOf({ whatToDo: 'resubmit' }), insuranceCents: 18_050 });
    case 2:
      return postingOf({ ...base, reversal: true });
    case 3:
      return postingOf({ ...base, doubt: 'posting.unbalanced' });
    case 4:
      return postingOf({ ...base, insuranceCents: pick % 3 === 0 ? null : -100 });
    default:
      return postingOf(base);
  }
}

type Told = { readonly at: string; readonly id: string; readonly count: number };

function messageOf(pick: number, { at, id }: Told): MachineEvent {
  if (pick % 40 === 0) return { type: 'withdrawn', at };
  if (pick % 3 === 0) return { type: 'voidWished', at, id, by: 'usr_1' };
  return { type: pick % 2 === 0 ? 'changed' : 'checkNow', at };
}

function payerSays(state: ClaimState, pick: number, { at, id }: Told): MachineEvent {
  const { submission } = state;
  const key = submission === null || pick % 3 === 0 ? null : submissionKeyOf(state, submission);
  if (pick % 2 === 0)
    return { type: 'statusTold', at, id, standing: pickOf(standings, pick / 2) ?? 'nothing', codes: null };
  const level = pickOf(['TA1', '999', '277CA', '277CA'] as const, pick) ?? '999';
  return { type: 'acknowledged', at, id, level, accepted: pick % 5 !== 0, key, codes: null };
}

const looked: MachineEvent = { type: 'changed', at: new Date(start).toISOString() };

function looking(): ClaimState {
  // A workflow begins by looking.
  return advance(newClaimState('cl_1', 'clm_1', 'run-1'), looked).state;
}

const happenings = ['facts', 'person', 'person', 'person', 'flow', 'flow', 'payer', 'books'];

/** Walks of a claim that was looked at. */
export const claimWalks = walksOf({
  kinds: [...happenings, 'time', 'time', 'opened', 'opened', 'message', 'failure'],
  maxPick: 960,
  hours: [0, 0, 1, 12, 48, 400, 1_500],
  outcomes: {
    submit: ['accepted', 'accepted', 'blocked', 'shadow', 'uncertain', 'wait', 'notSent', 'rejected'],
    inquire: ['accepted', 'uncertain', 'uncertain', 'notSent'],
    poll: ['answered', 'answered', 'answered', 'notFound', 'nonsense'],
  },
  fresh: looking,
  advance,
  wakeAt,
  refusal,
  structureOf: (pick) => ({ category: pickOf(categories, pick) }),
  decisionOn(item: ClaimState['items'][number], pick, at, id): Decision {
    const { kind } = item;
    const decision = pickOf(decisionsFor(kind), pick) ?? 'done';
    const outcome = { channel: 'fax', at, until: '2027-06-30', consent: 'doc_1' } as const;
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
  own(state: ClaimState, { kind, pick }, told): MachineEvent {
    switch (kind) {
      case 'message':
        return messageOf(pick, told);
      case 'payer':
        return payerSays(state, pick, told);
      case 'books':
        return { type: 'posted', at: told.at, id: told.id, posting: postingFor(told.count, pick) };
      default:
        return { type: 'assessed', at: told.at, plan: factsOf(pick) };
    }
  },
});

/** The ways into states that a random walk seldom comes to. */
export function seldomWays(): readonly (readonly MachineEvent[])[] {
  const at = new Date(start).toISOString();
  let count = 0;
  type Next = MachineEvent | Decision['decision'];
  const way = (...steps: readonly Next[]): readonly MachineEvent[] => {
    let state = looking();
    const events: MachineEvent[] = [];
    const take = (event: MachineEvent): void => {
      events.push(event);
      state = advance(state, event).state;
    };
    for (const step of steps) {
      const [item] = state.items;
      if (typeof step !== 'string') take(step);
      else if (item !== undefined) {
        count += 1;
        const [workItem, id] = [`wi_seldom${count}`, `seldom${count}`];
        take({ type: 'itemOpened', at, key: item.key, workItem });
        const outcome = { channel: 'fax', at } as const;
        take({ type: 'decided', at, id, workItem, kind: item.kind, decision: step, by: 'usr_1', hash: id, outcome });
      }
    }
    return events;
  };
  const denied = postingOf({ ledger: 0, denial: denialOf(), insuranceCents: 100 });
  const assessed: MachineEvent = { type: 'assessed', at, plan: planOf() };
  const appealed: readonly Next[] = [
    assessed,
    { type: 'posted', at, id: 'seldom', posting: denied },
    'appeal',
    'approve',
    'sent',
  ];
  const late = new Date(start + 90 * 86_400_000).toISOString();
  return [
    [],
    way({ type: 'assessed', at, plan: planOf({ route: 'staffSend' }) }, 'approve'),
    way(assessed, 'approve'),
    way(assessed, 'approve', { type: 'askFailed', at, ask: 'submit-1-1', code: 'step.lost' }),
    way(
      { type: 'assessed', at, plan: planOf({ sentBefore: { frequency: '1', attempt: 1, at } }) },
      { type: 'tick', at: late },
    ),
    way(...appealed),
    way(...appealed, { type: 'tick', at: late }),
  ];
}
