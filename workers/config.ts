// The worker's settings, read from the environment once; a missing one is one sentence.

import { readFileSync } from 'node:fs';

export interface WorkerConfig {
  /** Base URL of the server, without a slash at the end. */
  readonly serverUrl: string;
  /** The worker's API key. */
  readonly apiKey: string;
  readonly keyringFile: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly healthPort: number;
  /** The longest a flow may take for one delivery of a step; null: what the workflow says. */
  readonly stepDeadlineSeconds: number | null;
  readonly logLevel: LogLevel;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Reads the settings.
 * @throws Error with one sentence naming the variable that is missing or wrong.
 */
export function readWorkerConfig(environment: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const needed = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new Error(`The worker needs the environment variable ${name}.`);
    return value;
  };
  const healthPort = Number(environment['GAIT_WORKER_HEALTH_PORT'] ?? '7316');
  if (!Number.isInteger(healthPort) || healthPort < 1 || healthPort > 65_535) {
    throw new Error('GAIT_WORKER_HEALTH_PORT must be a port number.');
  }
  const deadline = environment['GAIT_STEP_DEADLINE_SECONDS'];
  const stepDeadlineSeconds = deadline === undefined || deadline === '' ? null : Number(deadline);
  if (stepDeadlineSeconds !== null && !(stepDeadlineSeconds >= 1)) {
    throw new Error('GAIT_STEP_DEADLINE_SECONDS must be a number of seconds.');
  }
  const level = environment['GAIT_LOG_LEVEL'] ?? 'info';
  const logLevel = logLevels.find((known) => known === level);
  if (logLevel === undefined) throw new Error(`GAIT_LOG_LEVEL must be one of ${logLevels.join(', ')}.`);
  return {
    serverUrl: needed('GAIT_SERVER_URL').replace(/\/+$/, ''),
    apiKey: readKey(needed('GAIT_WORKER_KEY_FILE')),
    keyringFile: needed('GAIT_KEYRING_FILE'),
    temporalAddress: needed('GAIT_TEMPORAL_ADDRESS'),
    temporalNamespace: environment['GAIT_TEMPORAL_NAMESPACE'] ?? 'default',
    healthPort,
    stepDeadlineSeconds,
    logLevel,
  };
}

function readKey(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    throw new Error('The file that GAIT_WORKER_KEY_FILE names cannot be read.');
  }
  if (text === '') throw new Error('The file that GAIT_WORKER_KEY_FILE names is empty.');
  return text;
}
