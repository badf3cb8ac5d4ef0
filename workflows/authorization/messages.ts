// Everything the outside may say to, or ask of, an authorization's workflow; the server imports this file and nothing else of it.

import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AuthorizationState, Decision, ItemKind, RequestState } from '../../domain/authorization/machine-state.ts';
import type { RequestKind } from '../../domain/authorization/schema.ts';

/** The workflow's type name, for `client.workflow.signalWithStart`. */
export const authorizationWorkflowType = 'authorization';

/** The task queue its worker listens on. */
export const authorizationTaskQueue = 'authorizations';

/** Version number of the input's shape; the state is carried over by continue-as-new only. */
export interface AuthorizationInput {
  readonly clinic: string;
  readonly authorization: string;
  readonly state?: AuthorizationState;
}

/** The id under which exactly one workflow per authorization lives. Both parts are opaque references. */
export function authorizationWorkflowId(clinic: string, authorization: string): string {
  return `authorization/${clinic}/${authorization}`;
}

/** The id of a decision's update: the same decision delivered twice counts once. */
export function decisionUpdateId(workItem: string, decisionId: string): string {
  return `${workItem}:${decisionId}`;
}

/** A new import touched this authorization: look again. */
export const changed = defineSignal<[]>('changed');

/** A person or a flow wants the payer asked now instead of at the next poll. */
export const checkNow = defineSignal<[]>('checkNow');

/** What the caller of `decide` learns. */
export interface DecideResult {
  readonly status: RequestState;
}

/** A named person's decision on an open work item; refused in plain words when it does not fit. `approve` must carry `hash`. */
export const decide = defineUpdate<DecideResult, [Decision]>('decide');

/** What `flowState` answers: structure only. */
export interface FlowState {
  readonly status: RequestState;
  readonly payer: string | null;
  readonly actBy: string | null;
  readonly request: {
    readonly period: number;
    readonly kind: RequestKind;
    readonly attempt: number;
    readonly dueBy: string | null;
  } | null;
  readonly items: readonly { readonly workItem: string | null; readonly kind: ItemKind; readonly dueAt: string }[];
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
  state: defineSearchAttributeKey('GaitAuthorizationState', 'KEYWORD'),
  actBy: defineSearchAttributeKey('GaitActBy', 'DATETIME'),
  needsPerson: defineSearchAttributeKey('GaitNeedsPerson', 'BOOL'),
} as const;
