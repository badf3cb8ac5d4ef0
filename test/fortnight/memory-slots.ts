// Freed slots in memory: the real ranking, the real machine of offers and the real ledger over the story's waitlist.
import { dateInZone } from '../../domain/calendar.ts';
import type { Candidate, FreedSlot } from '../../domain/waitlist/candidate.ts';
import { ledger } from '../../domain/waitlist/ledger.ts';
import { advanceSlot, isSettled, openSlot, slotWakeAt } from '../../domain/waitlist/offer.ts';
import type { SlotCommand, SlotEvent, SlotState } from '../../domain/waitlist/offer.ts';
import { rank, standing } from '../../domain/waitlist/rank.ts';
import type { Ranking } from '../../domain/waitlist/rank.ts';
import { waitlistRule } from '../../rules/testing/scheduling.ts';
import type { SlotMove } from '../../workflows/waitlist-offer/messages.ts';
import type { BookedSlot } from './account.ts';
import type { MemoryMessages, Message } from './memory-messages.ts';
import type { Story, StoryEntry, StoryVisit } from './story.ts';

type Untimed<Event> = Event extends SlotEvent ? Omit<Event, 'at'> : never;

export interface Slot {
  readonly ref: string;
  readonly visit: StoryVisit;
  readonly facts: FreedSlot;
  readonly ranking: Ranking;
  readonly waiting: readonly string[];
  state: SlotState;
  holds: string[];
  unfilledItems: number;
  bookingItems: number;
  /** Messages of its offers, by the offer's id. */
  readonly messages: Map<string, Message>;
}

export interface SlotWatch {
  now(): number;
  changed(slot: Slot): void;
  /** The desk is asked to book it. */
  held(slot: Slot): void;
}

const minutesToTell = 120;

export class MemorySlots {
  readonly all = new Map<string, Slot>();
  /** Entries that staff have booked. */
  readonly #booked = new Set<string>();
  readonly #story: Story;
  readonly #messages: MemoryMessages;
  readonly #watch: SlotWatch;
  readonly #entries: ReadonlyMap<string, StoryEntry>;

  constructor(story: Story, messages: MemoryMessages, watch: SlotWatch) {
    this.#story = story;
    this.#messages = messages;
    this.#watch = watch;
    this.#entries = new Map(story.waiting.map((one) => [one.ref, one]));
  }

  /** A visit was cancelled: everybody who waits is ranked and the first is asked. */
  open(visit: StoryVisit): void {
    const ref = `slot_${this.all.size + 1}`;
    const facts: FreedSlot = {
      ref,
      start: visit.start,
      minutes: visit.minutes,
      zone: this.#story.zone,
      therapist: visit.therapist,
      discipline: 'PT',
      location: 'loc_1',
      equipment: ['table'],
      givenUpBy: visit.patient,
    };
    const waiting = this.#story.waiting.filter((one) => !this.#booked.has(one.ref));
    const candidates = waiting.map((one) => this.#candidate(one));
    const ranking = rank(facts, candidates, waitlistRule, this.#messages.instant());
    const slot: Slot = {
      ref,
      visit,
      facts,
      ranking,
      waiting: waiting.map((one) => one.ref),
      state: openSlot(facts, ranking, waitlistRule.offers),
      holds: [],
      unfilledItems: 0,
      bookingItems: 0,
      messages: new Map(),
    };
    this.all.set(ref, slot);
    this.#happen(slot, { type: 'tick' });
    this.#watch.changed(slot);
  }

  /** Moves the slot on by the clock, as the server does. */
  move(ref: string): SlotMove {
    const slot = this.#known(ref);
    for (const { id } of slot.state.offers.filter(({ outcome }) => outcome === 'open')) {
      const message = slot.messages.get(id);
      if (message?.ending === 'unreached' || message?.ending === 'callList')
        this.#happen(slot, { type: 'undelivered', offer: id, why: message.rule ?? 'No message reached the patient' });
    }
    this.#happen(slot, { type: 'tick' });
    const over = isSettled(slot.state) && slot.state.phase !== 'exhausted';
    if (Date.parse(slot.facts.start) <= this.#watch.now() || over) return { kind: 'over' };
    return { kind: 'wait', until: slotWakeAt(slot.state) ?? slot.facts.start };
  }

  /** What a patient answered to an offer. */
  answer(slot: Slot, offer: string, answer: 'yes' | 'no'): void {
    if (answer === 'no') this.#happen(slot, { type: 'declined', offer });
    else this.#happen(slot, { type: 'accepted', offer, check: this.#check(slot, offer) });
    this.#watch.changed(slot);
  }

  /** The desk has booked it, or could not. */
  settle(slot: Slot, booked: boolean): void {
    const winner = slot.state.offers.find(({ id }) => id === slot.state.winner);
    if (winner === undefined || slot.state.phase !== 'held') return;
    if (booked) this.#booked.add(winner.entry);
    this.#happen(slot, booked ? { type: 'booked' } : { type: 'notBooked', why: 'The desk could not book it' });
    this.#watch.changed(slot);
  }

  booked(): BookedSlot[] {
    return [...this.all.values()].map(({ ref, visit, state, ranking, waiting, ...rest }) => ({
      ref,
      visit: visit.ref,
      phase: state.phase,
      waiting,
      lines: ledger(ranking, state).map(({ entry, words, offer }) => ({
        entry,
        words,
        outcome: offer?.outcome ?? null,
      })),
      holds: rest.holds,
      unfilledItems: rest.unfilledItems,
      bookingItems: rest.bookingItems,
    }));
  }

  #known(ref: string): Slot {
    const slot = this.all.get(ref);
    if (slot === undefined) throw new Error(`There is no slot ${ref}.`);
    return slot;
  }

  #happen(slot: Slot, event: Untimed<SlotEvent>): void {
    const before = slot.state;
    const { state, commands } = advanceSlot(before, { ...event, at: this.#messages.instant() });
    slot.state = state;
    for (const command of commands) this.#carryOut(slot, command);
    if (slot.state.winner === null) slot.holds = [];
    const open = new Set(before.offers.filter(({ outcome }) => outcome === 'open').map(({ id }) => id));
    for (const { id, outcome } of slot.state.offers) {
      const message = slot.messages.get(id);
      const isOver = outcome === 'expired' || outcome === 'taken' || outcome === 'withdrawn';
      if (isOver && open.has(id) && message?.ending === null) this.#messages.withdraw(message);
    }
  }

  #carryOut(slot: Slot, command: SlotCommand): void {
    const { ref } = slot;
    const offerOf = (id: string) => slot.state.offers.find((one) => one.id === id);
    switch (command.type) {
      case 'offer': {
        const patient = offerOf(command.offer)?.patient ?? '';
        const about = `${ref}/${command.offer}`;
        const message = this.#messages.queue({
          patient,
          purpose: 'waitlist.offer',
          about,
          occasion: `${slot.visit.ref}/${patient}`,
          aboutAt: slot.facts.start,
          key: `waitlist.offer/${about}`,
          until: Date.parse(command.until),
        });
        slot.messages.set(command.offer, message);
        return;
      }
      case 'tell':
        this.#messages.queue({
          patient: offerOf(command.offer)?.patient ?? '',
          purpose: command.word === 'won' ? 'waitlist.booked' : 'waitlist.taken',
          about: `${ref}/${command.offer}`,
          key: `waitlist.${command.word}/${ref}/${command.offer}`,
          until: this.#watch.now() + minutesToTell * 60_000,
        });
        return;
      case 'proposeBooking':
        slot.holds.push(command.offer);
        slot.bookingItems += 1;
        this.#watch.held(slot);
        return;
      case 'tellStaff':
        slot.unfilledItems += 1;
    }
  }

  #check(slot: Slot, offer: string) {
    const entry = this.#entries.get(slot.state.offers.find(({ id }) => id === offer)?.entry ?? '');
    if (entry === undefined || this.#booked.has(entry.ref))
      return { eligible: false, why: 'The patient is not on the waitlist any more' } as const;
    const { against } = standing(slot.facts, this.#candidate(entry), waitlistRule, this.#messages.instant());
    return against.length === 0
      ? ({ eligible: true } as const)
      : ({ eligible: false, why: against.map(({ words }) => words).join('; ') } as const);
  }

  #heldFor(entry: string): string | null {
    const held = [...this.all.values()].find(
      ({ state }) => state.phase === 'held' && state.offers.find(({ id }) => id === state.winner)?.entry === entry,
    );
    return held?.ref ?? null;
  }

  /** Who waits, with what is known of them now. */
  #candidate({ ref, patient, since, priority, equipment }: StoryEntry): Candidate {
    const { zone, visits } = this.#story;
    const now = this.#messages.instant();
    const own = visits.filter(
      ({ patient: of, cancelledAt, bookedAt }) =>
        of === patient && bookedAt <= now && (cancelledAt === null || cancelledAt > now),
    );
    return {
      entry: ref,
      patient,
      discipline: 'PT',
      minutes: 45,
      therapists: null,
      wantedTherapist: null,
      locations: null,
      equipment,
      times: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, from: '07:00', to: '19:00' })),
      noticeMinutes: 0,
      plan: { from: null, to: null, visitsPerWeek: null, daysApart: 1 },
      visitDays: own.map(({ start }) => dateInZone(start, zone)),
      replaces: null,
      authorization: { required: false, visitsLeft: null, from: null, to: null },
      benefitVisitsLeft: 'unlimited',
      visitsBooked: own.filter(({ start }) => start > now).length,
      waitingSince: since,
      priority,
      offers: [...this.all.values()].flatMap(({ ref: slot, state }) =>
        state.offers.filter(({ entry }) => entry === ref).map(({ at }) => ({ slot, at })),
      ),
      holdsSlot: this.#heldFor(ref),
      paused: false,
    };
  }
}
