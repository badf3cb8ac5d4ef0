// The simulated endpoint's memory: resources with their versions, clients with their keys, export jobs, faults, a journal of writings.
import type { JWK } from 'jose';
import type { Fault } from './faults.ts';
import type { Draft, Resource } from './resource.ts';

/** One writing that was taken up, with nothing in it that identifies a person. */
export interface JournalEntry {
  readonly at: string;
  readonly kind: 'create' | 'update';
  readonly type: string;
  readonly id: string;
}

export interface Job {
  readonly id: string;
  readonly transactionTime: string;
  polls: number;
  readonly errors: boolean;
  readonly files: ReadonlyMap<string, readonly unknown[]>;
}

export interface Settings {
  /** How often a job answers that it is not ready. */
  readonly notReady: number;
  readonly tokenSeconds: number;
  /** The most entries of a page, whatever is asked for. */
  readonly largestPage: number;
  /** Files lie where no token is wanted. */
  readonly openFiles: boolean;
  /** Some endpoints pay no heed to If-None-Exist, to the order asked for, or to a change time. */
  readonly ignores: readonly string[];
}

export const usualSettings: Settings = {
  notReady: 1,
  tokenSeconds: 300,
  largestPage: 1000,
  openFiles: false,
  ignores: [],
};

export class FhirStore {
  readonly #now: () => Date;
  readonly #types = new Map<string, Map<string, Resource>>();
  readonly #deleted: { readonly type: string; readonly id: string }[] = [];
  readonly clients = new Map<string, JWK>();
  readonly tokens = new Map<string, { readonly scopes: readonly string[]; readonly expiresAt: number }>();
  readonly assertions = new Set<string>();
  readonly jobs = new Map<string, Job>();
  faults: readonly Fault[] = [];
  journal: JournalEntry[] = [];
  /** Calls that arrived, by operation. */
  readonly calls = new Map<string, number>();
  settings: Settings = usualSettings;
  #sequence = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get deleted(): readonly { readonly type: string; readonly id: string }[] {
    return this.#deleted;
  }

  count(operation: string): void {
    this.calls.set(operation, (this.calls.get(operation) ?? 0) + 1);
  }

  all(type: string): readonly Resource[] {
    return [...(this.#types.get(type)?.values() ?? [])];
  }

  types(): readonly string[] {
    return [...this.#types.keys()];
  }

  find(type: string, id: string): Resource | null {
    return this.#types.get(type)?.get(id) ?? null;
  }

  nextId(): string {
    this.#sequence += 1;
    return `rt-${90_000 + this.#sequence}`;
  }

  /** Keeps a resource in its next version. @param at the change time; now when absent */
  put(draft: Draft & { readonly id: string }, at: string = this.#now().toISOString()): Resource {
    const before = this.find(draft.resourceType, draft.id);
    const versionId = String(Number(before?.meta.versionId ?? 0) + 1);
    const resource: Resource = { ...draft, meta: { versionId, lastUpdated: at } };
    const type = this.#types.get(draft.resourceType) ?? new Map<string, Resource>();
    type.set(draft.id, resource);
    this.#types.set(draft.resourceType, type);
    return resource;
  }

  remove(type: string, id: string): boolean {
    const isThere = this.#types.get(type)?.delete(id) === true;
    if (isThere) this.#deleted.push({ type, id });
    return isThere;
  }

  record(kind: JournalEntry['kind'], { resourceType, id }: Resource): void {
    this.journal.push({ at: this.#now().toISOString(), kind, type: resourceType, id });
  }

  /** Forgets everything but the registered clients; `seeded` is what it begins with, the oldest change first. */
  reset(seeded: readonly (Draft & { readonly id: string })[]): void {
    this.#types.clear();
    this.#deleted.length = 0;
    this.tokens.clear();
    this.assertions.clear();
    this.jobs.clear();
    this.calls.clear();
    this.faults = [];
    this.journal = [];
    this.settings = usualSettings;
    // All of it changed more than an hour ago, one minute after the other.
    const last = this.#now().getTime() - 3_600_000;
    seeded.forEach((draft, index) => {
      this.put(draft, new Date(last - (seeded.length - index) * 60_000).toISOString());
    });
  }
}
