// One session with a mail server: connect, encrypt, sign in, do one thing, leave. Nothing of it is logged.
import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ConnectorContext, Failure } from '../connector.ts';
import type { Call } from '../faults.ts';
import { ownTurn } from '../http.ts';
import { readSmtpConfig, readSmtpPassword } from './config.ts';
import type { SmtpConfig } from './config.ts';
import { smtpFailure } from './failures.ts';

/** What a session says of itself. `protocol`: TLSv1.3 …; null: not encrypted. */
export interface SessionFacts {
  readonly protocol: string | null;
  readonly signedIn: boolean;
}

function connectionFor(config: SmtpConfig): SMTPConnection {
  const { host, port, security, certificateAuthority, requestTimeoutSeconds } = config;
  const milliseconds = requestTimeoutSeconds * 1000;
  return new SMTPConnection({
    host,
    port,
    secure: security === 'implicit',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // What this machine calls itself is nobody's business.
    name: config.from.slice(config.from.lastIndexOf('@') + 1),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
    socketCloseTimeout: 0,
    tls: { minVersion: 'TLSv1.2', ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }) },
    logger: false,
  });
}

/** A step that ends by its callback, by an error of the connection, or by the end of the time it has. */
function step<T>(
  connection: SMTPConnection,
  signal: AbortSignal,
  begin: (done: (error: unknown, result?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (error: unknown, result?: T): void => {
      connection.off('error', settle);
      connection.off('end', ended);
      signal.removeEventListener('abort', aborted);
      if (error === undefined || error === null) resolve(result);
      else reject(error instanceof Error ? error : new Error('The session ended.'));
    };
    const ended = (): void => {
      settle(new Error('The session ended.'));
    };
    const aborted = (): void => {
      settle(new Error('The time is over.'));
    };
    if (signal.aborted) {
      aborted();
      return;
    }
    connection.once('error', settle);
    connection.once('end', ended);
    signal.addEventListener('abort', aborted, { once: true });
    begin(settle);
  });
}

const farewellMilliseconds = 1000;

/** Says goodbye, and waits no longer for the answer than is polite. */
function leave(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => {
    connection.close();
  }, farewellMilliseconds).unref();
}

/** Opens a session when it is its turn, does `work` in it and leaves; whatever goes wrong comes out as what it means. */
async function inSession<T>(
  context: ConnectorContext,
  call: Call,
  work: (connection: SMTPConnection, signal: AbortSignal, facts: SessionFacts) => Promise<T>,
  hasBegun: () => boolean,
): Promise<T | Failure> {
  const config = readSmtpConfig(context.config);
  const password = readSmtpPassword(config, context.secrets);
  const mustWait = await ownTurn(context, config.requestTimeoutSeconds);
  if (mustWait !== null) return mustWait;
  const connection = connectionFor(config);
  // A connection that breaks after the work was done must not end the process.
  connection.on('error', () => undefined);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(config.requestTimeoutSeconds * 1000)]);
  try {
    await step(connection, signal, (done) => {
      connection.connect(done);
    });
    const socket = connection._socket;
    const protocol = socket instanceof TLSSocket ? socket.getProtocol() : null;
    if (password !== null)
      await step(connection, signal, (done) => {
        connection.login({ user: config.username ?? '', pass: password }, done);
      });
    const result = await work(connection, signal, { protocol, signedIn: password !== null });
    leave(connection);
    return result;
  } catch (error) {
    connection.close();
    const failure = smtpFailure(error, hasBegun(), call);
    if (failure.kind === 'notSent' && failure.code === 'vendor.throttled')
      context.rate.hold(context.now(), failure.retryAfterSeconds ?? 0);
    return failure;
  }
}

/** Hands one message over to one address: nothing comes back once the server has taken it, else what went wrong. */
export function handOver(
  context: ConnectorContext,
  { from, to, message }: { readonly from: string; readonly to: string; readonly message: Buffer },
  call: Call,
): Promise<'taken' | Failure> {
  let hasBegun = false;
  const content = new Readable({
    // Asked for only when the server has said that it may come.
    read() {
      hasBegun = true;
      this.push(message);
      this.push(null);
    },
  });
  return inSession(
    context,
    call,
    async (connection, signal) => {
      await step(connection, signal, (done) => {
        connection.send({ from, to: [to], size: message.byteLength }, content, done);
      });
      return 'taken' as const;
    },
    () => hasBegun,
  );
}

/** Connects and signs in, and sends nothing. */
export function lookIn(context: ConnectorContext, call: Call): Promise<SessionFacts | Failure> {
  return inSession(
    context,
    call,
    (_connection, _signal, facts) => Promise.resolve(facts),
    () => false,
  );
}
