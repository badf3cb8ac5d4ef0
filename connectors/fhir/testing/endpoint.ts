// The simulated FHIR endpoint for contract tests: over real HTTP on loopback, a key pair of its own, its levers at hand.
import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { fhirSandbox } from '../../../sandbox/fhir/sandbox.ts';
import type { FhirSandbox } from '../../../sandbox/fhir/sandbox.ts';
import type { ConnectorContext } from '../../connector.ts';
import { at } from '../../json.ts';
import type { Problem } from '../../csv/problems.ts';
import type { RecordKind, RowsByKind, RowsOf } from '../../pt-records/rows.ts';
import type { Delivery, RecordsFetched, RecordsRequest } from '../../pt-records/source.ts';
import { TokenBucket } from '../../rate-limit.ts';
import { countingNumbers } from '../../testing/control-numbers.ts';
import { MemoryTokenCache } from '../../token-cache.ts';
import { fhirSource } from '../source.ts';

/** The curve's keys are made in no time, those of RSA are not. */
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
export const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const privateJwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
export const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid: 'gait-1', alg: 'ES384' };

export const today = '2026-11-18';
const begun = Date.parse(`${today}T18:00:00Z`);

export interface Endpoint {
  readonly url: () => string;
  readonly sandbox: () => FhirSandbox;
  readonly now: () => Date;
  readonly advance: (seconds: number) => void;
  readonly context: (fhir?: object, changes?: Partial<ConnectorContext>) => ConnectorContext;
  readonly lever: (name: string, body: object) => Promise<unknown>;
  readonly fail: (...next: readonly object[]) => Promise<unknown>;
  /** How often an operation was called since the reset. */
  readonly calls: (operation: string) => Promise<unknown>;
  readonly journal: () => Promise<unknown>;
}

/** To be called once by a file of tests; `patients` of the clinic are there before each of them. */
export function simulatedEndpoint(patients: number): Endpoint {
  let clock = begun;
  const now = (): Date => new Date(clock);
  const sandbox = fhirSandbox({ seed: 1, now });
  let server: Server | null = null;
  const url = (): string => {
    const address = server?.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  };
  const lever = async (name: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url()}/sandbox/fhir/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the lever ${name} was refused`);
    return response.json();
  };
  beforeAll(async () => {
    const app = express().use('/sandbox/fhir', sandbox.control).use('/fhir', sandbox.router);
    await new Promise<void>((resolve) => {
      server = app.listen(0, '127.0.0.1', () => {
        resolve();
      });
    });
    await lever('clients', { clientId: 'gait', key: publicJwk });
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });
  beforeEach(async () => {
    clock = begun;
    await lever('reset', { today, patients });
  });
  const journal = async (): Promise<unknown> => (await fetch(`${url()}/sandbox/fhir/journal`)).json();
  return {
    url,
    sandbox: () => sandbox,
    now,
    advance: (seconds) => {
      clock += seconds * 1000;
    },
    context: (fhir = {}, changes = {}) => ({
      config: {
        fhir: {
          baseUrl: `${url()}/fhir`,
          clientId: 'gait',
          keyId: 'gait-1',
          algorithm: 'ES384',
          scope: 'system/*.cruds',
          recordNumberSystem: 'https://raintree.example/record-number',
          requestsPerSecond: 100,
          requestTimeoutSeconds: 2,
          inquireAfterSeconds: 5,
          write: ['Patient', 'DocumentReference', 'Appointment'],
          ...fhir,
        },
      },
      secrets: { privateKey: privatePem },
      fetch,
      signal: new AbortController().signal,
      tokens: new MemoryTokenCache(),
      rate: new TokenBucket(1000, 1000),
      controlNumbers: countingNumbers(),
      now,
      ...changes,
    }),
    lever,
    fail: (...next) => lever('faults', { next }),
    calls: async (operation) => at(at(await journal(), 'calls'), operation),
    journal: async () => at(await journal(), 'entries'),
  };
}

export const clinic = {
  zone: 'America/Denver',
  payers: {
    'Sunrise Medicare Advantage': 'sunrise-medicare',
    'State Medicaid': 'state-medicaid',
    'Harbor Health': 'harbor-health',
    'Keystone Mutual': 'keystone-mutual',
  },
};

/** One answer. Throws where there is none. */
export async function fetched(
  context: ConnectorContext,
  changes: Partial<RecordsRequest> = {},
): Promise<RecordsFetched> {
  const outcome = await fhirSource.fetch(context, { cursor: null, skip: [], clinic, ...changes });
  if (outcome.kind !== 'done') throw new Error(`not fetched: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

/** Answer after answer until nothing waits. */
export async function fetchedAll(
  context: ConnectorContext,
  changes: Partial<RecordsRequest> = {},
): Promise<{ readonly answers: readonly RecordsFetched[]; readonly cursor: string | null }> {
  const answers: RecordsFetched[] = [];
  let cursor = changes.cursor ?? null;
  for (let round = 0; round < 200; round += 1) {
    const answer = await fetched(context, { ...changes, cursor });
    answers.push(answer);
    cursor = answer.cursor;
    if (!answer.more) return { answers, cursor };
  }
  throw new Error('the answers do not end');
}

/** The rows of one kind, whichever delivery they came in. */
export function rowsOf<Kind extends RecordKind>(answers: readonly RecordsFetched[], kind: Kind): RowsByKind[Kind][] {
  const isOf = (one: Delivery): one is Delivery & RowsOf<Kind> => one.kind === kind;
  return answers.flatMap(({ deliveries }) =>
    deliveries.flatMap((one) => {
      const of: RowsOf<Kind> | null = isOf(one) ? one : null;
      return of === null ? [] : [...of.rows];
    }),
  );
}

export function problemsOf(answers: readonly RecordsFetched[]): readonly Problem[] {
  return answers.flatMap(({ deliveries }) => deliveries.flatMap(({ problems }) => problems));
}
