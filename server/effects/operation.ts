// What an effect needs of an operation: how to find out what is meant, how to send it, and how to ask afterwards.
import type { ConnectorContext, EffectTimes, Inquiry, Outcome, Sending } from '../../connectors/connector.ts';
import type { PermitQuestion } from '../../domain/effect/permit.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { EffectIdentity, EffectRow } from './store.ts';

/** An ask as it comes in: `subject` is a work item, or the authorization, claim or report itself; `approval` the hash of the approved revision. */
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
  /** The authorization, claim or report the effect is about. */
  readonly about: string;
  readonly period: number | null;
  readonly facts: Pick<PermitQuestion, 'approval' | 'keyMatches' | 'authorizationHeld' | 'keptBack' | 'holds'>;
  /** Paths of what the request lacks; asked only when the effect might be sent. */
  missing(request: VaultRecord): readonly string[];
  /** Whether the payer is done with what an earlier attempt sent: only then is a later one no repetition. */
  isOver(trx: Trx, earlier: EffectRow): Promise<boolean>;
}

/** What came of a sending: the word a flow branches on, what it may see, and how the rest is kept. */
export interface EffectResult {
  readonly outcome: string;
  readonly structure: Readonly<Record<string, unknown>>;
  /** Puts what names a person into the vault, in the transaction that settles the permit. Returns the references. */
  keep(trx: Trx, by: Principal): Promise<readonly string[]>;
}

/** What a sending has besides its request. `wire` is the text that goes out, where it was written and kept beforehand. */
export interface EffectSending {
  readonly plan: EffectPlan;
  readonly wire: string | null;
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
  /** An effect that does no harm twice: what an inquiry does not find was not done, and nobody need say so. */
  readonly repeatable?: boolean;
  /** Writes what goes out word for word, before anything is sent; it is kept, and sent as kept. Null: nothing to keep. */
  prepare?(context: ConnectorContext, request: VaultRecord, plan: EffectPlan): Promise<string | null>;
  /** What is handed to the connector, made from the stored record; throws `input.invalid` where it has another shape. */
  send(context: ConnectorContext, request: VaultRecord, of: EffectSending): Promise<Outcome<EffectResult>>;
  readonly inquire:
    | ((
        context: ConnectorContext,
        request: VaultRecord,
        sending: Sending | undefined,
        of: EffectSending,
      ) => Promise<Inquiry<EffectResult>>)
    | null;
}
