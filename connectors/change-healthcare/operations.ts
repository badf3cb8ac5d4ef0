// What Gait asks of Change Healthcare (Optum): coverage, claims, claim status, reports, authorizations, payers, and a connection test.
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { ClaimCheck, ClaimReceipt, ClaimSending, X12ClaimSending } from '../claim-operations.ts';
import type {
  ConnectionTest,
  ConnectorContext,
  Effect,
  EffectTimes,
  Inquiry,
  Outcome,
  Read,
  Sending,
} from '../connector.ts';
import { checkClaimStatus } from '../medical-network/claim-status.ts';
import { findClaim, submitClaim, submitX12, validateClaim, validateX12 } from '../medical-network/claims.ts';
import { checkEligibility } from '../medical-network/eligibility.ts';
import type { MedicalNetwork } from '../medical-network/network.ts';
import type { Asked, ClaimStatusCheckResult, EligibilityCheckResult } from '../payer-operations.ts';
import { findAuthorization, inquireAuthorization, submitAuthorization } from './authorizations.ts';
import type { InquiryAnswer, Submitted } from './authorizations.ts';
import { openChangeHealthcare } from './client.ts';
import { readChangeHealthcareConfig } from './config.ts';
import { listPayers } from './payers.ts';
import type { PayerList, PayerQuestion } from './payers.ts';
import { deleteReport, findDeletion, getReport, listReports } from './reports.ts';
import type { Report, ReportList, ReportName } from './reports.ts';

const system = 'changeHealthcare';
/** Two rounds of token and call, and the wait for a place among the calls under way. */
const callsOfRequest = 5;
const longestTimeoutSeconds = 60;
const requestTimeoutSeconds = callsOfRequest * longestTimeoutSeconds;
const inquireAfterSeconds = 86_400;

function times(settings: ConnectorContext['config']): EffectTimes {
  const config = readChangeHealthcareConfig(settings);
  return {
    requestTimeoutSeconds: Math.ceil(callsOfRequest * config.requestTimeoutSeconds),
    inquireAfterSeconds: config.inquireAfterSeconds,
  };
}

function usage(context: ConnectorContext): 'production' | 'test' {
  return readChangeHealthcareConfig(context.config).environment === 'production' ? 'production' : 'test';
}

function reading<Name extends string, Request, Result>(
  name: Name,
  ask: (context: ConnectorContext, network: MedicalNetwork, request: Request) => Promise<Outcome<Result>>,
): Read<Request, Result> {
  const run = (context: ConnectorContext, request: Request) => ask(context, openChangeHealthcare(context), request);
  return { name, system, effect: false, requestTimeoutSeconds, run };
}

function effect<Request, Result>(
  name: string,
  send: (context: ConnectorContext, network: MedicalNetwork, request: Request) => Promise<Outcome<Result>>,
  find: (
    context: ConnectorContext,
    network: MedicalNetwork,
    request: Request,
    sending?: Sending,
  ) => Promise<Inquiry<Result>>,
): Effect<Request, Result> {
  return {
    name,
    system,
    effect: true,
    requestTimeoutSeconds,
    inquireAfterSeconds,
    times,
    run: (context, request) => send(context, openChangeHealthcare(context), request),
    inquire: (context, request, sending) => find(context, openChangeHealthcare(context), request, sending),
  };
}

async function test(context: ConnectorContext, network: MedicalNetwork): Promise<Outcome<ConnectionTest>> {
  const listed = await listPayers(context, network, { limit: 1 });
  if (listed.kind !== 'done') return listed;
  const { environment } = readChangeHealthcareConfig(context.config);
  const { total } = listed.result;
  return {
    kind: 'done',
    result: {
      facts: [
        { label: 'Environment', value: environment },
        { label: 'Payers listed', value: total === null ? 'unknown' : String(total) },
      ],
    },
  };
}

interface ChangeHealthcareOperations {
  readonly 'changeHealthcare.eligibility.check': Read<Asked<EligibilityRequest>, EligibilityCheckResult>;
  readonly 'changeHealthcare.claimStatus.check': Read<Asked<ClaimStatusRequest>, ClaimStatusCheckResult>;
  readonly 'changeHealthcare.claim.validate': Read<{ readonly claim: Claim }, ClaimCheck>;
  readonly 'changeHealthcare.claim.validateX12': Read<{ readonly x12: string }, ClaimCheck>;
  readonly 'changeHealthcare.claim.submit': Effect<ClaimSending, ClaimReceipt>;
  readonly 'changeHealthcare.claim.submitX12': Effect<X12ClaimSending, ClaimReceipt>;
  readonly 'changeHealthcare.authorization.submit': Effect<AuthorizationRequest, Submitted>;
  readonly 'changeHealthcare.authorization.inquire': Read<AuthorizationRequest, InquiryAnswer>;
  readonly 'changeHealthcare.reports.list': Read<Record<string, never>, ReportList>;
  readonly 'changeHealthcare.reports.get': Read<ReportName, Report>;
  readonly 'changeHealthcare.reports.delete': Effect<ReportName, ReportName>;
  readonly 'changeHealthcare.payers.list': Read<PayerQuestion, PayerList>;
  readonly 'changeHealthcare.connection.test': Read<Record<string, never>, ConnectionTest>;
}

export const changeHealthcareOperations: ChangeHealthcareOperations = {
  'changeHealthcare.eligibility.check': reading('changeHealthcare.eligibility.check', checkEligibility),
  'changeHealthcare.claimStatus.check': reading('changeHealthcare.claimStatus.check', checkClaimStatus),
  'changeHealthcare.claim.validate': reading('changeHealthcare.claim.validate', (context, network, { claim }) =>
    validateClaim(context, network, claim, usage(context)),
  ),
  'changeHealthcare.claim.validateX12': reading('changeHealthcare.claim.validateX12', (context, network, { x12 }) =>
    validateX12(context, network, x12),
  ),
  'changeHealthcare.claim.submit': effect(
    'changeHealthcare.claim.submit',
    (context, network, submission) => submitClaim(context, network, submission, usage(context)),
    findClaim,
  ),
  'changeHealthcare.claim.submitX12': effect('changeHealthcare.claim.submitX12', submitX12, findClaim),
  'changeHealthcare.authorization.submit': effect(
    'changeHealthcare.authorization.submit',
    submitAuthorization,
    findAuthorization,
  ),
  'changeHealthcare.authorization.inquire': reading('changeHealthcare.authorization.inquire', inquireAuthorization),
  'changeHealthcare.reports.list': reading('changeHealthcare.reports.list', listReports),
  'changeHealthcare.reports.get': reading('changeHealthcare.reports.get', getReport),
  'changeHealthcare.reports.delete': effect('changeHealthcare.reports.delete', deleteReport, findDeletion),
  'changeHealthcare.payers.list': reading('changeHealthcare.payers.list', listPayers),
  'changeHealthcare.connection.test': reading('changeHealthcare.connection.test', test),
};
