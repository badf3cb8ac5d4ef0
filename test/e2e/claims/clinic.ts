// A clinic whose claims a published template took in: what its billers do with them, and what payers, books and workflows say of them.
import type pg from 'pg';
import type { Json, Person, SurfaceSettings } from '../../../runtime/demo/surfaces.ts';
import { awaited, json, list, sandbox, signIn, text } from '../../../runtime/demo/surfaces.ts';
import type { Stack } from '../../../runtime/stack.ts';
import { rowsOf } from '../../fault/clinic.ts';

/** A claim by Gait's reference and by its own number (CLM01). */
export interface Known {
  readonly claim: string;
  readonly number: string;
  readonly payer: string;
  readonly chargeCents: number;
  /** Rules that found something, and how many of the findings hold it back. */
  readonly rules: readonly string[];
  readonly blocks: number;
}

/** How a claim is followed: its state, and what waits for a person. */
export interface Standing {
  readonly claim: string;
  readonly state: string;
  readonly kinds: readonly string[];
}

/** A claim as the simulated payer holds it. */
export interface Held {
  readonly number: string;
  readonly frequency: string;
  readonly isRefused: boolean;
  readonly isReplaced: boolean;
  readonly paidCents: number;
}

export class ClaimsClinic {
  readonly #stack: Stack;
  readonly #settings: SurfaceSettings;
  readonly biller: Person;

  private constructor(stack: Stack, settings: SurfaceSettings, biller: Person) {
    this.#stack = stack;
    this.#settings = settings;
    this.biller = biller;
  }

  static async open(stack: Stack, settings: SurfaceSettings): Promise<ClaimsClinic> {
    return new ClaimsClinic(stack, settings, await signIn(settings, 'biller@example.org'));
  }

  rows<Row extends pg.QueryResultRow>(query: string, values: readonly unknown[] = []): Promise<Row[]> {
    return rowsOf<Row>(this.#stack.databaseUrl, query, values);
  }

  /** Every claim as the console shows it to a biller. */
  async known(): Promise<Known[]> {
    const { items } = await this.biller.get('/v1/console/claims?limit=1000');
    return Promise.all(list(items).map(({ claimRef }) => this.#known(text(claimRef, 'claim'))));
  }

  async #known(claim: string): Promise<Known> {
    const page = await this.biller.get(`/v1/console/claims/${claim}`);
    const findings = list(page['findings']);
    return {
      claim,
      number: text(json(page['claim'])['patientControlNumber'], 'number of the claim'),
      payer: text(page['payer'], 'payer'),
      chargeCents: Number(page['chargeCents']),
      rules: findings.map(({ rule }) => String(rule)),
      blocks: findings.filter(({ severity }) => severity === 'blocks').length,
    };
  }

  async standings(): Promise<ReadonlyMap<string, Standing>> {
    const rows = await this.rows<{ claim: string; state: string; kinds: string[] }>(
      `select l.claim, l.state, array(select kind from work_items w where w.subject = l.claim and w.status = 'open') as kinds
       from claim_lives l`,
    );
    return new Map(rows.map((row) => [row.claim, row]));
  }

  /** Waits until each of these claims stands as wanted; the message of a failure says how they do. */
  async until(
    what: string,
    claims: readonly Known[],
    seconds: number,
    fits: (standing: Standing) => boolean,
  ): Promise<void> {
    const others = async (): Promise<string[]> => {
      const now = await this.standings();
      return claims.flatMap(({ claim }) => {
        const one = now.get(claim);
        return one !== undefined && fits(one) ? [] : [`${claim} ${one?.state ?? 'new'} ${one?.kinds.join() ?? ''}`];
      });
    };
    try {
      await awaited(what, seconds, async () => ((await others()).length === 0 ? true : null));
    } catch {
      throw new Error(`Within ${seconds} s not ${what}: ${(await others()).join('; ')}`);
    }
  }

  /** The open item of a kind about a claim, once its workflow knows of it. */
  item({ claim }: Known, kind: string, seconds = 60): Promise<string> {
    return awaited(`item ${kind} of ${claim}`, seconds, async () => {
      const [row] = await this.rows<{ id: string }>(
        `select id from work_items where subject = $1 and kind = $2 and status = 'open'`,
        [claim, kind],
      );
      return row?.id ?? null;
    });
  }

  page(workItem: string): Promise<Json> {
    return this.biller.get(`/v1/console/work-items/${workItem}`);
  }

  /** A named person decides on the open item of a kind. */
  async decide(claim: Known, kind: string, decision: string, more: Json = {}): Promise<void> {
    await this.decideOn(await this.item(claim, kind), decision, more);
  }

  /** What was cut off is said again until the server has it; what it refuses is not. */
  async decideOn(workItem: string, decision: string, more: Json = {}): Promise<void> {
    const refused = await awaited(`decision ${decision}`, 90, async () => {
      try {
        const hash = text(json((await this.page(workItem))['revision'])['hash'], 'hash');
        await this.biller.post(`/v1/console/work-items/${workItem}/decisions`, { decision, hash, ...more });
        return 'no';
      } catch (error) {
        const why = String(error);
        if (why.includes('state.conflict')) return 'no';
        return /answered 4\d\d/.test(why) ? why : null;
      }
    });
    if (refused !== 'no') throw new Error(refused);
  }

  /** Lets every finding that holds a claim back stand, and says why. */
  async override({ claim }: Known, reason: string): Promise<void> {
    const { findings } = await this.biller.get(`/v1/console/claims/${claim}`);
    for (const { severity, key } of list(findings))
      if (severity === 'blocks')
        await this.biller.post(`/v1/console/claims/${claim}/findings/${text(key, 'finding')}/override`, { reason });
  }

  /** Changes what is laid before a person, as the console does. */
  async revise(workItem: string, change: (draft: Json) => Json): Promise<void> {
    const page = await this.page(workItem);
    await this.biller.post(`/v1/console/work-items/${workItem}/revisions`, {
      basedOn: text(json(page['revision'])['hash'], 'hash'),
      draft: change(json(page['draft'])),
    });
  }

  /** What was corrected in the claim's own file, or turned out right, comes to approval anew and is approved. */
  async fixedAndApproved(claim: Known): Promise<void> {
    await this.decide(claim, 'claim.fix', 'fixed');
    await this.decide(claim, 'claim.submit', 'approve');
  }

  /** How often the clearinghouse took a claim of each of these numbers. */
  async taken(): Promise<ReadonlyMap<string, number>> {
    const journal = list((await sandbox(this.#settings, '/change-healthcare/journal'))['claims']);
    return new Map(
      [...Map.groupBy(journal, (one) => String(one['patientControlNumber']))].map(([number, own]) => [
        number,
        own.length,
      ]),
    );
  }

  /** What the simulated payers hold. */
  async held(): Promise<Held[]> {
    const { claims } = await sandbox(this.#settings, '/adjudication/journal');
    return list(claims).map((one) => ({
      number: String(one['claim']),
      frequency: String(one['frequency']),
      isRefused: one['refusal'] !== null,
      isReplaced: one['isReplaced'] === true,
      paidCents: Number(one['paidCents'] ?? 0),
    }));
  }

  /** How often each claim left, as its workflow knows: told by the answer, an inquiry, an acknowledgment or a person. */
  async leftByClaim(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.rows<{ claim: string; count: string }>(
      `select claim, count(*) from claim_events where type = 'submitted' group by claim`,
    );
    return new Map(rows.map(({ claim, count }) => [claim, Number(count)]));
  }

  /** How many sendings the audit chain shows with one of these actions. */
  async audited(...actions: readonly string[]): Promise<number> {
    const [row] = await this.rows<{ count: string }>(
      `select count(distinct subject) from audit_entries where action = any($1) and subject like 'claim.submit/%'`,
      [actions],
    );
    return Number(row?.count);
  }

  /** The sendings of these claims that are in one of the states now. */
  async sendings(claims: readonly Known[], states: readonly string[]): Promise<number> {
    const [row] = await this.rows<{ count: string }>(
      `select count(*) from effects where split_part(key, '/', 2) = any($1) and state = any($2)`,
      [claims.map(({ claim }) => claim), states],
    );
    return Number(row?.count);
  }

  setFaults(next: readonly Json[]): Promise<Json> {
    return sandbox(this.#settings, '/change-healthcare/faults', { next, replace: true });
  }

  async chosen(claim: Known, outcome: string): Promise<void> {
    await sandbox(this.#settings, '/adjudication/outcome', { claim: claim.number, outcome });
  }

  /** What happened to a claim, in order. */
  async events({ claim }: Known): Promise<string[]> {
    const rows = await this.rows<{ type: string }>('select type from claim_events where claim = $1 order by seq', [
      claim,
    ]);
    return rows.map(({ type }) => type);
  }

  async books(claim: string): Promise<Json> {
    return json((await this.biller.get(`/v1/console/claims/${claim}/ledger`))['books']);
  }
}
