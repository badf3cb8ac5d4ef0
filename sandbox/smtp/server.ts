// A mail server on loopback: any user but one with the password `wrong`, every reply of the field on demand, nothing delivered.
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { replies } from './faults.ts';
import type { Fault } from './faults.ts';
import type { SmtpStore } from './store.ts';

export interface RunningMail {
  readonly port: number;
  stop(): Promise<void>;
}

export interface MailOptions {
  /** 0: any free one. */
  readonly port: number;
  /** PEM; without them the server is plain. `implicit`: encrypted from the first byte, else by STARTTLS. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly implicit: boolean };
  /** Told to every client (RFC 1870). */
  readonly largestBytes?: number;
  /** What a test wants to see of a message; the server itself keeps its id alone. */
  readonly onMessage?: (raw: string) => void;
}

type Place = (typeof replies)[keyof typeof replies]['at'];

function refusal(fault: Fault['fault'] | undefined, place: Place): Error | null {
  const reply = Object.entries(replies).find(([name]) => name === fault)?.[1];
  return reply === undefined || reply.at !== place
    ? null
    : Object.assign(new Error(reply.text), { responseCode: reply.code });
}

function headersOf(raw: string): readonly string[] {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  return head.split('\r\n').flatMap((line) => /^([^\s:]+):/.exec(line)?.[1] ?? []);
}

/** Starts it on loopback. The first fault in the queue befalls the whole of the next session. */
export async function startMail(
  store: SmtpStore,
  { port, tls, largestBytes, onMessage }: MailOptions,
): Promise<RunningMail> {
  const faults = new Map<string, Fault['fault']>();
  const faultOf = ({ id }: SMTPServerSession) => faults.get(id);
  const cut = ({ id }: SMTPServerSession): void => {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  };

  const handlers: SMTPServerOptions = {
    onConnect(session, done) {
      store.count('session');
      const { fault } = store.takeFault('session') ?? {};
      if (fault !== undefined) faults.set(session.id, fault);
      if (fault === 'notEncrypted') session.disabledCommands = ['STARTTLS'];
      done(refusal(fault, 'connect'));
    },
    onAuth({ password }, session, done) {
      const refused =
        refusal(faultOf(session), 'login') ?? (password === 'wrong' ? refusal('loginRefused', 'login') : null);
      if (refused === null) done(null, { user: 'clinic' });
      else done(refused);
    },
    onMailFrom(_address, session, done) {
      done(refusal(faultOf(session), 'sender'));
    },
    onRcptTo(_address, session, done) {
      const fault = faultOf(session);
      if (fault === 'closesBeforeMessage') cut(session);
      else if (fault !== 'hangsBeforeMessage') done(refusal(fault, 'recipient'));
    },
    onData(stream, session, done) {
      const fault = faultOf(session);
      if (fault === 'closesWithinMessage') {
        stream.once('data', () => {
          cut(session);
        });
        return;
      }
      void text(stream).then((raw) => {
        const refused = refusal(fault, 'message');
        if (refused !== null) {
          done(refused);
          return;
        }
        const messageId = /^Message-ID: *(<[^>\s]+>)/im.exec(raw)?.[1] ?? null;
        const taken = { messageId, headers: headersOf(raw), bytes: Buffer.byteLength(raw) };
        store.change({ taken: [...store.state.taken, taken] });
        onMessage?.(raw);
        if (fault === 'closesAfterTaking') cut(session);
        else if (fault !== 'hangsAfterTaking') done(null, '2.0.0 Ok: queued');
      });
    },
    onClose({ id }) {
      faults.delete(id);
    },
  };

  const server = new SMTPServer({
    ...handlers,
    ...(tls === undefined ? { disabledCommands: ['STARTTLS'] } : { key: tls.key, cert: tls.cert }),
    ...(largestBytes === undefined ? {} : { size: largestBytes }),
    secure: tls?.implicit === true,
    authOptional: true,
    allowInsecureAuth: tls === undefined,
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
  });
  // A client that leaves in the midst of its handshake is no error of ours.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.server.address() as AddressInfo;
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}
