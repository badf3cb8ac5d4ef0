// Which checks are still to be answered, and how one ends.
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';
import type { Principal } from '../http/principal.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { CheckRow } from './request.ts';

/** A check that is neither answered nor given up. */
export const openStates = ['open', 'pending'] as const;

export type EndState = 'answered' | 'rejected' | 'failed' | 'byPhone';

/** How one check ends. `request` is what was asked, where it was. */
export interface Ending {
  readonly row: CheckRow;
  readonly ending: EndState;
  readonly code: string | null;
  /** What the question lacked, or the field a vendor named. */
  readonly field: string | null;
  readonly connection: string | null;
  readonly request: EligibilityRequest | null;
  readonly answer: VaultRecord | null;
  readonly summaries: readonly BenefitSummary[];
  readonly by: Principal;
}

/** What a flow may see of a check. */
export interface Settled {
  readonly outcome: string;
  readonly structure: Readonly<Record<string, unknown>>;
  readonly refs: readonly string[];
}
