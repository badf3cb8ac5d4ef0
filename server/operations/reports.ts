// Reports that clearinghouses hold for the clinic: listed by name, read into the vault once, acknowledgments given to their claims.
import { changeHealthcareOperations } from '../../connectors/change-healthcare/operations.ts';
import { stediOperations } from '../../connectors/stedi/operations.ts';
import type { AnsweredClaim } from '../../domain/claim/status.ts';
import type { Audit } from '../audit/append.ts';
import { acknowledgedIn, keepAcknowledged } from '../claims/acknowledged.ts';
import type { Db } from '../database/tables.ts';
import { remittancesArrived } from '../posting/files.ts';
import { documentRow, keepDocument, keptNames } from '../received/documents.ts';
import type { DocumentName } from '../received/documents.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import { done } from './done.ts';
import { subjectOf } from './reading.ts';
import type { Asking, OperationAnswer, Reading } from './reading.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
}

/** A document as it was read: what a flow may see of it, and the claims it speaks of. */
interface ReadDocument {
  readonly kinds: readonly string[];
  readonly content: VaultRecord;
  readonly structure: Readonly<Record<string, unknown>>;
  readonly claims: readonly AnsweredClaim[];
}

export const stediReports = {
  '277': 'stedi.reports.acknowledgment',
  '835': 'stedi.reports.remittance',
} as const;

export function reportReadings(needs: Needs): ReadonlyMap<string, Reading> {
  const list: Reading = async ({ ask, clinic, connection, open }) => {
    const operation = changeHealthcareOperations['changeHealthcare.reports.list'];
    const { reports } = done(await operation.run(await open(operation), {}));
    const kept = await keptNames(needs.db, { clinic, connection, source: 'changeHealthcare.report' });
    const waiting = reports.filter(({ name }) => !kept.has(name));
    const shown = waiting.slice(0, ask.options?.limit);
    const items = shown.map(({ name }) => ({ outcome: 'listed', structure: { report: name } }));
    return { outcome: 'listed', structure: { reports: reports.length, waiting: waiting.length }, refs: [], items };
  };

  const get: Reading = (asking) =>
    keptOnce(
      needs,
      asking,
      { source: 'changeHealthcare.report', name: subjectOf(asking.ask, 'a report') },
      async () => {
        const operation = changeHealthcareOperations['changeHealthcare.reports.get'];
        const name = subjectOf(asking.ask, 'a report');
        const { transactions, content } = done(await operation.run(await asking.open(operation), { name }));
        return {
          kinds: transactions.map(({ type }) => type),
          content: { name, content },
          structure: { report: name, transactions: transactions.map(({ type }) => type) },
          claims: acknowledgedIn(content),
        };
      },
    );

  const acknowledgment: Reading = (asking) =>
    keptOnce(needs, asking, transactionOf(asking), async () => {
      const operation = stediOperations[stediReports['277']];
      const { name: transactionId } = transactionOf(asking);
      const { answer, raw } = done(await operation.run(await asking.open(operation), { transactionId }));
      const structure = { transaction: transactionId, claims: answer.claims.length };
      return { kinds: ['277CA'], content: { answer, raw }, structure, claims: answer.claims };
    });

  const remittance: Reading = (asking) =>
    keptOnce(needs, asking, transactionOf(asking), async () => {
      const operation = stediOperations[stediReports['835']];
      const { name: transactionId } = transactionOf(asking);
      const { raw } = done(await operation.run(await asking.open(operation), { transactionId }));
      return { kinds: ['835'], content: { raw }, structure: { transaction: transactionId }, claims: [] };
    });

  return new Map([
    ['changeHealthcare.reports.list', list],
    ['changeHealthcare.reports.get', get],
    [stediReports['277'], acknowledgment],
    [stediReports['835'], remittance],
  ]);
}

function transactionOf({ ask }: Asking): Pick<DocumentName, 'source' | 'name'> {
  return { source: 'stedi.transaction', name: subjectOf(ask, 'a transaction') };
}

/** What is kept already is told from what is known of it; else it is read, and kept with what it says of claims. */
async function keptOnce(
  needs: Needs,
  { clinic, connection, ask, by }: Asking,
  named: Pick<DocumentName, 'source' | 'name'>,
  read: () => Promise<ReadDocument>,
): Promise<OperationAnswer> {
  const of = { clinic, connection, ...named };
  const known = await documentRow(needs.db, of);
  if (known !== null && known.record !== null)
    return { outcome: 'kept', structure: known.structure, refs: [known.record] };
  const { kinds, content, structure, claims } = await read();
  return needs.db.transaction().execute(async (trx) => {
    const { record, isNew } = await keepDocument(needs, trx, { ...of, kinds, content, structure });
    if (isNew) await keepAcknowledged(needs, trx, { clinic, operation: ask.operation, claims, by });
    await remittancesArrived(trx, { clinic, record, kinds, at: needs.now() });
    return { outcome: 'kept', structure, refs: [record] };
  });
}
