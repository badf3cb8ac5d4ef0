// A clinic whose requests wait for approval, what its staff does with them, and what the payer and the database say of them.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { findClinic, operator } from '../../server/setup.ts';
import { demo, todayIn } from '../../runtime/demo-clinic.ts';
import {
  type Json,
  type Person,
  asFlow,
  awaited,
  json,
  list,
  sandbox,
  signIn,
  text,
} from '../../runtime/demo/surfaces.ts';
import type { Stack } from '../../runtime/stack.ts';
import type { DemoStack } from '../harness/demo-stack.ts';

/** One approved request and how the payer's journal knows its patient. */
export interface Submission {
  readonly authorization: string;
  readonly workItem: string;
  readonly hash: string;
  readonly member: string;
}

/** How an effect stands in the server's table. */
export interface StoredEffect {
  readonly key: string;
  readonly state: string;
  readonly attempt: number;
}

/** The states in which a request has reached the payer and the server knows it. */
export const settledStates: readonly string[] = [
  'pending',
  'overdue',
  'approved',
  'partlyApproved',
  'denied',
  'recorded',
];

/** Time-out and delay of the payer's connection in these runs; a lease then lasts 72 s. */
export const connectionTimes = { requestTimeoutSeconds: 7, inquireAfterSeconds: 5 };

/** Replaces a connection by one with short times, so that doubt is settled in a minute and not in five. */
export async function shortenConnection(stack: Stack, named = 'Availity', times = connectionTimes): Promise<void> {
  const services = await stack.openServices();
  try {
    const { connections } = services;
    const clinic = await findClinic(services, demo.clinic);
    const { id, name, system, mode, config, secrets, agreement } = await connections.open(
      clinic.id,
      named,
      'connection.settings',
      operator,
    );
    await connections.remove(clinic.id, id, operator);
    const changed = { ...config, ...times };
    await connections.add(clinic.id, { name, system, mode, config: changed, secrets, agreement }, operator);
  } finally {
    await services.database.close();
  }
}

/** Rows of the server's database, over a connection of its own: the database may have been killed since the last one. */
export async function rowsOf<Row extends pg.QueryResultRow>(
  databaseUrl: string,
  query: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(query, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}

export class FaultClinic {
  readonly #own: DemoStack;
  readonly #desk: Person;
  readonly #biller: Person;

  private constructor(own: DemoStack, desk: Person, biller: Person) {
    this.#own = own;
    this.#desk = desk;
    this.#biller = biller;
  }

  static async open(own: DemoStack): Promise<FaultClinic> {
    const desk = await signIn(own.settings, 'frontdesk@example.org');
    return new FaultClinic(own, desk, await signIn(own.settings, 'biller@example.org'));
  }

  /** Imports so many new patients, `canary` planted in their records, and waits until each has a request to approve. */
  async prepare(count: number, canary: string): Promise<Submission[]> {
    const { settings } = this.#own;
    const today = todayIn(demo.timezone, new Date());
    for (let index = 0; index < count; index++) {
      const only = {
        condition: 'visitsBeforeDate',
        payer: 'harbor-health',
        mark: `FT${String(index).padStart(4, '0')}`,
      };
      await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary, only });
    }
    const items = await awaited(`${count} requests to approve`, 150 + count * 5, async () => {
      const open = await this.#open('authorization.request');
      return open.length >= count ? open : null;
    });
    const submissions: Submission[] = [];
    for (const item of items) {
      const workItem = text(item['id'], 'id of the item');
      submissions.push(await this.#read(text(item['subject'], 'authorization'), workItem));
    }
    return submissions;
  }

  async #read(authorization: string, workItem: string): Promise<Submission> {
    const page = await this.#desk.get(`/v1/console/work-items/${workItem}`);
    const memberId = text(json(json(page['draft'])['coverage'])['memberId'], 'member id');
    const member = createHash('sha256').update(`member/${memberId}`).digest('hex').slice(0, 16);
    return { authorization, workItem, member, hash: text(json(page['revision'])['hash'], 'hash') };
  }

  async #open(kind: string): Promise<readonly Json[]> {
    const { items } = await this.#desk.get('/v1/console/work-items?status=open&role=all');
    return list(items).filter((item) => item['kind'] === kind);
  }

  /** Approves; an approval that was cut off is given again until the server says that it has it. */
  async approve({ workItem, hash }: Submission): Promise<void> {
    await awaited(`approval of ${workItem}`, 90, async () => {
      try {
        await this.#desk.post(`/v1/console/work-items/${workItem}/decisions`, { decision: 'approve', hash });
        return true;
      } catch (error) {
        return error instanceof Error && error.message.includes('state.conflict') ? true : null;
      }
    });
  }

  /** How often the payer accepted a request for each of these patients. */
  async accepted(submissions: readonly Submission[]): Promise<number[]> {
    const entries = list((await sandbox(this.#own.settings, '/availity/journal'))['entries']);
    const creates = entries.filter((entry) => entry['kind'] === 'create');
    return submissions.map(({ member }) => creates.filter((entry) => entry['member'] === member).length);
  }

  /** What the payer's next calls suffer; nothing of an earlier round is left. */
  setFaults(faults: readonly Json[]): Promise<Json> {
    return sandbox(this.#own.settings, '/availity/faults', { next: faults, replace: true });
  }

  /** The effects of these submissions, of whatever attempt. */
  effects(submissions: readonly Submission[]): Promise<StoredEffect[]> {
    return rowsOf<{ key: string; state: string; attempt: number }>(
      this.#own.stack.databaseUrl,
      `select key, state, attempt from effects where split_part(key, '/', 2) = any($1) order by key`,
      [submissions.map((one) => one.authorization)],
    );
  }

  /** How these stand: the authorization's state and its effects; for the message of a test that fails. */
  async standing(submissions: readonly Submission[]): Promise<Json[]> {
    const states = await this.states();
    const stand = async (one: Submission): Promise<Json> => ({
      authorization: one.authorization,
      state: states.get(one.authorization) ?? null,
      effects: await this.effects([one]),
      calls: await rowsOf(
        this.#own.stack.databaseUrl,
        `select step, state, attempts, completion, completion_tried_at, updated_at from step_calls where items::text like $1`,
        [`%${one.authorization}%`],
      ),
    });
    return Promise.all(submissions.map(stand));
  }

  /** The authorizations among these whose effect the audit chain shows with one of the actions. */
  async audited(submissions: readonly Submission[], actions: readonly string[]): Promise<Set<string>> {
    const rows = await rowsOf<{ authorization: string }>(
      this.#own.stack.databaseUrl,
      `select distinct split_part(subject, '/', 2) as authorization from audit_entries
       where action = any($1) and split_part(subject, '/', 2) = any($2)`,
      [actions, submissions.map((one) => one.authorization)],
    );
    return new Set(rows.map((row) => row.authorization));
  }

  /** State of each authorization, as the flows read it. */
  async states(): Promise<ReadonlyMap<string, string>> {
    const response = await fetch(`${this.#own.settings.server}/v1/authorizations?limit=500`, {
      headers: { authorization: `Bearer ${this.#own.settings.flowsKey}` },
    });
    const { items } = json(await response.json());
    return new Map(list(items).map((item) => [String(item['authorization']), String(item['state'])]));
  }

  /** The open items by which a person is to find out what became of a submission, by authorization. */
  async doubts(): Promise<ReadonlyMap<string, string>> {
    const items = await this.#open('authorization.uncertain');
    return new Map(items.map((item) => [String(item['subject']), String(item['id'])]));
  }

  /** A biller asks the payer and says what it said. */
  async settleDoubt(submission: Submission, workItem: string): Promise<'wasSent' | 'wasNotSent'> {
    const [accepted = 0] = await this.accepted([submission]);
    const page = await this.#biller.get(`/v1/console/work-items/${workItem}`);
    const hash = text(json(page['revision'])['hash'], 'hash');
    const decision = accepted > 0 ? 'wasSent' : 'wasNotSent';
    const outcome = decision === 'wasSent' ? { outcome: { confirmation: null } } : {};
    await this.#biller.post(`/v1/console/work-items/${workItem}/decisions`, { decision, hash, ...outcome });
    return decision;
  }

  /** Asks the flows' API to look again. */
  checkNow(submissions: readonly Submission[]): Promise<Json> {
    const authorizations = submissions.map((one) => one.authorization);
    return asFlow(this.#own.settings, '/v1/authorizations/check-now', { authorizations });
  }

  /** Where the audit chain is broken; null when it is whole. */
  async brokenAudit(): Promise<unknown> {
    const admin = await signIn(this.#own.settings, 'admin@example.org');
    return (await admin.post('/v1/admin/audit/verify', {}))['broken'];
  }
}
