// Plays a story in shortened time on the real stack: the PT system, the patients and the staff act, processes are killed, the vendor of
// texts is away for a day of the story; then everything that is under way is waited for.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessName, Stack } from '../../runtime/stack.ts';
import type { Purpose } from '../../domain/outreach/words.ts';
import type { StackClinic } from './stack-clinic.ts';
import { answerTo, happens } from './story.ts';
import type { Story, StoryVisit } from './story.ts';
import type { Pace } from './shortened.ts';

export interface Kill {
  readonly victim: Extract<ProcessName, 'server' | 'worker' | 'n8n'>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Play {
  readonly stack: Stack;
  readonly clinic: StackClinic;
  /** The story before it was shortened. */
  readonly told: Story;
  readonly pace: Pace;
  readonly kills: readonly Kill[];
  /** The PT system exports its changes this often. */
  readonly exportEveryMs: number;
  /** Starts the lane that looks for due reminders by hand; null: the flow's own clock does. */
  readonly remind: (() => Promise<void>) | null;
  /** So long after an offer whoever is silent is called by the desk, and says no. */
  readonly callsAfterMs: number;
  /** Whether the vendor takes a text now and then and loses its answer. */
  readonly losesAnswers: boolean;
  readonly secondsToSettle: number;
}

/** What happened beside what the books say. */
export interface Played {
  /** The visits with the moments at which they were really cancelled. */
  readonly visits: readonly StoryVisit[];
  readonly waitingAt: ReadonlyMap<string, readonly string[]>;
  readonly killed: number;
  readonly refusals: number;
}

/** So many who wait are asked about one slot, one after the other. */
const askedForASlot = 3;
const mostFaults = 60;

export async function play(of: Play): Promise<Played> {
  const player = new Player(of);
  return player.run();
}

class Player {
  readonly #of: Play;
  readonly #story: Story;
  readonly #cancelled = new Map<string, string>();
  readonly #waitingAt = new Map<string, readonly string[]>();
  readonly #answered = new Set<string>();
  readonly #called = new Set<string>();
  readonly #decided = new Set<string>();
  readonly #writing = new Set<Promise<void>>();
  readonly #killing = new Set<Promise<void>>();
  #shown = '';
  #exportedAt = 0;
  #refusals = 0;
  #wasAway = false;

  constructor(of: Play) {
    this.#of = of;
    this.#story = of.clinic.story;
  }

  async run(): Promise<Played> {
    const { kills, remind } = this.#of;
    const left = [...kills].sort((one, other) => one.at - other.at);
    let remindedAt = 0;
    const remarks = [...this.#story.remarks].sort((one, other) => (one.at < other.at ? -1 : 1));
    const end = Date.parse(this.#story.to);
    while (Date.now() < end) {
      const now = Date.now();
      for (let [next] = left; next !== undefined && next.at <= now; [next] = left) this.#kill(left.shift() ?? next);
      if (remind !== null && now - remindedAt > this.#of.exportEveryMs) {
        remindedAt = now;
        await remind().catch(() => undefined);
      }
      await this.#outage(now);
      await this.#export(now);
      for (let [next] = remarks; next !== undefined && Date.parse(next.at) <= now; [next] = remarks) {
        remarks.shift();
        this.#writes(next.patient, next.text, next.times);
      }
      await this.#answers();
      await this.#desk(now);
      await sleep(300);
    }
    await Promise.all(this.#killing);
    await this.#of.clinic.faults([], true);
    await this.#settled();
    return {
      visits: this.#story.visits.map((one) => ({ ...one, cancelledAt: this.#cancelled.get(one.ref) ?? null })),
      waitingAt: this.#waitingAt,
      killed: kills.length,
      refusals: this.#refusals,
    };
  }

  #kill({ victim }: Kill): void {
    const { stack } = this.#of;
    const done = stack.kill(victim, 'SIGKILL').then(() => stack.restart(victim));
    this.#killing.add(done);
    void done.finally(() => this.#killing.delete(done)).catch(() => undefined);
  }

  /** The vendor refuses everything while it is away; at other times it loses an answer now and then. */
  async #outage(now: number): Promise<void> {
    const { clinic } = this.#of;
    const { outage } = this.#story;
    const isAway = now >= Date.parse(outage.from) && now < Date.parse(outage.to);
    if (isAway) {
      // Told to wait a short while of the story, whoever sends asks again and again; an answer that is lost would take minutes to clear up.
      const next = Array.from({ length: mostFaults }, (_, index) => ({
        fault: 'throttled',
        retryAfterSeconds: 2,
        on: index % 6 === 5 ? 'callCreate' : 'messageCreate',
      }));
      const waiting = await clinic.faults([], false);
      if (this.#wasAway) this.#refusals += mostFaults - Math.min(waiting, mostFaults);
      await clinic.faults(next, true);
    } else if (this.#wasAway) await clinic.faults([], true);
    else if (this.#of.losesAnswers && Math.floor(now / 1_000) % 9 === 0)
      await clinic.faults([{ fault: 'resetAfterAccepting', on: 'messageCreate' }], true);
    this.#wasAway = isAway;
  }

  #statusAt({ bookedAt, cancelledAt, missedAt }: StoryVisit, now: number) {
    if (Date.parse(bookedAt) > now) return null;
    if (cancelledAt !== null && Date.parse(cancelledAt) <= now) return 'cancelled' as const;
    return missedAt !== null && Date.parse(missedAt) <= now ? ('missed' as const) : ('booked' as const);
  }

  async #export(now: number): Promise<void> {
    const { clinic, exportEveryMs } = this.#of;
    if (now - this.#exportedAt < exportEveryMs) return;
    this.#exportedAt = now;
    const states = new Map(this.#story.visits.map((visit) => [visit.ref, this.#statusAt(visit, now)]));
    const shown = JSON.stringify([...states]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const waiting = [...clinic.entryRefs].map(([entry]) => entry).filter((entry) => !this.#booked.has(entry));
    await clinic.exportSchedule((visit) => states.get(visit.ref) ?? null);
    const at = new Date().toISOString();
    for (const [visit, status] of states) {
      if (status !== 'cancelled' || this.#cancelled.has(visit)) continue;
      this.#cancelled.set(visit, at);
      this.#waitingAt.set(visit, waiting);
      await clinic.openSlot(visit, askedForASlot);
    }
  }

  /** Patients answer the texts that reached them since the last look. */
  async #answers(): Promise<void> {
    const { clinic, told, pace } = this.#of;
    const rows = await clinic
      .rows<{ ref: string; patient: string; purpose: Purpose; about: string | null }>(
        `select m.ref, m.patient, m.purpose, m.about from message_sendings s join messages m on m.ref = s.message
       where s.channel = 'text' and m.purpose in ('visit.reminder', 'visit.missed', 'waitlist.offer')`,
      )
      .catch(() => []);
    const patients = new Map([...clinic.patientRefs].map(([story, ref]) => [ref, story]));
    for (const { ref, patient: of, purpose, about } of rows) {
      const patient = patients.get(of);
      if (patient === undefined || this.#answered.has(ref)) continue;
      this.#answered.add(ref);
      const visit = [...clinic.visitRefs].find(([, one]) => one === about)?.[0];
      const said = answerTo(told, { purpose, about: visit ?? `${ref}/${patient}` });
      if (said === null) continue;
      const wait = (said.afterMinutes / (24 * 60)) * pace.millisecondsADay;
      const writing = sleep(wait).then(() => this.#write(patient, said.text, said.times));
      this.#track(writing);
    }
  }

  #writes(patient: string, words: string, times: number): void {
    this.#track(this.#write(patient, words, times));
  }

  #track(writing: Promise<void>): void {
    this.#writing.add(writing);
    void writing.finally(() => this.#writing.delete(writing)).catch(() => undefined);
  }

  /** Several times is within the same moment. */
  async #write(patient: string, words: string, times: number): Promise<void> {
    const phone = this.#story.patients.find(({ ref }) => ref === patient)?.phone;
    if (phone === undefined || phone === null) return;
    const at = new Date().toISOString();
    await Promise.all(Array.from({ length: times }, () => this.#of.clinic.writes(phone, words, at)));
  }

  readonly #booked = new Set<string>();

  /** The desk calls who is silent, and books what is held; one in twenty cannot be booked. */
  async #desk(now: number): Promise<void> {
    const { clinic, callsAfterMs, told } = this.#of;
    const entries = new Map([...clinic.entryRefs].map(([story, ref]) => [ref, story]));
    const offers = await clinic
      .rows<{ ref: string; at: Date }>(
        `select o.ref, o.at from slot_offers o join freed_slots s on s.ref = o.slot,
         jsonb_array_elements(s.state -> 'offers') one
         where one ->> 'id' = o.number and one ->> 'outcome' = 'open'`,
      )
      .catch(() => []);
    for (const { ref, at } of offers) {
      if (this.#called.has(ref) || now - at.getTime() < callsAfterMs) continue;
      this.#called.add(ref);
      await clinic.desk((person) => person.post(`/v1/console/waitlist/offers/${ref}/answer`, { answer: 'no' }));
    }
    const held = await clinic
      .rows<{ work_item: string; entry: string; hash: string }>(
        `select h.work_item, o.entry, r.hash from slot_holds h join slot_offers o on o.ref = h.offer
         join work_items w on w.id = h.work_item and w.status = 'open'
         join work_item_revisions r on r.work_item = h.work_item`,
      )
      .catch(() => []);
    for (const { work_item: item, entry, hash } of held) {
      if (this.#decided.has(item)) continue;
      this.#decided.add(item);
      const decision = happens(told, `book/${item}`, 5) ? 'notDone' : 'done';
      await clinic.desk((person) => person.post(`/v1/console/work-items/${item}/decisions`, { decision, hash }));
      if (decision === 'done') this.#booked.add(entries.get(entry) ?? '');
    }
  }

  /** Nothing is under way any more: every message has left or is over, every slot is settled, every reply was acted upon. */
  async #settled(): Promise<void> {
    const end = Date.now() + this.#of.secondsToSettle * 1_000;
    for (;;) {
      await this.#answers();
      await this.#desk(Date.now());
      const open = await this.underWay();
      if (open.length === 0 && this.#writing.size === 0) return;
      if (Date.now() > end) throw new Error(`Still under way: ${open.slice(0, 20).join('; ')}`);
      await sleep(700);
    }
  }

  async underWay(): Promise<string[]> {
    const { clinic } = this.#of;
    const rows = await clinic
      .rows<{ what: string }>(
        `select purpose || ' ' || ref || ' ' || ways::text as what from messages
         where state = 'open' and patient = any($1) and not ways::text like '%"sent"%'
         union all select 'slot ' || ref || ' ' || phase from freed_slots where phase in ('offering', 'held')
         union all select 'event ' || id from message_events where handled_at is null
         union all select 'effect ' || key from effects where state in ('granted', 'sending') and key like 'message.send/%'`,
        [[...clinic.patientRefs.values()]],
      )
      .catch(() => [{ what: 'the database is away' }]);
    return rows.map(({ what }) => what);
  }
}

/** How many messages ended how, for reports. */
export function counted<Item>(items: readonly Item[], of: (item: Item) => string): Record<string, number> {
  const counts = Map.groupBy(items, of);
  return Object.fromEntries([...counts].map(([key, group]): [string, number] => [key, group.length]).sort());
}
