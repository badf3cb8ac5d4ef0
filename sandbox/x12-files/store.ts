// The clearinghouse's memory: its folders, the files it still owes, faults, control numbers and a journal; all survive a restart.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { takeFault } from '../faults/queue.ts';
import type { Fault } from './faults.ts';

/** A file that was picked up: control numbers and traces, nothing that identifies a person. */
export interface JournalEntry {
  readonly at: string;
  readonly control: string;
  readonly kinds: readonly string[];
  readonly traces: readonly string[];
}

/** A file that is owed to the clinic from an instant on. `append`: the rest of one that was begun. */
interface Owed {
  readonly at: number;
  readonly name: string;
  readonly text: string;
  readonly append: boolean;
}

interface State {
  readonly faults: readonly Fault[];
  readonly control: number;
  readonly owed: readonly Owed[];
}

const empty: State = { faults: [], control: 0, owed: [] };

export class X12FilesStore {
  /** Seen by the clinic: what it leaves for the clearinghouse, and what it finds. */
  readonly root: string;
  readonly stateFolder: string;
  readonly #stateFile: string;
  readonly #journalFile: string;
  #state: State;

  constructor(stateFolder: string) {
    this.stateFolder = stateFolder;
    this.root = join(stateFolder, 'x12-files');
    for (const folder of ['outbox', 'inbox', 'archive']) mkdirSync(join(this.root, folder), { recursive: true });
    this.#stateFile = join(stateFolder, 'x12-files-state.json');
    this.#journalFile = join(stateFolder, 'x12-files-journal.jsonl');
    // The file is only ever written by this class.
    this.#state = existsSync(this.#stateFile) ? (JSON.parse(readFileSync(this.#stateFile, 'utf8')) as State) : empty;
  }

  get faults(): readonly Fault[] {
    return this.#state.faults;
  }

  set faults(faults: readonly Fault[]) {
    this.#write({ ...this.#state, faults });
  }

  /** Takes the first of the named faults; `meant` may ask for more. */
  takeFault(names: readonly Fault['fault'][], meant: (fault: Fault) => boolean = () => true): Fault | null {
    const { fault, rest } = takeFault(this.faults, (one) => names.includes(one.fault) && meant(one));
    if (fault) this.faults = rest;
    return fault;
  }

  nextControl(): number {
    const control = this.#state.control + 1;
    this.#write({ ...this.#state, control });
    return control;
  }

  journal(): JournalEntry[] {
    if (!existsSync(this.#journalFile)) return [];
    const lines = readFileSync(this.#journalFile, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalEntry);
  }

  record(entry: JournalEntry): void {
    appendFileSync(this.#journalFile, `${JSON.stringify(entry)}\n`, { flush: true });
  }

  owe(...owed: readonly Owed[]): void {
    this.#write({ ...this.#state, owed: [...this.#state.owed, ...owed] });
  }

  /** Lays into the inbox what is owed by now. */
  deliver(now: number): void {
    const due = this.#state.owed.filter(({ at }) => at <= now);
    for (const { name, text, append } of due) {
      const path = join(this.root, 'inbox', name);
      if (append) appendFileSync(path, text);
      else writeFileSync(path, text);
    }
    if (due.length > 0) this.#write({ ...this.#state, owed: this.#state.owed.filter((one) => !due.includes(one)) });
  }

  /** Takes the files of the outbox out of it, as a clearinghouse does; hidden ones are none of its business. */
  pickUp(): string[] {
    const outbox = join(this.root, 'outbox');
    return readdirSync(outbox)
      .filter((name) => !name.startsWith('.'))
      .sort()
      .map((name) => {
        const text = readFileSync(join(outbox, name), 'utf8');
        rmSync(join(outbox, name));
        return text;
      });
  }

  /** Forgets everything and empties the folders. */
  reset(): void {
    for (const folder of ['outbox', 'inbox', 'archive']) {
      rmSync(join(this.root, folder), { recursive: true, force: true });
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    this.#write(empty);
    writeFileSync(this.#journalFile, '');
  }

  #write(state: State): void {
    this.#state = state;
    writeFileSync(`${this.#stateFile}.new`, JSON.stringify(state));
    renameSync(`${this.#stateFile}.new`, this.#stateFile);
  }
}
