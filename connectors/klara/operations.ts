// What Gait can do for Klara, which has no API: leave messages as a table for staff or a bridge, and read its public status page.
import type { ConnectionTest, ConnectorContext, Effect, Failure, Inquiry, Outcome, Read } from '../connector.ts';
import { rejected } from '../faults.ts';
import { sendOnce } from '../http.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { findLeft, leaveFile } from '../outbox/leave.ts';
import type { Leaving, Left } from '../outbox/leave.ts';
import { isFailure, read, statusFailure } from '../rest/answer.ts';
import { Archive } from '../x12-files/archive.ts';
import { folderFiles, realFolder } from '../files/folder.ts';
import type { Outgoing } from '../x12-files/place.ts';
import { failureOf } from '../x12-files/session.ts';
import { klaraTimes as times, readKlaraConfig } from './config.ts';
import { messageTable } from './table.ts';
import type { KlaraMessage } from './table.ts';

const extension = 'csv';

export interface MessageExport {
  readonly messages: readonly KlaraMessage[];
}

/** The file a person or the bridge takes; `rows` are messages in it. */
export interface ExportedMessages extends Left {
  readonly rows: number;
}

const indicators = ['none', 'minor', 'major', 'critical', 'maintenance'] as const;

export interface KlaraStatus {
  /** As Klara's page says; null for a word nobody knows. */
  readonly indicator: (typeof indicators)[number] | null;
  readonly components: number;
  /** Of those, how many do not run as they should. */
  readonly affected: number;
  readonly openIncidents: number;
}

/** Does the work in the outbox folder; faults come out as failures of a call that left nothing. */
async function inOutbox<T>(
  context: ConnectorContext,
  work: (outgoing: Outgoing, inquireAfterSeconds: number) => Promise<T | Failure>,
): Promise<T | Failure> {
  try {
    const { outbox, archive, requestTimeoutSeconds, inquireAfterSeconds } = readKlaraConfig(context.config);
    const root = await realFolder(outbox);
    await folderFiles.makeFolder(archive);
    const outgoing: Outgoing = {
      files: folderFiles,
      archive: new Archive(folderFiles, await realFolder(archive)),
      config: { outbox: root, extension, requestTimeoutSeconds },
      now: context.now,
    };
    return await work(outgoing, inquireAfterSeconds);
  } catch (error) {
    return failureOf(error);
  }
}

function leavingOf(context: ConnectorContext, { messages }: MessageExport): Leaving {
  return { prefix: 'messages', text: messageTable(messages, readKlaraConfig(context.config)) };
}

/** What a message cannot be sent without. */
function refusal({ messages }: MessageExport): Failure | null {
  if (messages.length === 0) return rejected('input.invalid', [{ code: 'missing', field: 'messages' }]);
  const needed = ['reference', 'family', 'given', 'text'] as const;
  const missing = needed.find((field) => messages.some((message) => message[field].trim() === ''));
  if (missing !== undefined) return rejected('input.invalid', [{ code: 'missing', field: missing }]);
  const unreachable = messages.some(({ phone, email }) => phone === null && email === null);
  return unreachable ? rejected('input.invalid', [{ code: 'missing', field: 'phone' }]) : null;
}

async function exportMessages(context: ConnectorContext, request: MessageExport): Promise<Outcome<ExportedMessages>> {
  const refused = refusal(request);
  if (refused !== null) return refused;
  const outcome = await inOutbox<Outcome<Left>>(context, (outgoing, inquireAfterSeconds) =>
    leaveFile(outgoing, leavingOf(context, request), inquireAfterSeconds),
  );
  return outcome.kind === 'done'
    ? { kind: 'done', result: { ...outcome.result, rows: request.messages.length } }
    : outcome;
}

async function findExport(context: ConnectorContext, request: MessageExport): Promise<Inquiry<ExportedMessages>> {
  const inquiry = await inOutbox<Inquiry<Left>>(context, (outgoing) => findLeft(outgoing, leavingOf(context, request)));
  return inquiry.kind === 'found'
    ? { kind: 'found', result: { ...inquiry.result, rows: request.messages.length } }
    : inquiry;
}

/** Klara's public status page: anonymous, and nothing of the clinic's goes there. */
async function status(context: ConnectorContext): Promise<Outcome<KlaraStatus>> {
  const { statusUrl, requestTimeoutSeconds } = readKlaraConfig(context.config);
  const answer = await sendOnce(context, {
    ...read,
    method: 'GET',
    url: new URL(`${statusUrl.replace(/\/+$/, '')}/api/v2/summary.json`),
    headers: { accept: 'application/json' },
    timeoutSeconds: requestTimeoutSeconds,
  });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return statusFailure(context, answer, read);
  const told = textAt(at(answer.json, 'status'), 'indicator');
  if (told === null) return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  // A group tells what its members tell.
  const components = listAt(answer.json, 'components').filter((one) => isObject(one) && one['group'] !== true);
  return {
    kind: 'done',
    result: {
      indicator: indicators.find((indicator) => indicator === told) ?? null,
      components: components.length,
      affected: components.filter((one) => textAt(one, 'status') !== 'operational').length,
      openIncidents: listAt(answer.json, 'incidents').length,
    },
  };
}

/** The folder is what the connection lives by; a status page that cannot be reached is a fact and no failure. */
function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  return inOutbox<Outcome<ConnectionTest>>(context, async ({ files, config }) => {
    const lying = (await files.list(config.outbox)).filter(({ name }) => name.endsWith(`.${extension}`));
    const page = await status(context);
    return {
      kind: 'done',
      result: {
        facts: [
          { label: 'Way', value: 'tables in a folder: Klara has no interface for programs' },
          { label: 'Files nobody has taken yet', value: String(lying.length) },
          {
            label: 'Klara’s status page',
            value: page.kind === 'done' ? (page.result.indicator ?? 'unknown') : 'not reached',
          },
        ],
      },
    };
  });
}

interface KlaraOperations {
  readonly 'klara.message.send': Effect<MessageExport, ExportedMessages>;
  readonly 'klara.status.get': Read<Record<string, never>, KlaraStatus>;
  readonly 'klara.connection.test': Read<Record<string, never>, ConnectionTest>;
}

const common = { system: 'klara', requestTimeoutSeconds: 90 } as const;

export const klaraOperations: KlaraOperations = {
  'klara.message.send': {
    ...common,
    name: 'klara.message.send',
    effect: true,
    inquireAfterSeconds: 5,
    times,
    run: exportMessages,
    inquire: findExport,
  },
  'klara.status.get': { ...common, name: 'klara.status.get', effect: false, run: status },
  'klara.connection.test': { ...common, name: 'klara.connection.test', effect: false, run: test },
};
