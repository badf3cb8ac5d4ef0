// What Therabill's folders hold: remittances to be posted, payments of patients, clients; each file is kept and taken in once.
import { therabillOperations } from '../../connectors/therabill/operations.ts';
import type { PaymentRow } from '../../connectors/therabill/tables.ts';
import type { Table } from '../../connectors/csv/table.ts';
import type { Linker } from '../../domain/linkage/linker.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { refused, storeClients } from '../imports/clients.ts';
import { remittancesArrived } from '../posting/files.ts';
import { matchWaitingPayments, takePatientPayment } from '../posting/patient-payments.ts';
import { confirmed, keepDocument, unconfirmed } from '../received/documents.ts';
import type { DocumentSource } from '../received/documents.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import { done } from './done.ts';
import type { Asking, Reading } from './reading.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly keyring: Keyring;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly workItems: WorkItems;
  readonly linker: Linker;
}

interface Folder {
  readonly clinic: string;
  readonly connection: string;
  readonly source: DocumentSource;
}

export function therabillReadings(needs: Needs): ReadonlyMap<string, Reading> {
  return new Map([
    ['therabill.remittances.import', remittances(needs)],
    ['therabill.payments.import', payments(needs)],
    ['therabill.patients.import', clients(needs)],
  ]);
}

/** What the files that were kept before are confirmed with, and how many more are wanted. */
async function askedFor({ db }: Needs, of: Folder, { ask }: Asking) {
  const kept = await unconfirmed(db, of);
  const limit = ask.options?.limit;
  return { kept, request: { confirmed: kept, ...(limit === undefined ? {} : { limit }) } };
}

function remittances(needs: Needs): Reading {
  const operation = therabillOperations['therabill.remittances.fetch'];
  return async (asking) => {
    const { clinic, connection, open } = asking;
    const of = { clinic, connection, source: 'therabill.remittances' } as const;
    const { kept, request } = await askedFor(needs, of, asking);
    const { files, more, duplicates, waiting, unreadable } = done(await operation.run(await open(operation), request));
    await confirmed(needs.db, of, kept, needs.now());
    const items = [];
    for (const { sha256, bytes, kinds, findings, text } of files) {
      const structure = { kinds, bytes, findings: findings.length };
      const record = await needs.db.transaction().execute(async (trx) => {
        const named = { ...of, name: sha256, kinds, content: { text }, structure };
        const document = await keepDocument(needs, trx, named);
        // A file without a remittance in it is told to a person by whoever reads it.
        const arrived = { clinic, record: document.record, kinds: ['835'], at: needs.now() };
        await remittancesArrived(trx, arrived);
        return document.record;
      });
      items.push({ item: record, outcome: 'kept', structure, refs: [record] });
    }
    return {
      outcome: items.length === 0 ? 'nothingNew' : 'kept',
      structure: { files: items.length, more, duplicates, waiting, unreadable },
      refs: items.flatMap(({ refs }) => refs),
      items,
    };
  };
}

/** What of a table was not read, and what a person does about it. */
function unreadOf(
  { problems, unknownColumns }: Pick<Table<unknown>, 'problems' | 'unknownColumns'>,
  table: 'payments' | 'clients',
) {
  const rejected = refused(problems);
  const isRelabelled = rejected.some(({ reason }) => reason === 'column missing');
  const fix = `Enter the practice's label of the missing column under labels.${table} of the connection, then export again.`;
  return {
    rejected: rejected.slice(0, mostTold),
    refused: rejected.length,
    unknownColumns,
    ...(isRelabelled ? { fix } : {}),
  };
}

/** Enough to see what is wrong with a table; one of another shape refuses every row alike. */
const mostTold = 50;

function payments(needs: Needs): Reading {
  const operation = therabillOperations['therabill.payments.fetch'];
  return async (asking) => {
    const { clinic, connection, by, open } = asking;
    const of = { clinic, connection, source: 'therabill.payments' } as const;
    const { kept, request } = await askedFor(needs, of, asking);
    const { files, more, waiting, unreadable } = done(await operation.run(await open(operation), request));
    await confirmed(needs.db, of, kept, needs.now());
    const items = [];
    for (const file of files) {
      const told = unreadOf(file, 'payments');
      const { record, counts } = await needs.db
        .transaction()
        .execute((trx) => storePayments(needs, trx, { ...of, file, by }));
      const outcome = file.rows.length === 0 ? 'unreadable' : told.refused > 0 ? 'partlyRead' : 'posted';
      items.push({ item: record, outcome, structure: { ...counts, ...told }, refs: [record] });
    }
    const waitingPayments = await needs.db.transaction().execute((trx) => matchWaitingPayments(needs, trx, clinic));
    const structure = {
      files: items.length,
      matchedLater: waitingPayments.posted,
      unmatched: waitingPayments.unmatched,
      waiting,
      unreadable,
      more,
    };
    return {
      outcome: items.length === 0 ? 'nothingNew' : 'imported',
      structure,
      refs: items.flatMap(({ refs }) => refs),
      items,
    };
  };
}

interface PaymentFile extends Table<PaymentRow> {
  readonly sha256: string;
}

async function storePayments(
  needs: Needs,
  trx: Trx,
  of: Folder & { readonly file: PaymentFile; readonly by: Principal },
): Promise<{ record: string; counts: Readonly<Record<string, number>> }> {
  const { clinic, connection, source, file } = of;
  const { sha256, rows } = file;
  const fromPatients = rows.filter(({ paidBy, cents }) => paidBy === 'patient' && cents !== 0);
  const counts = {
    posted: 0,
    unmatched: 0,
    known: 0,
    conflicting: 0,
    /** Posted from remittances alone. */
    ofPayers: rows.filter(({ paidBy }) => paidBy === 'payer').length,
    others: rows.length - rows.filter(({ paidBy }) => paidBy === 'payer').length - fromPatients.length,
  };
  const content = { rows: rows.map((row) => ({ ...row })) };
  const structure = { rows: rows.length };
  const named = { clinic, connection, source, name: sha256, kinds: ['payments'], content, structure };
  const { record, isNew } = await keepDocument(needs, trx, named);
  if (!isNew) return { record, counts: { ...counts, known: fromPatients.length } };
  for (const { paymentId, recordNumber, claimNumber, paidOn, cents, method } of fromPatients) {
    const payment = { number: paymentId, recordNumber, claimNumber, paidOn, cents, method };
    const origin = { kind: 'file', connection, file: record } as const;
    counts[await takePatientPayment(needs, trx, { clinic, origin, payment })] += 1;
  }
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(of.by),
    action: 'patientPayments.imported',
    subject: connection,
    purpose: 'therabill.payments.import',
    details: { file: record, ...counts },
  });
  return { record, counts };
}

function clients(needs: Needs): Reading {
  const operation = therabillOperations['therabill.patients.fetch'];
  return async (asking) => {
    const { clinic, connection, by, open } = asking;
    const of = { clinic, connection, source: 'therabill.clients' } as const;
    const { kept, request } = await askedFor(needs, of, asking);
    const payers = await needs.policies.payerNames(needs.db, clinic);
    const outcome = done(await operation.run(await open(operation), { ...request, payers }));
    await confirmed(needs.db, of, kept, needs.now());
    const { date: today } = await needs.policies.today(needs.db, clinic, needs.now());
    const items = [];
    for (const file of outcome.files) {
      const told = unreadOf(file, 'clients');
      const counts = await storeClients(
        needs,
        { clinic, connection, today, asOf: needs.now().toISOString(), by, numbers: 'clinic' },
        file,
      );
      // Kept when its rows are: one that was not finished is handed out again.
      const content = { rows: file.rows.length };
      const record = await needs.db.transaction().execute(async (trx) => {
        const named = { ...of, name: file.sha256, kinds: ['clients'], content, structure: counts };
        const document = await keepDocument(needs, trx, named);
        if (document.isNew)
          await needs.audit.append(trx, {
            clinic,
            actor: actorOf(by),
            action: 'import.stored',
            subject: connection,
            purpose: 'therabill.patients.import',
            details: { file: file.sha256, rejected: told.refused, ...counts },
          });
        return document.record;
      });
      const read = file.rows.length === 0 ? 'unreadable' : told.refused > 0 ? 'partlyRead' : 'imported';
      items.push({ item: record, outcome: read, structure: { ...counts, ...told }, refs: [record] });
    }
    const { more, waiting, unreadable } = outcome;
    return {
      outcome: items.length === 0 ? 'nothingNew' : 'imported',
      structure: { files: items.length, waiting, unreadable, more },
      refs: [],
      items,
    };
  };
}
