// What the console is told about proposed charges: codes and units of captured sessions, beside what was charged.
import type { ChargeDifference } from '../domain/charge-proposal/compare.ts';
import type { ChargeProposal } from '../domain/charge-proposal/propose.ts';
import type { CareName } from './care.ts';

export type ChargeState = 'proposed' | 'accepted' | 'declined';

export const declineReasons = {
  chargedAlready: 'Charged already',
  codesDiffer: 'Other codes hold',
  minutesDiffer: 'Other minutes hold',
  notBillable: 'Not to be billed',
  other: 'Another reason',
} as const;
export type DeclineReason = keyof typeof declineReasons;

export interface ChargeLine extends ChargeProposal {
  readonly session: string;
  readonly revision: number;
  readonly patient: string;
  readonly name: CareName | null;
  readonly state: ChargeState;
  /** null: the billing system tells no charge of that day. */
  readonly differences: readonly ChargeDifference[] | null;
  readonly decided: { readonly by: string | null; readonly at: string; readonly reason: DeclineReason | null } | null;
}
