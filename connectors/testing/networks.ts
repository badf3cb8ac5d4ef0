// Contexts for tests of Change Healthcare and Stedi: connections as the server would make them, quick to give up.
import type { ConnectorContext } from '../connector.ts';
import { TokenBucket } from '../rate-limit.ts';
import { MemoryTokenCache } from '../token-cache.ts';
import { countingNumbers } from './control-numbers.ts';

export interface NetworkContextOptions {
  /** Of the sandbox; the vendor's path follows. */
  readonly url: string;
  readonly now?: () => Date;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

function contextOf(
  { now = () => new Date() }: NetworkContextOptions,
  config: ConnectorContext['config'],
  secrets: ConnectorContext['secrets'],
): ConnectorContext {
  return {
    config,
    secrets,
    fetch,
    signal: new AbortController().signal,
    tokens: new MemoryTokenCache(),
    rate: new TokenBucket(1000, 1000),
    controlNumbers: countingNumbers(),
    now,
  };
}

export function changeHealthcareContext(options: NetworkContextOptions): ConnectorContext {
  const { url, config = {}, secrets = { clientId: 'clinic', clientSecret: 'secret' } } = options;
  const settings = { environment: 'sandbox', baseUrl: `${url}/change-healthcare`, requestTimeoutSeconds: 0.8 };
  return contextOf(options, { ...settings, ...config }, secrets);
}

export function stediContext(options: NetworkContextOptions): ConnectorContext {
  const { url, config = {}, secrets = { apiKey: 'test-key', webhookSecret: 'a-long-random-text' } } = options;
  const settings = { environment: 'test', baseUrl: `${url}/stedi`, requestTimeoutSeconds: 0.8 };
  return contextOf(options, { ...settings, ...config }, secrets);
}
