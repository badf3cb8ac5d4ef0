// Tests a connection by the connector's own test operation.
import type { ConnectorContext, Failure } from '../../connectors/connector.ts';
import { ConnectionStates } from '../../connectors/connection-state.ts';
import { noControlNumbers } from '../../connectors/control-numbers.ts';
import type { GrantStore } from '../../connectors/grants.ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectionTester, OpenConnection } from './connections.ts';

/** The test operation of a system (`<system>.connection.test`), or null where the system has none. */
export type FindTest = (system: string) => TestOperation | null;

export interface TestOperation {
  readonly requestTimeoutSeconds: number;
  run(
    context: ConnectorContext,
    request: Record<string, never>,
  ): Promise<
    | {
        readonly kind: 'done';
        readonly result: { readonly facts: readonly { readonly label: string; readonly value: string }[] };
      }
    | Failure
  >;
}

/** `now` is the clock given to the connector. A system without a test answers `connection.unknown`. */
export function createTester(
  findTest: FindTest,
  now: () => Date,
  grantsOf: (connection: OpenConnection) => GrantStore,
): ConnectionTester {
  const states = new ConnectionStates();
  return async (connection: OpenConnection) => {
    const operation = findTest(connection.system);
    if (operation === null) return { outcome: 'connection.unknown', facts: [] };
    const { tokens, rate } = states.of(connection.id, connection.revision);
    const signal = AbortSignal.timeout(operation.requestTimeoutSeconds * 1000);
    try {
      const outcome = await operation.run(
        {
          config: connection.config,
          secrets: connection.secrets,
          fetch,
          signal,
          tokens,
          rate,
          controlNumbers: noControlNumbers,
          grants: grantsOf(connection),
          now,
        },
        {},
      );
      if (outcome.kind === 'done') return { outcome: 'ok', facts: outcome.result.facts };
      const reasons = outcome.kind === 'rejected' ? outcome.reasons : [];
      return {
        outcome: outcome.code,
        facts: reasons.map(({ code, field }) => ({ label: field ?? 'Reason', value: code })),
      };
    } catch (error) {
      return { outcome: error instanceof GaitError ? error.code : 'internal.bug', facts: [] };
    }
  };
}
