// What an effect needs of an operation: how to find out what is meant, how to send it, and how to ask afterwards.
import type { ConnectorContext, EffectTimes, Inquiry, Outcome, Sending } from '../../connectors/connector.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import type { PermitQuestion } from '../../domain/effect/permit.ts';
import type { Trx } from '../database/tables.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { EffectIdentity } from './store.ts';

/** An ask as it comes in: `subject` is a work item or an authorization; `approval` the hash of the approved revision. */
export interface EffectAsk {
  readonly operation: string;
  readonly connection: string;
  readonly subject: string;
  readonly key?: string;
  readonly approval?: string;
}

/** What is meant by an ask. `request` of the identity is empty where nobody has approved anything that could be sent. */
export interface EffectPlan {
  readonly identity: EffectIdentity;
  /** The authorization the effect is about. */
  readonly authorization: string;
  readonly period: number | null;
  readonly facts: Pick<PermitQuestion, 'approval' | 'keyMatches' | 'authorizationHeld'>;
  /** Paths of what the request lacks; asked only when the effect might be sent. */
  missing(request: VaultRecord): readonly string[];
}

export interface EffectResult {
  readonly answer: AuthorizationAnswer;
}

/** An operation that changes something outside. Times are in seconds. */
export interface EffectOperation {
  readonly name: string;
  readonly system: string;
  readonly requestTimeoutSeconds: number;
  readonly inquireAfterSeconds: number;
  /** The times of a connection by its settings. */
  times(config: ConnectorContext['config']): EffectTimes;
  /** Reads, within the transaction that decides, what is meant. Throws `reference.unknown`, `input.invalid`. */
  plan(trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan>;
  /** What is handed to the connector, made from the stored record; throws `input.invalid` where it has another shape. */
  send(context: ConnectorContext, request: VaultRecord): Promise<Outcome<EffectResult>>;
  readonly inquire:
    | ((context: ConnectorContext, request: VaultRecord, sending?: Sending) => Promise<Inquiry<EffectResult>>)
    | null;
}
