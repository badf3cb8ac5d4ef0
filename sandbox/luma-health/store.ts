// The memory of the simulated Luma Health: what was written into it, and who may not be contacted.
import { StateStore } from '../rest/state-store.ts';
import type { Fault } from './faults.ts';
import type { LumaRecord, LumaResource } from './records.ts';

interface LumaState {
  /** Records that were made or changed since; the newest of one id counts. */
  readonly written: readonly { readonly resource: LumaResource; readonly record: LumaRecord }[];
  /** Luma's ids of patients who want no messages. */
  readonly optedOut: readonly string[];
  /** By how much Luma's clock is ahead of everybody's. */
  readonly clockAheadSeconds: number;
  /** The envelope of lists: all use the newer one, or the older with the name of the resource. */
  readonly envelope: 'response' | 'resource';
}

export type LumaStore = StateStore<LumaState, Fault>;

export function lumaStore(folder: string): LumaStore {
  return new StateStore<LumaState, Fault>(folder, 'luma-health', {
    written: [],
    optedOut: [],
    clockAheadSeconds: 0,
    envelope: 'response',
  });
}
