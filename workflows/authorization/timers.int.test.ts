// The authorization's timers on Temporal's time-skipping server: reminders, escalation, the payer's deadline, later tries.

import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assessmentOf } from '../../domain/authorization/testing/assessments.ts';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { decideOn, until, withAuthorization } from './testing/bench.ts';
import type { Handle } from './testing/bench.ts';
import { fakeServer } from './testing/fake-server.ts';
import type { FakeServer } from './testing/fake-server.ts';
import { usualServer } from './testing/paths.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;

beforeAll(async () => {
  bundle = await bundleWorkflows();
});

// One server for each test: after a workflow ended with something on its way, this server's clock was seen not to skip any more.
beforeEach(async () => {
  environment = await startTimeSkipping();
});

afterEach(async () => {
  await environment.teardown();
});

/** Lets the server's clock run on. */
async function pass(hours: number): Promise<void> {
  await environment.sleep(hours * 3_600_000);
}

const driven = (server: FakeServer, work: (handle: Handle) => Promise<void>): Promise<void> =>
  withAuthorization(environment, bundle, server, work);

describe('timers of an authorization', () => {
  test('an item nobody decides is reminded of a day after it was due and escalated to another role a day later', async () => {
    const server = fakeServer();
    await driven(server, async (handle) => {
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
    await driven(server, async (handle) => {
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
        server.assessment = assessmentOf({
          route: 'staffSend',
          pending: {
            period: 2,
            since: event.sentAt.slice(0, 10),
            dueOn: null,
            overdue: false,
            requested: { visits: 12, units: null },
          },
        });
      }
    };
    await driven(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'approve', { hash: 'h1' });
      const sentAt = new Date(await environment.currentTimeMs()).toISOString();
      await decideOn(handle, 'authorization.send', 'sent', { at: sentAt, outcome: { channel: 'fax', at: sentAt } });
      const pending = await until(handle, (state) => state.status === 'pending' && state.items.length === 1);
      expect(pending.items[0]?.kind).toBe('authorization.answer');
      expect(Date.parse(pending.items[0]?.dueAt ?? '') - Date.parse(sentAt)).toBe(7 * 86_400_000);
      await pass(192);
      await until(handle, (state) => state.status === 'overdue');
      expect(server.asked).toEqual([]);
      await decideOn(handle, 'authorization.answer', 'answered', {
        outcome: { status: 'denied', reasonCodes: ['A3'] },
      });
      await until(
        handle,
        (state) => state.status === 'denied' && state.items.some((item) => item.kind === 'authorization.denied'),
      );
    });
  });

  test('pending beyond the turnaround asks a person to call while the polling goes on', async () => {
    const server = usualServer();
    server.steps['authorization.status'] = () => null;
    await driven(server, async (handle) => {
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

  test('a call the server refuses for good shows as needing a person and is tried again', async () => {
    const server = fakeServer();
    server.failure = ApplicationFailure.nonRetryable('reference.unknown', 'reference.unknown');
    await driven(server, async (handle) => {
      const state = await until(handle, (one) => one.trouble.length === 1);
      expect(state.trouble).toEqual(['reference.unknown']);
      server.failure = null;
      await pass(2);
      await until(handle, (one) => one.status === 'inReview' && one.trouble.length === 0);
    });
  });
});
