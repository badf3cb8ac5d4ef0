// The usual ways a claim goes, driven on a real Temporal server; their histories are the golden ones.

import { denialOf, planOf } from '../../../domain/claim/testing/plans.ts';
import { takeBack } from '../messages.ts';
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

/** With the payer, then denied for want of an authorization. */
async function bringToDenial(handle: ClaimHandle): Promise<void> {
  await bringToPayer(handle);
  await post(handle, { denial: denialOf(), insuranceCents: 18_050 });
}

/** A claim whose every balance is nothing: the books end it. */
async function untilClosed(handle: ClaimHandle): Promise<void> {
  await untilClaim(handle, (state) => state.status === 'closed');
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
  {
    name: 'corrected',
    server: accepting,
    drive: async (handle, server) => {
      await bringToDenial(handle);
      await decideOnClaim(handle, 'claim.denied', 'correct');
      await untilClaim(handle, ({ items }) =>
        items.some((item) => item.kind === 'claim.fix' && item.workItem !== null),
      );
      server.plan = planOf({ version: 2, frequency: '7', payerNumberKnown: true });
      await decideOnClaim(handle, 'claim.fix', 'fixed');
      await approve(handle);
      await untilClaim(handle, (state) => state.status === 'sent' && state.submission?.frequency === '7');
      await post(handle, { ledger: 2 });
      await untilClosed(handle);
    },
  },
  {
    name: 'appealed',
    server: accepting,
    drive: async (handle) => {
      await bringToDenial(handle);
      await decideOnClaim(handle, 'claim.denied', 'appeal');
      await decideOnClaim(handle, 'claim.appeal', 'approve', { hash: 'sha256:appeal' });
      const outcome = { channel: 'fax', at: '2026-11-21T11:00:00.000Z' } as const;
      await decideOnClaim(handle, 'claim.send', 'sent', { outcome });
      await untilClaim(handle, (state) => state.status === 'appealPending');
      await post(handle, { ledger: 2 });
      await untilClosed(handle);
    },
  },
  {
    name: 'reversed',
    server: accepting,
    drive: async (handle) => {
      await bringToPayer(handle);
      await post(handle);
      await untilClosed(handle);
      await post(handle, { ledger: 2, reversal: true, insuranceCents: 18_050 });
      await untilClaim(handle, (state) => state.status === 'reversed');
      await post(handle, { ledger: 3, patientCents: 2_000 });
      await decideOnClaim(handle, 'claim.patientBalance', 'billed');
      await post(handle, { ledger: 4, source: 'patient' });
      await untilClosed(handle);
    },
  },
  {
    name: 'taken-back',
    server: accepting,
    drive: async (handle) => {
      await bringToPayer(handle);
      await post(handle);
      await untilClosed(handle);
      const wish = { id: 'void-1', by: 'usr_1', at: '2026-11-21T12:00:00.000Z' };
      await handle.executeUpdate(takeBack, { args: [wish], updateId: wish.id });
      await approve(handle);
      await untilClaim(handle, (state) => state.status === 'sent' && state.submission?.frequency === '8');
      await post(handle, { ledger: 2, reversal: true, insuranceCents: 18_050 });
      await untilClosed(handle);
    },
  },
  {
    name: 'withdrawn',
    server: accepting,
    drive: async (handle) => {
      await untilClaim(handle, ({ items }) => items.some((item) => item.workItem !== null));
      await handle.cancel();
      await handle.result().catch(() => undefined);
    },
  },
];
