// Where rows come from, and what identifies a row there.
import type { Principal } from '../http/principal.ts';
import type { Source, SourceKind } from './sources.ts';

/** What an import added or changed. */
export interface RecordChange {
  readonly kind: 'patients' | 'authorizations' | 'appointments' | 'notes' | 'charges' | 'outcomes';
  readonly ref: string;
  readonly change: 'added' | 'changed';
}

/** Where rows come from; `today` is the day of the report in the clinic's zone. */
export interface Origin {
  readonly clinic: string;
  readonly connection: string;
  readonly today: string;
  /** When the system said so, ISO UTC. */
  readonly asOf: string;
  readonly by: Principal;
  /** `clinic`: its record numbers are the clinic's, and mean the same in its other systems; `own`: they mean something here only. */
  readonly numbers: 'clinic' | 'own';
  /** Hears what was added or changed; it is told to the clinic's flows with what else the transaction writes. */
  readonly changed: (change: RecordChange) => void;
}

/** An origin nobody listens to yet. */
export type Started = Omit<Origin, 'changed'>;

/** The identity of a row within where it comes from. */
export const sourceOf = (from: Origin, kind: SourceKind, id: readonly (string | null)[]): Source => ({
  clinic: from.clinic,
  connection: from.connection,
  kind,
  id,
});
