// The memory of the simulated payers: the claims they hold, what they decided and paid, what they still owe; it survives a restart.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision, Outcome, Standing } from './decide.ts';
import type { Fault } from './faults.ts';
import type { CarriedBalance, RemittedClaim } from './remittance.ts';
import type { SubmittedClaim } from './submitted.ts';

/** The wires claims come over and answers go back on. */
export type Wire = 'x12Files' | 'changeHealthcare' | 'stedi';

/** Who sent the file of a claim, and to whom: what goes back turns them about. */
export interface Parties {
  readonly sender: string | null;
  readonly receiver: string | null;
}

export interface HeldClaim {
  readonly id: number;
  /** An instant (ISO UTC). */
  readonly at: string;
  readonly wire: Wire;
  readonly parties: Parties;
  readonly claim: SubmittedClaim;
  readonly payerNumber: string;
  /** Why it was sent back; null: it was accepted. */
  readonly refusal: Standing | null;
  readonly isAcknowledged: boolean;
  readonly decision: Decision | null;
  readonly decidedAt: string | null;
  /** As it was paid or denied, and under which number; null until then. */
  readonly remitted: RemittedClaim | null;
  /** An earlier decision that the next payment takes back. */
  readonly takenBack?: RemittedClaim | undefined;
  readonly trace: string | null;
  readonly remittedAt: string | null;
  /** Whether a later claim has replaced or voided it. */
  readonly isReplaced: boolean;
}

/** Something that goes back to the clinic from an instant on. */
export interface Owed {
  readonly at: number;
  readonly wire: Wire;
  readonly set: '277' | '835';
  readonly name: string;
  readonly text: string;
}

/** Seconds from taking a claim until it is looked into, decided and paid; null: it waits for a person. */
export interface Pace {
  readonly processSeconds: number;
  readonly decideSeconds: number;
  readonly paySeconds: number;
}

export interface State {
  readonly held: readonly HeldClaim[];
  readonly owed: readonly Owed[];
  readonly faults: readonly Fault[];
  readonly pace: Pace | null;
  /** What a person wants of a claim, by its number. */
  readonly chosen: Readonly<Record<string, Outcome>>;
  /** By payer and payee. */
  readonly carried: Readonly<Record<string, CarriedBalance>>;
  readonly control: number;
  readonly remittances: number;
}

const empty: State = {
  held: [],
  owed: [],
  faults: [],
  pace: null,
  chosen: {},
  carried: {},
  control: 0,
  remittances: 0,
};

export class AdjudicationStore {
  readonly #file: string;
  #state: State;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'adjudication-state.json');
    // The file is only ever written by this class.
    this.#state = existsSync(this.#file)
      ? { ...empty, ...(JSON.parse(readFileSync(this.#file, 'utf8')) as State) }
      : empty;
  }

  get state(): State {
    return this.#state;
  }

  get faults(): readonly Fault[] {
    return this.#state.faults;
  }

  set faults(faults: readonly Fault[]) {
    this.change({ faults });
  }

  change(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes };
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#state));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** The next number of an interchange. */
  nextControl(): number {
    this.change({ control: this.#state.control + 1 });
    return this.#state.control;
  }

  reset(): void {
    this.change(empty);
  }
}
