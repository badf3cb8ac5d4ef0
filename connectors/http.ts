// One HTTP call, sent at most once: no redirects, no retries, a bounded answer, a time-out that outlives nothing.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectorContext, Failure } from './connector.ts';
import { classifyThrown } from './faults.ts';
import type { Call } from './faults.ts';

export interface HttpRequest extends Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutSeconds: number;
}

/** `json` is `undefined` for an empty body; `malformed` says that a body came which is no JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
  readonly malformed: boolean;
}

const largestAnswerBytes = 4_000_000;

async function boundedText(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > largestAnswerBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string | null): { json: unknown; malformed: boolean } {
  if (text === null) return { json: undefined, malformed: true };
  if (text.trim() === '') return { json: undefined, malformed: false };
  try {
    const json: unknown = JSON.parse(text);
    return { json, malformed: false };
  } catch {
    return { json: undefined, malformed: true };
  }
}

/** A request waits for its turn at most this part of its time-out: what an operation holds its lease for has room for it. */
const patience = 0.5;

/** Waits until the connection's rate lets one request go; a failure where that takes too long, so that it is asked again. */
export async function ownTurn(context: ConnectorContext, timeoutSeconds: number): Promise<Failure | null> {
  const aborted = { kind: 'notSent', code: 'service.unavailable', retryAfterSeconds: 1 } as const;
  if (context.signal.aborted) return aborted;
  const turn = context.rate.take(context.now(), timeoutSeconds * patience);
  if ('againIn' in turn)
    return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: Math.ceil(turn.againIn) };
  if (turn.goIn === 0) return null;
  try {
    await pause(turn.goIn * 1000, undefined, { signal: context.signal });
    return null;
  } catch {
    return aborted;
  }
}

/**
 * Send `request` once, when it is its turn. A body that breaks off after the status still yields the status (with `malformed`), because a
 * status of acceptance counts even when its body is lost. Redirects come back as their 3xx status.
 */
export async function sendOnce(context: ConnectorContext, request: HttpRequest): Promise<HttpAnswer | Failure> {
  const mustWait = await ownTurn(context, request.timeoutSeconds);
  if (mustWait !== null) return mustWait;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(request.timeoutSeconds * 1000)]);
  let response: Response;
  try {
    response = await context.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  } catch (error) {
    return classifyThrown(error, request);
  }
  try {
    return { status: response.status, headers: response.headers, ...parse(await boundedText(response)) };
  } catch {
    return { status: response.status, headers: response.headers, json: undefined, malformed: true };
  }
}
