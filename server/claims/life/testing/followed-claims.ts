// A clinic whose claims are followed by real workflows: server, worker, simulated clearinghouse and a flow in miniature.
import { readFile } from 'node:fs/promises';
import { NativeConnection } from '@temporalio/worker';
import type { Claim } from '../../../../domain/claim/schema.ts';
import type { Books } from '../../../../domain/posting/books.ts';
import { codecKeysFrom } from '../../../../payload-codec/keys.ts';
import { startSandbox } from '../../../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../../../sandbox/testing/running-sandbox.ts';
import { startDevServer } from '../../../../test/harness/temporal.ts';
import type { DevServer } from '../../../../test/harness/temporal.ts';
import { claimActivities } from '../../../../workers/activities/claim.ts';
import { bundleWorkflows } from '../../../../workers/bundle.ts';
import { gaitServer } from '../../../../workers/gait-server.ts';
import { createWorker } from '../../../../workers/worker.ts';
import { claimTaskQueue } from '../../../../workflows/claim/messages.ts';
import { systemPrincipal } from '../../../http/principal.ts';
import { remittancesArrived } from '../../../posting/files.ts';
import { ledgerOf } from '../../../posting/ledger.ts';
import { TinyFlow } from '../../../steps/testing/tiny-flow.ts';
import type { Claimed } from '../../../steps/testing/tiny-flow.ts';
import { password } from '../../../authorizations/testing/followed.ts';
import { startServer } from '../../../testing/server.ts';
import type { Answer, TestServer } from '../../../testing/server.ts';
import { keepAcknowledged } from '../../acknowledged.ts';
import { asJson, claimClinic, listOf } from '../../testing/clinic.ts';
import type { ClaimClinic, Json } from '../../testing/clinic.ts';

export interface FollowedClaims {
  readonly server: TestServer;
  readonly sandbox: RunningSandbox;
  readonly temporal: DevServer;
  readonly at: ClaimClinic;
  readonly flow: TinyFlow;
  /** By which operation of which connection the flow sends claims from now on. */
  sendBy(operation: string, connection: string): void;
  /** Imports a claim whose check holds nothing back, and has it followed. */
  followed(changes: Partial<Claim>): Promise<string>;
  track(claim: string): Promise<Json>;
  /** The open item of a kind about a claim, once there is one. */
  item(claim: string, kind: string): Promise<string>;
  decide(workItem: string, decision: string, more?: Json): Promise<void>;
  /** Waits until the claim's list shows this state, as it `fits`. */
  until(claim: string, state: string, fits?: (row: Json) => boolean): Promise<Json>;
  /** The types of what happened to the claim, in order. */
  events(claim: string): Promise<string[]>;
  /** Tells the claim's workflow anew everything it was ever told. */
  toldAgain(claim: string): Promise<void>;
  /** The books of the claim's case as they stand now. */
  books(claim: string): Promise<Books>;
  /** Waits until nothing is to be told any more. */
  settled(): Promise<void>;
  /** As the signed-in person. */
  post(path: string, body: Json): Promise<Answer>;
  /** A 277CA sends the claim of this number back: the payer does not know the insured. */
  sendBack(number: string): Promise<void>;
  /** Waits until this was written of the claim. */
  happened(claim: string, type: string): Promise<void>;
  /** Asks again until it is granted. */
  accepted(ask: () => Promise<Answer>): Promise<void>;
  /** A remittance arrives, whichever way. */
  receive(text: string): Promise<void>;
  /** Fetches and reads every report the clearinghouse has. */
  readReports(): Promise<void>;
  stop(): Promise<void>;
}

export async function followedClaims(): Promise<FollowedClaims> {
  const temporal = await startDevServer();
  const sandbox = await startSandbox();
  // Claims are acknowledged at once; what the payer decides a test says itself.
  await sandbox.post('/sandbox/adjudication/pace', {
    pace: { processSeconds: 0, decideSeconds: 86_400, paySeconds: 86_400 },
  });
  const server = await startServer({ GAIT_TEMPORAL_ADDRESS: temporal.address });
  const { services } = server;
  const at = await claimClinic(server, sandbox);
  const flow = new TinyFlow(server, at.clinic.key);
  await flow.start();
  let sending = { operation: 'changeHealthcare.claim.submit', connection: 'CHC' };
  flow.answering = (call) => answering(at, sending, call);
  const native = await NativeConnection.connect({ address: temporal.address });
  const worker = await createWorker({
    connection: native,
    namespace: 'default',
    workflowBundle: await bundleWorkflows(),
    keys: codecKeysFrom(JSON.parse(await readFile(server.keyringFile, 'utf8'))),
    activities: claimActivities({ server: gaitServer(server.url, at.clinic.workerKey) }),
    taskQueue: claimTaskQueue,
  });
  const running = worker.run();
  for (const step of ['claim.submit', 'claim.status'])
    await at.flow('/v1/steps/flows', {
      step,
      flow: { id: step.replace('.', '-'), name: step },
      url: flow.url,
      test: false,
    });

  const { db, vault } = services;
  const signedIn = await server.call('POST', '/v1/session', { body: { email: at.clinic.email, password } });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const events: FollowedClaims['events'] = async (claim) => {
    const rows = await db.selectFrom('claim_events').select('type').where('claim', '=', claim).orderBy('seq').execute();
    return rows.map(({ type }) => type);
  };
  const track: FollowedClaims['track'] = async (claim) => {
    const answer = await at.flow('/v1/claims/track', { claims: [claim] });
    const [item] = listOf(answer.json, 'items');
    return item ?? {};
  };
  return {
    server,
    sandbox,
    temporal,
    at,
    flow,
    sendBy: (operation, connection) => {
      sending = { operation, connection };
    },
    track,
    async followed(changes) {
      const claim = await at.imported(changes);
      await track(claim);
      return claim;
    },
    item: (claim, kind) =>
      found(`an item ${kind}`, async () => {
        const row = await db
          .selectFrom('work_items')
          .select('id')
          .where('subject', '=', claim)
          .where('kind', '=', kind)
          .where('status', '=', 'open')
          .where('workflow_id', 'is not', null)
          .executeTakeFirst();
        return row?.id ?? null;
      }),
    async decide(workItem, decision, more = {}) {
      const answer = await at.decide(workItem, decision, more);
      if (answer.status !== 200) throw new Error(`${decision}: ${answer.status} ${answer.text}`);
    },
    until: (claim, state, fits = () => true) =>
      found(`the state ${state}`, async () => {
        const row = await db.selectFrom('claim_lives').selectAll().where('claim', '=', claim).executeTakeFirst();
        return row?.state === state && fits({ ...row }) ? { ...row } : null;
      }),
    events,
    async toldAgain(claim) {
      await db
        .updateTable('claim_tellings')
        .set({ outcome: null, told_at: null })
        .where('claim', '=', claim)
        .where('outcome', '=', 'told')
        .execute();
    },
    async settled() {
      await found('an end of telling', async () => {
        const files = await db.selectFrom('remittance_files').select('record').where('read_at', 'is', null).execute();
        const waiting = await db.selectFrom('claim_tellings').select('id').where('told_at', 'is', null).execute();
        return files.length + waiting.length === 0 ? true : null;
      });
    },
    async books(claim) {
      const opening = { purpose: 'test', actor: systemPrincipal('test') };
      return (await ledgerOf(services, at.clinic.clinic, claim, opening)).books;
    },
    post: (path, body) => server.call('POST', path, { cookie, headers: { 'x-gait-console': '1' }, body }),
    async sendBack(number) {
      const nothing = { effectiveOn: null, chargeCents: null, paidCents: null, paidOn: null, checkNumber: null };
      const statuses = [{ category: 'A7', code: '33', entity: 'IL', source: 'STC', ...nothing }];
      const said = { trace: number, patientControlNumber: number, payerClaimNumber: null, from: null, to: null };
      const of = { clinic: at.clinic.clinic, operation: 'test', by: systemPrincipal('test') };
      await db
        .transaction()
        .execute((trx) => keepAcknowledged(services, trx, { ...of, claims: [{ ...said, statuses, lines: [] }] }));
    },
    async happened(claim, type) {
      await found(`the event ${type}`, async () => ((await events(claim)).includes(type) ? true : null));
    },
    async accepted(ask) {
      await found('an answer of 200', async () => ((await ask()).status === 200 ? true : null));
    },
    async receive(text) {
      await db.transaction().execute(async (trx) => {
        const { clinic } = at.clinic;
        const record = await vault.put(clinic, 'receivedDocument', { text }, { trx });
        await remittancesArrived(trx, { clinic, record, kinds: ['835'], at: services.now() });
      });
    },
    async readReports() {
      const list = await at.ask('changeHealthcare.reports.list', 'CHC');
      for (const item of listOf(list, 'items')) {
        const report = String(asJson(item['structure'])['report']);
        await at.ask('changeHealthcare.reports.get', 'CHC', report);
      }
    },
    async stop() {
      worker.shutdown();
      await running;
      await native.close();
      flow.stop();
      await server.stop();
      await sandbox.stop();
      await temporal.stop();
    },
  };
}

/** What the template's flow does, without n8n. */
async function answering(
  at: ClaimClinic,
  sending: { readonly operation: string; readonly connection: string },
  { step, items }: Claimed,
): Promise<readonly object[]> {
  const answers: object[] = [];
  for (const { item, structure } of items) {
    const { approval, effectKey: key } = structure;
    const isSubmission = step === 'claim.submit';
    const answer = await at.flow(isSubmission ? '/v1/effects' : '/v1/operations', {
      ...(isSubmission ? sending : { operation: 'changeHealthcare.claimStatus.check', connection: 'CHC' }),
      subject: item,
      ...(isSubmission ? { approval, key } : {}),
    });
    const told = asJson(answer.json);
    if (answer.status !== 200) answers.push({ item, error: { code: 'vendor.unavailable' } });
    else
      answers.push({
        item,
        outcome: told['outcome'] ?? told['state'],
        structure: told['structure'] ?? {},
        refs: told['refs'] ?? [],
      });
  }
  return answers;
}

async function found<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const seen = await look();
    if (seen !== null) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`There was never ${what}.`);
}
