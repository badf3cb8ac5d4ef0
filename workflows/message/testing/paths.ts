// The ways a message usually goes, for the golden histories.

import { fakeMessage } from './fake-server.ts';
import type { FakeMessage } from './fake-server.ts';
import { messageChanged } from '../messages.ts';
import type { MessageHandle } from './bench.ts';

export interface MessagePath {
  readonly name: string;
  readonly server: () => FakeMessage;
  readonly drive: (handle: MessageHandle, server: FakeMessage) => Promise<void>;
}

const now = (): Promise<number> => Promise.resolve(Date.now());
const soon = (): string => new Date(Date.now() + 3_600_000).toISOString();
/** An answer to what the patient wrote goes at any hour, so that a history can be made at any hour. */
const facts = { category: 'answer' } as const;

async function untilSent(server: FakeMessage): Promise<void> {
  while (!server.ways.some(({ state }) => state === 'sent')) await new Promise((done) => setTimeout(done, 50));
}

export const messagePaths: readonly MessagePath[] = [
  {
    name: 'delivered',
    server: () => fakeMessage({ now, until: soon(), facts }),
    async drive(handle, server) {
      await untilSent(server);
      server.say('text', 'delivered');
      await handle.signal(messageChanged);
      await handle.result();
    },
  },
  {
    name: 'next-way',
    server: () => fakeMessage({ now, until: soon(), channels: ['text', 'email'], facts }),
    async drive(handle, server) {
      await untilSent(server);
      server.say('text', 'failed');
      await handle.signal(messageChanged);
      await untilSent(server);
      server.say('email', 'delivered');
      await handle.signal(messageChanged);
      await handle.result();
    },
  },
  {
    name: 'refused',
    server: () => fakeMessage({ now, until: soon(), facts: { ...facts, hasAddress: false } }),
    async drive(handle) {
      await handle.result();
    },
  },
];
