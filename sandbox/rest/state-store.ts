// The memory of a simulated REST system: what it was told and its faults in one file that survives a restart, counts in memory.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeFault } from '../faults/queue.ts';

export class StateStore<State extends object, Fault extends { readonly fault: string; readonly on?: string }> {
  readonly #file: string;
  readonly #empty: State;
  #state: State & { readonly faults: readonly Fault[] };
  #calls: Record<string, number> = {};

  /** @param name of the system, for its file */
  constructor(folder: string, name: string, empty: State) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, `${name}-state.json`);
    this.#empty = empty;
    const nothing: State & { readonly faults: readonly Fault[] } = { ...empty, faults: [] };
    this.#state = existsSync(this.#file) ? { ...nothing, ...parseState<typeof nothing>(this.#file) } : nothing;
  }

  get state(): Readonly<State> {
    return this.#state;
  }

  get faults(): readonly Fault[] {
    return this.#state.faults;
  }

  set faults(faults: readonly Fault[]) {
    this.#write({ ...this.#state, faults });
  }

  /** Calls that reached each operation, answered or not. */
  get calls(): Readonly<Record<string, number>> {
    return this.#calls;
  }

  count(operation: string): void {
    this.#calls[operation] = (this.#calls[operation] ?? 0) + 1;
  }

  change(changes: Partial<State>): void {
    this.#write({ ...this.#state, ...changes });
  }

  /** Takes the first fault meant for `operation`, or for any. */
  takeFault(operation: string): Fault | null {
    const { fault, rest } = takeFault(this.faults, ({ on }) => on === undefined || on === operation);
    if (fault) this.faults = rest;
    return fault;
  }

  reset(): void {
    this.#calls = {};
    this.#write({ ...this.#empty, faults: [] });
  }

  #write(state: State & { readonly faults: readonly Fault[] }): void {
    this.#state = state;
    writeFileSync(`${this.#file}.new`, JSON.stringify(state));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** The file is only ever written by the class above. */
function parseState<State>(file: string): State {
  return JSON.parse(readFileSync(file, 'utf8')) as State;
}
