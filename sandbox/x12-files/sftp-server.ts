// The clearinghouse's SFTP server: the folders of the clinic and nothing above them, one user, transfers that can be cut.
import {
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { join, posix } from 'node:path';
import ssh2 from 'ssh2';
import type { AuthContext, Connection, SFTPWrapper } from 'ssh2';
import type { X12FilesStore } from './store.ts';

const { Server, utils } = ssh2;
const { STATUS_CODE, flagsToString } = utils.sftp;
const partBytes = 32_768;

export const sftpUser = 'clinic';
export const sftpPassword = 'secret';

export interface RunningSftp {
  readonly port: number;
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
  stop(): Promise<void>;
}

/** A new private key in OpenSSH's form. One in some hundred that ssh2 makes it cannot read itself: then another one. */
export function newPrivateKey(): string {
  for (;;) {
    const { private: text } = utils.generateKeyPairSync('ed25519');
    if (!(utils.parseKey(text) instanceof Error)) return text;
  }
}

/** The host key, made once and kept: a key that changes is what a client must not accept. */
export function hostKey(stateFolder: string): { privateKey: string; fingerprint: string } {
  const path = join(stateFolder, 'sftp-host-key');
  if (!existsSync(path)) writeFileSync(path, newPrivateKey(), { mode: 0o600 });
  const privateKey = readFileSync(path, 'utf8');
  const parsed = utils.parseKey(privateKey);
  if (parsed instanceof Error || Array.isArray(parsed)) throw new Error('The host key of the sandbox cannot be read.');
  const digest = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return { privateKey, fingerprint: `SHA256:${digest}` };
}

/** Listens on loopback; port 0 takes a free one. Any public key of the user counts, or the one password. */
export async function startSftp(store: X12FilesStore, port: number): Promise<RunningSftp> {
  const { privateKey, fingerprint } = hostKey(store.stateFolder);
  const connections = new Set<Connection>();
  const server = new Server({ hostKeys: [privateKey] }, (connection: Connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    // A client that leaves without a word is no fault of the server's.
    connection.on('error', () => undefined);
    connection.on('authentication', authenticate);
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        new SftpSession(acceptSftp(), connection, store).serve();
      });
    });
  });
  // Each answer goes out at once: held back for the client's acknowledgment it would take 40 ms longer.
  const listener = createServer({ noDelay: true }, (socket) => {
    server.injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, '127.0.0.1', resolve);
  });
  const address = listener.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    port: actual,
    fingerprint,
    stop: () =>
      new Promise((resolve) => {
        for (const connection of connections) connection.end();
        listener.close(() => {
          resolve();
        });
      }),
  };
}

function authenticate(context: AuthContext): void {
  const isUser = context.username === sftpUser;
  if (isUser && context.method === 'password' && context.password === sftpPassword) context.accept();
  else if (isUser && context.method === 'publickey') context.accept();
  else context.reject(['password', 'publickey']);
}

interface Open {
  readonly fd: number | null;
  /** What a folder holds and was not told yet. */
  readonly names: string[];
  readonly folder: string;
}

class SftpSession {
  readonly #sftp: SFTPWrapper;
  readonly #connection: Connection;
  readonly #store: X12FilesStore;
  readonly #handles = new Map<number, Open>();
  #next = 0;

  constructor(sftp: SFTPWrapper, connection: Connection, store: X12FilesStore) {
    this.#sftp = sftp;
    this.#connection = connection;
    this.#store = store;
  }

  serve(): void {
    const sftp = this.#sftp;
    sftp.on('REALPATH', (id, path) => {
      sftp.name(id, [{ filename: posix.resolve('/', path), longname: '', attrs: blank }]);
    });
    for (const event of ['STAT', 'LSTAT'] as const)
      sftp.on(event as 'STAT', (id, path) => {
        this.#try(id, () => {
          sftp.attrs(id, attributes(lstatSync(this.#local(path))));
        });
      });
    sftp.on('OPEN', (id, path, flags) => {
      this.#try(id, () => {
        const fd = openSync(this.#local(path), flagsToString(flags) ?? 'r', 0o600);
        this.#give(id, { fd, names: [], folder: '' });
      });
    });
    sftp.on('OPENDIR', (id, path) => {
      this.#try(id, () => {
        const folder = this.#local(path);
        this.#give(id, { fd: null, names: readdirSync(folder), folder });
      });
    });
    sftp.on('READDIR', (id, handle) => {
      this.#try(id, () => {
        const { names, folder } = this.#of(handle);
        const some = names.splice(0, 100);
        if (some.length === 0) sftp.status(id, STATUS_CODE.EOF);
        else
          sftp.name(
            id,
            // What was moved away since the folder was opened is left out, as OpenSSH does.
            some.flatMap((filename) => {
              const found = lstatSync(join(folder, filename), { throwIfNoEntry: false });
              return found === undefined ? [] : [{ filename, longname: filename, attrs: attributes(found) }];
            }),
          );
      });
    });
    sftp.on('FSTAT', (id, handle) => {
      this.#try(id, () => {
        sftp.attrs(id, attributes(fstatSync(this.#of(handle).fd ?? -1)));
      });
    });
    sftp.on('READ', (id, handle, offset, length) => {
      if (this.#cut('read', offset + length)) return;
      this.#try(id, () => {
        const buffer = Buffer.alloc(Math.min(length, partBytes));
        const read = readSync(this.#of(handle).fd ?? -1, buffer, 0, buffer.length, offset);
        if (read === 0) sftp.status(id, STATUS_CODE.EOF);
        else sftp.data(id, buffer.subarray(0, read));
      });
    });
    sftp.on('WRITE', (id, handle, offset, data) => {
      const { fd } = this.#of(handle);
      const fault = this.#cutting('write', offset + data.length);
      const part = fault === null ? data : data.subarray(0, Math.max(0, (fault.bytes ?? 0) - offset));
      if (fault === null) {
        this.#try(id, () => {
          writeSync(fd ?? -1, part, 0, part.length, offset);
          sftp.status(id, STATUS_CODE.OK);
        });
        return;
      }
      writeSync(fd ?? -1, part, 0, part.length, offset);
      this.#connection.end();
    });
    sftp.on('CLOSE', (id, handle) => {
      this.#try(id, () => {
        const { fd } = this.#of(handle);
        if (fd !== null) closeSync(fd);
        this.#handles.delete(handle.readUInt32BE(0));
        sftp.status(id, STATUS_CODE.OK);
      });
    });
    sftp.on('RENAME', (id, from, to) => {
      this.#try(id, () => {
        // As OpenSSH does it in version 3: never over another file.
        if (existsSync(this.#local(to))) {
          sftp.status(id, STATUS_CODE.FAILURE);
          return;
        }
        renameSync(this.#local(from), this.#local(to));
        if (!this.#cut('rename', Infinity)) sftp.status(id, STATUS_CODE.OK);
      });
    });
    sftp.on('REMOVE', (id, path) => {
      this.#try(id, () => {
        rmSync(this.#local(path));
        sftp.status(id, STATUS_CODE.OK);
      });
    });
    sftp.on('MKDIR', (id, path) => {
      this.#try(id, () => {
        mkdirSync(this.#local(path));
        sftp.status(id, STATUS_CODE.OK);
      });
    });
  }

  /** Ends the session in the middle of a transfer where a fault says so; the client gets no answer. */
  #cut(on: 'read' | 'rename', bytes: number): boolean {
    if (this.#cutting(on, bytes) === null) return false;
    this.#connection.end();
    return true;
  }

  #cutting(on: 'write' | 'read' | 'rename', bytes: number) {
    return this.#store.takeFault(['cut'], (fault) => (fault.on ?? 'write') === on && bytes > (fault.bytes ?? 0));
  }

  /** A path below the clinic's folders, whatever the client asks for. */
  #local(path: string): string {
    return join(this.#store.root, posix.resolve('/', path));
  }

  #give(id: number, open: Open): void {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(this.#next, 0);
    this.#handles.set(this.#next, open);
    this.#next += 1;
    this.#sftp.handle(id, handle);
  }

  #of(handle: Buffer): Open {
    const open = this.#handles.get(handle.readUInt32BE(0));
    if (open === undefined) throw new Error('no such handle');
    return open;
  }

  #try(id: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
      const status =
        code === 'ENOENT'
          ? STATUS_CODE.NO_SUCH_FILE
          : code === 'EACCES'
            ? STATUS_CODE.PERMISSION_DENIED
            : STATUS_CODE.FAILURE;
      this.#sftp.status(id, status);
    }
  }
}

const blank = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

function attributes({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats) {
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
}
