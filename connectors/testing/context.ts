// Contexts and requests for connector tests: a connection as the server would make it, a request as a person would approve it.
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import type { ConnectorContext } from '../connector.ts';
import { MemoryTokenCache } from '../token-cache.ts';
import { TokenBucket } from '../rate-limit.ts';
import { countingNumbers } from './control-numbers.ts';

export interface ContextOptions {
  readonly url: string;
  readonly now?: () => Date;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A demo connection to the Availity at `url`, quick to poll and quick to give up. */
export function availityContext({
  url,
  now = () => new Date(),
  config = {},
  secrets,
  signal,
}: ContextOptions): ConnectorContext {
  return {
    config: {
      environment: 'demo',
      scope: 'healthcare-hipaa-transactions-demo',
      baseUrl: url,
      requestTimeoutSeconds: 0.8,
      pollSeconds: 0.01,
      ...config,
    },
    secrets: secrets ?? { clientId: 'clinic', clientSecret: 'secret' },
    fetch,
    signal: signal ?? new AbortController().signal,
    tokens: new MemoryTokenCache(),
    rate: new TokenBucket(1000, 1000),
    controlNumbers: countingNumbers(),
    now,
  };
}

/** A complete renewal request; every value is made up. */
export function sampleRequest(changes: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    kind: 'renewal',
    period: 2,
    patient: { name: { given: 'Orla', family: 'Fenwick-Test' }, birthDate: '1958-03-14', gender: 'female' },
    coverage: {
      payerId: 'sunrise-medicare',
      payerName: 'Sunrise Medicare Advantage',
      memberId: 'SMA900100200',
      groupNumber: null,
      planName: 'Sunrise Advantage HMO',
    },
    provider: { organizationName: 'Stride Test Clinic', npi: '1999999984', taxId: '990000001' },
    renderingProvider: { name: 'Dana Quill', npi: '1999999976' },
    referringProvider: { name: 'Sam Ortega', npi: '1999999968' },
    service: {
      serviceTypeCode: 'PT',
      placeOfService: '11',
      from: '2026-12-01',
      to: '2027-01-29',
      visits: 12,
      units: 48,
      frequency: '2 a week for 6 weeks',
      procedures: [
        { code: '97110', units: 24 },
        { code: '97140', units: 24 },
      ],
      diagnoses: [{ code: 'M25.561' }, { code: 'R26.2' }],
    },
    clinical: {
      evaluationDate: '2026-10-01',
      limitations: 'Cannot climb one flight of stairs.',
      goals: 'Climb two flights without the rail.',
      progress: 'Climbs six steps.',
      outcomeMeasures: [{ measure: 'LEFS', score: 41, date: '2026-11-12' }],
    },
    previousAuthorizationNumber: 'PA1234567890',
    ...changes,
  };
}
