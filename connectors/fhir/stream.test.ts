// NDJSON in pieces as the network cuts them: lines come whole, a line without an end and a silence do not go on for ever.
import { expect, test } from 'vitest';
import type { ConnectorContext } from '../connector.ts';
import { TokenBucket } from '../rate-limit.ts';
import { countingNumbers } from '../testing/control-numbers.ts';
import { MemoryTokenCache } from '../token-cache.ts';
import { BrokenStream, longestLine, openStream } from './stream.ts';
import type { Streamed } from './stream.ts';

function answering(body: ReadableStream<Uint8Array>, signal = new AbortController().signal): ConnectorContext {
  return {
    config: {},
    secrets: {},
    fetch: (_url, init) => {
      // A body is broken off with its request, as the real one is.
      const broken = body.pipeThrough(new TransformStream(), init?.signal ? { signal: init.signal } : {});
      return Promise.resolve(new Response(broken));
    },
    signal,
    tokens: new MemoryTokenCache(),
    rate: new TokenBucket(100, 100),
    controlNumbers: countingNumbers(),
    now: () => new Date(),
  };
}

function pieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function opened(context: ConnectorContext, timeoutSeconds = 2): Promise<Streamed> {
  const stream = await openStream(context, { url: new URL('http://127.0.0.1/x'), headers: {}, timeoutSeconds });
  if ('kind' in stream) throw new Error('not opened');
  return stream;
}

async function linesOf(stream: Streamed): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of stream.lines()) lines.push(line);
  return lines;
}

test.each([1, 2, 3, 7, 1000])('lines are whole whether they come %i bytes at a time', async (size) => {
  const text = '{"a":"Zoë"}\n\n{"b":"—"}\r\n{"c":1}';
  const stream = await opened(answering(pieces(new TextEncoder().encode(text), size)));
  expect(await linesOf(stream)).toEqual(text.split('\n'));
});

test('a line without an end is given up before it fills the memory', async () => {
  const chunk = new Uint8Array(1_000_000).fill(97);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const stream = await opened(answering(endless));
  await expect(linesOf(stream)).rejects.toBeInstanceOf(BrokenStream);
  expect(sent).toBeLessThan(longestLine * 2);
});

test('a silence ends the stream: asked again later', async () => {
  const silent = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"a":1}\n{"b"'));
    },
  });
  const stream = await opened(answering(silent), 0.05);
  await expect(linesOf(stream)).rejects.toMatchObject({ failure: { kind: 'notSent', code: 'vendor.unavailable' } });
});

test('who stops early closes the stream', async () => {
  let cancelled = false;
  const long = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('{}\n'));
    },
    cancel() {
      cancelled = true;
    },
  });
  const stream = await opened(answering(long));
  for await (const line of stream.lines()) {
    expect(line).toBe('{}');
    break;
  }
  expect(cancelled).toBe(true);
});
