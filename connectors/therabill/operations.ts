// What Gait asks of Therabill: the files it exports, and files that a person uploads into it.
import type { Finding } from '../../domain/x12/findings.ts';
import type {
  ConnectionTest,
  ConnectorContext,
  Effect,
  EffectTimes,
  Failure,
  Inquiry,
  Outcome,
  Read,
} from '../connector.ts';
import type { Table } from '../csv/table.ts';
import type { PatientRow } from '../pt-records/rows.ts';
import { fetchFiles, handOut } from '../x12-files/fetch.ts';
import type { FetchRequest, FilesFetch } from '../x12-files/fetch.ts';
import { folderFiles } from '../files/folder.ts';
import { sortFile } from '../x12-files/sort.ts';
import { clientFile } from './client-import.ts';
import type { Client } from './client-import.ts';
import { readTherabillConfig } from './config.ts';
import type { TherabillConfig } from './config.ts';
import { inboxes, withFolders } from './folders.ts';
import type { Inbox } from './folders.ts';
import { readClients, readPayments } from './tables.ts';
import type { PaymentRow } from './tables.ts';
import { findLeft, leave } from './upload.ts';
import type { Uploadable } from './upload.ts';

const system = 'therabill';
const requestTimeoutSeconds = 120;
const inquireAfterSeconds = 5;
const common = { system, requestTimeoutSeconds } as const;

/** A table by the SHA-256 of its file. */
export interface TableFile<Row> extends Table<Row> {
  readonly sha256: string;
}

export interface TablesFetch<Row> {
  readonly files: readonly TableFile<Row>[];
  readonly more: boolean;
  readonly duplicates: number;
  readonly waiting: number;
  readonly unreadable: number;
}

export interface TableRequest extends FetchRequest {
  /** Payer names that hold for the whole clinic, each with Gait's payer id. */
  readonly payers?: Readonly<Record<string, string>>;
}

/** A remittance as it came, X12 as text. */
export interface RemittanceToSend {
  readonly content: string;
}

function times(settings: ConnectorContext['config']): EffectTimes {
  const config = readTherabillConfig(settings);
  return { requestTimeoutSeconds: config.requestTimeoutSeconds, inquireAfterSeconds: config.inquireAfterSeconds };
}

function files(inbox: Inbox) {
  return (context: ConnectorContext, request: FetchRequest): Promise<Outcome<FilesFetch>> =>
    withFolders<Outcome<FilesFetch>>(context, async ({ intake }) => ({
      kind: 'done',
      result: await fetchFiles(await intake(inbox), request),
    }));
}

function tables<Row>(inbox: Inbox, read: (bytes: Uint8Array, config: TherabillConfig) => Promise<Table<Row>>) {
  return (context: ConnectorContext, request: TableRequest): Promise<Outcome<TablesFetch<Row>>> =>
    withFolders<Outcome<TablesFetch<Row>>>(
      context,
      async ({ config, intake }) => {
        const { files, more, duplicates, waiting, unreadable } = await handOut(
          await intake(inbox),
          request,
          async (sha256, bytes) => ({ sha256, ...(await read(bytes, config)) }),
        );
        return { kind: 'done', result: { files, more, duplicates, waiting, unreadable } };
      },
      request.payers,
    );
}

/** Therabill posts what it is given: a file that was cut off or holds something else is not left for it. */
function refusedRemittance(content: string): Failure | null {
  const { kinds, isDamaged, findings } = sortFile(Buffer.from(content));
  if (kinds.length === 1 && kinds[0] === '835' && !isDamaged) return null;
  const [first]: readonly (Finding | undefined)[] = findings;
  return {
    kind: 'rejected',
    code: 'input.invalid',
    reasons: [{ code: isDamaged ? (first?.code ?? 'damaged') : 'not-a-remittance', field: 'content' }],
  };
}

function sendRemittance(context: ConnectorContext, { content }: RemittanceToSend): Promise<Outcome<Uploadable>> {
  const refused = refusedRemittance(content);
  return refused === null ? leave(context, 'remittance', content) : Promise.resolve(refused);
}

function clientText(context: ConnectorContext, client: Client): string {
  return clientFile(client, readTherabillConfig(context.config).profile);
}

function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  return withFolders<Outcome<ConnectionTest>>(context, async ({ config, root }) => {
    const waiting: { label: string; value: string }[] = [];
    for (const inbox of inboxes) {
      const listed = await folderFiles.list(`${root}/${inbox}`);
      waiting.push({ label: `Files in ${inbox}`, value: String(listed.length) });
    }
    const left = await folderFiles.list(`${root}/upload`);
    const facts = [
      { label: 'Mapping profile', value: config.profile.title },
      ...waiting,
      { label: 'Files to upload', value: String(left.length) },
    ];
    return { kind: 'done', result: { facts } };
  });
}

interface TherabillOperations {
  readonly 'therabill.claims.fetch': Read<FetchRequest, FilesFetch>;
  readonly 'therabill.remittances.fetch': Read<FetchRequest, FilesFetch>;
  readonly 'therabill.payments.fetch': Read<TableRequest, TablesFetch<PaymentRow>>;
  readonly 'therabill.patients.fetch': Read<TableRequest, TablesFetch<PatientRow>>;
  readonly 'therabill.remittance.send': Effect<RemittanceToSend, Uploadable>;
  readonly 'therabill.patient.create': Effect<Client, Uploadable>;
  readonly 'therabill.connection.test': Read<Record<string, never>, ConnectionTest>;
}

export const therabillOperations: TherabillOperations = {
  'therabill.claims.fetch': { ...common, name: 'therabill.claims.fetch', effect: false, run: files('claims') },
  'therabill.remittances.fetch': {
    ...common,
    name: 'therabill.remittances.fetch',
    effect: false,
    run: files('remittances'),
  },
  'therabill.payments.fetch': {
    ...common,
    name: 'therabill.payments.fetch',
    effect: false,
    run: tables('payments', readPayments),
  },
  'therabill.patients.fetch': {
    ...common,
    name: 'therabill.patients.fetch',
    effect: false,
    run: tables('clients', readClients),
  },
  'therabill.remittance.send': {
    ...common,
    name: 'therabill.remittance.send',
    effect: true,
    inquireAfterSeconds,
    times,
    run: sendRemittance,
    inquire: (context, { content }): Promise<Inquiry<Uploadable>> => findLeft(context, 'remittance', content),
  },
  'therabill.patient.create': {
    ...common,
    name: 'therabill.patient.create',
    effect: true,
    inquireAfterSeconds,
    times,
    run: (context, client) => leave(context, 'client', clientText(context, client)),
    inquire: (context, client): Promise<Inquiry<Uploadable>> =>
      findLeft(context, 'client', clientText(context, client)),
  },
  'therabill.connection.test': { ...common, name: 'therabill.connection.test', effect: false, run: test },
};
