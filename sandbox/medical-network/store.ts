// The memory of a simulated clearinghouse: what it was sent and its faults in one file that survives a restart, counts of questions in memory.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeFault } from '../faults/queue.ts';
import type { Fault, FaultyOperation } from './faults.ts';

/** A claim that was taken, with nothing in it that identifies a person but what a status inquiry must find it by. */
export interface TakenClaim {
  readonly at: string;
  readonly vendorClaimId: string;
  readonly patientControlNumber: string;
  /** What the payer calls it. */
  readonly payerNumber: string;
  readonly payer: string;
  readonly member: string;
  readonly charge: string;
  readonly lines: number;
  readonly format: 'json' | 'x12';
  /** So many inquiries still fail to find it. */
  readonly hidden: number;
}

export interface TakenAuthorization {
  readonly at: string;
  readonly id: string;
  readonly payer: string;
  readonly member: string;
  readonly from: string;
  readonly to: string;
  readonly visits: string;
}

export interface StoredReport {
  readonly name: string;
  readonly content: string;
}

/** One key under which a claim came: the same key with another body is refused. */
export interface UsedKey {
  readonly key: string;
  readonly body: string;
  readonly response: unknown;
}

interface State {
  readonly claims: readonly TakenClaim[];
  readonly authorizations: readonly TakenAuthorization[];
  readonly reports: readonly StoredReport[];
  readonly keys: readonly UsedKey[];
  readonly faults: readonly Fault[];
}

/** What a person may set. Latency goes on top of every answer. */
export interface Settings {
  readonly latencyMilliseconds: number;
  /** So many calls until the quota is used up; null: no quota. */
  readonly quota: number | null;
  /** More calls at once are refused; null: any number. */
  readonly concurrency: number | null;
  /** The status with which a payer's refusal (AAA) comes. */
  readonly refusalStatus: 200 | 400;
  /** STC01-1 and STC01-2 of claims that were taken; null: as their payers say. */
  readonly claimStatus: { readonly category: string; readonly code: string } | null;
  /** Where Stedi tells of what it has received; null: nowhere. */
  readonly webhook: { readonly url: string; readonly header: string; readonly secret: string } | null;
  /** HCR01 of authorizations that were taken. */
  readonly certification: string;
}

export const usualSettings: Settings = {
  latencyMilliseconds: 0,
  quota: null,
  concurrency: null,
  refusalStatus: 200,
  claimStatus: null,
  webhook: null,
  certification: 'A4',
};

const empty: State = { claims: [], authorizations: [], reports: [], keys: [], faults: [] };

/** One question about coverage, without anything that identifies a person. */
export interface AskedCoverage {
  readonly at: string;
  readonly payer: string;
  readonly member: string;
  readonly date: string;
  readonly serviceTypes: readonly string[];
}

export class NetworkStore {
  readonly #file: string;
  #state: State;
  #asked: AskedCoverage[] = [];
  /** Calls that reached each operation, answered or not. */
  #calls: Partial<Record<FaultyOperation, number>> = {};
  settings = usualSettings;
  underWay = 0;
  most = 0;

  /** @param name of the vendor, for its file */
  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, `${name}-state.json`);
    this.#state = existsSync(this.#file) ? parseState(readFileSync(this.#file, 'utf8')) : empty;
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

  get asked(): readonly AskedCoverage[] {
    return this.#asked;
  }

  get calls(): Readonly<Partial<Record<FaultyOperation, number>>> {
    return this.#calls;
  }

  count(operation: FaultyOperation): void {
    this.#calls[operation] = (this.#calls[operation] ?? 0) + 1;
  }

  ask(question: AskedCoverage): void {
    this.#asked.push(question);
  }

  change(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes };
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#state));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Takes the first fault meant for `operation`. */
  takeFault(operation: FaultyOperation): Fault | null {
    const { fault, rest } = takeFault(this.faults, ({ on = 'eligibility' }) => on === operation);
    if (fault) this.faults = rest;
    return fault;
  }

  reset(): void {
    this.#asked = [];
    this.#calls = {};
    this.settings = usualSettings;
    this.most = 0;
    this.change(empty);
  }
}

/** The file is only ever written by this class. */
function parseState(text: string): State {
  const state = JSON.parse(text) as State;
  return { ...empty, ...state };
}
