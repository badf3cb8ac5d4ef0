// Turns the difference between what the state wants and what is open or asked into commands. Pure.

import { nextNumber } from '../machine/draft.ts';
import { itemsInLine, newItem } from '../machine/items.ts';
import type { OpenItem } from '../machine/items.ts';
import type { Draft } from './machine-draft.ts';
import {
  pollAsk,
  recordAsk,
  submitAsk,
  wantedItems,
  wantedRecordings,
  wantsInquiry,
  wantsPoll,
} from './machine-plan.ts';
import type { WantedAuthorizationItem } from './machine-plan.ts';
import type { Ask, ItemKind } from './machine-state.ts';

/** Brings open items and asked steps in line with the state. A submission that was asked is never taken back. */
export function reconcile(draft: Draft): void {
  reconcileAsks(draft);
  reconcileItems(draft);
}

function reconcileAsks(draft: Draft): void {
  stopUnwanted(draft);
  const { request, phase } = draft.state;
  if (request !== null && draft.state.held === null && phase === 'submitting') {
    const submit = submitAsk(draft.state, request, null);
    if (submit !== null && !draft.state.asks.some((ask) => ask.id === submit.id)) start(draft, submit);
  }
  if (request !== null && wantsInquiry(draft.state, draft.at)) {
    const inquiries = request.inquiries + 1;
    draft.state = { ...draft.state, request: { ...request, inquiries, inquireAt: null } };
    const inquiry = submitAsk(draft.state, request, inquiries);
    if (inquiry !== null) start(draft, inquiry);
  }
  if (request !== null && wantsPoll(draft.state, draft.at) && !draft.state.asks.some((ask) => ask.purpose === 'poll')) {
    start(draft, pollAsk(draft.state, request, nextNumber(draft)));
  }
  for (const recording of wantedRecordings(draft.state)) {
    const recordings = draft.state.recordings.map((one) =>
      one.id === recording.id ? { ...one, how: 'asked' as const } : one,
    );
    draft.state = { ...draft.state, recordings };
    start(draft, recordAsk(draft.state, recording));
  }
}

function start(draft: Draft, ask: Ask): void {
  draft.state = { ...draft.state, asks: [...draft.state.asks, ask] };
  draft.commands.push({ type: 'ask', ask });
}

function stopUnwanted(draft: Draft): void {
  const stays = (ask: Ask): boolean => {
    if (ask.purpose === 'poll') return wantsPoll(draft.state, draft.at);
    return ask.purpose !== 'record' || draft.state.recordings.some((recording) => recording.id === ask.id);
  };
  for (const ask of draft.state.asks) if (!stays(ask)) draft.commands.push({ type: 'stopAsk', id: ask.id });
  draft.state = { ...draft.state, asks: draft.state.asks.filter(stays) };
}

function reconcileItems(draft: Draft): void {
  const { phase, held, assessment, origin } = draft.state;
  const reason = phase === 'closed' ? 'closed' : held !== null ? 'held' : 'superseded';
  const wanted = wantedItems(draft.state, draft.at);
  const begin = (want: WantedAuthorizationItem): OpenItem<ItemKind> =>
    newItem(want, { key: `${origin}/${nextNumber(draft)}`, workItem: want.workItem }, assessment?.policy);
  const { items, commands } = itemsInLine(draft.state.items, wanted, reason, begin);
  draft.state = { ...draft.state, items };
  draft.commands.push(...commands);
}
