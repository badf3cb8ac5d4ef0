// Applies what happened to an authorization, once per event: the read model, the timeline and the audit entry together.
import { applyEvent } from '../../domain/authorization/events.ts';
import type { AuthorizationEvent, EventContext } from '../../domain/authorization/events.ts';
import type { Assessment } from '../../domain/authorization/assessment.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { refreshOpenItems } from '../work-items/ranking.ts';
import { authorizationOf, authorizationRow, factsOfRow } from './facts.ts';
import type { AuthorizationRow } from './facts.ts';
import type { Policies } from './policies.ts';

export interface Authorizations {
  /** What the authorization needs now; kept for lists. */
  assess(clinic: string, authorization: string): Promise<Assessment>;
  /** Stores an event; the same id again changes nothing. Throws `state.conflict` for a period nobody asked for. */
  apply(clinic: string, authorization: string, event: AuthorizationEvent, by: Principal): Promise<Assessment>;
}

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly policies: Policies;
  readonly now: () => Date;
}

export function createAuthorizations(needs: Needs): Authorizations {
  const { db, audit, now } = needs;

  const assessWithin = async (trx: Trx, row: AuthorizationRow): Promise<Assessment> => {
    const facts = await factsOfRow({ db: trx, policies: needs.policies }, row, now());
    const { assessment } = facts;
    await trx
      .updateTable('authorizations')
      .set({ assessment: JSON.stringify(assessment), act_by: assessment.actBy })
      .where('ref', '=', row.ref)
      .execute();
    await refreshOpenItems(trx, facts, now());
    return assessment;
  };

  return {
    assess: (clinic, authorization) =>
      db
        .transaction()
        .execute(async (trx) => assessWithin(trx, await authorizationRow(trx, clinic, authorization, true))),

    apply: (clinic, authorization, event, by) =>
      db.transaction().execute(async (trx) => {
        const row = await authorizationRow(trx, clinic, authorization, true);
        const { id, type, at, by: who, ...detail } = event;
        const inserted = await trx
          .insertInto('authorization_events')
          .values({
            clinic,
            id,
            authorization_ref: authorization,
            at,
            event: type,
            by_whom: who,
            detail: JSON.stringify(detail),
            refs: [],
          })
          .onConflict((conflict) => conflict.columns(['clinic', 'id']).doNothing())
          .executeTakeFirst();
        if (inserted.numInsertedOrUpdatedRows === 0n) return assessWithin(trx, row);
        const { zone, date } = await needs.policies.today(trx, clinic, now());
        const coverage = await coverageNow(trx, needs.policies, row, date);
        const after = applyEvent(authorizationOf(row), event, { zone, coverage });
        await trx
          .updateTable('authorizations')
          .set({
            periods: JSON.stringify(after.periods),
            required_by_payer: after.requiredByPayer,
            held: after.held === null ? null : JSON.stringify(after.held),
            coverage_changed_on: after.coverageChangedOn,
            state: stateAfter(row.state, event),
            updated_at: now(),
            coverage: after.coverage,
            payer: after.payer,
            line_of_business: after.lineOfBusiness,
          })
          .where('ref', '=', authorization)
          .execute();
        await audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: `authorization.${type}`,
          subject: authorization,
          details: { period: event.period, by: who, workItem: event.workItem },
        });
        return assessWithin(trx, await authorizationRow(trx, clinic, authorization));
      }),
  };
}

/** The patient's coverage as it is now; null where no other one is known than that of the authorization. */
async function coverageNow(
  trx: Trx,
  policies: Policies,
  row: AuthorizationRow,
  on: string,
): Promise<EventContext['coverage']> {
  const patient = await trx
    .selectFrom('patients')
    .select(['coverage', 'payer'])
    .where('ref', '=', row.patient)
    .executeTakeFirst();
  if (patient === undefined || patient.coverage === null || patient.coverage === row.coverage) return null;
  const payer = patient.payer ?? row.payer;
  const lineOfBusiness = await policies.lineOfBusiness(trx, row.clinic, payer, on);
  return { coverage: patient.coverage, payer, lineOfBusiness };
}

/** The state a list shows: the last thing that happened to the request. */
function stateAfter(before: string, event: AuthorizationEvent): string {
  switch (event.type) {
    case 'submitted':
      return 'pending';
    case 'answered':
      return event.answer.status === 'pended' || event.answer.status === 'unknown' ? 'pending' : event.answer.status;
    case 'requestOpened':
      return 'inReview';
    case 'requestApproved':
      return 'submitting';
    case 'appealStarted':
      return 'appealInReview';
    case 'requestRejected':
      return 'rejected';
    case 'resumed':
    case 'coverageReplaced':
    case 'notRequired':
    case 'notSent':
    case 'denialAccepted':
      return 'none';
    case 'held':
    case 'uncertain':
    case 'overdue':
    case 'recorded':
    case 'closed':
      return event.type;
    case 'partialAccepted':
    case 'numberCorrected':
      return before;
  }
}
