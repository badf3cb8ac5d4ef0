// What a reading operation of the server is: asked about a subject over a connection, answered with structure and references.
import type { ConnectorContext } from '../../connectors/connector.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Principal } from '../http/principal.ts';

/** `payer` is a payer's id in Gait; `transaction` what is to be asked of it. */
export interface PayerOptions {
  readonly limit?: number;
  readonly payer?: string;
  readonly transaction?: string;
}

export interface OperationAsk {
  readonly operation: string;
  readonly connection: string;
  readonly subject?: string;
  readonly options?: PayerOptions;
}

export interface OperationAnswer {
  readonly outcome: string;
  readonly structure: Readonly<Record<string, unknown>>;
  readonly refs: readonly string[];
  readonly items?: readonly Readonly<Record<string, unknown>>[];
}

/** An operation of a connector, as far as opening its connection needs it. */
export interface Opened {
  readonly name: string;
  readonly system: string;
  readonly requestTimeoutSeconds: number;
}

/** One ask. `connection` is the id; `open` gives what one call of the connector needs. */
export interface Asking {
  readonly clinic: string;
  readonly connection: string;
  readonly ask: OperationAsk;
  readonly by: Principal;
  readonly open: (operation: Opened) => Promise<ConnectorContext>;
}

export type Reading = (asking: Asking) => Promise<OperationAnswer>;

/** The subject of an operation that is about one. Throws `input.invalid`. */
export function subjectOf({ subject }: OperationAsk, what: string): string {
  if (subject === undefined)
    throw new GaitError('input.invalid', `This operation is about ${what}.`, { where: 'subject' });
  return subject;
}
