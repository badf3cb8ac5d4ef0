// Asks payers how claims stand: one question at a time for a claim and a connection, under one trace until it is answered.
import type { Outcome, Read } from '../../connectors/connector.ts';
import type { Asked, ClaimStatusCheckResult } from '../../connectors/payer-operations.ts';
import { claimStatusChecks } from '../../connectors/registry.ts';
import { saysNothing, serviceDays, statusRequestOf } from '../../domain/claim/facts.ts';
import type { AnsweredClaim, ClaimStatusAnswer, ClaimStatusRequest } from '../../domain/claim/status.ts';
import { errorTable, GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { claimNamed, openClaim } from '../claims/records.ts';
import type { ClaimRow } from '../claims/records.ts';
import { keepStatus } from '../claims/statuses.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { done } from './done.ts';
import { subjectOf } from './reading.ts';
import type { Asking, OperationAnswer, Reading } from './reading.ts';
import { withinSeconds } from './timeout.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
}

type Check = Read<Asked<ClaimStatusRequest>, ClaimStatusCheckResult>;

const againSeconds = 30;
const leaseMarginSeconds = 15;
/** A file that is not answered by then will not be: the question is put anew, under another trace. */
const givenUpAfterDays = 5;

export function claimStatusReadings(needs: Needs): ReadonlyMap<string, Reading> {
  const readings = [...claimStatusChecks.values()].map((operation): [string, Reading] => [
    operation.name,
    (asking) => check(needs, operation, asking),
  ]);
  return new Map(readings);
}

async function check(needs: Needs, operation: Check, asking: Asking): Promise<OperationAnswer> {
  const { clinic, ask, by } = asking;
  const { row } = await claimNamed(needs.db, clinic, subjectOf(ask, 'a claim'));
  // Opened first: a connection of another system is told before a question is put.
  const context = await asking.open(operation);
  const question = await begin(needs, operation, asking, row);
  if (question === null) return pending(againSeconds);
  const { trace, vendorRequestId } = question;
  try {
    const actor = systemPrincipal('operations', by);
    const { claim } = await openClaim(needs, row, { purpose: operation.name, actor });
    if (serviceDays(claim) === null)
      throw new GaitError('input.invalid', 'The claim has no day of service to ask about.', { where: 'lines' });
    const request = statusRequestOf(claim, { trace: String(trace).padStart(9, '0') });
    const asked = operation.run(context, { request, vendorRequestId });
    const outcome = await withinSeconds(asked, operation.requestTimeoutSeconds);
    return await settle(needs, operation, asking, { row, trace, claim: request.claim }, outcome);
  } finally {
    await needs.db.updateTable('claim_inquiries').set({ asking_until: null }).where('trace', '=', trace).execute();
  }
}

/** The question that is open, or a new one; null while somebody else asks it right now. */
function begin(
  { db, now }: Needs,
  operation: Check,
  { clinic, connection }: Asking,
  { ref: claim }: ClaimRow,
): Promise<{ trace: number; vendorRequestId: string | null } | null> {
  const at = now();
  const until = new Date(at.getTime() + (operation.requestTimeoutSeconds + leaseMarginSeconds) * 1000);
  return db.transaction().execute(async (trx) => {
    await trx.selectFrom('claims').select('ref').where('ref', '=', claim).forNoKeyUpdate().execute();
    const open = await trx
      .selectFrom('claim_inquiries')
      .selectAll()
      .where('claim', '=', claim)
      .where('connection', '=', connection)
      .where('state', '<>', 'over')
      .executeTakeFirst();
    if (open !== undefined && open.asking_until !== null && open.asking_until > at) return null;
    const tooOld = open !== undefined && at.getTime() - open.asked_at.getTime() > givenUpAfterDays * 86_400_000;
    const row = trx.updateTable('claim_inquiries').where('trace', '=', open?.trace ?? 0);
    if (open !== undefined && !tooOld) {
      await row.set({ asking_until: until }).execute();
      return { trace: open.trace, vendorRequestId: open.vendor_request_id };
    }
    await row.set({ state: 'over' }).execute();
    const { trace } = await trx
      .insertInto('claim_inquiries')
      .values({ clinic, claim, connection, state: 'open', vendor_request_id: null, asked_at: at, asking_until: until })
      .returning('trace')
      .executeTakeFirstOrThrow();
    return { trace, vendorRequestId: null };
  });
}

async function settle(
  needs: Needs,
  operation: Check,
  { clinic, by }: Asking,
  of: { readonly row: ClaimRow; readonly trace: number; readonly claim: ClaimStatusRequest['claim'] },
  outcome: Outcome<ClaimStatusCheckResult> | 'late',
): Promise<OperationAnswer> {
  const { db } = needs;
  const over = (executor: Db) =>
    executor.updateTable('claim_inquiries').set({ state: 'over' }).where('trace', '=', of.trace).execute();
  if (outcome === 'late') return pending(againSeconds, 'vendor.unavailable');
  if (outcome.kind === 'notSent' && errorTable[outcome.code].retry)
    return pending(outcome.retryAfterSeconds ?? againSeconds, outcome.code);
  if (outcome.kind !== 'done') await over(db);
  const result = done(outcome);
  if (result.kind === 'pending') {
    const { vendorRequestId } = result;
    await db
      .updateTable('claim_inquiries')
      .set({ state: 'pending', vendor_request_id: vendorRequestId })
      .where('trace', '=', of.trace)
      .execute();
    return pending(result.retryAfterSeconds);
  }
  const said = claimIn(result.answer, of.claim.patientControlNumber);
  return db.transaction().execute(async (trx) => {
    await over(trx);
    if (said === null) return { outcome: 'notFound', structure: {}, refs: [] };
    const kept = {
      clinic,
      claim: of.row.ref,
      operation: operation.name,
      said,
      raw: result.raw,
      as: 'status' as const,
      by,
    };
    const { record, structure } = await keepStatus(needs, trx, kept);
    return { outcome: wordOf(said), structure, refs: [record] };
  });
}

function pending(retryAfterSeconds: number, code?: string): OperationAnswer {
  return {
    outcome: 'pending',
    structure: { retryAfterSeconds, ...(code === undefined ? {} : { code }) },
    refs: [],
  };
}

/** What an answer says of our claim. Statuses above the claims stand for it where no claim is named. */
function claimIn(answer: ClaimStatusAnswer, number: string | null): AnsweredClaim | null {
  const named = answer.claims.find(({ patientControlNumber }) => patientControlNumber === number);
  const [only, second] = answer.claims;
  if (named !== undefined) return named;
  if (only !== undefined && second === undefined && only.patientControlNumber === null) return only;
  if (answer.statuses.length === 0) return null;
  const unknown = { trace: null, patientControlNumber: null, payerClaimNumber: null, from: null, to: null };
  return { ...unknown, statuses: answer.statuses, lines: [] };
}

/** `noAnswer`: the payer's system could not look. */
function wordOf({ statuses }: AnsweredClaim): string {
  if (statuses.some(({ category }) => !saysNothing(category))) return 'answered';
  return statuses.some(({ category }) => category === 'D0') ? 'notFound' : 'noAnswer';
}
