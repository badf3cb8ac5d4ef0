// What Gait asks of Stedi: coverage, claims under an idempotency key, claim status, reports, and a connection test.
import { createHash } from 'node:crypto';
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { ClaimReceipt, ClaimSending, X12ClaimSending } from '../claim-operations.ts';
import type { ConnectionTest, ConnectorContext, Effect, EffectTimes, Outcome, Read } from '../connector.ts';
import { checkClaimStatus } from '../medical-network/claim-status.ts';
import { findClaim, submitClaim, submitX12 } from '../medical-network/claims.ts';
import type { Sent } from '../medical-network/claims.ts';
import { checkEligibility } from '../medical-network/eligibility.ts';
import { failureOf, isFailure, read } from '../medical-network/network.ts';
import type { Asked, ClaimStatusCheckResult, EligibilityCheckResult } from '../payer-operations.ts';
import { claimFailure, openStedi, versions } from './client.ts';
import { readStediConfig } from './config.ts';
import { checkTypedEligibility } from './eligibility.ts';
import { getAcknowledgment, getRemittance } from './reports.ts';
import type { Acknowledgment, Remittance, ReportId } from './reports.ts';

const system = 'stedi';
/** The call, and half a time-out of waiting for a place and for a turn each. */
const callsOfRequest = 2;
const longestTimeoutSeconds = 120;
const requestTimeoutSeconds = callsOfRequest * longestTimeoutSeconds;
const inquireAfterSeconds = 86_400;

function times(settings: ConnectorContext['config']): EffectTimes {
  const config = readStediConfig(settings);
  return {
    requestTimeoutSeconds: Math.ceil(callsOfRequest * config.requestTimeoutSeconds),
    inquireAfterSeconds: config.inquireAfterSeconds,
  };
}

/** Stedi takes a claim once per key within 24 hours. The permit's own key names our effect and stays with us: its hash goes out. */
function once(key: string): Sent {
  return {
    headers: { 'idempotency-key': createHash('sha256').update(key).digest('hex') },
    failure: claimFailure,
  };
}

function usage(context: ConnectorContext): 'production' | 'test' {
  return readStediConfig(context.config).environment;
}

/** No report has this id: a 404 says that the key was accepted, and nothing was asked of a payer. */
const nobody = '00000000-0000-0000-0000-000000000000';

async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const { environment, eligibilityShape } = readStediConfig(context.config);
  const path = `${versions.change}/medicalnetwork/reports/v2/${nobody}/277`;
  const answer = await openStedi(context).send({ ...read, method: 'GET', path, pool: 'claims' });
  if (isFailure(answer)) return answer;
  if (answer.status !== 404 && answer.status !== 200) return failureOf(context, answer, read);
  return {
    kind: 'done',
    result: {
      facts: [
        { label: 'API key', value: 'accepted' },
        { label: 'Environment', value: environment },
        { label: 'Shape of eligibility answers', value: eligibilityShape },
      ],
    },
  };
}

function checkCoverage(
  context: ConnectorContext,
  asked: Asked<EligibilityRequest>,
): Promise<Outcome<EligibilityCheckResult>> {
  const { eligibilityShape } = readStediConfig(context.config);
  const check = eligibilityShape === 'typed' ? checkTypedEligibility : checkEligibility;
  return check(context, openStedi(context), asked);
}

interface StediOperations {
  readonly 'stedi.eligibility.check': Read<Asked<EligibilityRequest>, EligibilityCheckResult>;
  readonly 'stedi.claimStatus.check': Read<Asked<ClaimStatusRequest>, ClaimStatusCheckResult>;
  readonly 'stedi.claim.submit': Effect<ClaimSending, ClaimReceipt>;
  readonly 'stedi.claim.submitX12': Effect<X12ClaimSending, ClaimReceipt>;
  readonly 'stedi.reports.acknowledgment': Read<ReportId, Acknowledgment>;
  readonly 'stedi.reports.remittance': Read<ReportId, Remittance>;
  readonly 'stedi.connection.test': Read<Record<string, never>, ConnectionTest>;
}

const reading = { system, effect: false, requestTimeoutSeconds } as const;
const effect = { system, effect: true, requestTimeoutSeconds, inquireAfterSeconds, times } as const;

export const stediOperations: StediOperations = {
  'stedi.eligibility.check': { ...reading, name: 'stedi.eligibility.check', run: checkCoverage },
  'stedi.claimStatus.check': {
    ...reading,
    name: 'stedi.claimStatus.check',
    run: (context, asked) => checkClaimStatus(context, openStedi(context), asked),
  },
  'stedi.claim.submit': {
    ...effect,
    name: 'stedi.claim.submit',
    run: (context, submission) =>
      submitClaim(context, openStedi(context), submission, usage(context), once(submission.key)),
    inquire: (context, submission, sending) => findClaim(context, openStedi(context), submission, sending),
  },
  'stedi.claim.submitX12': {
    ...effect,
    name: 'stedi.claim.submitX12',
    run: (context, submission) => submitX12(context, openStedi(context), submission, once(submission.key)),
    inquire: (context, submission, sending) => findClaim(context, openStedi(context), submission, sending),
  },
  'stedi.reports.acknowledgment': {
    ...reading,
    name: 'stedi.reports.acknowledgment',
    run: (context, id) => getAcknowledgment(context, openStedi(context), id),
  },
  'stedi.reports.remittance': {
    ...reading,
    name: 'stedi.reports.remittance',
    run: (context, id) => getRemittance(context, openStedi(context), id),
  },
  'stedi.connection.test': { ...reading, name: 'stedi.connection.test', run: test },
};
