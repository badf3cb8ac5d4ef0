// What a clearinghouse tells of payers themselves, as lists for a flow: no patient is in them, so they travel whole.
import { availityOperations } from '../../connectors/availity/operations.ts';
import { isConfiguredTransaction } from '../../connectors/availity/payers.ts';
import { changeHealthcareOperations } from '../../connectors/change-healthcare/operations.ts';
import { GaitError } from '../../domain/errors.ts';
import { done } from './done.ts';
import type { OperationAnswer, Reading } from './reading.ts';

interface Listed {
  readonly limit: number | undefined;
  /** Whether the vendor told all there are. */
  readonly complete: boolean;
}

/** The payers a connection reaches, at most `limit`; `structure.complete` tells whether that is all of them. */
function listed(payers: readonly object[], { limit, complete }: Listed): OperationAnswer {
  const shown = payers.slice(0, limit);
  const items = shown.map((one) => ({ outcome: 'listed', structure: { ...one } }));
  const structure = { payers: payers.length, complete: complete && shown.length === payers.length };
  return { outcome: 'listed', structure, refs: [], items };
}

const ofAvaility: Reading = async ({ ask: { options = {} }, open }) => {
  const { limit, payer } = options;
  const operation = availityOperations['availity.payers.list'];
  const { payers, complete } = done(await operation.run(await open(operation), payer === undefined ? {} : { payer }));
  return listed(payers, { limit, complete });
};

const ofChangeHealthcare: Reading = async ({ ask: { options = {} }, open }) => {
  const { limit, payer } = options;
  const operation = changeHealthcareOperations['changeHealthcare.payers.list'];
  const request = { ...(limit === undefined ? {} : { limit }), ...(payer === undefined ? {} : { name: payer }) };
  const { payers, total } = done(await operation.run(await open(operation), request));
  const told = payers.map(({ id, ...rest }) => ({ payerId: id, ...rest }));
  return listed(told, { limit, complete: total !== null && total <= payers.length });
};

/** What a payer demands of a transaction. Throws `input.invalid` for a transaction that has no configurations. */
const configurations: Reading = async ({ ask: { options = {} }, open }) => {
  const { payer, transaction } = options;
  if (transaction === undefined || !isConfiguredTransaction(transaction))
    throw new GaitError('input.invalid', 'There are no configurations of this transaction.', { where: 'transaction' });
  const operation = availityOperations['availity.configurations.get'];
  const request = payer === undefined ? { transaction } : { transaction, payer };
  const { configurations: demands, complete } = done(await operation.run(await open(operation), request));
  const outcome = demands.length === 0 ? 'notFound' : 'found';
  const found = demands.map((one) => ({ outcome, structure: { ...one } }));
  const items = found.length === 0 ? [{ outcome, structure: {} }] : found;
  return { outcome, structure: { configurations: demands.length, complete }, refs: [], items };
};

export function payerReadings(): ReadonlyMap<string, Reading> {
  return new Map([
    ['availity.payers.list', ofAvaility],
    ['availity.configurations.get', configurations],
    ['changeHealthcare.payers.list', ofChangeHealthcare],
  ]);
}
