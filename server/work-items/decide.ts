// Takes a named person's decision, once: written down first, then told to the workflow, then settled.
import { randomUUID } from 'node:crypto';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import { missingElements } from '../../domain/authorization/request.ts';
import { hasBlanks } from '../../domain/claim/appeal.ts';
import { submissionKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import { isAllowedDecision } from '../../domain/work-item/kinds.ts';
import type { Decision } from '../../domain/work-item/kinds.ts';
import type { Audit } from '../audit/append.ts';
import { authorizationRow, factsOfRow } from '../authorizations/facts.ts';
import type { Workflows } from '../temporal/workflows.ts';
import type { Db, Trx } from '../database/tables.ts';
import { settleByPerson } from '../effects/doubt.ts';
import { settleCheckItem } from '../eligibility/decisions.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { settleConflict } from '../imports/decisions.ts';
import type { PatientDecisions } from '../patient-links/decisions.ts';
import type { MessageDecisions } from '../messages/decisions.ts';
import type { AuditDecisions } from '../note-audits/audits.ts';
import type { CareDecisions } from '../care/decisions.ts';
import type { SeriesDecisions } from '../schedule/decisions.ts';
import type { WaitlistDecisions } from '../waitlist/decisions.ts';
import type { FilingDecisions } from '../note-filing/decisions.ts';
import type { RemittanceDecisions } from '../posting/decisions.ts';
import { systemPrincipal } from '../http/principal.ts';
import { requestOf } from './approval.ts';
import { delivering } from './deliver.ts';
import type { DecisionRow } from './deliver.ts';
import type { DraftNeeds } from './drafts.ts';
import { itemRow, kindOf } from './items.ts';
import type { WorkItemRow, WorkItems } from './items.ts';
import { checkOutcome, keepOutcome } from './outcome.ts';
import type { OutcomeStructure } from './outcome.ts';

/** What a person sends: the decision, the hash of the revision that was on the screen, and what the decision needs. */
export interface DecisionInput {
  readonly decision: string;
  readonly hash: string;
  readonly reason?: string;
  readonly outcome?: unknown;
}

export type DecisionResult =
  | { readonly kind: 'decided'; readonly id: string }
  /** Recorded; the workflow has not heard of it yet and will. */
  | { readonly kind: 'recorded'; readonly id: string };

export interface Decisions {
  decide(clinic: string, workItem: string, input: DecisionInput, by: SessionPrincipal): Promise<DecisionResult>;
  /** Delivers what could not be delivered before. Returns how many were settled. */
  deliverWaiting(): Promise<number>;
}

interface Needs extends DraftNeeds {
  readonly db: Db;
  readonly audit: Audit;
  readonly workflows: Workflows;
  readonly workItems: WorkItems;
  /** Those who post remittances; without them nobody decides on one. */
  readonly remittances?: RemittanceDecisions;
  /** Those who put records together; without them nobody decides on a pair. */
  readonly patients?: PatientDecisions;
  /** Those who write to patients and read what they wrote. */
  readonly messages?: MessageDecisions;
  /** Those who book what patients took from the waitlist. */
  readonly waitlist?: WaitlistDecisions;
  /** Those about plans that end and forms that were filled in. */
  readonly care?: CareDecisions;
  /** Those who hold the time of accepted visits. */
  readonly series?: SeriesDecisions;
  /** Those about notes that a person enters into the chart. */
  readonly filings?: FilingDecisions;
  /** Those about signed drafts that were sampled. */
  readonly noteAudits?: AuditDecisions;
}

/** The decisions that end something without doing it: whoever reads them later must find out why. */
const needsReason: Readonly<Partial<Record<Decision, string>>> = {
  reject: 'A rejection needs its reason.',
  setAside: 'Say why it is not posted.',
  postAnyway: 'Say why it is posted although it does not balance.',
  notNeeded: 'Say why nobody needs to call or to correct anything.',
  writeOff: 'Say why the money is given up.',
  notUploaded: 'Say why it is not uploaded.',
  asItIs: 'Say why it is right as it is.',
  minorFaults: 'Say what was wrong with it.',
  seriousFaults: 'Say what was wrong with it.',
};

/** A decision that could not be delivered is tried again after so many seconds at the soonest. */
const againAfterSeconds = 5;

export function createDecisions(needs: Needs): Decisions {
  const { db, audit, vault, validator, now } = needs;

  const claim = (clinic: string, workItem: string, input: DecisionInput, by: SessionPrincipal): Promise<DecisionRow> =>
    db.transaction().execute(async (trx) => {
      const item = await itemRow(trx, clinic, workItem, true);
      const kind = kindOf(item);
      const { decision } = input;
      if (item.status !== 'open')
        throw new GaitError('state.conflict', 'This item is no longer open.', { where: 'workItem' });
      if (!isAllowedDecision(kind, decision)) {
        throw new GaitError('input.invalid', 'An item of this kind does not allow this decision.', {
          where: 'decision',
        });
      }
      assertRole(item, by);
      const unexplained = (input.reason ?? '').trim() === '' ? needsReason[decision] : undefined;
      if (unexplained !== undefined) throw new GaitError('input.invalid', unexplained, { where: 'reason' });
      const revision = await trx
        .selectFrom('work_item_revisions')
        .selectAll()
        .where('work_item', '=', workItem)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      if (revision.hash !== input.hash) {
        throw new GaitError('state.conflict', 'Somebody changed the draft meanwhile.', {
          where: 'hash',
          fix: 'Read the newest revision and decide again.',
        });
      }
      checkOutcome(validator, kind, decision, input.outcome, now());
      if (decision === 'merge') await needs.patients?.assertMayMerge(trx, item, input.outcome);
      if (decision === 'postAnyway' || decision === 'match') await needs.remittances?.assertMayPost(trx, item);
      const approved =
        decision === 'approve' && kind === 'authorization.request'
          ? await assertComplete(needs, trx, item, revision.record, by)
          : null;
      if (decision === 'approve' && kind === 'claim.appeal')
        await assertFilledIn(needs, trx, item, revision.record, by);
      const waiting = await trx
        .selectFrom('work_item_decisions')
        .select('id')
        .where('work_item', '=', workItem)
        .where('state', '<>', 'refused')
        .executeTakeFirst();
      if (waiting !== undefined)
        throw new GaitError('state.conflict', 'Somebody has decided this item already.', { where: 'workItem' });

      const period = typeof item.context['period'] === 'number' ? item.context['period'] : null;
      const outcome =
        approved ??
        (await keepOutcome(needs, trx, { clinic, kind, decision, subject: item.subject, period, by }, input.outcome));
      const text = (input.reason ?? '').trim();
      const reason = text === '' ? null : await vault.put(clinic, 'reason', { text }, { trx });
      const row = await trx
        .insertInto('work_item_decisions')
        .values({
          id: randomUUID(),
          clinic,
          work_item: workItem,
          decision,
          hash: input.hash,
          revision: revision.number,
          by_user: by.user,
          at: now(),
          reason,
          outcome: outcome === null ? null : JSON.stringify(outcome),
          state: 'claimed',
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await audit.append(trx, {
        clinic,
        actor: by.user,
        action: 'workItem.decisionTaken',
        subject: workItem,
        purpose: kind,
        details: { decision, revision: input.hash },
      });
      return row;
    });

  const settle = (row: DecisionRow, accepted: boolean): Promise<void> =>
    db.transaction().execute(async (trx) => {
      const item = await itemRow(trx, row.clinic, row.work_item, true);
      const state = accepted ? 'accepted' : 'refused';
      const updated = await trx
        .updateTable('work_item_decisions')
        .set({ state, settled_at: now() })
        .where('id', '=', row.id)
        .where('state', '=', 'claimed')
        .executeTakeFirst();
      if (updated.numUpdatedRows === 0n) return;
      if (accepted) {
        await trx
          .updateTable('work_items')
          .set({ status: 'decided', closed_at: now() })
          .where('id', '=', item.id)
          .execute();
        await settleDoubt(needs, trx, item, row);
        await settleCheckItem(needs, trx, item, row);
        await settleConflict(needs, trx, item, row);
        await needs.remittances?.settle(trx, item, row);
        await needs.patients?.settle(trx, item, row);
        await needs.messages?.settle(trx, item, row);
        await needs.waitlist?.settle(trx, item, row);
        await needs.care?.settle(trx, item, row);
        await needs.series?.settle(trx, item, row);
        await needs.filings?.settle(trx, item, row);
        await needs.noteAudits?.settle(trx, item, row);
      }
      await audit.append(trx, {
        clinic: row.clinic,
        actor: row.by_user,
        action: accepted ? 'workItem.decided' : 'workItem.decisionRefused',
        subject: row.work_item,
        purpose: item.kind,
        details: { decision: row.decision, revision: row.hash },
      });
    });

  const deliver = async (
    row: DecisionRow,
  ): Promise<{ kind: 'accepted' | 'later' } | { kind: 'refused'; reason: string }> => {
    const item = await itemRow(db, row.clinic, row.work_item);
    const deliverNow = delivering(needs.workflows, item, row);
    if (deliverNow === null) {
      try {
        await settle(row, true);
      } catch (error) {
        // What held when it was written down holds no more: whoever decided is told, and the item stays open.
        if (!(error instanceof GaitError) || error.code !== 'state.conflict') throw error;
        await settle(row, false);
        return { kind: 'refused', reason: error.message };
      }
      await nudge(needs.workflows, item);
      return { kind: 'accepted' };
    }
    await db.updateTable('work_item_decisions').set({ tried_at: now() }).where('id', '=', row.id).execute();
    const delivery = await deliverNow();
    if (delivery.kind === 'later') return { kind: 'later' };
    await settle(row, delivery.kind === 'accepted');
    return delivery;
  };

  return {
    async decide(clinic, workItem, input, by) {
      const row = await claim(clinic, workItem, input, by);
      const delivery = await deliver(row);
      if (delivery.kind === 'refused') {
        throw new GaitError('decision.refused', delivery.reason, {
          fix: 'Read the item again; it has changed meanwhile.',
        });
      }
      return { kind: delivery.kind === 'accepted' ? 'decided' : 'recorded', id: row.id };
    },
    async deliverWaiting() {
      const before = new Date(now().getTime() - againAfterSeconds * 1000);
      const waiting = await db
        .selectFrom('work_item_decisions')
        .selectAll()
        .where('state', '=', 'claimed')
        .where((where) =>
          where.or([
            where('tried_at', '<', before),
            where.and([where('tried_at', 'is', null), where('at', '<', before)]),
          ]),
        )
        .orderBy('at')
        .limit(50)
        .execute();
      let settled = 0;
      for (const row of waiting) {
        // Temporal is away, for the others too.
        if ((await deliver(row)).kind === 'later') break;
        settled += 1;
      }
      return settled;
    },
  };
}

function assertRole(item: WorkItemRow, by: SessionPrincipal): void {
  const mayDecide = by.roles.some((role) => role === item.role || role === item.escalated_from);
  if (!mayDecide) throw new GaitError('access.forbidden', `This item is for the role ${item.role}.`);
}

/** Refuses an incomplete request; else what it asks for, as structure for the workflow. */
async function assertComplete(
  needs: Needs,
  trx: Trx,
  item: WorkItemRow,
  record: string,
  by: SessionPrincipal,
): Promise<OutcomeStructure> {
  const facts = await factsOfRow(
    { db: trx, policies: needs.policies },
    await authorizationRow(trx, item.clinic, item.subject),
    needs.now(),
  );
  const draft: unknown = await needs.vault.open(item.clinic, record, {
    purpose: 'authorization.approve',
    actor: systemPrincipal('decisions', by),
    trx,
  });
  assertRequest(needs, draft);
  const [first] = missingElements(draft, facts.policy);
  if (first === undefined) {
    const { visits, units, from, to } = draft.service;
    return { requested: { visits, units }, from, to };
  }
  throw new GaitError('input.invalid', `The ${first.label} is missing.`, {
    where: first.path,
    fix: 'Fill it in, then approve.',
  });
}

/** Nobody sends a letter with blanks in it. */
async function assertFilledIn(
  { vault }: Needs,
  trx: Trx,
  { clinic }: WorkItemRow,
  record: string,
  by: SessionPrincipal,
): Promise<void> {
  const actor = systemPrincipal('decisions', by);
  const { letter } = await vault.open(clinic, record, { purpose: 'claim.appeal.approve', actor, trx });
  if (typeof letter === 'string' && !hasBlanks(letter)) return;
  throw new GaitError('input.invalid', 'Something in the letter is still to be filled in.', {
    where: 'letter',
    fix: 'Fill in every blank or take it out, then approve.',
  });
}

function assertRequest(needs: Needs, draft: unknown): asserts draft is AuthorizationRequest {
  needs.validator.check(authorizationRequestSchema, draft, 'draft');
}

/** A person's word on a doubtful submission settles the effect in the transaction that settles the decision. */
async function settleDoubt(needs: Needs, trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void> {
  if (!/^(authorization|claim|note)\.uncertain$/.test(item.kind)) return;
  const request = requestOf(item);
  const key = item.effect_key ?? (request === null ? null : submissionKey(request));
  if (key === null || (row.decision !== 'wasSent' && row.decision !== 'wasNotSent')) return;
  const known = await trx
    .selectFrom('effects')
    .select('key')
    .where('clinic', '=', item.clinic)
    .where('key', '=', key)
    .executeTakeFirst();
  if (known === undefined) return;
  const refs: unknown = row.outcome?.['refs'];
  const confirmation: unknown = Array.isArray(refs) ? refs[0] : null;
  await settleByPerson(needs, trx, {
    clinic: item.clinic,
    key,
    word: row.decision,
    confirmation: typeof confirmation === 'string' ? confirmation : null,
    by: { kind: 'system', process: 'decisions', behalf: row.by_user },
  });
}

/** What the server decided without the workflow, the workflow is told to look at; it looks by itself sooner or later. */
async function nudge(workflows: Workflows, item: WorkItemRow): Promise<void> {
  if (item.kind !== 'authorization.uncertain' && item.kind !== 'claim.uncertain') return;
  try {
    if (item.kind === 'claim.uncertain') await workflows.checkClaimNow(item.clinic, item.subject);
    else await workflows.checkNow(item.clinic, item.subject);
  } catch {
    // Temporal is away; the step is asked again when its pause ends.
  }
}
