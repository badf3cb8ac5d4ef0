// Writes down how a check ended: the answer and its summaries in the vault, an item for a person where one is needed.
import type { EligibilityAnswer } from '../../domain/eligibility/answer.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { summarise } from '../../domain/eligibility/summary.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import { checkRow } from './evidence.ts';
import { openException } from './exception.ts';
import { openLast } from './last.ts';
import type { CheckRow } from './request.ts';
import type { EligibilityRules } from './rules.ts';
import { structureOfSummary } from './structure.ts';

/** What a flow may see of a check. */
export interface Settled {
  readonly outcome: string;
  readonly structure: Readonly<Record<string, unknown>>;
  readonly refs: readonly string[];
}

export interface Settling {
  /** The payer has answered, perhaps with a refusal; a refusal that passes by itself leaves the check open. */
  answer(
    row: CheckRow,
    of: { request: EligibilityRequest; connection: string; answer: EligibilityAnswer; raw: unknown; by: Principal },
  ): Promise<Settled>;
  /** The vendor works on it. */
  pend(row: CheckRow, of: { connection: string; vendorRequestId: string | null }): Promise<void>;
  /** Nothing came of this try. */
  free(row: CheckRow): Promise<void>;
  /** The vendor will not take the question as it is. */
  refuse(row: CheckRow, of: { connection: string; code: string; field: string | null }): Promise<Settled>;
  /** The question lacks what no payer answers without. */
  incomplete(trx: Trx, row: CheckRow, missing: string): Promise<Settled>;
  /** Nobody could be asked in time, or no flow asks this payer. */
  fail(row: CheckRow, code: string): Promise<void>;
  /** The payer gives no electronic answers: a person calls. */
  byPhone(trx: Trx, row: CheckRow): Promise<void>;
  /** What a check that is over came to. */
  outcomeOf(trx: Trx, row: CheckRow): Promise<Settled>;
}

export interface SettlingNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly rules: EligibilityRules;
  readonly workItems: WorkItems;
}

/** After so many tries a payer that always says "not now" is called. */
const mostTries = 6;
const againSeconds = 60;

type Ending = 'answered' | 'rejected' | 'failed' | 'byPhone';

export function createSettling(needs: SettlingNeeds): Settling {
  const { db, now, vault, audit, rules } = needs;
  const actor = systemPrincipal('eligibility');

  const summariesOf = async (reader: Db, row: CheckRow, answer: EligibilityAnswer): Promise<BenefitSummary[]> => {
    const [service = 'PT'] = row.service_types;
    return summarise(answer, {
      service,
      serviceDate: row.service_date,
      now: now().toISOString(),
      settings: rules.settings(row.payer, row.service_date),
      lineOfBusiness: await needs.policies.lineOfBusiness(reader, row.clinic, row.payer, row.service_date),
      last: answer.people.length === 0 ? [] : await openLast({ ...needs, db: reader }, row, now()),
    });
  };

  /** Ends a check once; whoever comes second finds how it ended. */
  const end = async (
    trx: Trx,
    asked: CheckRow,
    of: {
      ending: Ending;
      code: string | null;
      field?: string | null;
      connection: string | null;
      answer: VaultRecord | null;
      summaries: readonly BenefitSummary[];
      by: Principal;
    },
  ): Promise<Settled> => {
    const row = await checkRow(trx, asked.clinic, asked.ref, true);
    if (row.settled_at !== null) return outcomeOf(trx, row);
    const { clinic, ref } = row;
    const at = now();
    const kept = of.answer === null ? null : await vault.put(clinic, 'eligibilityAnswer', of.answer, { trx });
    const refs: string[] = [];
    for (const [position, summary] of of.summaries.entries()) {
      const record = await vault.put(clinic, 'benefitSummary', { ...summary }, { prefix: 'ben', trx });
      refs.push(record);
      await trx
        .insertInto('eligibility_summaries')
        .values({
          ref: record,
          clinic,
          check_ref: ref,
          position,
          structure: JSON.stringify(structureOfSummary(summary)),
          at,
        })
        .execute();
    }
    await trx
      .updateTable('eligibility_checks')
      .set({
        state: of.ending,
        code: of.code,
        connection: of.connection,
        answer: kept,
        asking_until: null,
        settled_at: at,
      })
      .where('ref', '=', ref)
      .execute();
    await openException(needs, trx, { row, ...of, field: of.field ?? null, refs });
    await audit.append(trx, {
      clinic,
      actor: actorOf(of.by),
      action: `eligibility.${of.ending}`,
      subject: ref,
      purpose: 'eligibility.check',
      details: { payer: row.payer, code: of.code, summaries: refs.length },
    });
    return settled(of.ending, of.code, of.summaries, refs);
  };

  /** Nobody has answered: everything is unknown, and the call asks for all of it. */
  const unanswered = (reader: Db, row: CheckRow): Promise<BenefitSummary[]> =>
    summariesOf(reader, row, { wire: 'x12.271', asOf: null, payer: noPayer, people: [], rejects: [] });

  const outcomeOf = async (trx: Trx, row: CheckRow): Promise<Settled> => {
    const kept = await trx
      .selectFrom('eligibility_summaries')
      .select(['ref', 'structure'])
      .where('clinic', '=', row.clinic)
      .where('check_ref', '=', row.ref)
      .orderBy('position')
      .execute();
    return {
      outcome: row.state,
      structure: { code: row.code, summaries: kept.map(({ structure }) => structure) },
      refs: kept.map(({ ref }) => ref),
    };
  };

  return {
    async answer(row, { request, connection, answer, raw, by }) {
      const summaries = await summariesOf(db, row, answer);
      const rejects = summaries.flatMap((one) => one.rejects);
      const isRefused =
        rejects.length > 0 && summaries.every((one) => !('value' in one.active) || one.active.value === null);
      const passes = isRefused && rejects.every(({ actionClass }) => actionClass === 'retry');
      if (passes && row.attempts + 1 < mostTries) {
        await this.free(row);
        return {
          outcome: 'pending',
          structure: { code: rejects[0]?.code ?? null, retryAfterSeconds: againSeconds },
          refs: [],
        };
      }
      const [first] = rejects;
      return db.transaction().execute((trx) =>
        end(trx, row, {
          ending: isRefused ? 'rejected' : 'answered',
          code: isRefused ? (first?.code ?? null) : null,
          connection,
          answer: { request, answer, raw },
          summaries,
          by: systemPrincipal('eligibility', by),
        }),
      );
    },
    async pend(row, { connection, vendorRequestId }) {
      await db
        .updateTable('eligibility_checks')
        .set({ state: 'pending', connection, vendor_request_id: vendorRequestId, asking_until: null })
        .where('ref', '=', row.ref)
        .where('settled_at', 'is', null)
        .execute();
    },
    async free(row) {
      await db.updateTable('eligibility_checks').set({ asking_until: null }).where('ref', '=', row.ref).execute();
    },
    refuse: (row, { connection, code, field }) =>
      db.transaction().execute(async (trx) =>
        end(trx, row, {
          ending: 'failed',
          code,
          field,
          connection,
          answer: null,
          summaries: await unanswered(trx, row),
          by: actor,
        }),
      ),
    incomplete: async (trx, row, missing) =>
      end(trx, row, {
        ending: 'failed',
        code: 'input.invalid',
        field: missing,
        connection: null,
        answer: null,
        summaries: await unanswered(trx, row),
        by: actor,
      }),
    async fail(row, code) {
      await db.transaction().execute(async (trx) =>
        end(trx, row, {
          ending: 'failed',
          code,
          connection: row.connection,
          answer: null,
          summaries: await unanswered(trx, row),
          by: actor,
        }),
      );
    },
    async byPhone(trx, row) {
      await end(trx, row, {
        ending: 'byPhone',
        code: null,
        connection: null,
        answer: null,
        summaries: await unanswered(trx, row),
        by: actor,
      });
    },
    outcomeOf,
  };
}

const noPayer = { id: null, name: null, contacts: [] };

function settled(
  outcome: Ending,
  code: string | null,
  summaries: readonly BenefitSummary[],
  refs: readonly string[],
): Settled {
  return { outcome, structure: { code, summaries: summaries.map(structureOfSummary) }, refs };
}
