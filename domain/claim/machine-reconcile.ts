// Turns the difference between what the state wants and what is open or asked into commands. Pure.

import { nextNumber } from '../machine/draft.ts';
import { itemsInLine, newItem } from '../machine/items.ts';
import type { OpenItem, WantedItem } from '../machine/items.ts';
import type { ClaimItemKind } from '../work-item/kinds.ts';
import type { Draft } from './machine-draft.ts';
import { wantedItems } from './machine-items.ts';
import { canPoll, pollAsk, submissionKeyOf, submitAsk, wantsInquiry, wantsPoll } from './machine-plan.ts';
import type { Ask } from './machine-state.ts';

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
  const { phase, held, plan } = draft.state;
  const reason = phase === 'closed' ? 'closed' : held !== null ? 'held' : 'superseded';
  const wanted = wantedItems(draft.state, draft.at);
  const begin = (want: WantedItem<ClaimItemKind>): OpenItem<ClaimItemKind> =>
    newItem(want, { key: keyOf(draft, want.kind) }, plan?.terms);
  const { items, commands } = itemsInLine(draft.state.items, wanted, reason, begin);
  draft.state = { ...draft.state, items };
  draft.commands.push(...commands);
}

/** The same approval must not be asked for twice, whoever asks: its key is the effect's. */
function keyOf(draft: Draft, kind: ClaimItemKind): string {
  const { submission, origin } = draft.state;
  return kind === 'claim.submit' && submission !== null
    ? submissionKeyOf(draft.state, submission)
    : `${origin}/${nextNumber(draft)}`;
}
