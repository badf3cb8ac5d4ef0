// How a submitted request for authorization stands with its payer: the decision is kept, "pending" changes nothing.
import { availityOperations } from '../../connectors/availity/operations.ts';
import { changeHealthcareOperations } from '../../connectors/change-healthcare/operations.ts';
import { answerStructure, effectiveStatus } from '../../domain/authorization/answer.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import { authorizationRow } from '../authorizations/facts.ts';
import type { Db } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { done } from './done.ts';
import { subjectOf } from './reading.ts';
import type { Asking, OperationAnswer, Reading } from './reading.ts';

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
}

/** What was submitted last for an authorization: the request, and the payer's own id of it where it gave one over this system. */
interface Submitted {
  readonly request: AuthorizationRequest;
  readonly vendorRequestId: string | null;
  readonly period: number;
}

const nothing: OperationAnswer = { outcome: 'pending', structure: { found: false }, refs: [] };

export function serviceReviewReadings(needs: Needs): ReadonlyMap<string, Reading> {
  const { db, audit, vault, validator } = needs;

  const submitted = async ({ clinic, ask, by }: Asking): Promise<Submitted> => {
    const row = await db
      .selectFrom('effects')
      .select(['request', 'outcome', 'operation'])
      .where('clinic', '=', clinic)
      .where('request_of', 'like', `authorization.submit/${subjectOf(ask, 'an authorization')}/%`)
      .where('state', 'in', ['done', 'uncertain', 'held'])
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) {
      throw new GaitError('state.conflict', 'Nothing of this authorization was submitted by Gait.', {
        where: 'subject',
      });
    }
    const answer = row.outcome?.refs[0];
    const refs = [row.request, ...(answer === undefined ? [] : [answer])];
    const opened = await vault.openMany(clinic, refs, {
      purpose: 'authorization.status',
      actor: systemPrincipal('operations', by),
    });
    const request: unknown = opened.get(row.request);
    assertRequest(validator, request);
    const isOfSystem = systemOf(row.operation) === systemOf(ask.operation);
    const id = answer === undefined || !isOfSystem ? null : opened.get(answer)?.['vendorRequestId'];
    return { request, vendorRequestId: typeof id === 'string' ? id : null, period: request.period };
  };

  /** The payer's answer as an outcome to branch on; "attention" asks for a person. */
  const answered = async (
    { clinic, ask, by }: Asking,
    { request, period }: Submitted,
    answer: AuthorizationAnswer,
    attention: boolean,
  ): Promise<OperationAnswer> => {
    const structure = answerStructure(answer);
    const status = answer.status === 'unknown' ? 'unknown' : effectiveStatus(structure, askedOf(request));
    if (status === 'unknown' || status === 'pended')
      return { outcome: attention ? 'attention' : 'pending', structure: { ...structure }, refs: [] };
    const ref = await keepDecision(
      clinic,
      ask.operation,
      subjectOf(ask, 'an authorization'),
      period,
      { ...answer, status },
      by,
    );
    return { outcome: status, structure: { ...structure, status }, refs: [ref] };
  };

  const keepDecision = (
    clinic: string,
    operation: string,
    authorization: string,
    period: number,
    answer: AuthorizationAnswer,
    by: Principal,
  ): Promise<string> =>
    db.transaction().execute(async (trx) => {
      const row = await authorizationRow(trx, clinic, authorization, true);
      const kept = await keepAnswer(needs, trx, { clinic, authorization: row.ref, period, answer, by });
      await audit.append(trx, {
        clinic,
        actor: actorOf(by),
        action: 'authorization.answerRead',
        subject: authorization,
        purpose: operation,
        details: { status: answer.status, answer: kept },
      });
      return kept;
    });

  const inquire: Reading = async (asking) => {
    const asked = await submitted(asking);
    const operation = availityOperations['availity.serviceReview.inquire'];
    const { review } = done(await operation.run(await asking.open(operation), asked.request));
    return review === null ? nothing : answered(asking, asked, review.answer, review.attention);
  };

  const get: Reading = async (asking) => {
    const asked = await submitted(asking);
    const { vendorRequestId, request } = asked;
    if (vendorRequestId === null) return inquire(asking);
    const operation = availityOperations['availity.serviceReview.get'];
    const context = await asking.open(operation);
    const review = done(await operation.run(context, { vendorRequestId, asked: askedOf(request) }));
    return answered(asking, asked, review.answer, review.attention);
  };

  const inquireAuthorization: Reading = async (asking) => {
    const asked = await submitted(asking);
    const operation = changeHealthcareOperations['changeHealthcare.authorization.inquire'];
    const { answer } = done(await operation.run(await asking.open(operation), asked.request));
    return answer === null ? nothing : answered(asking, asked, answer, false);
  };

  return new Map([
    ['availity.serviceReview.get', get],
    ['availity.serviceReview.inquire', inquire],
    ['changeHealthcare.authorization.inquire', inquireAuthorization],
  ]);
}

function askedOf({ service }: AuthorizationRequest) {
  return { visits: service.visits, units: service.units };
}

function systemOf(operation: string): string {
  return operation.split('.')[0] ?? '';
}

function assertRequest(validator: Validator, record: unknown): asserts record is AuthorizationRequest {
  validator.check(authorizationRequestSchema, record, 'request');
}
