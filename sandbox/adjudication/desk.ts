// The simulated payers at work: they take claims, send some back, look into the others, decide and pay, whichever wire a claim came over.
import { takeFault } from '../faults/queue.ts';
import { decide, refusalOf } from './decide.ts';
import type { Decision, Outcome, Standing } from './decide.ts';
import { withMishap } from './mishaps.ts';
import type { Post } from './post.ts';
import { paymentOf, remitted, reversed } from './remittance.ts';
import type { ProviderChange, RemittancePicture, RemittedClaim } from './remittance.ts';
import type { AdjudicationStore, HeldClaim, Parties, Wire } from './store.ts';
import { payerNumberOf, serviceDateOf } from './submitted.ts';
import type { SubmittedClaim } from './submitted.ts';

export interface ClaimStanding extends Standing {
  readonly payerNumber: string;
  readonly effectiveOn: string;
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly paidOn: string | null;
  readonly trace: string | null;
}

/** Which claims to decide and pay at once, and what else to put into the payment. */
export interface Wanted {
  /** CLM01; absent: all that wait. */
  readonly claims?: readonly string[];
  /** Money that belongs to no claim. */
  readonly changes?: readonly ProviderChange[];
}

const lateMilliseconds = 60_000;
const dayOf = (instant: string): string => instant.slice(0, 10);

export class PayersDesk {
  readonly store: AdjudicationStore;
  readonly #post: Post;

  constructor(store: AdjudicationStore, post: Post) {
    this.store = store;
    this.#post = post;
  }

  /** Takes a claim and says at once whether it is sent back. */
  take(claim: SubmittedClaim, wire: Wire, parties: Parties, now: Date): HeldClaim {
    const { held } = this.store.state;
    const number = payerNumberOf(claim);
    const copies = held.filter(({ payerNumber }) => payerNumber.startsWith(number)).length;
    const one: HeldClaim = {
      id: held.length + 1,
      at: now.toISOString(),
      wire,
      parties,
      claim,
      payerNumber: copies === 0 ? number : `${number}-${copies + 1}`,
      refusal: refusalOf(claim, (original) => this.#replaceable(original) !== undefined),
      // The clearinghouse that speaks in files acknowledges by itself.
      isAcknowledged: wire === 'x12Files',
      decision: null,
      decidedAt: null,
      remitted: null,
      trace: null,
      remittedAt: null,
      isReplaced: false,
    };
    this.store.change({ held: [...held, one] });
    return one;
  }

  /** Where a claim stands, by its number of ours or of the payer's; null: nobody has sent it. */
  standing(
    asked: { readonly number: string | null; readonly payerNumber: string | null },
    now: Date,
  ): ClaimStanding | null {
    this.work(now);
    const found = this.store.state.held.filter(
      ({ claim, payerNumber }) =>
        (asked.payerNumber !== null && payerNumber === asked.payerNumber) ||
        (asked.number !== null && asked.number !== '' && claim.number === asked.number),
    );
    // The latest that was not sent back; of one that was, a payer knows nothing.
    const one = found.findLast(({ refusal }) => refusal === null) ?? found.at(-1);
    return one === undefined ? null : this.#standingOf(one, now);
  }

  /** Does what is due by now: looks into claims, decides, pays, and hands over what was kept back. */
  work(now: Date): void {
    const { pace } = this.store.state;
    if (pace !== null) {
      // Who is sent back hears of it as soon as who is taken.
      this.#acknowledge(this.store.state.held, now);
      const age = ({ at }: HeldClaim) => (now.getTime() - Date.parse(at)) / 1000;
      this.#decide(
        this.#accepted((one) => one.decision === null && age(one) >= pace.decideSeconds),
        now,
      );
      const decided = this.#accepted((one) => one.decision !== null && one.remitted === null);
      // A payment run takes with it all that is decided.
      if (decided.some((one) => age(one) >= pace.paySeconds)) this.#pay(decided, [], now);
    }
    this.#handOver(now);
  }

  /** Decides and pays now. Returns the numbers of the payments. */
  adjudicate({ claims, changes = [] }: Wanted, now: Date): string[] {
    const isMeant = ({ claim }: HeldClaim) => claims === undefined || claims.includes(claim.number);
    this.#acknowledge(
      this.store.state.held.filter((one) => isMeant(one) && !one.isAcknowledged),
      now,
    );
    this.#decide(
      this.#accepted((one) => one.decision === null && isMeant(one)),
      now,
    );
    const due = this.#accepted((one) => one.decision !== null && one.remitted === null && isMeant(one));
    const traces = due.length === 0 ? [] : this.#pay(due, changes, now);
    this.#handOver(now);
    return traces;
  }

  /** Takes back what was decided on these claims (CLM01) and decides them anew, as after an appeal. Returns the numbers of the payments. */
  reconsider(claims: readonly string[], now: Date): string[] {
    const meant = this.#accepted(
      (one) => one.remitted !== null && !one.isReplaced && claims.includes(one.claim.number),
    );
    this.#update(
      meant.map((one) => ({ ...one, decision: null, remitted: null, takenBack: one.remitted ?? undefined })),
    );
    return this.adjudicate({ claims }, now);
  }

  choose(number: string, outcome: Outcome): void {
    this.store.change({ chosen: { ...this.store.state.chosen, [number]: outcome } });
  }

  #accepted(fits: (one: HeldClaim) => boolean): HeldClaim[] {
    return this.store.state.held.filter((one) => one.refusal === null && fits(one));
  }

  #replaceable(payerNumber: string): HeldClaim | undefined {
    return this.store.state.held.find(
      (one) => one.payerNumber === payerNumber && one.refusal === null && !one.isReplaced,
    );
  }

  #update(changed: readonly HeldClaim[]): void {
    const byId = new Map(changed.map((one) => [one.id, one]));
    this.store.change({ held: this.store.state.held.map((one) => byId.get(one.id) ?? one) });
  }

  #standingOf(one: HeldClaim, now: Date): ClaimStanding {
    const { claim, decision, payerNumber } = one;
    const { pace } = this.store.state;
    const age = (now.getTime() - Date.parse(one.at)) / 1000;
    const about = {
      payerNumber,
      chargeCents: claim.chargeCents,
      paidCents: 0,
      paidOn: null,
      trace: null,
      entity: null,
    };
    if (one.refusal !== null) return { ...about, category: 'A4', code: '35', effectiveOn: dayOf(one.at) };
    if (one.remitted !== null && decision !== null)
      return {
        ...about,
        ...decision.standing,
        effectiveOn: dayOf(one.remittedAt ?? one.at),
        paidCents: one.remitted.paidCents,
        paidOn: one.remitted.paidCents === 0 ? null : dayOf(one.remittedAt ?? one.at),
        trace: one.trace,
      };
    if (decision !== null) return { ...about, category: 'F0', code: '3', effectiveOn: dayOf(one.decidedAt ?? one.at) };
    if (pace !== null && age >= pace.processSeconds)
      return { ...about, category: 'P1', code: '20', effectiveOn: dayOf(one.at) };
    return { ...about, category: 'A2', code: '20', entity: 'PR', effectiveOn: dayOf(one.at) };
  }

  /** Tells the clinic of claims that came over an interface which of them were taken (277CA). */
  #acknowledge(claims: readonly HeldClaim[], now: Date): void {
    const untold = claims.filter(({ isAcknowledged }) => !isAcknowledged);
    for (const one of untold) this.#post.acknowledge(one, now);
    if (untold.length > 0) this.#update(untold.map((one) => ({ ...one, isAcknowledged: true })));
  }

  #decide(claims: readonly HeldClaim[], now: Date): void {
    for (const one of claims) {
      const decision = this.#decisionOf(one);
      this.#update([{ ...one, decision, decidedAt: now.toISOString() }]);
    }
  }

  #decisionOf(one: HeldClaim): Decision {
    const { claim } = one;
    return decide(claim, {
      receivedOn: dayOf(one.at),
      isDuplicate: claim.frequency === '1' && this.#accepted((other) => isSame(other, one)).length > 0,
      chosen: this.store.state.chosen[claim.number] ?? null,
    });
  }

  /** Pays claim by claim of one payer, one clinic and one wire together. */
  #pay(due: readonly HeldClaim[], changes: readonly ProviderChange[], now: Date): string[] {
    const groups = Map.groupBy(due, ({ wire, claim }) => JSON.stringify([wire, claim.payer.id, claim.provider.npi]));
    return [...groups.values()].map((claims, at) => this.#payGroup(claims, at === 0 ? changes : [], now));
  }

  #payGroup(due: readonly HeldClaim[], changes: readonly ProviderChange[], now: Date): string {
    const [first] = due;
    if (first === undefined) return '';
    const { payer, provider } = first.claim;
    const trace = this.#nextTrace();
    const told = due.flatMap((one) => this.#toldOf(one));
    this.#update(
      due.map((one) => ({
        ...one,
        remitted:
          told.find(({ payerNumber, status }) => payerNumber === one.payerNumber && status !== '22') ??
          paidNothing(one),
        takenBack: undefined,
        trace,
        remittedAt: now.toISOString(),
      })),
    );
    const key = JSON.stringify([payer.id, provider.npi]);
    const { [key]: carried, ...others } = this.store.state.carried;
    const made = paymentOf(
      { trace, on: dayOf(now.toISOString()), payer, payee: provider, claims: told, changes },
      carried ?? null,
    );
    this.store.change({ carried: made.carried === null ? others : { ...others, [key]: made.carried } });
    this.#send(made.picture, first, now);
    return trace;
  }

  /** What a remittance says of a claim: a replacement takes the earlier payment back first, a void does only that. */
  #toldOf(one: HeldClaim): RemittedClaim[] {
    const { claim, decision, payerNumber, takenBack } = one;
    if (decision === null) return [];
    const own = remitted(claim, decision, { payerNumber, receivedOn: dayOf(one.at) });
    if (takenBack !== undefined) return [reversed(takenBack), own];
    const original = claim.originalNumber === null ? undefined : this.#replaceable(claim.originalNumber);
    if (claim.frequency === '1' || original === undefined) return [own];
    this.#update([{ ...original, isReplaced: true }]);
    const back = original.remitted === null ? [] : [reversed(original.remitted)];
    return claim.frequency === '8' ? back : [...back, own];
  }

  #nextTrace(): string {
    const remittances = this.store.state.remittances + 1;
    this.store.change({ remittances });
    return `EFT${String(remittances).padStart(7, '0')}`;
  }

  /** Hands a payment to the wire, with what a fault makes of it. */
  #send(picture: RemittancePicture, first: HeldClaim, now: Date): void {
    const { fault, rest } = takeFault(this.store.state.faults, () => true);
    if (fault !== null) this.store.change({ faults: rest });
    const at = now.getTime() + (fault?.fault === 'late' ? (fault.milliseconds ?? lateMilliseconds) : 0);
    const parts = withMishap(picture, fault, () => this.#nextTrace());
    for (const [part, copies] of parts) this.#post.remit(part, first, { at, copies }, now);
  }

  #handOver(now: Date): void {
    const due = this.store.state.owed.filter(({ at }) => at <= now.getTime());
    if (due.length === 0) return;
    this.store.change({ owed: this.store.state.owed.filter((one) => !due.includes(one)) });
    for (const one of due) this.#post.handOver(one);
  }
}

/** A void pays nothing of its own. */
function paidNothing(one: HeldClaim): RemittedClaim {
  const lines = one.claim.lines.map(() => ({
    allowedCents: 0,
    paidCents: 0,
    unitsPaid: 0,
    adjustments: [],
    remarks: [],
  }));
  const standing = { category: 'F1', code: '101', entity: null };
  const nothing: Decision = { status: '1', standing, lines };
  return remitted(one.claim, nothing, { payerNumber: one.payerNumber, receivedOn: dayOf(one.at) });
}

/** Whether another original claim, taken before, bills the same services of the same day. */
function isSame(other: HeldClaim, one: HeldClaim): boolean {
  const services = ({ lines }: SubmittedClaim) =>
    lines
      .map(({ code, date }) => `${code} ${date}`)
      .sort()
      .join();
  return (
    other.id < one.id &&
    other.claim.memberId === one.claim.memberId &&
    other.claim.payer.id === one.claim.payer.id &&
    serviceDateOf(other.claim) === serviceDateOf(one.claim) &&
    services(other.claim) === services(one.claim)
  );
}
