// The first draft of a work item, by its kind: a request filled from the chart, the approved packet, the payer's answer.
import { GaitError } from '../../domain/errors.ts';
import { draftRequest, missingElements, ownerOf } from '../../domain/authorization/request.ts';
import type { MissingElement } from '../../domain/authorization/request.ts';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import type { PayerPolicy } from '../../domain/payer/schema.ts';
import { requestKinds } from '../../domain/authorization/schema.ts';
import { isAboutAuthorization, isAboutPatient, workItemKinds } from '../../domain/work-item/kinds.ts';
import type { Role, WorkItemKind } from '../../domain/work-item/kinds.ts';
import { newestAnswer } from '../authorizations/answers.ts';
import { chartOf } from '../authorizations/chart.ts';
import { authorizationRow, factsOfRow } from '../authorizations/facts.ts';
import type { AuthorizationFacts } from '../authorizations/facts.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import { newestApproval } from './approval.ts';

export interface DraftNeeds {
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly now: () => Date;
}

const blankAnswer = {
  status: 'unknown',
  number: null,
  visitsApproved: null,
  unitsApproved: null,
  from: null,
  to: null,
  reasonCodes: [],
  reasonText: null,
  vendorRequestId: null,
};

/**
 * Makes the draft of an item. An item without one gets an empty draft, so that its decision too names what was seen.
 * `facts` are those of the authorization, null where the item is about none.
 */
export async function firstDraft(
  needs: DraftNeeds,
  trx: Trx,
  item: {
    clinic: string;
    kind: WorkItemKind;
    subject: string;
    context: Readonly<Record<string, unknown>>;
    by: Principal;
    /** Made by whoever opens the item, where it is about no authorization. */
    draft?: VaultRecord;
  },
): Promise<{ draft: VaultRecord; facts: AuthorizationFacts | null }> {
  const { clinic, kind, context, by } = item;
  if (kind === 'flow.task' && isAboutPatient(item)) await assertPatient(trx, clinic, item.subject);
  if (!isAboutAuthorization(item)) return { draft: item.draft ?? {}, facts: null };
  const row = await authorizationRow(trx, clinic, item.subject);
  const facts = await factsOfRow({ db: trx, policies: needs.policies }, row, needs.now());
  const period = typeof context['period'] === 'number' ? context['period'] : facts.assessment.period;
  const requestKind = requestKinds.find((one) => one === context['requestKind']);
  switch (workItemKinds[kind].draft) {
    case 'authorizationRequest': {
      if (kind !== 'authorization.request' && requestKind !== undefined) {
        const approval = await newestApproval(trx, clinic, { authorization: row.ref, period, kind: requestKind });
        if (approval !== null) {
          const actor = systemPrincipal('drafts', by);
          return {
            draft: await needs.vault.open(clinic, approval.record, { purpose: 'authorization.packet', actor, trx }),
            facts,
          };
        }
      }
      const chart = await chartOf(needs, trx, row, by);
      const draft = draftRequest(chart, facts.authorization, { ...facts.assessment, period }, requestKind);
      return { draft: { ...draft }, facts };
    }
    case 'authorizationAnswer': {
      const answer = await newestAnswer(trx, clinic, row.ref, period);
      if (answer === null || kind === 'authorization.answer') {
        return { draft: { ...blankAnswer, receivedAt: needs.now().toISOString() }, facts };
      }
      const actor = systemPrincipal('drafts', by);
      return { draft: await needs.vault.open(clinic, answer, { purpose: 'authorization.answer', actor, trx }), facts };
    }
    case 'authorizationNumber':
      return { draft: { number: null }, facts };
    case 'benefitsCall':
    case 'claim':
    case 'remittanceClaim':
    case 'remittance':
    case 'claimPacket':
    case 'statement':
    case 'patientReview':
    case 'patientConflict':
    case 'valuesToEnter':
    case 'patientPair':
    case 'visitBooks':
    case 'none':
      return { draft: {}, facts };
  }
}

/** What a flow names is checked: an item about nobody would lie on a list for ever. */
async function assertPatient(trx: Trx, clinic: string, ref: string): Promise<void> {
  const known = await trx
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', ref)
    .executeTakeFirst();
  if (known === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'subject' });
}

/** What a request still lacks, the first of it to be named to staff; one of another shape lacks a complete form. */
export function missingIn(validator: Validator, draft: unknown, policy: PayerPolicy): readonly MissingElement[] {
  return isRequest(validator, draft) ? missingElements(draft, policy) : [{ path: 'service', label: 'a complete form' }];
}

/** The role that owns an element a request still lacks, where that is not the front desk's to fill; null: there is none. */
export function waitsFor(validator: Validator, draft: unknown, policy: PayerPolicy): Role | null {
  return missingIn(validator, draft, policy).some(({ path }) => ownerOf(path) === 'therapist') ? 'therapist' : null;
}

export function isRequest(validator: Validator, draft: unknown): draft is AuthorizationRequest {
  try {
    validator.check(authorizationRequestSchema, draft, 'draft');
    return true;
  } catch {
    return false;
  }
}
