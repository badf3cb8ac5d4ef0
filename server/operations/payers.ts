// What a clearinghouse tells of payers themselves, as lists for a flow: no patient is in them, so they travel whole.
import { availityOperations } from '../../connectors/availity/operations.ts';
import { isConfiguredTransaction } from '../../connectors/availity/payers.ts';
import type { ConnectorContext } from '../../connectors/connector.ts';
import { GaitError } from '../../domain/errors.ts';
import { done } from './done.ts';

/** `payer` is a payer's id in Gait; `transaction` what is to be asked of it. */
export interface PayerOptions {
  readonly limit?: number;
  readonly payer?: string;
  readonly transaction?: string;
}

interface Told {
  readonly outcome: string;
  readonly structure: Readonly<Record<string, unknown>>;
  readonly refs: readonly string[];
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

type Open = (operation: { name: string; system: string; requestTimeoutSeconds: number }) => Promise<ConnectorContext>;

/** The payers a connection reaches, at most `limit`; `structure.complete` tells whether that is all of them. */
export async function listPayers({ limit, payer }: PayerOptions, open: Open): Promise<Told> {
  const operation = availityOperations['availity.payers.list'];
  const { payers, complete } = done(await operation.run(await open(operation), payer === undefined ? {} : { payer }));
  const shown = payers.slice(0, limit);
  const items = shown.map((one) => ({ outcome: 'listed', structure: { ...one } }));
  const structure = { payers: payers.length, complete: complete && shown.length === payers.length };
  return { outcome: 'listed', structure, refs: [], items };
}

/** What a payer demands of a transaction. Throws `input.invalid` for a transaction that has no configurations. */
export async function getConfigurations({ payer, transaction }: PayerOptions, open: Open): Promise<Told> {
  if (transaction === undefined || !isConfiguredTransaction(transaction))
    throw new GaitError('input.invalid', 'There are no configurations of this transaction.', { where: 'transaction' });
  const operation = availityOperations['availity.configurations.get'];
  const request = payer === undefined ? { transaction } : { transaction, payer };
  const { configurations, complete } = done(await operation.run(await open(operation), request));
  const outcome = configurations.length === 0 ? 'notFound' : 'found';
  const found = configurations.map((one) => ({ outcome, structure: { ...one } }));
  const items = found.length === 0 ? [{ outcome, structure: {} }] : found;
  return { outcome, structure: { configurations: configurations.length, complete }, refs: [], items };
}
