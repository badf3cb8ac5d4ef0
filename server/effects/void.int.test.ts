// Taking a submission back: a person closes the authorization, a flow learns the approval from the work list, the payer hears of it once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAt, textAt } from '../../connectors/json.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { followedClinic, noWorkflows } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createDecisions } from '../work-items/decide.ts';
import { testDay } from '../testing/days.ts';

let server: TestServer;
let sandbox: RunningSandbox;
let clinic: Followed;

beforeAll(async () => {
  sandbox = await startSandbox();
  server = await startServer();
  const today = testDay();
  clinic = await followedClinic(server.services, { today, availity: sandbox.url });
});
afterAll(async () => {
  await server.stop();
  await sandbox.stop();
});

const effect = async (operation: string, subject: string, approval?: string): Promise<unknown> => {
  const body = { operation, connection: 'Availity', subject, ...(approval === undefined ? {} : { approval }) };
  return (await server.call('POST', '/v1/effects', { key: clinic.key, body })).json;
};
const withdraw = (approval?: string): Promise<unknown> =>
  effect('availity.serviceReview.void', clinic.authorization, approval);
const journal = async (kind: string): Promise<number> =>
  listAt(await sandbox.get('/sandbox/availity/journal'), 'entries').filter((entry) => textAt(entry, 'kind') === kind)
    .length;

async function closeAuthorization(): Promise<void> {
  const { workItem } = await clinic.workItems.open(
    {
      clinic: clinic.clinic,
      key: 'held',
      kind: 'authorization.held',
      subject: clinic.authorization,
      workflow: null,
      dueAt: null,
      context: { period: 2 },
    },
    systemPrincipal('test'),
  );
  const { hash } = await server.services.db
    .selectFrom('work_item_revisions')
    .select('hash')
    .where('work_item', '=', workItem)
    .executeTakeFirstOrThrow();
  const { policies, workItems } = clinic;
  const decisions = createDecisions({ ...server.services, policies, workItems, workflows: noWorkflows });
  await decisions.decide(clinic.clinic, workItem, { decision: 'close', hash }, clinic.user);
}

test('a submission is taken back once, and only after a named person has closed the authorization', async () => {
  const approved = await clinic.approved();
  expect(await effect('availity.serviceReview.create', approved.workItem, approved.approval)).toMatchObject({
    state: 'done',
  });
  expect(await withdraw(approved.approval)).toMatchObject({ state: 'blocked', rule: 'approval.missing' });

  await closeAuthorization();
  const path = '/v1/work-items?status=decided&kind=authorization.held';
  const [item] = listAt((await server.call('GET', path, { key: clinic.key })).json, 'items');
  expect(item).toMatchObject({ subject: clinic.authorization, decision: 'close' });
  const one = await server.call('GET', `/v1/work-items/${textAt(item, 'id') ?? ''}`, { key: clinic.key });
  expect(one.json).toEqual(item);

  expect(await withdraw()).toMatchObject({ state: 'blocked', rule: 'approval.unnamed' });
  const approval = textAt(item, 'approval') ?? '';
  expect(await withdraw(approval)).toMatchObject({ state: 'done' });
  expect(await withdraw(approval)).toMatchObject({ state: 'duplicate' });
  expect([await journal('create'), await journal('void')]).toEqual([1, 1]);
});
