// The authorization's workflow on a real Temporal server: decisions, polling, continued runs, and what its history holds.

import type { Client } from '@temporalio/client';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../domain/authorization/machine-state.ts';
import { assessmentOf } from '../../domain/authorization/testing/assessments.ts';
import { startDevServer } from '../../test/harness/temporal.ts';
import type { DevServer } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { historiesOf, testClient, testWorker, untilQuiet } from '../testing/bench.ts';
import { checkNow, decide } from './messages.ts';
import { decideOn, track, until, withAuthorization } from './testing/bench.ts';
import type { Handle } from './testing/bench.ts';
import { fakeServer } from './testing/fake-server.ts';
import type { FakeServer } from './testing/fake-server.ts';
import { partly, paths, usualServer } from './testing/paths.ts';

let dev: DevServer;
let bundle: WorkflowBundle;
let client: Client;

beforeAll(async () => {
  [dev, bundle] = await Promise.all([startDevServer(), bundleWorkflows()]);
  client = testClient(dev.environment);
});

afterAll(async () => {
  await dev.stop();
});

const driven = (server: FakeServer, work: (handle: Handle) => Promise<void>): Promise<void> =>
  withAuthorization(dev.environment, bundle, server, work);

describe('authorization workflow', () => {
  test.each(paths)(
    '$name: fewer than 100 events, an appeal fewer than 150',
    async ({ server: serverOf, drive, name }) => {
      const server = serverOf();
      await driven(server, async (handle) => {
        await drive(handle, server);
        const counts = (await historiesOf(client, handle)).map((run) => run.events?.length ?? 0);
        process.stdout.write(`${name}: ${counts.join(' + ')} events\n`);
        for (const count of counts) expect(count).toBeLessThan(name === 'denied-and-appealed' ? 150 : 100);
        if (name === 'approved') expect(counts).toHaveLength(1);
      });
    },
  );

  test('a partly approved request is submitted once, and every step of it is written in order', async () => {
    const [usual] = paths;
    if (usual === undefined) throw new Error('there is no usual path');
    const server = usual.server();
    await driven(server, async (handle) => {
      await usual.drive(handle, server);
      expect(server.calls.filter((call) => call === 'assess')).toHaveLength(1);
      expect(server.asked.map((id) => id.split('-')[0])).toEqual(['submit', 'status', 'record']);
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

  test('check now cancels the waiting poll and asks at once', async () => {
    const server = usualServer();
    let first: string | null = null;
    await driven(server, async (handle) => {
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
    await driven(server, async (handle) => {
      const state = await until(handle, (one) => one.items.some((item) => item.workItem !== null));
      const workItem = state.items[0]?.workItem ?? '';
      const base = {
        id: 'd1',
        workItem,
        kind: 'authorization.request',
        decision: 'approve',
        by: 'usr_1',
        at: '2026-11-21T12:00:00.000Z',
      } as const;
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
      expect(await refused({ ...base, kind: 'authorization.send', decision: 'sent' })).toContain(
        'of kind authorization.request',
      );
      expect(await refused({ ...base, decision: 'appeal' })).toContain('does not allow');
      await handle.executeUpdate(decide, { args: [{ ...base, hash: 'h' }] });
      expect(await refused({ ...base, hash: 'h', id: 'd2' })).toContain('decided already');
      // Delivered again, as by a server that never heard the first answer: accepted, without effect.
      expect(await refused({ ...base, hash: 'h' })).toBe('accepted');
      expect(server.asked).toHaveLength(0);
    });
  });

  test('a workflow continued as new keeps everything it knew, and the waiting poll keeps its identity', async () => {
    const server = usualServer();
    server.steps['authorization.status'] = () => null;
    await driven(server, async (handle) => {
      await decideOn(handle, 'authorization.request', 'approve', { hash: 'h1' });
      const before = await until(handle, (state) => state.status === 'pending' && state.asking.length === 1);
      for (let round = 0; round < 12; round += 1) {
        await handle.signal('changed');
        await until(handle, () => server.calls.filter((call) => call === 'assess').length >= round + 2);
        await untilQuiet(handle, 1);
      }
      const runs = await historiesOf(client, handle);
      expect(runs.length).toBeGreaterThan(1);
      for (const run of runs) expect(run.events?.length).toBeLessThan(100);
      const latest = client.workflow.getHandle(handle.workflowId);
      const after = await latest.query<typeof before>('flowState');
      expect({ ...after, actBy: null, wakeAt: null }).toEqual({ ...before, actBy: null, wakeAt: null });
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
    await driven(server, async (handle) => {
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
      expect(shown).toMatchObject({
        GaitClinic: 'cl_1',
        GaitPayer: 'payer-a',
        GaitAuthorizationState: 'closed',
        GaitNeedsPerson: false,
      });
    });
  });

  test('two authorizations on one worker share nothing', async () => {
    const server = fakeServer();
    const worker = await testWorker(dev.environment, bundle, server, 'both');
    await worker.runUntil(async () => {
      const [one, two] = await Promise.all([track(client, 'auth_left', 'both'), track(client, 'auth_right', 'both')]);
      await decideOn(one, 'authorization.request', 'reject');
      const other = await until(two, (state) => state.items.some((item) => item.workItem !== null));
      expect(other.status).toBe('inReview');
      expect(new Set(server.opened.map((item) => item.record))).toEqual(new Set(['auth_left', 'auth_right']));
      expect(new Set(server.opened.map((item) => item.key)).size).toBe(server.opened.length);
      await Promise.all([one.terminate(), two.terminate()]);
    });
  });
});
