// n8n: its environment with nothing kept that could hold PHI, its node package, and an API key once it answers.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './places.mjs';
import { Problem } from './problem.ts';
import { type SecretFiles, writeSecret } from './secrets.ts';

/** The owner of the local n8n; example.org is reserved, so no mail can reach anyone. */
export const n8nOwner = { email: 'owner@example.org', firstName: 'Gait', lastName: 'Owner' } as const;

/** Nodes that run programs or read files of the machine have no place in a clinic's flow. */
const excludedNodes = [
  'n8n-nodes-base.executeCommand',
  'n8n-nodes-base.localFileTrigger',
  'n8n-nodes-base.readWriteFile',
];

/** What n8n needs to know. `databasePasswordFile` is read by n8n itself. */
export interface N8nSettings {
  readonly home: string;
  readonly port: number;
  readonly brokerPort: number;
  readonly postgresPort: number;
  readonly databasePasswordFile: string;
  readonly secrets: SecretFiles;
}

/** n8n's folder inside a state folder; its `.n8n` lies within. */
export function n8nFolder(home: string): string {
  return join(home, 'n8n');
}

/** The whole environment of n8n: nothing is inherited but the PATH. */
export function n8nEnvironment(settings: N8nSettings, path: string): Record<string, string> {
  const url = `http://127.0.0.1:${settings.port}/`;
  return {
    PATH: path,
    HOME: n8nFolder(settings.home),
    TZ: 'UTC',
    NODE_ENV: 'production',
    N8N_USER_FOLDER: n8nFolder(settings.home),
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(settings.port),
    N8N_PROTOCOL: 'http',
    N8N_EDITOR_BASE_URL: url,
    N8N_WEBHOOK_URL: url,
    WEBHOOK_URL: url,
    N8N_SECURE_COOKIE: 'false',
    N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
    N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
    N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '8',
    N8N_LOG_LEVEL: 'info',
    N8N_LOG_FORMAT: 'json',
    // A step takes three isolates within some milliseconds: with fewer in store each waits for its making.
    N8N_EXPRESSION_ENGINE_POOL_SIZE: '4',
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: '127.0.0.1',
    DB_POSTGRESDB_PORT: String(settings.postgresPort),
    DB_POSTGRESDB_DATABASE: 'n8n',
    DB_POSTGRESDB_USER: 'gait',
    DB_POSTGRESDB_PASSWORD_FILE: settings.databasePasswordFile,
    // n8n answers 503 to all when its own ping waits five seconds for a connection; of its usual two, flows taken up
    // again after a crash hold both for longer.
    DB_POSTGRESDB_POOL_SIZE: '10',
    N8N_ENCRYPTION_KEY_FILE: settings.secrets.n8nEncryptionKey,
    N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
    N8N_INSTANCE_OWNER_EMAIL: n8nOwner.email,
    N8N_INSTANCE_OWNER_FIRST_NAME: n8nOwner.firstName,
    N8N_INSTANCE_OWNER_LAST_NAME: n8nOwner.lastName,
    N8N_INSTANCE_OWNER_PASSWORD_HASH: readFileSync(settings.secrets.n8nOwnerHash, 'utf8').trim(),
    // No execution is kept: references in it are still PHI by law, and a person's manual run may hold more.
    EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
    EXECUTIONS_DATA_SAVE_ON_ERROR: 'none',
    EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'false',
    EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'false',
    EXECUTIONS_DATA_PRUNE: 'true',
    EXECUTIONS_DATA_MAX_AGE: '24',
    EXECUTIONS_DATA_PRUNE_MAX_COUNT: '1000',
    EXECUTIONS_DATA_HARD_DELETE_BUFFER: '0',
    N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
    NODES_EXCLUDE: JSON.stringify(excludedNodes),
    N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
    N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
    N8N_VERIFIED_PACKAGES_ENABLED: 'false',
    N8N_REINSTALL_MISSING_PACKAGES: 'false',
    // Modules that call out of the machine or hand items to a language model: nothing of Gait needs them.
    N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents,chat-hub',
    // n8n's own services stay unasked: a clinic's machine may have no way out.
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
    N8N_DYNAMIC_BANNERS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_ONBOARDING_FLOW_DISABLED: 'true',
  };
}

/** Copies the built node package to where n8n loads community packages from. */
export function installNodePackage(home: string): void {
  const dist = join(checkout, 'nodes', 'dist');
  if (!existsSync(dist))
    throw new Problem('The n8n nodes are not built.', 'Run node nodes/build.mjs and read what it says.');
  const target = join(n8nFolder(home), '.n8n', 'nodes', 'node_modules', 'n8n-nodes-gait');
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  cpSync(join(checkout, 'nodes', 'package.json'), join(part, 'package.json'));
  cpSync(dist, join(part, 'dist'), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(part, target);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

async function call(
  url: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<{ answer: unknown; cookie: string }> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok)
    throw new Problem(
      `n8n answered ${response.status} to ${new URL(url).pathname}.`,
      'Read the n8n log and start again.',
    );
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  return { answer: await response.json(), cookie };
}

/** The API key of the local n8n with every scope the edition has, made once and kept in `file` (0600). Returns the key. */
export async function ensureApiKey(url: string, secrets: SecretFiles, file: string): Promise<string> {
  if (existsSync(file)) {
    const key = readFileSync(file, 'utf8').trim();
    const probe = await fetch(`${url}/api/v1/workflows?limit=1`, {
      headers: { 'x-n8n-api-key': key },
      signal: AbortSignal.timeout(20_000),
    });
    await probe.arrayBuffer();
    if (probe.ok) return key;
  }
  const browser = { 'browser-id': 'gait-start' };
  const password = readFileSync(secrets.n8nOwnerPassword, 'utf8').trim();
  const { cookie } = await call(`${url}/rest/login`, browser, { emailOrLdapLoginId: n8nOwner.email, password });
  const session = { ...browser, cookie };
  const { answer: scopes } = await call(`${url}/rest/api-keys/scopes`, session);
  const made = await call(`${url}/rest/api-keys`, session, {
    label: `gait ${new Date().toISOString()}`,
    scopes: field(scopes, 'data'),
    expiresAt: null,
  });
  const key = field(field(made.answer, 'data'), 'rawApiKey');
  if (typeof key !== 'string') throw new Problem('n8n gave no API key.', 'Read the n8n log and start again.');
  writeSecret(file, key);
  return key;
}
