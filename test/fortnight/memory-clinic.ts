// The demo clinic in memory: its messages, its freed slots, what patients write and what staff do, over one clock.
import { meantBy } from '../../domain/outreach/asked.ts';
import { readReply } from '../../domain/outreach/replies.ts';
import type { Intent } from '../../domain/outreach/schema.ts';
import { outreachRules } from '../../rules/testing/outreach.ts';
import type { Account, BookedReply, HeardReply } from './account.ts';
import { MemoryMessages } from './memory-messages.ts';
import type { Message, Watch } from './memory-messages.ts';
import { MemorySlots } from './memory-slots.ts';
import type { Slot } from './memory-slots.ts';
import { answerTo, happens } from './story.ts';
import type { Story, StoryVisit } from './story.ts';
import type { Timeline } from './timeline.ts';

/** Whoever follows messages and slots through time. */
export interface Followers {
  message(message: Message): void;
  slot(slot: Slot): void;
}

const minuteMs = 60_000;
const lookMinutes = 30;
const reminderHours = 48;
const leastMinutes = 120;
/** A second answer of courtesy within this time is none. */
const courtesyMinutes = 60;

export class MemoryClinic {
  readonly messages: MemoryMessages;
  readonly slots: MemorySlots;
  readonly heard: HeardReply[] = [];
  readonly #replies: BookedReply[] = [];
  readonly #reminded = new Set<string>();
  readonly #story: Story;
  readonly #time: Timeline;
  readonly #courtesies = new Map<string, number>();

  constructor(story: Story, time: Timeline, followers: Followers) {
    this.#story = story;
    this.#time = time;
    const watch: Watch = {
      now: () => time.now,
      changed: (message) => followers.message(message),
      went: (message, channel) => this.#went(message, channel),
      over: (message) => this.#over(message),
    };
    this.messages = new MemoryMessages(story, watch);
    this.slots = new MemorySlots(story, this.messages, {
      now: () => time.now,
      changed: (slot) => followers.slot(slot),
      held: (slot) => this.#time.at(time.now + 20 * minuteMs, () => this.#book(slot)),
    });
  }

  /** Puts everything that the story knows beforehand on the clock. */
  begin(): void {
    const { from, to, visits, remarks } = this.#story;
    for (let look = Date.parse(from); look < Date.parse(to); look += lookMinutes * minuteMs)
      this.#time.at(look, () => this.#remind());
    for (const visit of visits) {
      if (visit.cancelledAt !== null) this.#time.at(Date.parse(visit.cancelledAt), () => this.#cancel(visit));
      else if (visit.missedAt !== null) this.#time.at(Date.parse(visit.missedAt), () => this.#missed(visit));
    }
    for (const { patient, at, text, times } of remarks)
      this.#time.at(Date.parse(at), () => this.#writes(patient, text, times));
  }

  account(): Account {
    const { all, sendings, calls, consents, vendors } = this.messages;
    return {
      taken: vendors.taken,
      sendings,
      messages: [...all.values()].map((one) => ({ ...one, calls: calls.filter((ref) => ref === one.ref).length })),
      heard: this.heard,
      replies: this.#replies,
      consents,
      slots: this.slots.booked(),
    };
  }

  #remind(): void {
    const now = this.#time.now;
    for (const { ref, patient, start, bookedAt, cancelledAt } of this.#story.visits) {
      const begins = Date.parse(start);
      const due = begins > now + leastMinutes * minuteMs && begins <= now + reminderHours * 60 * minuteMs;
      const isBooked = Date.parse(bookedAt) <= now && (cancelledAt === null || Date.parse(cancelledAt) > now);
      if (!due || !isBooked || this.#reminded.has(ref)) continue;
      this.#reminded.add(ref);
      this.messages.queue({
        patient,
        purpose: 'visit.reminder',
        about: ref,
        aboutAt: start,
        key: `visit.reminder/${ref}`,
        until: begins - leastMinutes * minuteMs,
        callIfUnreached: true,
      });
    }
  }

  #cancel(visit: StoryVisit): void {
    for (const message of this.messages.of(visit.patient))
      if (message.about === visit.ref && message.ending === null) this.messages.withdraw(message);
    if (Date.parse(visit.start) > this.#time.now) this.slots.open(visit);
  }

  #missed({ ref, patient, start }: StoryVisit): void {
    this.messages.queue({
      patient,
      purpose: 'visit.missed',
      about: ref,
      aboutAt: start,
      key: `visit.missed/${ref}`,
      until: this.#time.now + 72 * 60 * minuteMs,
      callIfUnreached: true,
    });
  }

  /** The desk books a held slot; one in twenty cannot be booked. */
  #book(slot: Slot): void {
    this.slots.settle(slot, !happens(this.#story, `book/${slot.ref}/${slot.state.winner ?? ''}`, 5));
  }

  /** A message was taken by its vendor: its delivery is told, and the patient may answer. */
  #went(message: Message, channel: 'text' | 'email' | 'voice'): void {
    const { now } = this.#time;
    if (channel !== 'email')
      this.#time.at(now + minuteMs, () => {
        this.messages.status(message, channel);
        const said = channel === 'text' ? this.#answer(message) : null;
        if (said !== null)
          this.#time.at(now + (said.afterMinutes + 1) * minuteMs, () =>
            this.#writes(message.patient, said.text, said.times),
          );
      });
  }

  #answer(message: Message) {
    const { patient, purpose, occasion, ways } = message;
    const arrived = ways.some(({ channel, state }) => channel === 'text' && state === 'delivered');
    // A machine that answers everything answers the courtesy too.
    const isDriving = purpose === 'reply.received' && happens(this.#story, `machine/${patient}`, 10);
    if (isDriving) return { afterMinutes: 0, text: 'I am driving and answer later.', times: 1 };
    return arrived ? answerTo(this.#story, { purpose, about: occasion }) : null;
  }

  #over({ purpose, about }: Message): void {
    if (purpose !== 'waitlist.offer' || about === null) return;
    const slot = this.slots.all.get(about.split('/')[0] ?? '');
    if (slot !== undefined) this.#time.at(this.#time.now, () => this.slots.move(slot.ref));
  }

  #writes(patient: string, text: string, times: number): void {
    const phone = this.messages.patients.get(patient)?.phone;
    if (phone === undefined || phone === null) return;
    this.messages.vendors.hears(phone, text);
    const writtenAt = this.messages.instant();
    for (let time = 0; time < times; time += 1) {
      const id = `SM${this.heard.length + 1}`;
      this.heard.push({ id, from: phone, text, at: this.messages.instant(), writtenAt });
      const { intent } = this.#read(text);
      this.#replies.push({ id, intent, ...this.#take(phone, text, id) });
    }
  }

  #read(text: string) {
    return readReply(outreachRules.replies, text, this.messages.instant().slice(0, 10));
  }

  /** What comes of a reply, as the server decides it. */
  #take(phone: string, text: string, id: string): Omit<BookedReply, 'id' | 'intent'> {
    const sent = [...this.messages.all.values()]
      .filter(({ patient }) => this.messages.patients.get(patient)?.phone === phone)
      .reverse();
    const { intent, mayMeanStop } = this.#read(text);
    const asked = sent.map((one) => ({ ...one, createdAt: one.queuedAt }));
    const meant = meantBy(asked, intent, this.messages.instant());
    const about = meant.kind === 'nothing' ? undefined : this.messages.all.get(meant.message);
    if (meant.kind === 'repeats') return { end: 'repeat', message: meant.message };
    const patients = [...new Set(sent.map(({ patient }) => patient))];
    const answered = meant.kind === 'answers' ? about : undefined;
    const patient = about?.patient ?? (patients.length === 1 ? patients[0] : undefined);
    const end = this.#act({ id, intent, mayMeanStop, patients, patient, answered });
    return { end, message: answered?.ref ?? null };
  }

  #act(of: {
    readonly id: string;
    readonly intent: Intent | 'free';
    readonly mayMeanStop: boolean;
    readonly patients: readonly string[];
    readonly patient: string | undefined;
    readonly answered: Message | undefined;
  }): BookedReply['end'] {
    const { id, intent, mayMeanStop, patients, patient, answered } = of;
    switch (intent) {
      case 'stop':
      case 'cancel':
      case 'wrongNumber': {
        const first = patients.every((one) => this.messages.hears(one));
        this.messages.revoke(patients, 'reply');
        if (first && patient !== undefined) this.#tell(patient, 'optout.confirmed', id);
        return intent === 'stop' && patients.length > 0 ? 'consent' : 'item';
      }
      case 'start': {
        const word = { state: 'granted', categories: ['reminder', 'waitlist', 'exercise'], source: 'reply' } as const;
        this.messages.say(patients, { ...word, channels: ['text', 'voice'] });
        return patients.length > 0 ? 'consent' : 'item';
      }
      case 'yes':
      case 'no':
      case 'reschedule':
        return answered === undefined ? 'item' : this.#answered(answered, intent, id);
      case 'help':
      case 'free':
        if (mayMeanStop && patient !== undefined) this.#toRead(patient);
        if (patient !== undefined) this.#courtesy(patient, id);
        return 'item';
    }
  }

  #answered(message: Message, answer: 'yes' | 'no' | 'reschedule', id: string): BookedReply['end'] {
    const { purpose, patient, about } = message;
    let end: BookedReply['end'] = 'answer';
    if (purpose === 'waitlist.offer' && answer !== 'reschedule') {
      const [slotRef = '', offer = ''] = (about ?? '').split('/');
      const slot = this.slots.all.get(slotRef);
      if (slot !== undefined) this.slots.answer(slot, offer, answer);
    } else if (purpose === 'visit.reminder' && answer === 'yes') this.#tell(patient, 'reply.confirmed', id);
    else if (purpose === 'visit.reminder' || (purpose === 'visit.missed' && answer === 'yes')) {
      this.#courtesy(patient, id);
      end = 'item';
    } else return 'item';
    message.answer = answer;
    message.answeredAt = this.messages.instant();
    return end;
  }

  /** A person reads it within four hours; half of the time it means stop. */
  #toRead(patient: string): void {
    const { unread } = this.messages;
    unread.set(patient, (unread.get(patient) ?? 0) + 1);
    this.#time.at(this.#time.now + 180 * minuteMs, () => {
      unread.set(patient, (unread.get(patient) ?? 1) - 1);
      if (happens(this.#story, `stop/${patient}`, 50)) this.messages.revoke([patient], 'staff');
    });
  }

  #courtesy(patient: string, id: string): void {
    const last = this.#courtesies.get(patient) ?? -Infinity;
    if (this.#time.now - last < courtesyMinutes * minuteMs) return;
    this.#courtesies.set(patient, this.#time.now);
    this.#tell(patient, 'reply.received', id);
  }

  #tell(patient: string, purpose: 'optout.confirmed' | 'reply.received' | 'reply.confirmed', id: string): void {
    const until = this.#time.now + 60 * minuteMs;
    this.messages.queue({ patient, purpose, about: null, key: `${purpose}/${id}`, until });
  }
}
