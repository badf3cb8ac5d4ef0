// The authorization's workflow on Temporal's time-skipping server: timers, decisions, polling, and what its history holds.

import type { Client } from '@temporalio/client';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assessmentOf } from '../../domain/authorization/testing/assessments.ts';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import type { Decision } from '../../domain/authorization/machine-state.ts';
import { checkNow, decide } from './messages.ts';
import { decideOn, historiesOf, testClient, testWorker, track, until } from './testing/bench.ts';
import type { Handle } from './testing/bench.ts';
import { fakeServer } from './testing/fake-server.ts';
import type { FakeServer } from './testing/fake-server.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;
let client: Client;
let number = 0;

beforeAll(async () => {
  bundle = await bundleWorkflows();
});

// One server for each test: after a workflow ended with something on its way, this server's clock was seen not to skip any more.
beforeEach(async () => {
  environment = await startTimeSkipping();
  client = testClient(environment);
});

afterEach(async () => {
  await environment.teardown();
});

/** Lets the server's clock run on. */
async function pass(hours: number): Promise<void> {
  await environment.sleep(hours * 3_600_000);
}

/** Runs one authorization with a worker of its own, then ends both. */
async function withAuthorization(server: FakeServer, work: (handle: Handle) => Promise<void>): Promise<void> {
  number += 1;
  const reference = `auth_${number}`;
  const worker = await testWorker(environment, bundle, server, reference);
  await worker.runUntil(async () => {
    const handle = await track(client, reference, reference);
    try {
      await work(handle);
    } finally {
      await handle.terminate('the test is over').catch(() => undefined);
    }
  });
}

const partly = { visitsApproved: 8, unitsApproved: null, from: '2027-01-01', to: '2027-03-01', reasonCodes: ['A2'], number: 'present' };

/** A payer who accepts, answers the second poll with fewer visits, and a PT system that takes the approval. */
function usualServer(): FakeServer {
  const server = fakeServer();
  server.steps = {
    'authorization.submit': () => ({ outcome: 'accepted' }),
    'authorization.status': (attempt) => (attempt < 3 ? null : { outcome: 'partlyApproved', structure: partly }),
    'authorization.record': () => ({ outcome: 'recorded' }),
  };
  server.onEvent = (event) => {
    if (event.type === 'submitted') server.assessment = assessmentOf({ pending: { period: 2, since: event.on, dueOn: null, overdue: false } });
    if (event.type === 'answered') server.assessment = assessmentOf();
  };
  return server;
}

describe('authorization workflow', () => {
  test('a usual authorization: approved by a person, submitted once, polled, partly approved, recorded', async () => {
    const server = usualServer();
    await withAuthorization(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'approve', { hash: 'sha256:abc' });
      await until(handle, (state) => state.status === 'pending');
      await pass(24);
      await until(handle, (state) => state.status === 'recorded');
      await decideOn(handle, 'authorization.partial', 'accept');
      await until(handle, (state) => state.items.length === 0);
      await until(handle, () => server.calls.includes('apply partialAccepted'));
      expect(server.calls.filter((call) => call === 'assess')).toHaveLength(1);
      expect(server.calls.filter((call) => call.startsWith('ask submit'))).toEqual(['ask submit-2-renewal-1 1']);
      expect(server.calls.filter((call) => call.startsWith('ask status')).length).toBe(3);
      expect(server.events.map((event) => event.type)).toEqual([
        'requestOpened',
        'requestApproved',
        'submitted',
        'answered',
        'recorded',
        'partialAccepted',
      ]);
    });
  });

  test('an item nobody decides is reminded of a day after it was due and escalated to another role a day later', async () => {
    const server = fakeServer();
    await withAuthorization(server, async (handle) => {
      await until(handle, (state) => state.items.some((item) => item.workItem !== null));
      await pass(48);
      expect(server.calls.filter((call) => call.startsWith('remind'))).toEqual([]);
      await pass(25);
      expect(server.calls.filter((call) => call.startsWith('remind'))).toEqual(['remind wi_1']);
      expect(server.calls.filter((call) => call.startsWith('escalate'))).toEqual([]);
      await pass(24);
      expect(server.calls.filter((call) => call.startsWith('escalate'))).toEqual(['escalate wi_1 admin']);
    });
  });

  test('a decision takes the reminder back', async () => {
    const server = fakeServer();
    server.assessment = assessmentOf({ need: 'renewal', route: 'staffSend' });
    await withAuthorization(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'reject');
      server.assessment = assessmentOf();
      await pass(240);
      expect(server.calls.filter((call) => /^(remind|escalate)/.test(call))).toEqual([]);
    });
  });

  test('staff send: the payer’s clock runs from the hour the packet left; past it the request is overdue', async () => {
    const server = fakeServer();
    server.assessment = assessmentOf({ need: 'renewal', route: 'staffSend' });
    server.onEvent = (event) => {
      if (event.type === 'submitted') {
        server.assessment = assessmentOf({ route: 'staffSend', pending: { period: 2, since: event.on, dueOn: null, overdue: false } });
      }
    };
    await withAuthorization(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'approve', { hash: 'h1' });
      const sentAt = new Date(await environment.currentTimeMs()).toISOString();
      await decideOn(handle, 'authorization.send', 'sent', { outcome: { channel: 'fax', at: sentAt } });
      const pending = await until(handle, (state) => state.status === 'pending' && state.items.length === 1);
      expect(pending.items[0]?.kind).toBe('authorization.answer');
      expect(Date.parse(pending.items[0]?.dueAt ?? '') - Date.parse(sentAt)).toBe(7 * 86_400_000);
      await pass(192);
      await until(handle, (state) => state.status === 'overdue');
      expect(server.asked).toEqual([]);
      await decideOn(handle, 'authorization.answer', 'answered', { outcome: { status: 'denied', reasonCodes: ['A3'] } });
      await until(handle, (state) => state.status === 'denied' && state.items.some((item) => item.kind === 'authorization.denied'));
    });
  });

  test('pending beyond the turnaround asks a person to call while the polling goes on', async () => {
    const server = usualServer();
    server.steps['authorization.status'] = () => null;
    await withAuthorization(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'approve', { hash: 'h1' });
      await until(handle, (state) => state.status === 'pending');
      await pass(192);
      const overdue = await until(handle, (state) => state.status === 'overdue' && state.items.length === 1);
      expect(overdue.items[0]?.kind).toBe('authorization.answer');
      expect(overdue.asking).toHaveLength(1);
      const polls = server.asked.length;
      await pass(24);
      expect(server.asked.length).toBeGreaterThan(polls);
    });
  });

  test('check now cancels the waiting poll and asks at once', async () => {
    const server = usualServer();
    let first: string | null = null;
    await withAuthorization(server, async (handle) => {
      server.steps['authorization.status'] = (_attempt, id) => {
        first ??= id;
        return id === first ? null : { outcome: 'approved', structure: partly };
      };
      await decideOn(handle, 'authorization.request', 'approve', { hash: 'h1' });
      await until(handle, (state) => state.status === 'pending' && server.asked.some((id) => id.startsWith('status')));
      await handle.signal(checkNow);
      await until(handle, (state) => state.status === 'recorded');
      expect(new Set(server.asked.filter((id) => id.startsWith('status'))).size).toBe(2);
    });
  });

  test('a decision that does not fit is refused in plain words and leaves no trace in the history', async () => {
    const server = fakeServer();
    server.assessment = assessmentOf({ need: 'renewal', route: 'staffSend' });
    await withAuthorization(server, async (handle) => {
      const state = await until(handle, (one) => one.items.some((item) => item.workItem !== null));
      const workItem = state.items[0]?.workItem ?? '';
      const base = { workItem, kind: 'authorization.request', decision: 'approve', by: 'usr_1', at: '2026-11-21T12:00:00.000Z' } as const;
      const refused = async (decision: Partial<Decision>): Promise<string> => {
        try {
          await handle.executeUpdate<unknown, [Partial<Decision>]>('decide', { args: [decision] });
          return 'accepted';
        } catch (error) {
          return error instanceof WorkflowUpdateFailedError ? (error.cause?.message ?? '') : 'another error';
        }
      };
      expect(await refused(base)).toContain('must name the revision');
      expect(await refused({ ...base, workItem: 'wi_other', hash: 'h' })).toContain('not open');
      expect(await refused({ ...base, kind: 'authorization.send', decision: 'sent' })).toContain('of kind authorization.request');
      expect(await refused({ ...base, decision: 'appeal' })).toContain('does not allow');
      await handle.executeUpdate(decide, { args: [{ ...base, hash: 'h' }] });
      expect(await refused({ ...base, hash: 'h' })).toContain('decided already');
    });
  });

  test('a workflow continued as new keeps everything it knew, and the waiting poll keeps its identity', async () => {
    const server = usualServer();
    server.steps['authorization.status'] = () => null;
    await withAuthorization(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'approve', { hash: 'h1' });
      const before = await until(handle, (state) => state.status === 'pending' && state.asking.length === 1);
      for (let round = 0; round < 12; round += 1) {
        await handle.signal('changed');
        await until(handle, () => server.calls.filter((call) => call === 'assess').length >= round + 2);
      }
      const runs = await historiesOf(client, handle);
      expect(runs.length).toBeGreaterThan(1);
      for (const run of runs) expect(run.events?.length).toBeLessThan(100);
      const latest = client.workflow.getHandle(handle.workflowId);
      const after = await latest.query<typeof before>('flowState');
      expect({ ...after, wakeAt: null }).toEqual({ ...before, wakeAt: null });
      expect(new Set(server.asked.filter((id) => id.startsWith('status'))).size).toBe(1);
    });
  });

  test('search attributes, ids and failures in the store tell no reader anything but references and structure', async () => {
    const canary = 'Canary-Quillfeather-1931';
    const server = usualServer();
    server.assessment = assessmentOf({ need: 'renewal', reason: canary });
    server.steps['authorization.submit'] = () => {
      throw ApplicationFailure.nonRetryable(canary, 'internal.bug');
    };
    await withAuthorization(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'approve', { hash: canary });
      await until(handle, () => server.asked.length >= 1);
      await until(handle, (state) => state.status === 'uncertain');
      await handle.cancel();
      await handle.result().catch(() => undefined);
      const history = JSON.stringify((await handle.fetchHistory()).events, (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      );
      expect(history).toContain('Encoded failure');
      expect(history).not.toContain(canary);
      const { typedSearchAttributes } = await handle.describe();
      const shown = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
      expect(shown).toMatchObject({ GaitClinic: 'cl_1', GaitPayer: 'payer-a', GaitAuthorizationState: 'closed', GaitNeedsPerson: false });
    });
  });

  test('two authorizations on one worker share nothing', async () => {
    const server = fakeServer();
    const worker = await testWorker(environment, bundle, server, 'both');
    await worker.runUntil(async () => {
      const [one, two] = await Promise.all([track(client, 'auth_left', 'both'), track(client, 'auth_right', 'both')]);
      await decideOn(one, 'authorization.request', 'reject');
      const other = await until(two, (state) => state.items.some((item) => item.workItem !== null));
      expect(other.status).toBe('inReview');
      expect(new Set(server.opened.map((item) => item.authorization))).toEqual(new Set(['auth_left', 'auth_right']));
      expect(new Set(server.opened.map((item) => item.key)).size).toBe(server.opened.length);
      await Promise.all([one.terminate(), two.terminate()]);
    });
  });

  test('a call the server refuses for good shows as needing a person and is tried again', async () => {
    const server = fakeServer();
    server.failAssess = ApplicationFailure.nonRetryable('reference.unknown', 'reference.unknown');
    await withAuthorization(server, async (handle) => {
      const state = await until(handle, (one) => one.trouble.length === 1);
      expect(state.trouble).toEqual(['reference.unknown']);
      server.failAssess = null;
      await pass(2);
      await until(handle, (one) => one.status === 'inReview' && one.trouble.length === 0);
    });
  });
});
