// Taking a report away from a clearinghouse's mailbox: only once it is kept here, and as often as it takes.
import { changeHealthcareOperations } from '../../connectors/change-healthcare/operations.ts';
import { reportRemovalKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import { documentRow } from '../received/documents.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { EffectAsk, EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';

export function reportEffects(): EffectOperation[] {
  const operation = changeHealthcareOperations['changeHealthcare.reports.delete'];
  const { name, system, requestTimeoutSeconds } = operation;
  const gone = ({ name: report }: { readonly name: string }): EffectResult => ({
    outcome: 'deleted',
    structure: { report },
    keep: () => Promise.resolve([]),
  });
  return [
    {
      name,
      system,
      requestTimeoutSeconds,
      // The list of what is left tells at once.
      inquireAfterSeconds: 0,
      repeatable: true,
      times: (config) => ({ ...(operation.times?.(config) ?? operation), inquireAfterSeconds: 0 }),
      plan,
      send: async (context, record) => resultOf(await operation.run(context, nameIn(record)), gone),
      inquire: async (context, record, sending) =>
        resultFound(await operation.inquire(context, nameIn(record), sending), gone),
    },
  ];
}

/** Nobody need approve it: what is taken away is kept, and the payer learns nothing of it. */
async function plan(trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const report = ask.subject;
  const row = await documentRow(trx, { clinic, connection, source: 'changeHealthcare.report', name: report });
  if (row === null || row.record === null) {
    throw new GaitError('state.conflict', 'This report is not kept yet; there is no second copy of it.', {
      where: 'subject',
      fix: 'Read the report first, then take it away.',
    });
  }
  const key = reportRemovalKey(row.record);
  return {
    identity: {
      clinic,
      key,
      operation: ask.operation,
      connection,
      subject: report,
      requestOf: key,
      workItem: null,
      approval: null,
      request: row.record,
    },
    about: report,
    period: null,
    facts: { keyMatches: ask.key === undefined || ask.key === key, authorizationHeld: false, approval: null },
    missing: () => [],
    isOver: () => Promise.resolve(false),
  };
}

function nameIn(record: VaultRecord): { name: string } {
  const { name } = record;
  if (typeof name === 'string') return { name };
  throw new GaitError('internal.bug', 'A kept report has no name.', { where: 'name' });
}
