// The table of proposed charges: codes, minutes and units of a session, and who decided on them.
import type { ChargeProposal } from '../../domain/charge-proposal/propose.ts';
import type { Instant, Json } from '../database/columns.ts';

export const declineReasons = ['chargedAlready', 'codesDiffer', 'minutesDiffer', 'notBillable', 'other'] as const;
export type DeclineReason = (typeof declineReasons)[number];

export interface ChargeProposalTables {
  charge_proposals: {
    session: string;
    clinic: string;
    patient: string;
    date: string;
    revision: number;
    state: 'proposed' | 'accepted' | 'declined';
    proposal: Json<ChargeProposal>;
    made_at: Instant;
    decided_by: string | null;
    decided_at: Instant | null;
    reason: DeclineReason | null;
  };
}
