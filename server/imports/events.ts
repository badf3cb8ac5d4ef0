// What Jane's webhooks told of: each appointment as it stands now, and a patient nobody knew, by their ids; nothing else is asked for.
import { createHash } from 'node:crypto';
import type { ConnectorContext, Failure } from '../../connectors/connector.ts';
import { janeAppOperations } from '../../connectors/jane-app/operations.ts';
import type { Delivery } from '../../connectors/pt-records/source.ts';
import type { Db } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { done } from '../operations/done.ts';
import { janeImported, janeWaiting } from '../received/jane-events.ts';
import type { Vault } from '../vault/vault.ts';
import type { ReadMessages } from './messages.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly now: () => Date;
}

/** An appointment costs a call or two, and ninety a minute are allowed. */
const atOnce = 50;

/**
 * What waits of a connection to Jane. An event says only that something changed: what counts is what stands there now, so that
 * events that are repeated, late or out of order come to the same. Those that could not be asked for wait for the next time.
 */
export async function readEvents(
  needs: Needs,
  place: { readonly clinic: string; readonly connection: string },
  of: {
    readonly context: ConnectorContext;
    readonly zone: string;
    readonly by: Principal;
    readonly isKnown: (recordNumber: string) => Promise<boolean>;
  },
): Promise<ReadMessages> {
  const waiting = await janeWaiting(needs, place, atOnce, of.by);
  if (waiting.length === 0) return { pieces: [], unrecognised: 0, more: false, done: () => Promise.resolve() };
  const appointmentIds = [...new Set(waiting.map(({ appointmentId }) => appointmentId))];
  const { zone, isKnown } = of;
  const operation = janeAppOperations['janeApp.changed.fetch'];
  const told = done(await operation.run(of.context, { appointmentIds, zone, isKnown }));
  const followed = waiting.filter(({ appointmentId }) => told.asked.includes(appointmentId)).map(({ name }) => name);
  const asOf = told.asOf ?? needs.now().toISOString();
  const piece = (kind: string) => ({
    asOf,
    id: createHash('sha256')
      .update([kind, ...followed].join(' '))
      .digest('hex'),
  });
  const all: readonly Delivery[] = [
    { ...piece('patients'), ...told.patients },
    { ...piece('appointments'), ...told.appointments },
  ];
  const deliveries = all.filter(({ rows, problems }) => rows.length > 0 || problems.length > 0);
  return {
    pieces: [{ deliveries, gone: told.gone }],
    unrecognised: told.unknown,
    more: waiting.length === atOnce,
    async done() {
      await janeImported(needs.db, place, followed, needs.now());
      if (told.failure !== null) throwFailure(told.failure);
    },
  };
}

function throwFailure(failure: Failure): void {
  done<never>(failure);
}
