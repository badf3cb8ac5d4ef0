// The sandbox's memory: reviews, scenarios and faults in one file, accepted calls in a journal of JSON lines; both survive a restart.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './faults.ts';
import { usualScenario } from './reviews.ts';
import type { Review, Scenario } from './reviews.ts';

/** One call that was accepted, with nothing in it that identifies a person. */
export interface JournalEntry {
  readonly at: string;
  readonly kind: 'create' | 'update' | 'void';
  readonly id: string;
  readonly payer: string;
  readonly member: string;
  readonly visits: number | null;
  readonly fromDate: string;
  readonly toDate: string;
  readonly procedures: readonly string[];
}

interface State {
  readonly reviews: readonly Review[];
  readonly faults: readonly Fault[];
  readonly scenarios: Readonly<Record<string, Scenario>>;
  /** POSTs that reached the create endpoint, accepted or not. */
  readonly posts: number;
  readonly sequence: number;
}

const empty: State = { reviews: [], faults: [], scenarios: {}, posts: 0, sequence: 0 };

export class AvailityStore {
  readonly #stateFile: string;
  readonly #journalFile: string;
  #state: State;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#stateFile = join(folder, 'availity-state.json');
    this.#journalFile = join(folder, 'availity-journal.jsonl');
    this.#state = existsSync(this.#stateFile) ? parseState(readFileSync(this.#stateFile, 'utf8')) : empty;
  }

  get faults(): readonly Fault[] {
    return this.#state.faults;
  }

  set faults(faults: readonly Fault[]) {
    this.#write({ ...this.#state, faults });
  }

  get posts(): number {
    return this.#state.posts;
  }

  get reviews(): readonly Review[] {
    return this.#state.reviews;
  }

  review(id: string): Review | null {
    return this.#state.reviews.find((review) => review.id === id) ?? null;
  }

  /** The scenario set for `payer`, else the one for every payer (`*`), else the usual one. */
  scenario(payer: string): Scenario {
    return this.#state.scenarios[payer] ?? this.#state.scenarios['*'] ?? usualScenario;
  }

  setScenario(payer: string, scenario: Scenario): void {
    this.#write({ ...this.#state, scenarios: { ...this.#state.scenarios, [payer]: scenario } });
  }

  countPost(): void {
    this.#write({ ...this.#state, posts: this.#state.posts + 1 });
  }

  /** The next review id: eight digits that grow, unique over restarts. */
  nextId(): string {
    const sequence = this.#state.sequence + 1;
    this.#write({ ...this.#state, sequence });
    return String(10_000_000 + sequence);
  }

  put(review: Review): void {
    const others = this.#state.reviews.filter(({ id }) => id !== review.id);
    this.#write({ ...this.#state, reviews: [...others, review] });
  }

  journal(): JournalEntry[] {
    if (!existsSync(this.#journalFile)) return [];
    const lines = readFileSync(this.#journalFile, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalEntry);
  }

  record(entry: JournalEntry): void {
    appendFileSync(this.#journalFile, `${JSON.stringify(entry)}\n`, { flush: true });
  }

  /** Forgets everything, the journal included. */
  reset(): void {
    this.#write(empty);
    writeFileSync(this.#journalFile, '');
  }

  #write(state: State): void {
    this.#state = state;
    writeFileSync(`${this.#stateFile}.new`, JSON.stringify(state));
    renameSync(`${this.#stateFile}.new`, this.#stateFile);
  }
}

/** The file is only ever written by this class. */
function parseState(text: string): State {
  const state = JSON.parse(text) as State;
  return { ...empty, ...state };
}
