// What each of Gait's processes is told at its start: only what it needs, so that one that is taken over knows no more.
import { dirname, join } from 'node:path';
import { checkout } from './places.mjs';
import type { SecretFiles } from './secrets.ts';
import type { StackPorts } from './settings.ts';
import type { StackUrls } from './stack-file.ts';

/** The stack the processes belong to. `outside` is the environment of the command that starts it. */
export interface Surroundings {
  readonly home: string;
  readonly ports: StackPorts;
  readonly urls: StackUrls;
  readonly secrets: SecretFiles;
  readonly sandboxSeed: number;
  readonly outside: Readonly<Record<string, string | undefined>>;
}

type ProcessEnvironment = Readonly<Record<string, string>>;

function common({ home, outside }: Surroundings): ProcessEnvironment {
  return {
    PATH: `${dirname(process.execPath)}:${outside['PATH'] ?? ''}`,
    HOME: outside['HOME'] ?? home,
    TZ: 'UTC',
    NODE_ENV: 'production',
    GAIT_LOG_LEVEL: outside['GAIT_LOG_LEVEL'] ?? 'info',
  };
}

function temporal({ urls, outside }: Surroundings): ProcessEnvironment {
  return {
    GAIT_TEMPORAL_ADDRESS: urls.temporal,
    GAIT_TEMPORAL_NAMESPACE: outside['TEMPORAL_NAMESPACE'] ?? 'default',
  };
}

/** The server has the database and the keyring; nobody else has both. `databaseUrl` carries the password. */
export function serverEnvironment(surroundings: Surroundings, databaseUrl: string): ProcessEnvironment {
  const { ports, urls, secrets } = surroundings;
  return {
    ...common(surroundings),
    ...temporal(surroundings),
    GAIT_DATABASE_URL: databaseUrl,
    GAIT_KEYRING_FILE: secrets.keyring,
    GAIT_SERVER_PORT: String(ports.server),
    GAIT_PUBLIC_URL: urls.server,
    ...(urls.temporalUi === null ? {} : { GAIT_TEMPORAL_UI_URL: urls.temporalUi }),
    GAIT_N8N_URL: urls.n8n,
    GAIT_CONSOLE_DIST: join(checkout, 'console', 'dist'),
    GAIT_TABLES: join(surroundings.home, 'tables'),
  };
}

/** The worker asks the server with its own key; of the keyring it derives the codec's keys. */
export function workerEnvironment(surroundings: Surroundings): ProcessEnvironment {
  const { ports, urls, secrets } = surroundings;
  return {
    ...common(surroundings),
    ...temporal(surroundings),
    GAIT_KEYRING_FILE: secrets.keyring,
    GAIT_WORKER_KEY_FILE: secrets.workerKey,
    GAIT_SERVER_URL: urls.server,
    GAIT_WORKER_HEALTH_PORT: String(ports.workerHealth),
  };
}

/** The sandbox is a stranger: it is told nothing of Gait. */
export function sandboxEnvironment(surroundings: Surroundings): ProcessEnvironment {
  return {
    ...common(surroundings),
    GAIT_SANDBOX_PORT: String(surroundings.ports.sandbox),
    GAIT_SANDBOX_SMTP_PORT: String(surroundings.ports.sandboxMail),
    GAIT_SANDBOX_HL7_PORT: String(surroundings.ports.sandboxHl7),
    GAIT_SANDBOX_SEED: String(surroundings.sandboxSeed),
    GAIT_SANDBOX_STATE: join(surroundings.home, 'sandbox'),
  };
}
