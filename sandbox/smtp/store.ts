// The memory of the simulated mail server: which messages it took, by their ids, and what the next sessions will suffer.
import { StateStore } from '../rest/state-store.ts';
import type { Fault } from './faults.ts';

/** A message as it was taken; what it says is kept nowhere. */
interface Taken {
  readonly messageId: string | null;
  /** Names of its headers, in their order. */
  readonly headers: readonly string[];
  readonly bytes: number;
}

interface SmtpState {
  readonly taken: readonly Taken[];
}

export type SmtpStore = StateStore<SmtpState, Fault>;

export function smtpStore(folder: string): SmtpStore {
  return new StateStore<SmtpState, Fault>(folder, 'smtp', { taken: [] });
}
