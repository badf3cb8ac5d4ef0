// Starts the sandbox on loopback; ends within ten seconds of SIGTERM.
import { pino } from 'pino';
import { createSandbox } from './app.ts';
import { readSandboxConfig } from './config.ts';

const log = pino({ name: 'sandbox', level: process.env['GAIT_LOG_LEVEL'] ?? 'info' });

try {
  const config = readSandboxConfig(process.env);
  const app = createSandbox({ ...config, now: () => new Date() });
  const server = app.listen(config.port, '127.0.0.1', (error) => {
    if (error) {
      log.fatal({ port: config.port }, 'The sandbox cannot listen: the port is taken. Set GAIT_SANDBOX_PORT.');
      process.exit(1);
    }
    log.info({ port: config.port }, 'sandbox ready');
  });
  const stop = (): void => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => {
      server.closeAllConnections();
    }, 3000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  log.fatal(error instanceof Error ? error.message : 'The sandbox cannot start.');
  process.exitCode = 1;
}
