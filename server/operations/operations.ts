// Reading operations: asked of a connector, the answer put into the vault, references and structure given back.
import { availityOperations } from '../../connectors/availity/operations.ts';
import { webptOperations } from '../../connectors/webpt/operations.ts';
import { answerStructure, effectiveStatus } from '../../domain/authorization/answer.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import { authorizationRow } from '../authorizations/facts.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Db } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Imports } from '../imports/import.ts';
import type { Vault } from '../vault/vault.ts';
import { done } from './done.ts';
import { getConfigurations, listPayers } from './payers.ts';
import type { PayerOptions } from './payers.ts';
import type { Vendor } from './vendor.ts';

export interface OperationAsk {
  readonly operation: string;
  readonly connection: string;
  readonly subject?: string;
  readonly options?: PayerOptions;
}

export interface OperationAnswer {
  readonly outcome: string;
  readonly structure: Readonly<Record<string, unknown>>;
  readonly refs: readonly string[];
  readonly items?: readonly Readonly<Record<string, unknown>>[];
}

export interface Operations {
  /** Throws `input.invalid` for an operation that is not one, and a vendor's fault as its code. */
  run(clinic: string, ask: OperationAsk, by: Principal): Promise<OperationAnswer>;
}

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly vendor: Vendor;
  readonly imports: Imports;
}

/** What was submitted last for an authorization: the request, and the payer's own id of it where it gave one. */
interface Submitted {
  readonly request: AuthorizationRequest;
  readonly vendorRequestId: string | null;
  readonly period: number;
}

export function createOperations(needs: Needs): Operations {
  const { db, audit, vault, validator } = needs;

  const context = (
    clinic: string,
    connection: string,
    operation: { name: string; system: string; requestTimeoutSeconds: number },
    by: Principal,
  ) =>
    needs.vendor.open({
      clinic,
      connection,
      system: operation.system,
      purpose: operation.name,
      by: systemPrincipal('operations', by),
      timeoutSeconds: operation.requestTimeoutSeconds,
    });

  const submitted = async (clinic: string, authorization: string, by: Principal): Promise<Submitted> => {
    const row = await db
      .selectFrom('effects')
      .select(['request', 'outcome', 'key'])
      .where('clinic', '=', clinic)
      .where('request_of', 'like', `authorization.submit/${authorization}/%`)
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
    const id = answer === undefined ? null : opened.get(answer)?.['vendorRequestId'];
    return { request, vendorRequestId: typeof id === 'string' ? id : null, period: request.period };
  };

  /** The payer's answer as an outcome to branch on; a decision is kept, "pending" changes nothing, "attention" asks for a person. */
  const answered = async (
    clinic: string,
    ask: { operation: string; authorization: string; period: number },
    answer: AuthorizationAnswer,
    requested: { visits: number | null; units: number | null },
    attention: boolean,
    by: Principal,
  ): Promise<OperationAnswer> => {
    const structure = answerStructure(answer);
    const status = answer.status === 'unknown' ? 'unknown' : effectiveStatus(structure, requested);
    if (status === 'unknown' || status === 'pended')
      return { outcome: attention ? 'attention' : 'pending', structure: { ...structure }, refs: [] };
    const ref = await db.transaction().execute(async (trx) => {
      const { authorization, period } = ask;
      const row = await authorizationRow(trx, clinic, authorization, true);
      const kept = await keepAnswer(needs, trx, {
        clinic,
        authorization: row.ref,
        period,
        answer: { ...answer, status },
        by,
      });
      await audit.append(trx, {
        clinic,
        actor: actorOf(by),
        action: 'authorization.answerRead',
        subject: authorization,
        purpose: ask.operation,
        details: { status, answer: kept },
      });
      return kept;
    });
    return { outcome: status, structure: { ...structure, status }, refs: [ref] };
  };

  const subjectOf = (ask: OperationAsk): string => {
    if (ask.subject === undefined)
      throw new GaitError('input.invalid', 'This operation is about an authorization.', { where: 'subject' });
    return ask.subject;
  };

  const status = async (
    clinic: string,
    ask: OperationAsk,
    connection: string,
    by: Principal,
  ): Promise<OperationAnswer> => {
    const authorization = subjectOf(ask);
    const { request, vendorRequestId, period } = await submitted(clinic, authorization, by);
    const asked = { visits: request.service.visits, units: request.service.units };
    const get = availityOperations['availity.serviceReview.get'];
    const inquire = availityOperations['availity.serviceReview.inquire'];
    const about = { operation: ask.operation, authorization, period };
    if (vendorRequestId !== null && ask.operation === get.name) {
      const review = done(await get.run(await context(clinic, connection, get, by), { vendorRequestId, asked }));
      return answered(clinic, about, review.answer, asked, review.attention, by);
    }
    const found = done(await inquire.run(await context(clinic, connection, inquire, by), request));
    if (found.review === null) return { outcome: 'pending', structure: { found: false }, refs: [] };
    return answered(clinic, about, found.review.answer, asked, found.review.attention, by);
  };

  return {
    async run(clinic, ask, by) {
      const connection = await connectionNamed(db, clinic, ask.connection);
      switch (ask.operation) {
        case 'webpt.reports.import': {
          const result = await needs.imports.run(clinic, connection, by, ask.options?.limit);
          return { outcome: result.outcome, structure: result.structure, refs: result.refs, items: result.items };
        }
        case 'webpt.reports.list': {
          const operation = webptOperations['webpt.reports.list'];
          const listing = done(await operation.run(await context(clinic, connection, operation, by), {}));
          // A file's name is of the clinic's making and may name a person: it stays here.
          const newestFirst = listing.reports.toReversed().slice(0, ask.options?.limit);
          const items = newestFirst.map(({ kind, sizeBytes, modifiedAt, stable }) => ({
            outcome: 'listed',
            structure: { kind, sizeBytes, modifiedAt, stable },
          }));
          return {
            outcome: 'listed',
            structure: { reports: items.length, unrecognised: listing.unrecognised },
            refs: [],
            items,
          };
        }
        case 'webpt.authorization.get': {
          const operation = webptOperations['webpt.authorization.get'];
          const row = await authorizationRow(db, clinic, subjectOf(ask));
          const actor = systemPrincipal('operations', by);
          const patient = await vault.open(clinic, row.patient, { purpose: operation.name, actor });
          const recordNumber = patient['recordNumber'];
          if (typeof recordNumber !== 'string')
            throw new GaitError('state.conflict', 'The patient has no number in the PT system.', { where: 'subject' });
          const read = done(await operation.run(await context(clinic, connection, operation, by), { recordNumber }));
          const periods = read.rows.map(({ kind, status: state, from, to, requested, approved, visitsUsed, submittedOn, decidedOn }) => ({
            kind, status: state, from, to, requested, approved, visitsUsed, submittedOn, decidedOn,
          })); // prettier-ignore
          return {
            outcome: periods.length === 0 ? 'notFound' : 'found',
            structure: { periods, asOf: read.asOf },
            refs: [row.ref],
          };
        }
        case 'availity.serviceReview.get':
        case 'availity.serviceReview.inquire':
          return status(clinic, ask, connection, by);
        case 'availity.payers.list':
          return listPayers(ask.options ?? {}, (operation) => context(clinic, connection, operation, by));
        case 'availity.configurations.get':
          return getConfigurations(ask.options ?? {}, (operation) => context(clinic, connection, operation, by));
        default:
          throw new GaitError('input.invalid', 'There is no such reading operation.', { where: 'operation' });
      }
    },
  };
}

function assertRequest(validator: Validator, record: unknown): asserts record is AuthorizationRequest {
  validator.check(authorizationRequestSchema, record, 'request');
}
