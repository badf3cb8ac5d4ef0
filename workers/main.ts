// Starts the Temporal workers, one per task queue in this process, and a health page.

import { createServer } from 'node:http';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { LogLevel as TemporalLogLevel } from '@temporalio/worker';
import pino from 'pino';
import { readCodecKeys } from '../payload-codec/keys.ts';
import { authorizationTaskQueue } from '../workflows/authorization/messages.ts';
import { claimTaskQueue } from '../workflows/claim/messages.ts';
import { eligibilityTaskQueue } from '../workflows/eligibility-batch/messages.ts';
import { messageTaskQueue } from '../workflows/message/messages.ts';
import { noteFilingTaskQueue } from '../workflows/note-filing/messages.ts';
import { waitlistTaskQueue } from '../workflows/waitlist-offer/messages.ts';
import { authorizationActivities } from './activities/authorization.ts';
import { claimActivities } from './activities/claim.ts';
import { eligibilityActivities } from './activities/eligibility.ts';
import { messageActivities } from './activities/message.ts';
import { noteFilingActivities } from './activities/note-filing.ts';
import { waitlistActivities } from './activities/waitlist-offer.ts';
import { bundleWorkflows } from './bundle.ts';
import { readWorkerConfig } from './config.ts';
import type { LogLevel } from './config.ts';
import { gaitServer } from './gait-server.ts';
import { createWorker } from './worker.ts';

const temporalLevels: Readonly<Record<LogLevel, TemporalLogLevel>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};

const pinoLevels: Readonly<Record<TemporalLogLevel, LogLevel>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Only these fields of a log entry are written: ids and codes. */
const loggedFields = [
  'workflowId',
  'runId',
  'activityId',
  'activityType',
  'workflowType',
  'attempt',
  'command',
  'code',
  'state',
];

async function main(): Promise<void> {
  const config = readWorkerConfig(process.env);
  const log = pino({ name: 'worker', level: config.logLevel, base: null });
  Runtime.install({
    // Stopping is one order for both signals and both servers, below.
    shutdownSignals: [],
    logger: new DefaultLogger(temporalLevels[config.logLevel], ({ level, message, meta }) => {
      const fields = Object.entries(meta ?? {}).filter(([name]) => loggedFields.includes(name));
      log[pinoLevels[level]](Object.fromEntries(fields), message);
    }),
  });
  const keys = readCodecKeys(config.keyringFile);
  const [workflowBundle, connection] = await Promise.all([
    bundleWorkflows(),
    NativeConnection.connect({ address: config.temporalAddress }),
  ]);
  const dependencies = {
    server: gaitServer(config.serverUrl, config.apiKey),
    stepDeadlineSeconds: config.stepDeadlineSeconds,
  };
  const parts = { connection, namespace: config.temporalNamespace, workflowBundle, keys };
  const workers = await Promise.all([
    createWorker({ ...parts, taskQueue: authorizationTaskQueue, activities: authorizationActivities(dependencies) }),
    createWorker({ ...parts, taskQueue: claimTaskQueue, activities: claimActivities(dependencies) }),
    createWorker({ ...parts, taskQueue: eligibilityTaskQueue, activities: eligibilityActivities(dependencies) }),
    createWorker({ ...parts, taskQueue: messageTaskQueue, activities: messageActivities(dependencies) }),
    createWorker({ ...parts, taskQueue: waitlistTaskQueue, activities: waitlistActivities(dependencies) }),
    createWorker({ ...parts, taskQueue: noteFilingTaskQueue, activities: noteFilingActivities(dependencies) }),
  ]);
  const isRunning = (): boolean => workers.every((worker) => worker.getState() === 'RUNNING');
  const health = createServer((request, response) => {
    const ok = request.url === '/healthz' && isRunning();
    response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ ok }));
  }).listen(config.healthPort, '127.0.0.1');
  const stop = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  log.info('worker started');
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    health.close();
    await connection.close();
    log.info('worker stopped');
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The worker could not start.'}\n`);
  process.exitCode = 1;
}
