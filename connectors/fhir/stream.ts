// NDJSON as it comes in: line after line, never a whole file in memory; a stream that stalls or breaks off is told as a failure.
import type { ConnectorContext, Failure } from '../connector.ts';
import { classifyThrown, doubtful } from '../faults.ts';
import { ownTurn } from '../http.ts';

const reading = { effect: false, inquireAfterSeconds: 0 } as const;
/** A resource longer than this is none of ours; an unclosed line would swallow the file. */
export const longestLine = 4_000_000;

/** The stream ended before its file did. */
export class BrokenStream extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('the stream broke off');
    this.failure = failure;
  }
}

export interface Streamed {
  readonly status: number;
  readonly headers: Headers;
  /** To be read once; throws `BrokenStream`. Without a reader the connection is closed by `cancel`. */
  lines(): AsyncGenerator<string, void>;
  cancel(): Promise<void>;
}

interface StreamRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The longest silence. */
  readonly timeoutSeconds: number;
}

async function* linesOf(
  body: ReadableStream<Uint8Array>,
  alive: () => void,
  end: () => void,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new BrokenStream(classifyThrown(error, reading));
      });
      alive();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      if (rest.length > longestLine) throw new BrokenStream(doubtful(reading, 'vendor.malformed'));
      yield* lines;
      if (done) return;
    }
  } finally {
    end();
    // Whoever stops early leaves no connection behind; a broken one is closed already.
    await reader.cancel().catch(() => undefined);
  }
}

/** Opens one file. The connection's rate is kept, redirects are not followed. */
export async function openStream(context: ConnectorContext, request: StreamRequest): Promise<Streamed | Failure> {
  const mustWait = await ownTurn(context, request.timeoutSeconds);
  if (mustWait !== null) return mustWait;
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(new DOMException('silence', 'TimeoutError'));
  }, request.timeoutSeconds * 1000);
  const end = (): void => {
    clearTimeout(timer);
  };
  const signal = AbortSignal.any([context.signal, silence.signal]);
  try {
    const response = await context.fetch(request.url, { headers: request.headers, redirect: 'manual', signal });
    const { body } = response;
    return {
      status: response.status,
      headers: response.headers,
      lines: async function* () {
        if (body !== null) yield* linesOf(body, () => timer.refresh(), end);
        end();
      },
      cancel: async () => {
        end();
        await body?.cancel().catch(() => undefined);
      },
    };
  } catch (error) {
    end();
    return classifyThrown(error, reading);
  }
}
