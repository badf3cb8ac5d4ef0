// The messages of the clinic in memory: the real rules, the real course of a message and the real reading of replies, over plain maps.
import { standing } from '../../domain/outreach/consent.ts';
import type { ConsentEntry } from '../../domain/outreach/consent.ts';
import { contentFaults } from '../../domain/outreach/content.ts';
import { nextMove } from '../../domain/outreach/course.ts';
import type { Ending, Way } from '../../domain/outreach/course.ts';
import { limitsFor, mayMessage } from '../../domain/outreach/gate.ts';
import type { GateDecision, SentMessage } from '../../domain/outreach/gate.ts';
import { waysOf } from '../../domain/outreach/preference.ts';
import { zonesOf } from '../../domain/outreach/quiet.ts';
import { inForceOn } from '../../domain/dated-rows.ts';
import { writeTexts } from '../../domain/outreach/texts.ts';
import { categoryOf, channels, isTelephone } from '../../domain/outreach/words.ts';
import type { Category, Channel, Purpose } from '../../domain/outreach/words.ts';
import { outreachRules, shippedTexts } from '../../rules/testing/outreach.ts';
import type { NextMove } from '../../workflows/message/messages.ts';
import type { Story, StoryPatient } from './story.ts';
import { Vendors } from './vendor.ts';

export interface Message {
  readonly ref: string;
  readonly patient: string;
  readonly purpose: Purpose;
  readonly category: Category;
  readonly about: string | null;
  /** What the story answers by: the visit, or slot and patient of an offer. */
  readonly occasion: string;
  /** When the visit or slot it is about begins. */
  readonly aboutAt: string | null;
  readonly until: string;
  readonly queuedAt: string;
  readonly callIfUnreached: boolean;
  ways: Way[];
  ending: Ending | null;
  rule: string | null;
  withdrawn: boolean;
  answer: string | null;
  answeredAt: string | null;
}

export interface Ask {
  readonly patient: string;
  readonly purpose: Purpose;
  readonly about: string | null;
  readonly occasion?: string;
  readonly aboutAt?: string;
  readonly key: string;
  readonly until: number;
  readonly callIfUnreached?: boolean;
}

export interface Watch {
  now(): number;
  /** A message is new, or something about it is. */
  changed(message: Message): void;
  /** A vendor took it. */
  went(message: Message, channel: Channel): void;
  /** It is over. */
  over(message: Message): void;
}

const againMinutes = 15;
const inDoubtMs = 60_000;
/** Caps look back a week; the day before it covers every zone. */
const daysBack = 8;
const clinicName = 'Demo Physical Therapy';
const facts = {
  clinic: clinicName,
  phone: '(555) 010-0100',
  date: 'Fri, Nov 6',
  time: '10:30 AM',
  by: '10:00 AM',
  link: 'https://g.example/m/abcdefghijklmnopqrstuv',
};

export class MemoryMessages {
  readonly all = new Map<string, Message>();
  readonly sendings: { message: string; channel: Channel; vendorMessage: string }[] = [];
  readonly calls: string[] = [];
  readonly consents: (ConsentEntry & { readonly patient: string })[] = [];
  readonly vendors: Vendors;
  readonly patients: ReadonlyMap<string, StoryPatient>;
  /** Patients who wrote something that may mean stop, until a person has read it. */
  readonly unread = new Map<string, number>();
  readonly #byKey = new Map<string, Message>();
  readonly #byPatient = new Map<string, Message[]>();
  readonly #story: Story;
  readonly #watch: Watch;

  constructor(story: Story, watch: Watch) {
    this.#story = story;
    this.#watch = watch;
    this.vendors = new Vendors(story);
    this.patients = new Map(story.patients.map((one) => [one.ref, one]));
  }

  instant(): string {
    return new Date(this.#watch.now()).toISOString();
  }

  of(patient: string): readonly Message[] {
    return this.#byPatient.get(patient) ?? [];
  }

  /** One message for an occasion, however often it is asked for. */
  queue(ask: Ask): Message {
    const known = this.#byKey.get(ask.key);
    if (known !== undefined) return known;
    const { patient, purpose, about, until, callIfUnreached = false } = ask;
    const person = this.patients.get(patient);
    const texts = writeTexts({ own: [], shipped: shippedTexts }, { purpose, language: 'en', facts });
    const reachable = channels.filter(
      (channel) =>
        texts[channel] !== undefined && typeof (channel === 'email' ? person?.email : person?.phone) === 'string',
    );
    const ways = waysOf({ preferred: person?.preferred ?? [], reachable, offered: null });
    const message: Message = {
      ref: `msg_${this.all.size + 1}`,
      patient,
      purpose,
      category: categoryOf(purpose),
      about,
      occasion: ask.occasion ?? about ?? '',
      aboutAt: ask.aboutAt ?? null,
      until: new Date(until).toISOString(),
      queuedAt: this.instant(),
      callIfUnreached,
      ways: ways.map((channel) => ({ channel, state: 'untried', reason: null, notBefore: null, sentAt: null })),
      ending: null,
      rule: null,
      withdrawn: false,
      answer: null,
      answeredAt: null,
    };
    this.all.set(message.ref, message);
    this.#byKey.set(ask.key, message);
    this.#byPatient.set(patient, [...this.of(patient), message]);
    this.#watch.changed(message);
    return message;
  }

  /** Decides by the rules what to do now, as the server does. */
  next(ref: string): NextMove {
    const message = this.#known(ref);
    if (message.ending !== null) return { kind: 'over' };
    const gate = this.#gate(message);
    for (;;) {
      const { ways, until, withdrawn, callIfUnreached } = message;
      const move = nextMove({ ways, until, withdrawn, callIfUnreached }, gate, this.instant());
      if (move.kind === 'refuse') {
        this.#change(message, move.channel, { state: 'refused', reason: move.rule });
        message.rule = move.rule;
        if (move.rule === 'message.withdrawn') message.withdrawn = true;
      } else if (move.kind === 'over') {
        message.ending = message.withdrawn && move.ending === 'callList' ? 'withdrawn' : move.ending;
        if (message.ending === 'callList') this.calls.push(ref);
        this.#watch.over(message);
        return { kind: 'over' };
      } else {
        if (move.kind === 'wait' && move.rule !== null) message.rule = move.rule;
        return move.kind === 'send' ? move : { kind: 'wait', until: move.until };
      }
    }
  }

  /** Hands a message to its vendor under a permit and writes down what became of it; asked again, it is never sent again. */
  send(ref: string, channel: Channel): void {
    const message = this.#known(ref);
    const key = `${ref}/${channel}`;
    if (this.sendings.some((one) => one.message === ref && one.channel === channel)) return;
    const way = message.ways.find((one) => one.channel === channel);
    const found = way?.state === 'uncertain' ? this.vendors.find(key) : null;
    if (found !== null) return this.#went(message, channel, found, way?.sentAt ?? this.instant());
    // The permit weighs once more: what changed since the move was decided keeps it back.
    if (this.#gate(message)(channel).kind !== 'send') return this.#later(message, channel);
    const person = this.patients.get(message.patient);
    const to = (channel === 'email' ? person?.email : person?.phone) ?? '';
    const heard = this.vendors.send({ key, channel, to, at: this.instant() });
    switch (heard.kind) {
      case 'taken':
        return this.#went(message, channel, heard.id, this.instant());
      case 'lost':
        return this.#change(message, channel, {
          state: 'uncertain',
          sentAt: this.instant(),
          notBefore: new Date(this.#watch.now() + inDoubtMs).toISOString(),
        });
      case 'notNow':
        return this.#later(message, channel);
      case 'optedOut':
        this.#change(message, channel, { state: 'refused', reason: 'message.opted-out' });
        return this.revoke([message.patient], 'vendor');
    }
  }

  /** The vendor's word about what it took. */
  status(message: Message, channel: Channel): void {
    const person = this.patients.get(message.patient);
    const state = channel === 'text' && person?.landline === true ? 'failed' : 'delivered';
    this.#change(message, channel, { state, reason: state === 'failed' ? 'landline-or-unreachable' : null });
    this.#watch.changed(message);
  }

  withdraw(message: Message): void {
    message.withdrawn = true;
    this.#watch.changed(message);
  }

  /** Nobody is written to who did not want it; all who are reached there. */
  revoke(patients: readonly string[], source: ConsentEntry['source']): void {
    const day = this.instant().slice(0, 10);
    const scope = inForceOn(outreachRules.revocationScope, day)[0]?.scope;
    const stopped: readonly Channel[] | null = scope === 'everything' ? null : ['text', 'voice'];
    this.say(patients, { state: 'revoked', categories: null, channels: stopped, source });
  }

  say(patients: readonly string[], word: Omit<ConsentEntry, 'at'>): void {
    for (const patient of patients) {
      this.consents.push({ ...word, patient, at: this.instant() });
      for (const message of this.of(patient)) if (message.ending === null) this.#watch.changed(message);
    }
  }

  /** Whether the patient may get reminders by text. */
  hears(patient: string): boolean {
    const day = this.instant().slice(0, 10);
    const entries = this.consents.filter((one) => one.patient === patient);
    return standing(outreachRules.consent, entries, { category: 'reminder', channel: 'text', day }).may;
  }

  #known(ref: string): Message {
    const message = this.all.get(ref);
    if (message === undefined) throw new Error(`There is no message ${ref}.`);
    return message;
  }

  #went(message: Message, channel: Channel, vendorMessage: string, sentAt: string): void {
    this.sendings.push({ message: message.ref, channel, vendorMessage });
    this.#change(message, channel, { state: 'sent', notBefore: null, sentAt });
    this.#watch.went(message, channel);
  }

  #later(message: Message, channel: Channel): void {
    const notBefore = new Date(this.#watch.now() + againMinutes * 60_000).toISOString();
    this.#change(message, channel, { state: 'untried', notBefore });
  }

  #change(message: Message, channel: Channel, change: Partial<Way>): void {
    message.ways = message.ways.map((way) => (way.channel === channel ? { ...way, ...change } : way));
  }

  #gate(message: Message): (channel: Channel) => GateDecision {
    const person = this.patients.get(message.patient);
    const { category, until, withdrawn, patient } = message;
    const zones = zonesOf(outreachRules.zones, {
      named: person?.named ?? null,
      state: person?.state ?? null,
      clinic: this.#story.zone,
    });
    const now = this.instant();
    const day = now.slice(0, 10);
    const consents = this.#wordsAbout(patient);
    const optOutWords = inForceOn(outreachRules.replies, day).flatMap(({ intents }) => intents.stop ?? []);
    const texts = writeTexts({ own: [], shipped: shippedTexts }, { purpose: message.purpose, language: 'en', facts });
    return (channel) => {
      const rows = limitsFor(outreachRules, { category, channel, day });
      const text = texts[channel]?.body ?? '';
      const faults = contentFaults(
        { text, clinicName, optOutWords },
        { content: inForceOn(outreachRules.content, day), limits: rows },
      );
      const question = { category, channel, hasAddress: true, zones, consents, sent: this.#sentTo(message), faults };
      const answerOpen = (this.unread.get(patient) ?? 0) > 0;
      return mayMessage(outreachRules, { ...question, answerOpen, withdrawn, until }, now);
    };
  }

  /** A patient's own words, and what others who are reached at the same telephone wrote from there. */
  #wordsAbout(patient: string): ConsentEntry[] {
    const phone = this.patients.get(patient)?.phone ?? null;
    return this.consents.flatMap((word) => {
      if (word.patient === patient) return [word];
      const isThere = phone !== null && this.patients.get(word.patient)?.phone === phone;
      const wrote = word.source === 'reply' || word.source === 'vendor';
      return isThere && wrote ? [{ ...word, channels: channels.filter(isTelephone) }] : [];
    });
  }

  /** What went, or may have, of other messages and other ways. */
  #sentTo(message: Message): SentMessage[] {
    const since = new Date(this.#watch.now() - daysBack * 86_400_000).toISOString();
    return this.of(message.patient).flatMap(({ category, ways, ref }) =>
      ways.flatMap(({ channel, sentAt, state }) => {
        const counts = sentAt !== null && sentAt >= since && (ref !== message.ref || state !== 'uncertain');
        return counts ? [{ at: sentAt, category, channel }] : [];
      }),
    );
  }
}
