// The offers of one freed slot as a machine: who is asked, for how long, who wins, and what everybody is told. Pure, JSON in and out.
import { nextOpen } from '../schedule/clock.ts';
import type { WaitlistRule } from './book-schema.ts';
import type { FreedSlot } from './candidate.ts';
import type { Ranking } from './rank.ts';

export type OfferOutcome =
  | 'open'
  | 'accepted'
  | 'declined'
  | 'expired'
  /** Said yes, or was asked, and somebody else has it. */
  | 'taken'
  /** Staff took the slot back. */
  | 'withdrawn'
  /** Said yes and cannot use it any more: the visits were used up meanwhile, the day is full. */
  | 'notEligible'
  /** The message could not be sent; `why` names the rule. */
  | 'undelivered';

/** One patient asked about the slot; there is never a second of the same entry. */
export interface Offer {
  /** Identity within the slot: `1`, `2` … in the order of asking. */
  readonly id: string;
  readonly entry: string;
  readonly patient: string;
  /** ISO 8601 instants */
  readonly at: string;
  readonly until: string;
  readonly outcome: OfferOutcome;
  readonly closedAt: string | null;
  readonly why: string | null;
  /** Said yes after the offer had ended. */
  readonly lateYes: boolean;
}

/**
 * `offering`: somebody is asked or will be. `held`: one patient has it and staff book it. `booked`, `takenBack`: over.
 * `exhausted`: everybody was asked. `lapsed`: too little time is left to ask anybody.
 */
export type SlotPhase = 'offering' | 'held' | 'booked' | 'takenBack' | 'exhausted' | 'lapsed';

export interface SlotState {
  readonly slot: Pick<FreedSlot, 'ref' | 'start' | 'zone'>;
  readonly phase: SlotPhase;
  /** Who is still to be asked, in order. */
  readonly queue: readonly { readonly entry: string; readonly patient: string }[];
  readonly offers: readonly Offer[];
  /** The offer that has the slot. */
  readonly winner: string | null;
  /** Before the hours of offers the next one waits until then. */
  readonly waitsUntil: string | null;
  readonly rules: WaitlistRule['offers'];
}

/** What an answer is worth was looked up in the same transaction that holds the slot. */
export type AnswerCheck = { readonly eligible: true } | { readonly eligible: false; readonly why: string };

export type SlotEvent =
  | { readonly type: 'tick'; readonly at: string }
  | { readonly type: 'accepted'; readonly at: string; readonly offer: string; readonly check: AnswerCheck }
  | { readonly type: 'declined'; readonly at: string; readonly offer: string }
  | { readonly type: 'undelivered'; readonly at: string; readonly offer: string; readonly why: string }
  /** A named person put the visit into the schedule. */
  | { readonly type: 'booked'; readonly at: string }
  /** The winner's visit cannot be booked after all; the slot goes on to the next. */
  | { readonly type: 'notBooked'; readonly at: string; readonly why: string }
  | { readonly type: 'takenBack'; readonly at: string }
  /** Staff have found out what was unknown of one who waits: asked like the others, after them. */
  | { readonly type: 'confirmed'; readonly at: string; readonly entry: string; readonly patient: string };

/**
 * What a patient is told at the end of an offer; all but `won` say that the place on the list is kept. Answers to what the patient
 * said: `won`, `taken`, `ended`, `notEligible`, `declined`. What the clinic tells of itself: `gone` (somebody asked at the same time
 * has it), `withdrawn`, `notBooked` (the desk could not book it after a yes). Who was silent is not written to.
 */
export type Word = 'won' | 'taken' | 'ended' | 'notEligible' | 'declined' | 'gone' | 'withdrawn' | 'notBooked';

export type SlotCommand =
  | { readonly type: 'offer'; readonly offer: string; readonly entry: string; readonly until: string }
  | { readonly type: 'tell'; readonly offer: string; readonly word: Word }
  /** A proposal for staff: the schedule is written by a person. */
  | { readonly type: 'proposeBooking'; readonly offer: string; readonly entry: string }
  | { readonly type: 'tellStaff'; readonly what: 'exhausted' | 'lapsed' | 'takenBackAfterYes' };

export interface SlotAdvance {
  readonly state: SlotState;
  readonly commands: readonly SlotCommand[];
}

interface Draft {
  state: SlotState;
  readonly at: string;
  readonly commands: SlotCommand[];
}

/** Before the first offer: the queue is who may be asked without asking first, then who staff have confirmed. */
export function openSlot(
  slot: SlotState['slot'],
  ranking: Ranking,
  rules: WaitlistRule['offers'],
  confirmed: readonly string[] = [],
): SlotState {
  const queue = ranking.lines
    .filter(({ eligible, entry }) => eligible === 'yes' || (eligible === 'confirm' && confirmed.includes(entry)))
    .map(({ entry, patient }) => ({ entry, patient }));
  const { ref, start, zone } = slot;
  return {
    slot: { ref, start, zone },
    phase: 'offering',
    queue,
    offers: [],
    winner: null,
    waitsUntil: null,
    rules,
  };
}

/** Takes one event; one that does not fit changes nothing but may still be answered. */
export function advanceSlot(state: SlotState, event: SlotEvent): SlotAdvance {
  const draft: Draft = { state, at: event.at, commands: [] };
  expire(draft);
  switch (event.type) {
    case 'tick':
      break;
    case 'accepted':
      accepted(draft, event.offer, event.check);
      break;
    case 'declined':
      declined(draft, event.offer);
      break;
    case 'undelivered':
      settle(draft, event.offer, 'undelivered', event.why);
      break;
    case 'booked':
      if (draft.state.phase === 'held') draft.state = { ...draft.state, phase: 'booked' };
      break;
    case 'notBooked':
      notBooked(draft, event.why);
      break;
    case 'takenBack':
      takeBack(draft);
      break;
    case 'confirmed':
      confirmed(draft, { entry: event.entry, patient: event.patient });
      break;
  }
  ask(draft);
  return { state: draft.state, commands: draft.commands };
}

/** When the machine wants a `tick`: the next offer's end, or the opening of the hours; null: only events move it. */
export function slotWakeAt(state: SlotState): string | null {
  if (state.phase !== 'offering') return null;
  const times = openOffers(state).map(({ until }) => until);
  if (state.waitsUntil !== null) times.push(state.waitsUntil);
  return times.sort()[0] ?? null;
}

/** True when nothing can change any more but by a late answer. */
export function isSettled({ phase }: Pick<SlotState, 'phase'>): boolean {
  return phase === 'booked' || phase === 'takenBack' || phase === 'exhausted' || phase === 'lapsed';
}

function openOffers(state: SlotState): readonly Offer[] {
  return state.offers.filter(({ outcome }) => outcome === 'open');
}

function change(draft: Draft, id: string, values: Partial<Offer>): void {
  const offers = draft.state.offers.map((offer) => (offer.id === id ? { ...offer, ...values } : offer));
  draft.state = { ...draft.state, offers };
}

function settle(draft: Draft, id: string, outcome: OfferOutcome, why: string | null): void {
  if (openOffers(draft.state).some((offer) => offer.id === id)) change(draft, id, { outcome, why, closedAt: draft.at });
}

function expire(draft: Draft): void {
  for (const { id, until } of openOffers(draft.state))
    if (until <= draft.at) change(draft, id, { outcome: 'expired', closedAt: until });
}

function declined(draft: Draft, id: string): void {
  if (!openOffers(draft.state).some((offer) => offer.id === id)) return;
  settle(draft, id, 'declined', null);
  draft.commands.push({ type: 'tell', offer: id, word: 'declined' });
}

function accepted(draft: Draft, id: string, check: AnswerCheck): void {
  const offer = draft.state.offers.find((one) => one.id === id);
  if (offer === undefined) return;
  const { outcome } = offer;
  if (outcome === 'accepted') return;
  const { phase } = draft.state;
  const over = outcome === 'withdrawn' || outcome === 'notEligible';
  const nobodyElse = !over && (phase === 'exhausted' || phase === 'lapsed') && draft.at < draft.state.slot.start;
  if (outcome !== 'open' && !nobodyElse) {
    change(draft, id, { lateYes: true });
    const word: Word = phase === 'held' || phase === 'booked' ? 'taken' : 'ended';
    draft.commands.push({ type: 'tell', offer: id, word });
    return;
  }
  if (!check.eligible) {
    change(draft, id, { outcome: 'notEligible', why: check.why, closedAt: draft.at });
    draft.commands.push({ type: 'tell', offer: id, word: 'notEligible' });
    return;
  }
  win(draft, offer);
}

function win(draft: Draft, { id, entry }: Offer): void {
  change(draft, id, { outcome: 'accepted', closedAt: draft.at });
  draft.commands.push({ type: 'proposeBooking', offer: id, entry }, { type: 'tell', offer: id, word: 'won' });
  for (const other of openOffers(draft.state)) {
    change(draft, other.id, { outcome: 'taken', closedAt: draft.at });
    draft.commands.push({ type: 'tell', offer: other.id, word: 'gone' });
  }
  draft.state = { ...draft.state, phase: 'held', winner: id, waitsUntil: null };
}

function notBooked(draft: Draft, why: string): void {
  const { phase, winner } = draft.state;
  if (phase !== 'held' || winner === null) return;
  change(draft, winner, { outcome: 'notEligible', why, closedAt: draft.at });
  draft.commands.push({ type: 'tell', offer: winner, word: 'notBooked' });
  draft.state = { ...draft.state, phase: 'offering', winner: null };
}

function takeBack(draft: Draft): void {
  const { phase, winner } = draft.state;
  if (phase === 'booked' || phase === 'takenBack') return;
  for (const { id } of draft.state.offers.filter(({ outcome, id }) => outcome === 'open' || id === winner)) {
    change(draft, id, { outcome: 'withdrawn', closedAt: draft.at });
    draft.commands.push({ type: 'tell', offer: id, word: 'withdrawn' });
  }
  if (winner !== null) draft.commands.push({ type: 'tellStaff', what: 'takenBackAfterYes' });
  draft.state = { ...draft.state, phase: 'takenBack', winner: null, queue: [], waitsUntil: null };
}

function confirmed(draft: Draft, one: SlotState['queue'][number]): void {
  const { phase, queue, offers, slot } = draft.state;
  if (phase === 'booked' || phase === 'takenBack' || draft.at >= slot.start) return;
  if ([...queue, ...offers].some(({ entry }) => entry === one.entry)) return;
  draft.state = { ...draft.state, phase: phase === 'held' ? phase : 'offering', queue: [...queue, one] };
}

/** Asks the next while fewer than the fan-out are asked; says so when nobody is left or no time is. */
function ask(draft: Draft): void {
  if (draft.state.phase !== 'offering') return;
  const { rules, slot } = draft.state;
  const begins = nextOpen(draft.at, rules.hours, slot.zone);
  const last = Date.parse(slot.start) - rules.leastNoticeMinutes * 60_000;
  const until = Math.min(Date.parse(begins) + rules.answerMinutes * 60_000, last);
  const tooLate = until - Date.parse(begins) < rules.leastAnswerMinutes * 60_000;
  draft.state = { ...draft.state, waitsUntil: null };
  while (openOffers(draft.state).length < rules.fanOut) {
    const [next, ...queue] = draft.state.queue;
    if (next === undefined) return ended(draft, 'exhausted');
    if (tooLate) return ended(draft, 'lapsed');
    if (begins > draft.at) {
      draft.state = { ...draft.state, waitsUntil: begins };
      return;
    }
    offerTo(draft, next, queue, new Date(until).toISOString());
  }
}

function offerTo(
  draft: Draft,
  { entry, patient }: SlotState['queue'][number],
  queue: SlotState['queue'],
  until: string,
): void {
  const id = String(draft.state.offers.length + 1);
  const rest = { outcome: 'open', closedAt: null, why: null, lateYes: false } as const;
  const offer: Offer = { id, entry, patient, at: draft.at, until, ...rest };
  draft.state = { ...draft.state, queue, offers: [...draft.state.offers, offer] };
  draft.commands.push({ type: 'offer', offer: id, entry, until });
}

/** Nobody more is asked; who is asked may still answer. */
function ended(draft: Draft, phase: 'exhausted' | 'lapsed'): void {
  if (openOffers(draft.state).length > 0) return;
  draft.state = { ...draft.state, phase };
  draft.commands.push({ type: 'tellStaff', what: phase });
}
