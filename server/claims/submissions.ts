// Asks a biller to approve claims, each once: the item, and what became of it so far, for the flow that would send them.
import { claimKey } from '../../domain/effect/key.ts';
import { errorTable, GaitError, isErrorCode } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { dollars } from '../../domain/dollars.ts';
import type { Db, Trx } from '../database/tables.ts';
import { isSentBackSince } from '../effects/sent-back.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import { blocksOf } from './life/blocks.ts';
import { claimRow, openClaim, structureOfClaim } from './records.ts';
import type { ClaimRow } from './records.ts';

export interface SubmissionNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly workItems: WorkItems;
}

/**
 * `opened`, `alreadyOpen`: a person is asked. `approved`: may be sent, under `approval` and `effectKey`. `rejected`: a person said no,
 * or the clearinghouse did, to this version of the claim. `sent`, `uncertain`: as the effect stands. `blocked`: its check found what
 * must not go out, and nobody is asked before it is corrected or overridden.
 */
export type SubmissionOutcome = 'opened' | 'alreadyOpen' | 'approved' | 'rejected' | 'sent' | 'uncertain' | 'blocked';

export type SubmissionAnswer =
  | {
      readonly item: string;
      readonly claim: string;
      readonly outcome: SubmissionOutcome;
      readonly structure: Readonly<Record<string, unknown>>;
      readonly refs: readonly string[];
    }
  | { readonly item: string; readonly claim: string; readonly error: { readonly code: ErrorCode } };

/** Each claim is answered by itself; one that is unknown is told so. */
export async function askApprovals(
  needs: SubmissionNeeds,
  clinic: string,
  claims: readonly string[],
  by: Principal,
): Promise<SubmissionAnswer[]> {
  const answers: SubmissionAnswer[] = [];
  for (const claim of claims) {
    try {
      answers.push(await needs.db.transaction().execute((trx) => askApproval(needs, trx, clinic, claim, by)));
    } catch (error) {
      const code = error instanceof GaitError ? error.code : 'service.unavailable';
      answers.push({ item: claim, claim, error: { code } });
    }
  }
  return answers;
}

async function askApproval(
  needs: SubmissionNeeds,
  trx: Trx,
  clinic: string,
  claim: string,
  by: Principal,
): Promise<SubmissionAnswer> {
  const row = await claimRow(trx, clinic, claim, true);
  const last = await newest(trx, row);
  const known = last === null ? null : await standingOf(trx, row, last);
  const answer = (outcome: SubmissionOutcome, workItem: string | null, attempt: number, approval: string | null) => ({
    item: claim,
    claim,
    outcome,
    structure: {
      ...structureOfClaim(row),
      workItem,
      approval,
      effectKey: claimKey({ claim, frequency: row.frequency, attempt }),
    },
    refs: workItem === null ? [claim] : [claim, workItem],
  });
  if (last !== null && known !== null) return answer(known, last.id, last.attempt, last.approval);
  const attempt = (last?.attempt ?? 0) + 1;
  if (((await blocksOf(trx, row)) ?? 0) > 0) return answer('blocked', null, attempt, null);
  const actor = systemPrincipal('claims', by);
  const draft = await openClaim(needs, row, { purpose: 'claim.review', actor, trx });
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key: claimKey({ claim, frequency: row.frequency, attempt }),
      kind: 'claim.submit',
      subject: claim,
      workflow: null,
      dueAt: null,
      context: { frequency: row.frequency, attempt, version: row.version },
      reason: submissionReason(row, { frequency: row.frequency, attempt }),
      payer: row.payer,
      draft: { ...draft },
    },
    by,
    trx,
  );
  return answer('opened', workItem, attempt, null);
}

interface LastItem {
  readonly id: string;
  readonly status: string;
  readonly attempt: number;
  readonly version: unknown;
  readonly decision: string | null;
  readonly approval: string | null;
}

/** The newest item by which this claim was to be approved, with the decision on it. */
async function newest(trx: Trx, { clinic, ref, frequency }: ClaimRow): Promise<LastItem | null> {
  const row = await trx
    .selectFrom('work_items as w')
    .leftJoin('work_item_decisions as d', (join) =>
      join.onRef('d.work_item', '=', 'w.id').on('d.state', '=', 'accepted'),
    )
    .select(['w.id', 'w.status', 'w.context', 'd.decision', 'd.hash'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'claim.submit')
    .where('w.subject', '=', ref)
    .where((where) => where(where.ref('w.context', '->>').key('frequency'), '=', frequency))
    .orderBy('w.opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { attempt, version } = row.context;
  return {
    id: row.id,
    status: row.status,
    attempt: typeof attempt === 'number' ? attempt : 1,
    version,
    decision: row.decision,
    approval: row.decision === 'approve' ? row.hash : null,
  };
}

/** How the newest item stands; null where the claim is to be asked about anew. */
async function standingOf(trx: Trx, row: ClaimRow, last: LastItem): Promise<SubmissionOutcome | null> {
  const isSame = last.version === row.version;
  if (last.status === 'open') return 'alreadyOpen';
  if (last.decision === 'reject') return isSame ? 'rejected' : null;
  if (last.decision !== 'approve') return null;
  const key = claimKey({ claim: row.ref, frequency: row.frequency, attempt: last.attempt });
  const effect = await trx
    .selectFrom('effects')
    .select(['state', 'code', 'sent_at', 'created_at'])
    .where('clinic', '=', row.clinic)
    .where('key', '=', key)
    .executeTakeFirst();
  switch (effect?.state) {
    case undefined:
      return isSame ? 'approved' : null;
    case 'done':
      // Sent back, it is sent again once it was corrected.
      return !isSame && (await isSentBackSince(trx, row.ref, effect)) ? null : 'sent';
    case 'notSent': {
      const mayPass = !isErrorCode(effect.code) || errorTable[effect.code].retry;
      if (!isSame) return null;
      return mayPass ? 'approved' : 'rejected';
    }
    default:
      return 'uncertain';
  }
}

/** What is to be sent, and the how manieth time somebody is asked, without a name. */
export function submissionReason(
  { payer, service_from: from, service_to: to, charge_cents: cents, lines }: ClaimRow,
  { frequency, attempt }: { readonly frequency?: unknown; readonly attempt?: unknown },
): string {
  const days = from === null ? 'no day of service' : to === null || to === from ? from : `${from} to ${to}`;
  const charge = cents === null ? 'charge unknown' : `charge ${dollars(cents)}`;
  const again = typeof attempt === 'number' && attempt > 1 ? `; asked again, attempt ${attempt}` : '';
  const what = frequency === '7' ? 'Replacement' : frequency === '8' ? 'Void' : 'Claim';
  return `${what} to ${payer}: ${lines} ${lines === 1 ? 'line' : 'lines'}, ${days}, ${charge}${again}`;
}
