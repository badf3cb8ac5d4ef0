// The usual ways an authorization goes, driven on a real Temporal server; their histories are the golden ones.

import { assessmentOf } from '../../../domain/authorization/testing/assessments.ts';
import { checkNow } from '../messages.ts';
import { decideOn, until } from './bench.ts';
import type { Handle } from './bench.ts';
import { fakeServer } from './fake-server.ts';
import type { FakeServer } from './fake-server.ts';

/** One way: how the outside behaves and what the people do. */
export interface Path {
  readonly name: string;
  readonly server: () => FakeServer;
  readonly drive: (handle: Handle, server: FakeServer) => Promise<void>;
}

const approved = {
  visitsApproved: 12,
  unitsApproved: null,
  from: '2027-01-01',
  to: '2027-03-01',
  reasonCodes: [],
  number: 'present',
};

/** The same with fewer visits than were asked for. */
export const partly = { ...approved, visitsApproved: 8, reasonCodes: ['A2'] };

/** A payer who accepts a request and answers the first poll with `outcome`. */
function answering(outcome: string, structure: Record<string, unknown> = approved): FakeServer {
  const server = fakeServer();
  server.steps = {
    'authorization.submit': () => ({ outcome: 'accepted' }),
    'authorization.status': () => ({ outcome, structure }),
    'authorization.record': () => ({ outcome: 'recorded' }),
  };
  server.onEvent = (event) => {
    if (event.type === 'submitted') {
      const { route } = server.assessment;
      server.assessment = assessmentOf({
        route,
        pending: {
          period: 2,
          since: event.sentAt.slice(0, 10),
          dueOn: null,
          overdue: false,
          requested: { visits: 12, units: null },
        },
      });
    }
    if (event.type === 'answered') server.assessment = assessmentOf({ route: server.assessment.route });
    if (event.type === 'resumed') server.assessment = assessmentOf();
    if (event.type === 'coverageReplaced') server.assessment = assessmentOf({ need: 'initial', period: 3 });
  };
  return server;
}

/** A payer who accepts, answers the third poll with fewer visits, and a PT system that takes the approval. */
export function usualServer(): FakeServer {
  const server = answering('partlyApproved', partly);
  server.steps['authorization.status'] = (attempt) =>
    attempt < 3 ? null : { outcome: 'partlyApproved', structure: partly };
  return server;
}

const approve = (handle: Handle, hash = 'sha256:synthetic'): Promise<unknown> =>
  decideOn(handle, 'authorization.request', 'approve', {
    hash,
    outcome: { requested: { visits: 12, units: null }, from: '2027-01-01', to: '2027-03-01' },
  });

const send = (handle: Handle): Promise<unknown> =>
  decideOn(handle, 'authorization.send', 'sent', { outcome: { channel: 'fax', at: '2026-11-21T11:00:00.000Z' } });

/** Every path; the first is the usual one whose events are counted. */
export const paths: readonly Path[] = [
  {
    name: 'partly-approved',
    server: () => answering('partlyApproved', partly),
    drive: async (handle, server) => {
      await approve(handle);
      await until(handle, (state) => state.status === 'recorded');
      await decideOn(handle, 'authorization.partial', 'accept');
      await until(handle, () => server.calls.includes('apply partialAccepted'));
    },
  },
  {
    name: 'approved',
    server: () => answering('approved'),
    drive: async (handle, server) => {
      await approve(handle);
      await until(handle, () => server.calls.includes('apply recorded'));
    },
  },
  {
    name: 'denied-and-appealed',
    server: () => answering('denied', { reasonCodes: ['A3'] }),
    drive: async (handle) => {
      await approve(handle);
      await decideOn(handle, 'authorization.denied', 'appeal');
      await approve(handle, 'sha256:appeal');
      await send(handle);
      await decideOn(handle, 'authorization.answer', 'answered', {
        outcome: { status: 'denied', reasonCodes: ['A3'] },
      });
      await until(handle, (state) => state.status === 'denied' && state.request?.kind === 'appeal');
    },
  },
  {
    name: 'staff-send',
    server: () => {
      const server = answering('approved');
      server.assessment = assessmentOf({ need: 'renewal', route: 'staffSend' });
      return server;
    },
    drive: async (handle) => {
      await approve(handle);
      await send(handle);
      await decideOn(handle, 'authorization.answer', 'answered', {
        outcome: { status: 'approved', number: 'present', visitsApproved: 12 },
      });
      await until(handle, (state) => state.status === 'recorded');
    },
  },
  {
    name: 'rejected',
    server: () => answering('approved'),
    drive: async (handle, server) => {
      await decideOn(handle, 'authorization.request', 'reject');
      await until(handle, () => server.calls.includes('apply requestRejected'));
    },
  },
  {
    name: 'held-and-resumed',
    server: () => answering('approved'),
    drive: async (handle, server) => {
      await until(handle, (state) => state.items.some((item) => item.workItem !== null));
      server.assessment = assessmentOf({ need: 'held' });
      await handle.signal('changed');
      await decideOn(handle, 'authorization.held', 'resume');
      await until(handle, (state) => state.status === 'none');
    },
  },
  {
    name: 'held-and-new-payer',
    server: () => {
      const server = answering('approved');
      server.assessment = assessmentOf({ need: 'held' });
      return server;
    },
    drive: async (handle) => {
      await decideOn(handle, 'authorization.held', 'askNewPayer');
      await until(handle, (state) => state.request?.period === 3 && state.items.some((item) => item.workItem !== null));
    },
  },
  {
    name: 'check-now',
    server: () => {
      const server = answering('approved');
      let first: string | null = null;
      server.steps['authorization.status'] = (_attempt, id) => {
        first ??= id;
        return id === first ? null : { outcome: 'approved', structure: approved };
      };
      return server;
    },
    drive: async (handle, server) => {
      await approve(handle);
      await until(handle, (state) => state.status === 'pending' && server.asked.some((id) => id.startsWith('status')));
      await handle.signal(checkNow);
      await until(handle, (state) => state.status === 'recorded');
    },
  },
  {
    name: 'blocked',
    server: () => {
      const server = answering('approved');
      server.steps['authorization.submit'] = () => ({ outcome: 'blocked' });
      return server;
    },
    drive: async (handle) => {
      await approve(handle);
      await until(
        handle,
        (state) => state.request?.attempt === 2 && state.items.some((item) => item.workItem !== null),
      );
    },
  },
  {
    name: 'closed',
    server: () => answering('approved'),
    drive: async (handle) => {
      await until(handle, (state) => state.items.some((item) => item.workItem !== null));
      await handle.cancel();
      await handle.result().catch(() => undefined);
    },
  },
];
