// Keeps one session: every change lies sealed on the tablet at once and is sent when it can be, once, however often it is told.
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Section } from '../../domain/capture/merge.ts';
import { mergeSessions } from '../../domain/capture/merge.ts';
import { ApiError } from '../api-error.ts';
import type { CaptureCalls } from '../calls/capture.ts';
import type { SessionRecord, StoredSession } from './answers.ts';
import type { Tablet } from './tablet.ts';

/** A session as the tablet has it. */
export interface LocalSession {
  readonly session: string;
  readonly appointment: string;
  readonly state: 'open' | 'closed';
  /** What the server stored last, as far as is known, and its revision; 0: nothing yet, and `base` is the empty record. */
  readonly base: SessionRecord;
  readonly revision: number;
  readonly record: SessionRecord;
  /** A save that was begun: until it is answered it is told again under the same id. */
  readonly sending: { readonly save: string; readonly record: SessionRecord } | null;
}

export type SyncStatus =
  | { readonly kind: 'saved' | 'waiting' | 'sending' | 'offline' }
  /** The server refused it; it stays on the tablet. */
  | { readonly kind: 'refused'; readonly error: ApiError }
  /** Changed here and elsewhere: a person chooses. */
  | {
      readonly kind: 'conflict';
      readonly clashes: readonly Section[];
      readonly merged: SessionRecord;
      readonly theirs: StoredSession;
    }
  /** Closed elsewhere while changes wait here. */
  | { readonly kind: 'closed'; readonly theirs: StoredSession };

export interface SyncNeeds {
  readonly api: { readonly capture: Pick<CaptureCalls, 'saveSession' | 'reopenSession'> };
  /** null: this browser keeps nothing, and what is not sent is lost when the page is left. */
  readonly tablet: Tablet | null;
  readonly onChange: (what: 'status' | 'record') => void;
  readonly pauseMilliseconds?: number;
}

const pauseMilliseconds = 900;
const againMilliseconds = 3_000;
export const localPrefix = 'session/';

/** Whether something of it is not at the server yet. */
export function isUnsent({ record, base, revision, sending }: LocalSession): boolean {
  return sending !== null || revision === 0 || !same(record, base);
}

export class SessionSync {
  #local: LocalSession;
  #status: SyncStatus;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #stopped = false;
  #kept: Promise<void> = Promise.resolve();
  readonly #needs: SyncNeeds;

  constructor(local: LocalSession, needs: SyncNeeds) {
    this.#local = local;
    this.#needs = needs;
    this.#status = { kind: isUnsent(local) ? 'waiting' : 'saved' };
  }

  get local(): LocalSession {
    return this.#local;
  }

  get status(): SyncStatus {
    return this.#status;
  }

  /** Goes on with what was left unsent, and with the connection's return. */
  start(): void {
    window.addEventListener('online', this.#now);
    if (isUnsent(this.#local)) this.#soon(0);
  }

  stop(): void {
    this.#stopped = true;
    window.removeEventListener('online', this.#now);
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Takes a change: kept at once, sent after a pause in the typing. */
  change(record: SessionRecord): void {
    this.#keep({ ...this.#local, record });
    this.#tell({ kind: 'waiting' }, 'record');
    this.#soon(this.#needs.pauseMilliseconds ?? pauseMilliseconds);
  }

  /** What a person made of both sides of a conflict. */
  resolve(record: SessionRecord, theirs: StoredSession): void {
    this.#keep({ ...this.#local, record, base: theirs.record, revision: theirs.revision, sending: null });
    this.#tell({ kind: 'waiting' }, 'record');
    this.#soon(0);
  }

  /** Opens a record again that was closed elsewhere, and goes on. Throws what the server refuses. */
  async reopen(theirs: StoredSession): Promise<void> {
    await this.#needs.api.capture.reopenSession(theirs.session);
    this.#keep({ ...this.#local, state: 'open' });
    this.#meet({ ...theirs, state: 'open' });
  }

  /** Resolves to whether everything is at the server. */
  async flush(): Promise<boolean> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    // What was changed while a save was on its way goes with the next one.
    await this.#running;
    await this.#send();
    await this.#kept;
    return !isUnsent(this.#local);
  }

  /** Notes that the record is closed, or open again. */
  async closed(state: 'open' | 'closed'): Promise<void> {
    this.#keep({ ...this.#local, state });
    await this.#kept;
    this.#needs.onChange('status');
  }

  readonly #now = (): void => this.#soon(0);

  #soon(milliseconds: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#send(), milliseconds);
  }

  #keep(local: LocalSession): void {
    const { tablet } = this.#needs;
    this.#local = local;
    if (tablet === null) return;
    // One after the other, so that an older state never lies over a newer one.
    this.#kept = this.#kept
      .then(() => tablet.put(`${localPrefix}${local.appointment}`, local))
      .catch((error: unknown) => {
        this.#tell({ kind: 'refused', error: keepFailure(error) }, 'status');
      });
  }

  #tell(status: SyncStatus, what: 'status' | 'record'): void {
    this.#status = status;
    if (!this.#stopped) this.#needs.onChange(what);
  }

  #send(): Promise<void> {
    if (this.#status.kind === 'conflict' || this.#status.kind === 'closed') return Promise.resolve();
    this.#running ??= this.#sendAll().finally(() => (this.#running = null));
    return this.#running;
  }

  async #sendAll(): Promise<void> {
    while (!this.#stopped && isUnsent(this.#local)) if (!(await this.#sendOne())) return;
    if (!isUnsent(this.#local)) this.#tell({ kind: 'saved' }, 'status');
  }

  /** Whether to go on at once. */
  async #sendOne(): Promise<boolean> {
    const sending = this.#local.sending ?? { save: crypto.randomUUID(), record: this.#local.record };
    this.#keep({ ...this.#local, sending });
    await this.#kept;
    this.#tell({ kind: 'sending' }, 'status');
    const { session, appointment, revision: base } = this.#local;
    try {
      const answer = await this.#needs.api.capture.saveSession(session, { ...sending, appointment, base });
      if (answer.outcome === 'conflict') return this.#meet(answer.current);
      this.#keep({ ...this.#local, base: sending.record, revision: answer.revision, sending: null });
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const later = error.status === 0 || error.status === 429 || error.status >= 500;
      this.#tell(later ? { kind: 'offline' } : { kind: 'refused', error }, 'status');
      if (later) this.#soon(againMilliseconds);
      // A refused save is not told again as it was: the next change makes another.
      else this.#keep({ ...this.#local, sending: null });
      return false;
    }
  }

  /** Another device was faster: what only one side changed is taken, the rest is asked. Whether to send the result at once. */
  #meet(theirs: StoredSession): boolean {
    const { base, record: mine } = this.#local;
    const own = { ...mine, ref: theirs.session };
    const { merged, clashes } = mergeSessions({ ...base, ref: theirs.session }, own, theirs.record);
    this.#keep({ ...this.#local, session: theirs.session, record: own, sending: null });
    const nothingNew = same(merged, theirs.record);
    if (clashes.length > 0) {
      this.#tell({ kind: 'conflict', clashes, merged, theirs }, 'record');
      return false;
    }
    if (theirs.state === 'closed' && !nothingNew) {
      this.#tell({ kind: 'closed', theirs }, 'record');
      return false;
    }
    const { revision, state } = theirs;
    this.#keep({ ...this.#local, record: merged, base: theirs.record, revision, state });
    this.#tell({ kind: nothingNew ? 'saved' : 'waiting' }, 'record');
    if (!nothingNew) this.#soon(0);
    return !nothingNew;
  }
}

function same(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function keepFailure(error: unknown): ApiError {
  const why = error instanceof Error ? error.name : 'unknown';
  return new ApiError(
    0,
    `tablet.${why}`,
    'This tablet could not keep the last change.',
    'Stay on this page until it is sent.',
    null,
  );
}
