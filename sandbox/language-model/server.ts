// An OpenAI-compatible endpoint that answers well, lies or fails as it is told, and keeps what it was asked.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { failures, Lie } from './lies.ts';
import { honest, lied, lies } from './lies.ts';

/** How it behaves: honestly, with one kind of lie in every sentence, or not at all. */
export type Manner = Lie | 'honest' | (typeof failures)[number];

export interface LanguageModelSandbox {
  /** `http://127.0.0.1:<port>/v1` */
  readonly baseUrl: string;
  /** Every body it was sent, as text. */
  readonly log: readonly string[];
  behave(manner: Manner): void;
  /** What it hears in the next recordings. */
  hear(text: string): void;
  stop(): Promise<void>;
}

interface Sentence {
  readonly id: string;
  readonly text: string;
}

export async function startLanguageModel(): Promise<LanguageModelSandbox> {
  const log: string[] = [];
  let manner: Manner = 'honest';
  let heard = '';
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      log.push(body);
      if (request.url === '/v1/models') return json(response, { data: [{ id: 'words' }, { id: 'ears' }] });
      if (manner === 'hang') return;
      if (manner === 'fail') return json(response, { error: { message: 'Maria Lopez' } }, 500);
      if (manner === 'refuse') return json(response, { error: { message: 'no' } }, 401);
      if (manner === 'redirect') return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      if (manner === 'junk') return response.writeHead(200).end('<html>');
      if (request.url === '/v1/audio/transcriptions') return json(response, { text: heard });
      return json(response, { choices: [{ message: { role: 'assistant', content: answerTo(body, manner) } }] });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    log,
    behave: (next) => (manner = next),
    hear: (text) => (heard = text),
    stop: () => stopped(server),
  };
}

function answerTo(body: string, manner: Manner): string {
  if (manner === 'prose') return 'Here is your note: everything is fine.';
  const sentences = sentencesOf(body).map(({ id, text }) => ({
    id: manner === 'unknownIds' ? `x${id}` : id,
    text: isLie(manner) ? lied(text, manner) : honest(text),
  }));
  return JSON.stringify({ sentences });
}

function isLie(manner: Manner): manner is Lie {
  return lies.some((lie) => lie === manner);
}

function sentencesOf(body: string): readonly Sentence[] {
  const asked = JSON.parse(body) as { messages: readonly { content: string }[] };
  const question = JSON.parse(asked.messages.at(-1)?.content ?? '{}') as { sentences: readonly Sentence[] };
  return question.sentences;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function json(response: ServerResponse, body: unknown, status = 200): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function stopped(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
