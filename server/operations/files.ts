// Files of a clearinghouse: what it left goes to the vault once, and which of our own files it accepted.
import type { SentInterchange } from '../../connectors/x12-files/acknowledgments.ts';
import { x12FilesOperations } from '../../connectors/x12-files/operations.ts';
import type { Audit } from '../audit/append.ts';
import { acknowledgedIn, keepAcknowledged } from '../claims/acknowledged.ts';
import { keepFileAcknowledgments } from '../claims/file-acknowledged.ts';
import type { Db } from '../database/tables.ts';
import { remittancesArrived } from '../posting/files.ts';
import { confirmed, keepDocument, unconfirmed } from '../received/documents.ts';
import type { Vault } from '../vault/vault.ts';
import { done } from './done.ts';
import type { Reading } from './reading.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
}

const source = 'x12Files.inbox';

export function fileReadings(needs: Needs): ReadonlyMap<string, Reading> {
  const { db, now } = needs;
  const acknowledged = x12FilesOperations['x12Files.acknowledgments'];
  const tellClaims = (of: { clinic: string; connection: string; interchanges: readonly SentInterchange[] }) =>
    db.transaction().execute((trx) => keepFileAcknowledgments(trx, { ...of, at: now() }));

  const fetch: Reading = async ({ clinic, connection, ask, by, open }) => {
    const operation = x12FilesOperations['x12Files.files.fetch'];
    const of = { clinic, connection, source } as const;
    const kept = await unconfirmed(db, of);
    const limit = ask.options?.limit;
    const request = { confirmed: kept, ...(limit === undefined ? {} : { limit }) };
    const { files, ...counts } = done(await operation.run(await open(operation), request));
    await confirmed(db, of, kept, now());
    const items = [];
    for (const { sha256, bytes, kinds, findings, text } of files) {
      const structure = { kinds, bytes, findings: findings.length };
      const record = await db.transaction().execute(async (trx) => {
        const named = { ...of, name: sha256, kinds, content: { text }, structure };
        const document = await keepDocument(needs, trx, named);
        const claims = document.isNew ? acknowledgedIn(text) : [];
        await remittancesArrived(trx, { clinic, record: document.record, kinds, at: now() });
        await keepAcknowledged(needs, trx, { clinic, operation: operation.name, claims, by });
        return document.record;
      });
      items.push({ outcome: 'kept', structure, refs: [record] });
    }
    if (files.some(({ kinds }) => kinds.some((kind) => kind === 'TA1' || kind === '999'))) {
      const { interchanges } = done(await acknowledged.run(await open(acknowledged), {}));
      await tellClaims({ clinic, connection, interchanges });
    }
    return {
      outcome: items.length === 0 ? 'nothingNew' : 'kept',
      structure: { files: items.length, ...counts },
      refs: items.flatMap(({ refs }) => refs),
      items,
    };
  };

  const acknowledgments: Reading = async ({ clinic, connection, ask, open }) => {
    const limit = ask.options?.limit;
    const request = limit === undefined ? {} : { limit };
    const { interchanges } = done(await acknowledged.run(await open(acknowledged), request));
    await tellClaims({ clinic, connection, interchanges });
    const items = interchanges.map((one) => ({ outcome: one.status, structure: { ...one }, refs: [] }));
    return { outcome: 'listed', structure: { sent: items.length }, refs: [], items };
  };

  return new Map([
    ['x12Files.files.fetch', fetch],
    ['x12Files.acknowledgments', acknowledgments],
  ]);
}
