// How what a payer says reaches the clinic: as a file in its inbox, as a report of Change Healthcare, as a transaction of Stedi.
import { createHash } from 'node:crypto';
import { writeAnswer } from '../x12-files/envelopes.ts';
import { claimAcknowledgmentJson, claimAcknowledgmentSet } from './acknowledgment.ts';
import { remittanceJson } from './network-835.ts';
import type { RemittancePicture } from './remittance.ts';
import type { AdjudicationStore, HeldClaim, Owed, Wire } from './store.ts';
import { remittanceSet } from './x12-835.ts';

/** Lays something where the clinic finds it over its wire. */
export type Carrier = (owed: Owed) => void;

const clearinghouse = { name: 'Clearinghouse', id: 'CLEARING' } as const;

export class Post {
  readonly #store: AdjudicationStore;
  readonly #carriers: Readonly<Partial<Record<Wire, Carrier>>>;

  constructor(store: AdjudicationStore, carriers: Readonly<Partial<Record<Wire, Carrier>>>) {
    this.#store = store;
    this.#carriers = carriers;
  }

  /** Tells the clinic of a claim that came over an interface whether it was taken. */
  acknowledge(one: HeldClaim, now: Date): void {
    const control = this.#store.nextControl();
    const submitter = { name: one.claim.provider.name, id: 'CLINIC' };
    const heading = { source: clearinghouse, submitter, reference: one.payerNumber };
    this.#owe(one.wire, '277', now.getTime(), control, () =>
      one.wire === 'stedi'
        ? JSON.stringify(claimAcknowledgmentJson(one, now))
        : writeAnswer(one.parties, claimAcknowledgmentSet([one], heading, String(control), now), control, now),
    );
  }

  /** Tells the clinic of a payment. @param about when it reaches the clinic, and how often */
  remit(
    picture: RemittancePicture,
    to: HeldClaim,
    about: { readonly at: number; readonly copies: number },
    now: Date,
  ): void {
    const control = this.#store.nextControl();
    const x12 = () => writeAnswer(to.parties, remittanceSet(picture), control, now);
    for (let copy = 0; copy < about.copies; copy += 1) {
      const number = copy === 0 ? control : this.#store.nextControl();
      this.#owe(to.wire, '835', about.at, number, (id) =>
        to.wire === 'stedi' ? JSON.stringify(remittanceJson(picture, id)) : x12(),
      );
    }
  }

  handOver(owed: Owed): void {
    this.#carriers[owed.wire]?.(owed);
  }

  #owe(wire: Wire, set: Owed['set'], at: number, control: number, text: (id: string) => string): void {
    const name = nameOn(wire, set, control);
    this.#store.change({ owed: [...this.#store.state.owed, { at, wire, set, name, text: text(name) }] });
  }
}

/** Change Healthcare's reports begin with X3 and R5; Stedi's transactions are known by a UUID. */
function nameOn(wire: Wire, set: Owed['set'], control: number): string {
  const number = String(control).padStart(6, '0');
  if (wire === 'x12Files') return `${set}_A${number}.edi`;
  if (wire === 'changeHealthcare') return `${set === '277' ? 'X3' : 'R5'}${number}.${set}`;
  const hash = createHash('sha256').update(`${set}/${number}`).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}
