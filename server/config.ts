// The server's settings, read once from the environment; what is missing is said in one sentence.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { GaitError } from '../domain/errors.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

export interface ServerConfig {
  readonly databaseUrl: string;
  readonly keyringFile: string;
  readonly host: string;
  readonly port: number;
  /** Where browsers reach the console, without a trailing slash. */
  readonly publicUrl: string;
  /**
   * Whose `x-forwarded-for` is believed about the address of a caller: so many proxies before the server, or proxies of these
   * addresses; false: nobody's.
   */
  readonly trustedProxies: false | number | readonly string[];
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** The one origin that may call the codec endpoint from a browser; null: none. */
  readonly temporalUiOrigin: string | null;
  readonly n8nUrl: string | null;
  /** Folder of the built console; null: no console is served. */
  readonly consoleDist: string | null;
  /** Folder of CMS's tables as `gait tables load` wrote them; null: the shipped rows alone. */
  readonly tables: string | null;
  readonly logLevel: (typeof logLevels)[number];
  /** Whether the session cookie is for https only. */
  readonly secureCookies: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings. Throws `input.invalid` naming the variable that is missing or is not what it must be. */
export function readServerConfig(environment: Environment): ServerConfig {
  const port = portOf(environment, 'GAIT_SERVER_PORT', 7310);
  const publicUrl = optionalOrigin(environment, 'GAIT_PUBLIC_URL') ?? `http://127.0.0.1:${port}`;
  return {
    databaseUrl: requiredOrFile(environment, 'GAIT_DATABASE_URL', 'the address of the PostgreSQL database'),
    keyringFile: required(environment, 'GAIT_KEYRING_FILE', 'the path of the keyring file'),
    host: environment['GAIT_SERVER_HOST'] ?? '127.0.0.1',
    port,
    publicUrl,
    trustedProxies: proxiesOf(environment, 'GAIT_TRUSTED_PROXIES'),
    temporal: {
      address: environment['GAIT_TEMPORAL_ADDRESS'] ?? '127.0.0.1:7312',
      namespace: environment['GAIT_TEMPORAL_NAMESPACE'] ?? 'default',
    },
    temporalUiOrigin: optionalOrigin(environment, 'GAIT_TEMPORAL_UI_URL'),
    n8nUrl: optionalOrigin(environment, 'GAIT_N8N_URL'),
    consoleDist: environment['GAIT_CONSOLE_DIST'] ?? null,
    tables: environment['GAIT_TABLES'] ?? null,
    logLevel: logLevelOf(environment, 'GAIT_LOG_LEVEL'),
    secureCookies: publicUrl.startsWith('https:'),
  };
}

function required(environment: Environment, name: string, what: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw wrong(name, `${name} is not set: it must hold ${what}.`);
  return value;
}

/** The variable's value, or what the file holds that `<name>_FILE` names: a container is handed its secrets as files. */
function requiredOrFile(environment: Environment, name: string, what: string): string {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return required(environment, name, what);
  if (environment[name]) throw wrong(name, `${name} and ${name}_FILE are both set: leave one.`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    throw wrong(`${name}_FILE`, `The file that ${name}_FILE names cannot be read.`);
  }
  if (text === '') throw wrong(`${name}_FILE`, `The file that ${name}_FILE names is empty.`);
  return text;
}

function proxiesOf(environment: Environment, name: string): ServerConfig['trustedProxies'] {
  const text = environment[name] ?? '';
  if (text === '' || text === '0') return false;
  if (/^\d$/.test(text)) return Number(text);
  const addresses = text.split(',').map((address) => address.trim());
  if (!addresses.every(isAddressOrRange)) {
    throw wrong(
      name,
      `${name} must be the number of proxies before the server, or their addresses with commas between.`,
    );
  }
  return addresses;
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function logLevelOf(environment: Environment, name: string): ServerConfig['logLevel'] {
  const text = environment[name] || 'info';
  const level = logLevels.find((known) => known === text);
  if (level === undefined) throw wrong(name, `${name} must be one of ${logLevels.join(', ')}.`);
  return level;
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
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw wrong(name, `${name} must be a URL such as http://127.0.0.1:7310.`);
  return text.replace(/\/+$/, '');
}

function wrong(where: string, message: string): GaitError {
  return new GaitError('input.invalid', message, { where });
}
