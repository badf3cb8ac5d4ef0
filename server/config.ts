// The server's settings, read once from the environment; what is missing is said in one sentence.
import { GaitError } from '../domain/errors.ts';

export interface ServerConfig {
  readonly databaseUrl: string;
  readonly keyringFile: string;
  readonly host: string;
  readonly port: number;
  /** Where the server is reached from outside, without a trailing slash. */
  readonly url: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** The one origin that may call the codec endpoint from a browser; null: none. */
  readonly temporalUiOrigin: string | null;
  readonly n8nUrl: string | null;
  /** Folder of the built console; null: no console is served. */
  readonly consoleDist: string | null;
  readonly logLevel: string;
  /** Whether the session cookie is for https only. */
  readonly secureCookies: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings. Throws `input.invalid` naming the variable that is missing or is not what it must be. */
export function readServerConfig(environment: Environment): ServerConfig {
  const port = portOf(environment, 'GAIT_SERVER_PORT', 7310);
  const url = originOf(environment['GAIT_SERVER_URL'] ?? `http://127.0.0.1:${port}`, 'GAIT_SERVER_URL');
  return {
    databaseUrl: required(environment, 'GAIT_DATABASE_URL', 'the address of the PostgreSQL database'),
    keyringFile: required(environment, 'GAIT_KEYRING_FILE', 'the path of the keyring file'),
    host: environment['GAIT_SERVER_HOST'] ?? '127.0.0.1',
    port,
    url,
    temporal: {
      address: environment['GAIT_TEMPORAL_ADDRESS'] ?? '127.0.0.1:7312',
      namespace: environment['GAIT_TEMPORAL_NAMESPACE'] ?? 'default',
    },
    temporalUiOrigin: optionalOrigin(environment, 'GAIT_TEMPORAL_UI_URL'),
    n8nUrl: optionalOrigin(environment, 'GAIT_N8N_URL'),
    consoleDist: environment['GAIT_CONSOLE_DIST'] ?? null,
    logLevel: environment['GAIT_LOG_LEVEL'] ?? 'info',
    secureCookies: url.startsWith('https:'),
  };
}

function required(environment: Environment, name: string, what: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw wrong(name, `${name} is not set: it must hold ${what}.`);
  return value;
}

function portOf(environment: Environment, name: string, fallback: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong(name, `${name} must be a port number.`);
  return port;
}

function optionalOrigin(environment: Environment, name: string): string | null {
  const text = environment[name];
  return text === undefined || text === '' ? null : originOf(text, name);
}

function originOf(text: string, name: string): string {
  if (!URL.canParse(text)) throw wrong(name, `${name} must be a URL such as http://127.0.0.1:7310.`);
  return text.replace(/\/+$/, '');
}

function wrong(where: string, message: string): GaitError {
  return new GaitError('input.invalid', message, { where });
}
