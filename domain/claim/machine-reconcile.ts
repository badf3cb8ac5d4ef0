// Turns the difference between what the state wants and what is open or asked into commands. Pure.

import type { Draft } from './machine-draft.ts';
import { nextNumber } from './machine-draft.ts';
import { wantedItems } from './machine-items.ts';
import type { WantedItem } from './machine-items.ts';
import {
  canPoll,
  pollAsk,
  reminderTimes,
  submissionKeyOf,
  submitAsk,
  wantsInquiry,
  wantsPoll,
} from './machine-plan.ts';
import type { Ask, CloseReason, OpenItem } from './machine-state.ts';

/** Brings open items and asked steps in line with the state. A submission that was asked is never taken back. */
export function reconcile(draft: Draft): void {
  stopUnwanted(draft);
  const { submission, phase } = draft.state;
  if (submission !== null && draft.state.held === null && phase === 'submitting') {
    const submit = submitAsk(draft.state, submission, null);
    if (submit !== null && !draft.state.asks.some((ask) => ask.id === submit.id)) start(draft, submit);
  }
  if (submission !== null && wantsInquiry(draft.state, draft.at)) {
    const inquiries = submission.inquiries + 1;
    draft.state = { ...draft.state, submission: { ...submission, inquiries, inquireAt: null } };
    const inquiry = submitAsk(draft.state, submission, inquiries);
    if (inquiry !== null) start(draft, inquiry);
  }
  const isPolling = draft.state.asks.some((ask) => ask.purpose === 'poll');
  if (submission !== null && wantsPoll(draft.state, draft.at) && !isPolling) {
    start(draft, pollAsk(draft.state, submission, nextNumber(draft)));
  }
  reconcileItems(draft);
}

function start(draft: Draft, ask: Ask): void {
  draft.state = { ...draft.state, asks: [...draft.state.asks, ask] };
  draft.commands.push({ type: 'ask', ask });
}

function stopUnwanted(draft: Draft): void {
  const stays = (ask: Ask): boolean => ask.purpose !== 'poll' || canPoll(draft.state);
  for (const ask of draft.state.asks) if (!stays(ask)) draft.commands.push({ type: 'stopAsk', id: ask.id });
  draft.state = { ...draft.state, asks: draft.state.asks.filter(stays) };
}

function reconcileItems(draft: Draft): void {
  const wanted = wantedItems(draft.state, draft.at);
  const reason: CloseReason =
    draft.state.phase === 'closed' ? 'closed' : draft.state.held !== null ? 'held' : 'superseded';
  const stays = (item: OpenItem): boolean => wanted.some((want) => want.name === item.name);
  for (const item of draft.state.items) {
    // An item the server has not opened yet is closed when it says so (`itemOpened`).
    if (!stays(item) && item.workItem !== null)
      draft.commands.push({ type: 'closeItem', workItem: item.workItem, reason });
  }
  const kept = draft.state.items.filter(stays);
  draft.state = { ...draft.state, items: kept };
  for (const want of wanted) if (!kept.some((item) => item.name === want.name)) open(draft, want);
}

function open(draft: Draft, { name, kind, dueAt, context }: WantedItem): void {
  const { submission } = draft.state;
  // The same approval must not be asked for twice, whoever asks: its key is the effect's.
  const key =
    kind === 'claim.submit' && submission !== null
      ? submissionKeyOf(draft.state, submission)
      : `${draft.state.origin}/${nextNumber(draft)}`;
  const times = reminderTimes(draft.state, dueAt);
  const item: OpenItem = { name, key, kind, workItem: null, dueAt, ...times, reminded: false, escalated: false };
  draft.state = { ...draft.state, items: [...draft.state.items, item] };
  draft.commands.push({ type: 'openItem', key, kind, dueAt, context });
}
