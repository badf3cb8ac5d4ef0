// Everything the outside may say to, or ask of, a claim's workflow; the server imports this file and nothing else of it.

import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Acknowledgment, ClaimState, Decision, Posting, VoidWish } from '../../domain/claim/machine-state.ts';
import type { Frequency } from '../../domain/claim/event-schema.ts';
import type { ClaimStanding } from '../../domain/claim/phases.ts';
import type { Standing } from '../../domain/claim/standing.ts';
import type { ClaimItemKind } from '../../domain/work-item/kinds.ts';

/** The workflow's type name, for `client.workflow.signalWithStart`. */
export const claimWorkflowType = 'claim';

/** The task queue its worker listens on. */
export const claimTaskQueue = 'claims';

/** The state is carried over by continue-as-new only. */
export interface ClaimInput {
  readonly clinic: string;
  readonly claim: string;
  readonly state?: ClaimState;
}

/** The id under which exactly one workflow per claim lives. Both parts are opaque references. */
export function claimWorkflowId(clinic: string, claim: string): string {
  return `claim/${clinic}/${claim}`;
}

/** The claim may be another one than before: look again. */
export const changed = defineSignal<[]>('changed');

/** A person or a flow wants the payer asked now instead of at the next poll. */
export const checkNow = defineSignal<[]>('checkNow');

/** What was heard of the claim. `id` is the same however often it is told. */
export type Heard =
  | { readonly what: 'acknowledgment'; readonly id: string; readonly said: Acknowledgment }
  | { readonly what: 'status'; readonly id: string; readonly standing: Standing; readonly codes: string | null }
  | { readonly what: 'posting'; readonly id: string; readonly posting: Posting };

/** An acknowledgment, a status or a posting came in. */
export const heard = defineSignal<[Heard]>('heard');

/** What the caller of `decide` and of `takeBack` learns. */
export interface DecideResult {
  readonly status: ClaimStanding;
}

/** A named person's decision on an open work item; refused in plain words when it does not fit. `approve` must carry `hash`. */
export const decide = defineUpdate<DecideResult, [Decision]>('decide');

/** A named person wants the claim taken back from the payer (frequency 8). */
export const takeBack = defineUpdate<DecideResult, [VoidWish]>('takeBack');

/** What `flowState` answers: structure only. */
export interface FlowState {
  readonly status: ClaimStanding;
  readonly payer: string | null;
  readonly submission: { readonly frequency: Frequency; readonly attempt: number } | null;
  readonly dueBy: string | null;
  readonly items: readonly { readonly workItem: string | null; readonly kind: ClaimItemKind; readonly dueAt: string }[];
  readonly asking: readonly string[];
  /** Codes of calls that the server refused and that are tried again later. */
  readonly trouble: readonly string[];
  readonly wakeAt: string | null;
}

export const flowState = defineQuery<FlowState>('flowState');

/** Search attributes: readable by whoever may read Temporal, so references, states and dates only. */
export const searchAttributes = {
  clinic: defineSearchAttributeKey('GaitClinic', 'KEYWORD'),
  payer: defineSearchAttributeKey('GaitPayer', 'KEYWORD'),
  state: defineSearchAttributeKey('GaitClaimState', 'KEYWORD'),
  actBy: defineSearchAttributeKey('GaitActBy', 'DATETIME'),
  needsPerson: defineSearchAttributeKey('GaitNeedsPerson', 'BOOL'),
} as const;
