// Starts the server and stops it within ten seconds when asked.
import { createServer } from 'node:http';
import pino from 'pino';
import { GaitError } from '../domain/errors.ts';
import { createApp, openServices } from './app.ts';
import { readServerConfig } from './config.ts';
import { framesOf } from './http/failure.ts';

const stopMilliseconds = 9_000;

async function main(): Promise<void> {
  const config = readServerConfig(process.env);
  const log = pino({ level: config.logLevel, base: { process: 'server' }, timestamp: pino.stdTimeFunctions.isoTime });
  const services = await openServices(config, { log });
  const app = await createApp(services);
  const server = createServer(app.express);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  log.info({ port: config.port }, 'ready');

  const stop = async (): Promise<void> => {
    const late = setTimeout(() => process.exit(1), stopMilliseconds);
    late.unref();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await closed;
    await app.stop();
    await services.database.close();
    log.info('stopped');
    clearTimeout(late);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** What ends the start, in one sentence. A port that is taken and a database that is away are an operator's matter. */
function sentenceOf(error: unknown): string {
  if (error instanceof GaitError) return [error.message, error.fix].filter((part) => part !== undefined).join(' ');
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'The server port is taken: set GAIT_SERVER_PORT to a free one.';
  if (code === 'ECONNREFUSED') return 'PostgreSQL does not answer at GAIT_DATABASE_URL.';
  return [
    'The server could not start.',
    ...(typeof code === 'string' ? [`Code ${code}.`] : []),
    ...framesOf(error),
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
});
