// How checks end: by an answer, a refusal, the lack of something to ask with, or nobody to ask.
import type { EligibilityAnswer } from '../../domain/eligibility/answer.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { summarise } from '../../domain/eligibility/summary.ts';
import { isKnown } from '../../domain/eligibility/fields.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';
import type { Db, Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { endChecks, outcomeOf } from './ending.ts';
import type { EndingNeeds } from './ending.ts';
import { openLast } from './last.ts';
import type { CheckRow } from './request.ts';
import type { EligibilityRules } from './rules.ts';
import type { Ending, EndState, Settled } from './states.ts';
import { together } from './together.ts';

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

export interface SettlingNeeds extends EndingNeeds {
  readonly db: Db;
  readonly rules: EligibilityRules;
}

/** After so many tries a payer that always says "not now" is called. */
const mostTries = 6;
const againSeconds = 60;
const mostTogether = 50;
const noPayer = { id: null, name: null, contacts: [] };

export function createSettling(needs: SettlingNeeds): Settling {
  const { db, now, rules } = needs;
  const actor = systemPrincipal('eligibility');
  /** A chain of audit entries per clinic: what is written together is of one. */
  const writers = new Map<string, (ending: Ending) => Promise<Settled>>();
  const written = (ending: Ending): Promise<Settled> => {
    const { clinic } = ending.row;
    const known =
      writers.get(clinic) ??
      together<Ending, Settled>(
        (endings) => db.transaction().execute((trx) => endChecks(needs, trx, endings)),
        mostTogether,
      );
    writers.set(clinic, known);
    return known(ending);
  };

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

  /** Nobody has answered: everything is unknown, and the call asks for all of it. */
  const unanswered = async (
    reader: Db,
    row: CheckRow,
    of: { ending: EndState; code: string | null; field?: string | null; connection?: string | null },
  ): Promise<Ending> => ({
    row,
    field: null,
    connection: null,
    request: null,
    answer: null,
    summaries: await summariesOf(reader, row, { wire: 'x12.271', asOf: null, payer: noPayer, people: [], rejects: [] }),
    by: actor,
    ...of,
  });

  return {
    async answer(row, { request, connection, answer, raw, by }) {
      const summaries = await summariesOf(db, row, answer);
      const rejects = summaries.flatMap((one) => one.rejects);
      const isRefused = rejects.length > 0 && summaries.every((one) => !isKnown(one.active));
      const passes = isRefused && rejects.every(({ actionClass }) => actionClass === 'retry');
      const code = isRefused ? (rejects[0]?.code ?? null) : null;
      if (passes && row.attempts + 1 < mostTries) {
        await this.free(row);
        return { outcome: 'pending', structure: { code, retryAfterSeconds: againSeconds }, refs: [] };
      }
      return written({
        row,
        ending: isRefused ? 'rejected' : 'answered',
        code,
        field: null,
        connection,
        request,
        answer: { request, answer, raw },
        summaries,
        by: systemPrincipal('eligibility', by),
      });
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
    refuse: async (row, of) => written(await unanswered(db, row, { ending: 'failed', ...of })),
    async incomplete(trx, row, missing) {
      const ending = await unanswered(trx, row, { ending: 'failed', code: 'input.invalid', field: missing });
      const [settled] = await endChecks(needs, trx, [ending]);
      return settled ?? outcomeOf(trx, row);
    },
    async fail(row, code) {
      await written(await unanswered(db, row, { ending: 'failed', code, connection: row.connection }));
    },
    async byPhone(trx, row) {
      await endChecks(needs, trx, [await unanswered(trx, row, { ending: 'byPhone', code: null })]);
    },
    outcomeOf,
  };
}
