// A bulk export (HL7 Bulk Data Access 2): started, waited for, its files streamed, and the job deleted afterwards.
import type { Failure } from '../connector.ts';
import { doubtful, rejected, retryAfterSeconds } from '../faults.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { authorized } from './authorization.ts';
import { failureOf, isFailure, reading } from './client.ts';
import type { FhirClient } from './client.ts';
import { reasonsOf } from './outcome.ts';
import { BrokenStream, openStream } from './stream.ts';

export interface ExportFile {
  readonly type: string;
  readonly url: string;
}

export interface Manifest {
  /** What changed up to then is in the files, ISO UTC. */
  readonly transactionTime: string;
  readonly requiresAccessToken: boolean;
  readonly output: readonly ExportFile[];
  readonly error: readonly ExportFile[];
  readonly deleted: readonly ExportFile[];
}

export type JobState = Manifest | { readonly againIn: number } | 'gone';

const usualWaitSeconds = 30;

/** The status address as path and query: it must lie where the token may go. */
function statusPath(client: FhirClient, location: string | null): string | null {
  const base = client.url('');
  if (location === null || !URL.canParse(location, base.href)) return null;
  const url = new URL(location, base);
  return url.origin === base.origin ? `${url.pathname}${url.search}` : null;
}

/** Starts an export of `types`, changed since an instant or all; answers with where its status stands. */
export async function startExport(
  client: FhirClient,
  types: readonly string[],
  since: string | null,
): Promise<{ readonly status: string } | Failure> {
  const { exportGroup } = client.settings;
  const path = exportGroup === '' ? 'Patient/$export' : `Group/${encodeURIComponent(exportGroup)}/$export`;
  const query = {
    _outputFormat: 'application/fhir+ndjson',
    _type: types.join(','),
    ...(since === null ? {} : { _since: since }),
  };
  const answer = await client.send({
    ...reading,
    method: 'GET',
    url: client.url(path, query),
    headers: { prefer: 'respond-async' },
  });
  if (isFailure(answer)) return answer;
  if (answer.status !== 202)
    return answer.status < 300 ? doubtful(reading, 'vendor.malformed') : failureOf(client.context, answer, reading);
  const status = statusPath(client, answer.headers.get('content-location'));
  return status === null ? rejected('vendor.malformed', [{ code: 'export-elsewhere' }]) : { status };
}

function filesOf(json: unknown, name: string): ExportFile[] {
  return listAt(json, name)
    .filter(isObject)
    .flatMap((one) => {
      const type = textAt(one, 'type');
      const url = textAt(one, 'url');
      return type === null || url === null ? [] : [{ type, url }];
    });
}

function manifestOf(json: unknown): Manifest | null {
  const time = Date.parse(textAt(json, 'transactionTime') ?? '');
  if (!isObject(json) || Number.isNaN(time) || !Array.isArray(json['output'])) return null;
  return {
    transactionTime: new Date(time).toISOString(),
    requiresAccessToken: at(json, 'requiresAccessToken') !== false,
    output: filesOf(json, 'output'),
    error: filesOf(json, 'error'),
    deleted: filesOf(json, 'deleted'),
  };
}

export async function deleteExport(client: FhirClient, status: string): Promise<void> {
  // Whatever comes of it: a job that stays is deleted by the endpoint itself in time.
  await client.send({ ...reading, method: 'DELETE', url: new URL(status, client.url('')) });
}

/**
 * How the job stands. A job that failed is deleted, so that the next look finds it gone and starts another; `transient` says that the
 * status alone could not be told.
 */
export async function pollExport(client: FhirClient, status: string): Promise<JobState | Failure> {
  const answer = await client.send({
    ...reading,
    method: 'GET',
    url: new URL(status, client.url('')),
    headers: { accept: 'application/json' },
  });
  if (isFailure(answer)) return answer;
  const wait = retryAfterSeconds(answer.headers.get('retry-after'), client.context.now());
  if (answer.status === 202) return { againIn: wait ?? usualWaitSeconds };
  if (answer.status === 404 || answer.status === 410) return 'gone';
  if (answer.status === 200) return manifestOf(answer.json) ?? doubtful(reading, 'vendor.malformed');
  const isOver =
    answer.status !== 429 && answer.status !== 503 && !reasonsOf(answer.json).some(({ code }) => code === 'transient');
  if (isOver && !(answer.status === 401 || answer.status === 403)) await deleteExport(client, status);
  return failureOf(client.context, answer, reading);
}

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a file; blank ones are none. The token goes to the endpoint's own origin only. Throws `BrokenStream`, with
 * `reference.unknown` where the file is no more.
 */
export async function* linesOfFile(
  client: FhirClient,
  manifest: Manifest,
  file: ExportFile,
): AsyncGenerator<Line, void> {
  const { context, settings } = client;
  const base = client.url('');
  const url = URL.canParse(file.url, base.href) ? new URL(file.url, base) : null;
  const isOwn = url?.origin === base.origin;
  if (url === null || (!isOwn && (manifest.requiresAccessToken || url.protocol !== 'https:')))
    throw new BrokenStream(rejected('vendor.malformed', [{ code: 'file-elsewhere' }]));
  const open = async (headers: Readonly<Record<string, string>>) => {
    const opened = await openStream(context, {
      url,
      headers: { accept: 'application/fhir+ndjson', ...headers },
      timeoutSeconds: settings.requestTimeoutSeconds,
    });
    if (!isFailure(opened) && opened.status !== 200) await opened.cancel();
    return opened;
  };
  const stream = manifest.requiresAccessToken ? await authorized(context, settings, open) : await open({});
  if (isFailure(stream)) throw new BrokenStream(stream);
  if (stream.status !== 200)
    throw new BrokenStream(
      failureOf(context, { status: stream.status, headers: stream.headers, json: undefined }, reading),
    );
  let number = 0;
  for await (const text of stream.lines()) {
    number += 1;
    if (text.trim() !== '') yield { number, text };
  }
}
