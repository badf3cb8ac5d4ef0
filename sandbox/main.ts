// Starts the sandbox on loopback; ends within ten seconds of SIGTERM.
import { pino } from 'pino';
import { createSandbox } from './app.ts';
import { readSandboxConfig } from './config.ts';
import { startMail } from './smtp/server.ts';
import { sweep } from './x12-files/clearinghouse.ts';
import { startSftp } from './x12-files/sftp-server.ts';

const log = pino({ name: 'sandbox', level: process.env['GAIT_LOG_LEVEL'] ?? 'info' });

const sweepMilliseconds = 500;

try {
  const config = readSandboxConfig(process.env);
  const { app, x12Files, desk, mail, hl7 } = createSandbox({ ...config, now: () => new Date() });
  const sftp = config.sftpPort === null ? null : await startSftp(x12Files, config.sftpPort);
  const mailServer = config.smtpPort === null ? null : await startMail(mail, { port: config.smtpPort });
  if (config.hl7Port !== null) await hl7.start(config.hl7Port);
  const sweeping = setInterval(() => {
    try {
      sweep(x12Files, desk, new Date());
    } catch {
      // A folder that somebody removed under the clearinghouse must not end the other vendors.
      log.error('The clearinghouse could not sweep its folders.');
    }
  }, sweepMilliseconds);
  const server = app.listen(config.port, '127.0.0.1', (error) => {
    if (error) {
      log.fatal({ port: config.port }, 'The sandbox cannot listen: the port is taken. Set GAIT_SANDBOX_PORT.');
      process.exit(1);
    }
    log.info({ port: config.port }, 'sandbox ready');
  });
  const stop = (): void => {
    clearInterval(sweeping);
    void sftp?.stop();
    void mailServer?.stop();
    void hl7.stop();
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
