// Asks a clearinghouse about the checks of a list: each is asked by one caller at a time, and one that is answered is never asked again.
import type { Outcome } from '../../connectors/connector.ts';
import type { EligibilityCheckResult } from '../../connectors/payer-operations.ts';
import { Pool } from '../../connectors/rate-limit.ts';
import { eligibilityChecks } from '../../connectors/registry.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { errorTable, GaitError } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { withinSeconds } from '../operations/timeout.ts';
import type { Vendor } from '../operations/vendor.ts';
import type { Vault } from '../vault/vault.ts';
import { openStates } from './states.ts';
import type { Settled } from './states.ts';
import { missingOf, requestsOf } from './request.ts';
import type { CheckRow } from './request.ts';
import type { Settling } from './settle.ts';

/** What became of one check: what a flow may see, or a code. */
export type CheckResult =
  | {
      readonly item: string;
      readonly outcome: string;
      readonly structure: Readonly<Record<string, unknown>>;
      readonly refs: readonly string[];
    }
  | { readonly item: string; readonly error: { readonly code: ErrorCode } };

export interface Checks {
  /** Throws `input.invalid` for an operation that checks no coverage. */
  run(
    clinic: string,
    ask: { operation: string; connection: string; subjects: readonly string[] },
    by: Principal,
  ): Promise<readonly CheckResult[]>;
}

export interface CheckNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly vendor: Vendor;
  readonly settling: Settling;
}

/** A list is answered well before the node gives up waiting; what was not begun by then is asked again later. */
const beginWithinSeconds = 60;
const leaseMarginSeconds = 15;
/** Questions of one connection under way at the same time: nine thousand at three seconds each are a night's work of two hours. */
const questionsAtOnce = 4;
const againSeconds = 30;

interface Prepared {
  readonly row: CheckRow;
  readonly request: EligibilityRequest;
}

export function createChecks(needs: CheckNeeds): Checks {
  const { db, now, vault, validator, settling } = needs;
  /** How many questions a connection has under way, whoever asks them. */
  const pools = new Map<string, Pool>();
  const poolOf = (connection: string): Pool => {
    const known = pools.get(connection) ?? new Pool();
    pools.set(connection, known);
    return known;
  };

  return {
    async run(clinic, { operation: name, connection: idOrName, subjects }, by) {
      const operation = eligibilityChecks.get(name);
      if (operation === undefined)
        throw new GaitError('input.invalid', 'There is no such operation on lists.', { where: 'operation' });
      const connection = await connectionNamed(db, clinic, idOrName);
      const seconds = operation.requestTimeoutSeconds;
      const actor = systemPrincipal('eligibility', by);
      // Opened first and once: a connection that is unknown or of another system is told before anything is begun.
      const context = await needs.vendor.open({
        clinic,
        connection,
        system: operation.system,
        purpose: operation.name,
        by: actor,
        timeoutSeconds: seconds,
      });
      const { prepared, results } = await prepare(
        clinic,
        subjects,
        beginWithinSeconds + seconds + leaseMarginSeconds,
        by,
      );
      const patience = AbortSignal.timeout(beginWithinSeconds * 1000);
      const pool = poolOf(connection);
      const asked = await Promise.all(
        prepared.map(async ({ row, request }): Promise<CheckResult> => {
          const leave = await pool.enter(questionsAtOnce, beginWithinSeconds, patience);
          if (leave === null) return settle(row, request, connection, notAnswered, by);
          let outcome: Outcome<EligibilityCheckResult> | 'late';
          try {
            const signal = AbortSignal.timeout(seconds * 1000);
            const question = { request, vendorRequestId: row.vendor_request_id };
            outcome = await withinSeconds(operation.run({ ...context, signal }, question), seconds);
          } finally {
            leave();
          }
          return settle(row, request, connection, outcome === 'late' ? notAnswered : outcome, by);
        }),
      );
      return [...results, ...asked];
    },
  };

  /** Takes the checks that are open and that nobody else asks right now; tells of the others how they stand. */
  function prepare(clinic: string, subjects: readonly string[], leaseSeconds: number, by: Principal) {
    const at = now();
    const actor = systemPrincipal('eligibility', by);
    return db.transaction().execute(async (trx) => {
      const rows = await trx
        .selectFrom('eligibility_checks')
        .selectAll()
        .where('clinic', '=', clinic)
        .where('ref', 'in', [...subjects, ''])
        .orderBy('ref')
        .forNoKeyUpdate()
        .execute();
      const isFree = ({ state, asking_until: until }: CheckRow): boolean =>
        openStates.some((open) => open === state) && (until === null || until <= at);
      const requests = await requestsOf({ vault, validator }, trx, clinic, rows.filter(isFree), actor);
      const prepared: Prepared[] = [];
      const results: CheckResult[] = [];
      for (const ref of subjects) {
        const row = rows.find((one) => one.ref === ref);
        const request = requests.get(ref);
        if (row === undefined) results.push({ item: ref, error: { code: 'reference.unknown' } });
        else if (row.settled_at !== null) results.push(told(row, await settling.outcomeOf(trx, row)));
        else if (!isFree(row))
          results.push({ item: ref, outcome: 'pending', structure: { retryAfterSeconds: againSeconds }, refs: [] });
        else if (request === undefined) results.push({ item: ref, error: { code: 'reference.unknown' } });
        else {
          const missing = missingOf(request);
          if (missing === null) prepared.push({ row, request });
          else results.push(told(row, await settling.incomplete(trx, row, missing)));
        }
      }
      if (prepared.length > 0)
        await trx
          .updateTable('eligibility_checks')
          .set((all) => ({
            asking_until: new Date(at.getTime() + leaseSeconds * 1000),
            asked_at: at,
            attempts: all('attempts', '+', 1),
          }))
          .where(
            'ref',
            'in',
            prepared.map(({ row }) => row.ref),
          )
          .execute();
      return { prepared, results };
    });
  }

  async function settle(
    row: CheckRow,
    request: EligibilityRequest,
    connection: string,
    outcome: Outcome<EligibilityCheckResult>,
    by: Principal,
  ): Promise<CheckResult> {
    if (outcome.kind === 'done') {
      const { result } = outcome;
      if (result.kind === 'answered')
        return told(
          row,
          await settling.answer(row, { request, connection, answer: result.answer, raw: result.raw, by }),
        );
      await settling.pend(row, { connection, vendorRequestId: result.vendorRequestId });
      return {
        item: row.ref,
        outcome: 'pending',
        structure: { retryAfterSeconds: result.retryAfterSeconds },
        refs: [],
      };
    }
    if (outcome.kind === 'rejected' || !errorTable[outcome.code].retry) {
      const field =
        outcome.kind === 'rejected' ? (outcome.reasons[0]?.field ?? outcome.reasons[0]?.code ?? null) : null;
      return told(row, await settling.refuse(row, { connection, code: outcome.code, field }));
    }
    await settling.free(row);
    const seconds = outcome.kind === 'notSent' ? (outcome.retryAfterSeconds ?? againSeconds) : againSeconds;
    return {
      item: row.ref,
      outcome: 'pending',
      structure: { code: outcome.code, retryAfterSeconds: seconds },
      refs: [],
    };
  }
}

const notAnswered = { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: againSeconds } as const;

function told(row: CheckRow, { outcome, structure, refs }: Settled): CheckResult {
  return { item: row.ref, outcome, structure, refs };
}
