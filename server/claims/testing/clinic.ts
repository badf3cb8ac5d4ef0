// A clinic with connections to the simulated clearinghouses, and its claim files, for tests.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleClaim } from '../../../domain/claim/testing/claims.ts';
import type { Claim } from '../../../domain/claim/schema.ts';
import { claimFile } from '../../../domain/claim/testing/claim-file.ts';
import type { RunningSandbox } from '../../../sandbox/testing/running-sandbox.ts';
import { followedClinic, password } from '../../authorizations/testing/followed.ts';
import type { Followed } from '../../authorizations/testing/followed.ts';
import { addConnection } from '../../setup.ts';
import type { Answer, TestServer } from '../../testing/server.ts';
import { testDay } from '../../testing/days.ts';

export type Json = Readonly<Record<string, unknown>>;

export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function listOf(value: unknown, field: string): Json[] {
  const list = asJson(value)[field];
  return Array.isArray(list) ? list.map(asJson) : [];
}

export interface ClaimClinic {
  readonly clinic: Followed;
  /** Ids of the connections `CHC`, `Stedi` and `Files`. */
  readonly connections: { readonly chc: string; readonly stedi: string; readonly files: string };
  /** Leaves a file where the clinic's billing software does. */
  leave(name: string, text: string): void;
  flow(path: string, body: Json): Promise<Answer>;
  /** What an operation answers; throws what went wrong. */
  ask(operation: string, connection: string, subject?: string): Promise<Json>;
  effect(operation: string, connection: string, subject: string, more?: Json): Promise<Json>;
  /** Imports one claim and gives its reference. */
  imported(changes: Partial<Claim>): Promise<string>;
  /** Asks for approval; the only answer. */
  submission(claim: string): Promise<Json>;
  /** Imports a claim, has it approved, and gives what the flow that sends it needs. */
  approved(changes: Partial<Claim>): Promise<{ claim: string; workItem: string; approval: string; effectKey: string }>;
  page(workItem: string): Promise<Json>;
  decide(workItem: string, decision: string, more?: Json): Promise<Answer>;
}

export async function claimClinic(server: TestServer, sandbox: RunningSandbox): Promise<ClaimClinic> {
  const today = testDay();
  const clinic = await followedClinic(server.services, { today, availity: sandbox.url });
  const signedIn = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const agreement = { effective: '2020-01-01', expires: null, scope: ['name', 'memberId'], evidence: 'signed copy' };
  const connect = async (name: string, system: string, config: Json, secrets: Record<string, string>) =>
    (
      await addConnection(server.services, clinic.clinic, {
        name,
        system,
        mode: 'live',
        config,
        secrets,
        agreement: { vendor: system, ...agreement },
      })
    ).id;
  const { folders } = asJson(await sandbox.get('/sandbox/x12-files'));
  const { outbox, inbox, archive } = asJson(folders);
  const claims = join(sandbox.stateFolder, 'claim-files');
  mkdirSync(claims);
  const quick = { requestTimeoutSeconds: 1, inquireAfterSeconds: 1 };
  const connections = {
    chc: await connect(
      'CHC',
      'changeHealthcare',
      { environment: 'sandbox', baseUrl: `${sandbox.url}/change-healthcare`, ...quick },
      { clientId: 'clinic', clientSecret: 'secret' },
    ),
    stedi: await connect(
      'Stedi',
      'stedi',
      { environment: 'test', baseUrl: `${sandbox.url}/stedi`, ...quick },
      { apiKey: 'test-key', webhookSecret: 'a-long-random-text' },
    ),
    files: await connect(
      'Files',
      'x12Files',
      {
        transport: 'folder',
        outbox,
        inbox,
        archive,
        claims,
        senderId: 'CLINIC',
        receiverId: 'CLEARING',
        usage: 'test',
        settleSeconds: 0.05,
        answerSeconds: 1,
      },
      {},
    ),
  };
  const flow = (path: string, body: Json) => server.call('POST', path, { key: clinic.key, body });
  const answered = async (path: string, body: Json): Promise<Json> => {
    const answer = await flow(path, body);
    if (answer.status !== 200) throw new Error(answer.text + server.logs.filter((line) => line.includes('bug')).at(-1));
    return asJson(answer.json);
  };
  let files = 0;
  const leave = (name: string, text: string) => {
    writeFileSync(join(claims, name), text);
  };
  const ask: ClaimClinic['ask'] = (operation, connection, subject) =>
    answered('/v1/operations', { operation, connection, ...(subject === undefined ? {} : { subject }) });
  const imported: ClaimClinic['imported'] = async (changes) => {
    files += 1;
    leave(`one-${files}.837`, claimFile([sampleClaim(changes)], 1000 + files));
    const [item] = listOf(await ask('x12Files.claims.import', 'Files'), 'items');
    return String(item?.['claim']);
  };
  const submissionOf: ClaimClinic['submission'] = async (claim) => {
    const [item] = listOf(await answered('/v1/claims/submissions', { claims: [claim] }), 'items');
    return item ?? {};
  };
  const page: ClaimClinic['page'] = async (workItem) =>
    asJson((await server.call('GET', `/v1/console/work-items/${workItem}`, { cookie })).json);
  const decide: ClaimClinic['decide'] = async (workItem, decision, more = {}) => {
    const hash = asJson((await page(workItem))['revision'])['hash'];
    return server.call('POST', `/v1/console/work-items/${workItem}/decisions`, {
      cookie,
      headers: { 'x-gait-console': '1' },
      body: { decision, hash, ...more },
    });
  };
  return {
    clinic,
    connections,
    leave,
    flow,
    ask,
    effect: (operation, connection, subject, more = {}) =>
      answered('/v1/effects', { operation, connection, subject, ...more }),
    imported,
    submission: submissionOf,
    async approved(changes) {
      const claim = await imported(changes);
      const opened = asJson((await submissionOf(claim))['structure']);
      const answer = await decide(String(opened['workItem']), 'approve');
      if (answer.status !== 200) throw new Error(answer.text);
      const { workItem, approval, effectKey } = asJson((await submissionOf(claim))['structure']);
      return { claim, workItem: String(workItem), approval: String(approval), effectKey: String(effectKey) };
    },
    page,
    decide,
  };
}
