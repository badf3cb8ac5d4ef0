// A flow in miniature for tests: a webhook over real HTTP that claims what it is sent and answers it, as the nodes do.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { TestServer } from '../../testing/server.ts';

export interface Received {
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

export interface Claimed {
  readonly call: string;
  readonly attempt: number;
  readonly step: string;
  readonly items: readonly { readonly item: string; readonly structure: Readonly<Record<string, unknown>> }[];
}

/** What the flow does with a claimed call; null answers nothing. */
export type Answering = (call: Claimed) => Promise<readonly object[] | null>;

export class TinyFlow {
  readonly received: Received[] = [];
  readonly claimed: Claimed[] = [];
  readonly claims: number[] = [];
  /** `claim`: as the trigger node does. `ignore`: takes it up and does nothing. `refuse`: as an unpublished webhook. `hold`: answers when `end` is called. */
  mode: 'claim' | 'ignore' | 'refuse' | 'hold' = 'claim';
  /** Ends the flow that is held: with a status, or as a process that is killed. */
  end: (how: number | 'killed') => void = () => undefined;
  answering: Answering = () => Promise.resolve(null);
  url = '';
  readonly #gait: TestServer;
  readonly #key: string;
  #server: Server | null = null;

  constructor(gait: TestServer, key: string) {
    this.#gait = gait;
    this.#key = key;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const header = (name: string): string => String(request.headers[name] ?? '');
        const received = {
          timestamp: header('x-gait-timestamp'),
          signature: header('x-gait-signature'),
          body: Buffer.concat(chunks).toString(),
        };
        this.received.push(received);
        if (this.mode === 'hold') {
          this.end = (how) => (how === 'killed' ? response.destroy() : response.writeHead(how).end('{}'));
          return;
        }
        void this.#take(received).then((status) => {
          response.statusCode = status;
          response.end('{}');
        });
      });
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The flow has no port.');
    this.url = `http://127.0.0.1:${address.port}/webhook/step`;
  }

  /** Claims as the trigger node does: forwards what it received and holds no secret of its own. */
  claim(received: Received, key = this.#key) {
    return this.#gait.call('POST', '/v1/steps/claim', { key, body: received });
  }

  answer(call: Claimed, answers: readonly object[]) {
    return this.#gait.call('POST', '/v1/steps/answer', {
      key: this.#key,
      body: { call: call.call, attempt: call.attempt, answers },
    });
  }

  async #take(received: Received): Promise<number> {
    if (this.mode === 'refuse') return 404;
    if (this.mode === 'ignore') return 200;
    const claim = await this.claim(received);
    this.claims.push(claim.status);
    const call = claimedIn(claim.json);
    if (claim.status !== 200 || call === null) return claim.status;
    this.claimed.push(call);
    void this.answering(call).then((answers) => (answers === null ? undefined : this.answer(call, answers)));
    return 200;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

function claimedIn(value: unknown): Claimed | null {
  return isClaimed(value) ? value : null;
}

function isClaimed(value: unknown): value is Claimed {
  return (
    typeof value === 'object' &&
    value !== null &&
    'call' in value &&
    'attempt' in value &&
    'items' in value &&
    Array.isArray(value.items)
  );
}
