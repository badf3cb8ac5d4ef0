// A server and a payer for the tests of one file, and a clinic of its own for each test: what they ask, and how a person settles a doubt.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Followed } from '../../authorizations/testing/followed.ts';
import { followedClinic, noWorkflows } from '../../authorizations/testing/followed.ts';
import type { Services } from '../../services.ts';
import { testDay } from '../../testing/days.ts';
import { startServer } from '../../testing/server.ts';
import type { TestServer } from '../../testing/server.ts';
import { createDecisions } from '../../work-items/decide.ts';
import type { EffectAnswer } from '../answer.ts';
import type { Effects } from '../effects.ts';
import { Payer, askSubmission, effectState, effectsOf } from './payer.ts';
import type { Approved } from './payer.ts';

export class Submissions {
  readonly today = testDay();
  readonly payer = new Payer();
  #server: TestServer | null = null;
  #clinic: Followed | null = null;
  #clinics = 0;

  get server(): TestServer {
    if (this.#server === null) throw new Error('The server is not up yet.');
    return this.#server;
  }

  /** That of the test. */
  get clinic(): Followed {
    if (this.#clinic === null) throw new Error('There is no clinic yet.');
    return this.#clinic;
  }

  async start(): Promise<void> {
    await this.payer.start();
    this.#server = await startServer();
  }

  async stop(): Promise<void> {
    this.payer.stop();
    await this.#server?.stop();
  }

  /** Another clinic from here on. */
  async nextClinic(): Promise<void> {
    this.#clinics += 1;
    this.#clinic = await followedClinic(this.server.services, { name: `c${this.#clinics}`, today: this.today });
  }

  /** What sends over the payer: by this server, or by another one on its database. */
  effects(of: { readonly services?: Services; readonly seconds?: number; readonly inquiries?: boolean } = {}): Effects {
    return effectsOf(this.payer, of.services ?? this.server.services, this.clinic, of.seconds, of.inquiries);
  }

  ask(effects: Effects, approved: Approved, change: Partial<Approved> = {}): Promise<EffectAnswer> {
    return askSubmission(effects, this.clinic, { ...approved, ...change });
  }

  stateOf(): Promise<string | undefined> {
    return effectState(this.server.services, this.clinic);
  }

  /** A person decides the open item about a submission in doubt. */
  async settleDoubt(effectKey: string, word: 'wasSent' | 'wasNotSent'): Promise<void> {
    const { services } = this.server;
    const { clinic, policies, workItems, user } = this.clinic;
    const { id, hash } = await services.db
      .selectFrom('work_items as w')
      .innerJoin('work_item_revisions as r', 'r.work_item', 'w.id')
      .select(['w.id', 'r.hash'])
      .where('w.clinic', '=', clinic)
      .where('w.kind', '=', 'authorization.uncertain')
      .where('w.effect_key', '=', effectKey)
      .where('w.status', '=', 'open')
      .executeTakeFirstOrThrow();
    const decisions = createDecisions({ ...services, policies, workItems, workflows: noWorkflows });
    const outcome = word === 'wasSent' ? { outcome: { confirmation: 'C-9' } } : {};
    await decisions.decide(clinic, id, { decision: word, hash, ...outcome }, user);
  }
}

/** Starts both before the tests of this file, gives each test its clinic, and stops both after them. */
export function submissions(): Submissions {
  const at = new Submissions();
  beforeAll(() => at.start());
  afterAll(() => at.stop());
  beforeEach(() => at.nextClinic());
  afterEach(() => at.payer.reset());
  return at;
}
