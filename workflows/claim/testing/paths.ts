// The usual ways a claim goes, driven on a real Temporal server; their histories are the golden ones.

import { planOf } from '../../../domain/claim/testing/plans.ts';
import { acknowledge, decideOnClaim, post, untilClaim } from './bench.ts';
import type { ClaimHandle } from './bench.ts';
import { fakeServer } from './fake-server.ts';
import type { FakeServer } from './fake-server.ts';

/** One way: how the outside behaves and what the people do. */
export interface ClaimPath {
  readonly name: string;
  readonly server: () => FakeServer;
  readonly drive: (handle: ClaimHandle, server: FakeServer) => Promise<void>;
}

/** A clearinghouse that accepts what it is sent. */
export function accepting(): FakeServer {
  const server = fakeServer();
  server.steps = { 'claim.submit': () => ({ outcome: 'accepted' }) };
  return server;
}

const approve = (handle: ClaimHandle): Promise<void> =>
  decideOnClaim(handle, 'claim.submit', 'approve', { hash: 'sha256:synthetic' });

/** Approved, sent and acknowledged. */
export async function bringToPayer(handle: ClaimHandle): Promise<void> {
  await approve(handle);
  await untilClaim(handle, (state) => state.status === 'sent');
  await acknowledge(handle);
  await untilClaim(handle, (state) => state.status === 'pending');
}

/** Every path; the first is the usual one whose calls are counted. */
export const claimPaths: readonly ClaimPath[] = [
  {
    name: 'paid',
    server: accepting,
    drive: async (handle, server) => {
      await bringToPayer(handle);
      await post(handle);
      await untilClaim(handle, () => server.calls.includes('apply closed'));
    },
  },
  {
    name: 'fixed-first',
    server: () => {
      const server = accepting();
      server.plan = planOf({ blocks: 1 });
      return server;
    },
    drive: async (handle, server) => {
      await untilClaim(handle, ({ items }) => items.some((item) => item.workItem !== null));
      server.plan = planOf({ version: 2 });
      await decideOnClaim(handle, 'claim.fix', 'fixed');
      await bringToPayer(handle);
    },
  },
  {
    name: 'sent-back',
    server: accepting,
    drive: async (handle, server) => {
      await approve(handle);
      await untilClaim(handle, (state) => state.status === 'sent');
      await acknowledge(handle, false);
      await untilClaim(
        handle,
        (state) => state.status === 'toFix' && state.items.some((item) => item.workItem !== null),
      );
      server.plan = planOf({ version: 2 });
      await handle.signal('changed');
      await bringToPayer(handle);
    },
  },
];
