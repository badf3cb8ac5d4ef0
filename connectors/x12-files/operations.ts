// What Gait asks of a clearinghouse that speaks in files: send, look for answers, fetch, and which sendings were accepted.
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { ConnectionTest, ConnectorContext, Effect, EffectTimes, Outcome, Read } from '../connector.ts';
import type { Asked, ClaimStatusCheckResult, EligibilityCheckResult } from '../payer-operations.ts';
import type { AcknowledgmentsRequest, SentInterchange } from './acknowledgments.ts';
import { readAcknowledgments } from './acknowledgments.ts';
import { readX12FilesConfig } from './config.ts';
import { fetchClaims } from './claim-files.ts';
import type { FetchRequest, FilesFetch } from './fetch.ts';
import { fetchFiles } from './fetch.ts';
import { probe } from './probe.ts';
import { checkClaimStatus, checkEligibility } from './questions.ts';
import type { SendRequest, Sent } from './send.ts';
import { inquireSend, send } from './send.ts';
import { withFiles } from './session.ts';
import type { Session } from './take-in.ts';

const system = 'x12Files';
/** The longest `requestTimeoutSeconds` may be; a lease that outlasts it outlasts the request. */
const requestTimeoutSeconds = 120;
const inquireAfterSeconds = 5;
const common = { system, requestTimeoutSeconds } as const;

function times(settings: ConnectorContext['config']): EffectTimes {
  const config = readX12FilesConfig(settings);
  return {
    requestTimeoutSeconds: config.requestTimeoutSeconds,
    inquireAfterSeconds: config.inquireAfterSeconds,
  };
}

function visit<T>(context: ConnectorContext, work: (session: Session) => Promise<T>): Promise<Outcome<T>> {
  return withFiles<Outcome<T>>(context, async (session) => ({ kind: 'done', result: await work(session) }));
}

interface X12FilesOperations {
  readonly 'x12Files.send': Effect<SendRequest, Sent>;
  readonly 'x12Files.eligibility.check': Read<Asked<EligibilityRequest>, EligibilityCheckResult>;
  readonly 'x12Files.claimStatus.check': Read<Asked<ClaimStatusRequest>, ClaimStatusCheckResult>;
  readonly 'x12Files.files.fetch': Read<FetchRequest, FilesFetch>;
  readonly 'x12Files.claims.fetch': Read<FetchRequest, FilesFetch>;
  readonly 'x12Files.acknowledgments': Read<
    AcknowledgmentsRequest,
    { readonly interchanges: readonly SentInterchange[] }
  >;
  readonly 'x12Files.connection.test': Read<Record<string, never>, ConnectionTest>;
}

export const x12FilesOperations: X12FilesOperations = {
  'x12Files.send': {
    ...common,
    name: 'x12Files.send',
    effect: true,
    inquireAfterSeconds,
    times,
    run: send,
    inquire: inquireSend,
  },
  'x12Files.eligibility.check': {
    ...common,
    name: 'x12Files.eligibility.check',
    effect: false,
    run: checkEligibility,
  },
  'x12Files.claimStatus.check': {
    ...common,
    name: 'x12Files.claimStatus.check',
    effect: false,
    run: checkClaimStatus,
  },
  'x12Files.files.fetch': {
    ...common,
    name: 'x12Files.files.fetch',
    effect: false,
    run: (context, request) => visit(context, (session) => fetchFiles(session, request)),
  },
  'x12Files.claims.fetch': {
    ...common,
    name: 'x12Files.claims.fetch',
    effect: false,
    run: (context, request) => withFiles(context, (session) => fetchClaims(session, request)),
  },
  'x12Files.acknowledgments': {
    ...common,
    name: 'x12Files.acknowledgments',
    effect: false,
    run: (context, request) => visit(context, (session) => readAcknowledgments(session, request)),
  },
  'x12Files.connection.test': {
    ...common,
    name: 'x12Files.connection.test',
    effect: false,
    run: (context) => withFiles<Outcome<ConnectionTest>>(context, probe),
  },
};
