// The ways a freed slot usually goes, for the golden histories.

import { slotChanged } from '../messages.ts';
import type { SlotHandle } from './bench.ts';
import { fakeSlot } from './fake-server.ts';
import type { FakeSlot } from './fake-server.ts';

export interface WaitlistPath {
  readonly name: string;
  readonly server: () => FakeSlot;
  readonly drive: (handle: SlotHandle, server: FakeSlot) => Promise<void>;
}

const now = (): Promise<number> => Promise.resolve(Date.now());
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const accepted = { type: 'accepted', check: { eligible: true } } as const;

async function untilAsked(server: FakeSlot, offers: number): Promise<void> {
  while (server.state.offers.length < offers) await new Promise((done) => setTimeout(done, 50));
}

export const waitlistPaths: readonly WaitlistPath[] = [
  {
    name: 'taken',
    server: () => fakeSlot({ now, start: inHours(24), people: 2 }),
    async drive(handle, server) {
      await untilAsked(server, 1);
      await server.happen({ ...accepted, offer: '1' });
      await handle.signal(slotChanged);
      await server.happen({ type: 'booked' });
      await handle.signal(slotChanged);
      await handle.result();
    },
  },
  {
    name: 'passed-on',
    server: () => fakeSlot({ now, start: inHours(24), people: 2, answerMinutes: 0.03 }),
    async drive(handle, server) {
      await untilAsked(server, 2);
      await server.happen({ ...accepted, offer: '2' });
      await server.happen({ type: 'booked' });
      await handle.signal(slotChanged);
      await handle.result();
    },
  },
  {
    name: 'taken-back',
    server: () => fakeSlot({ now, start: inHours(24), people: 3 }),
    async drive(handle, server) {
      await untilAsked(server, 1);
      await server.happen({ type: 'takenBack' });
      await handle.signal(slotChanged);
      await handle.result();
    },
  },
];
