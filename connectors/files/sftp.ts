// SFTP: one SSH session to a host whose key is known beforehand, and the few file calls we need of it.
import { createHash } from 'node:crypto';
import { Client } from 'ssh2';
import type { SFTPWrapper } from 'ssh2';
import { FileFault, isFault, isSafeName } from './files.ts';
import type { Files, FileSeen, OpenFile, SftpServer } from './files.ts';
import type { SftpCredentials } from './sftp-settings.ts';

/** The fingerprint of a host key as OpenSSH shows it. @param key in the SSH wire format */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** SSH_FXP_STATUS codes of SFTP version 3 (draft-ietf-secsh-filexfer-02, section 7). */
const statuses = { missing: 2, refused: 3 } as const;
/** No connection, connection lost. */
const lostStatuses: readonly number[] = [6, 7];
const fileType = 0o170000;
const plainFile = 0o100000;
const folderType = 0o040000;

function codeOf(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : null;
}

function levelOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'level' in error ? String(error.level) : null;
}

/** Opens a session. Ends it when `signal` aborts: every call on its way is then `lost`. Throws a `FileFault`. */
export async function openSftp(
  server: SftpServer,
  credentials: SftpCredentials,
  { signal, timeoutSeconds }: { readonly signal: AbortSignal; readonly timeoutSeconds: number },
): Promise<Files> {
  const client = new Client();
  const close = (): void => {
    signal.removeEventListener('abort', abort);
    client.end();
  };
  const abort = (): void => {
    client.destroy();
  };
  signal.addEventListener('abort', abort);
  try {
    await connect(client, server, credentials, timeoutSeconds);
    return new SftpFiles(await session(client), client, close);
  } catch (error) {
    signal.removeEventListener('abort', abort);
    client.destroy();
    throw error;
  }
}

function connect(
  client: Client,
  { host, port, username, hostKeys }: SftpServer,
  { password, privateKey, passphrase }: SftpCredentials,
  timeoutSeconds: number,
): Promise<void> {
  let presented: string | null = null;
  return new Promise((resolve, reject) => {
    const fail = (error?: unknown): void => {
      if (presented !== null && !hostKeys.includes(presented)) reject(new FileFault('hostKey', presented));
      else reject(new FileFault(levelOf(error) === 'client-authentication' ? 'credentials' : 'unreachable'));
    };
    client.once('ready', () => {
      // Every call is one small packet whose answer is waited for: held back, each would take 40 ms longer.
      client.setNoDelay(true);
      resolve();
    });
    // Not once: a second error without a listener would end the process.
    client.on('error', fail);
    client.once('close', () => {
      fail();
    });
    try {
      client.connect({
        host,
        port,
        username,
        readyTimeout: timeoutSeconds * 1000,
        hostVerifier: (key: Buffer) => {
          presented = fingerprintOf(key);
          return hostKeys.includes(presented);
        },
        ...(privateKey === null ? {} : { privateKey }),
        ...(passphrase === null ? {} : { passphrase }),
        ...(password === null ? {} : { password }),
      });
    } catch {
      // The key cannot be read, or its passphrase is wrong.
      reject(new FileFault('credentials'));
    }
  });
}

function session(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.once('close', () => {
      reject(new FileFault('unreachable'));
    });
    client.sftp((error, sftp) => {
      if (error) reject(new FileFault('unreachable'));
      else resolve(sftp);
    });
  });
}

type Answer<T> = (error: Error | null | undefined, value: T) => void;

class SftpFiles implements Files {
  readonly #sftp: SFTPWrapper;
  readonly #pending = new Set<(fault: FileFault) => void>();
  readonly #close: () => void;
  #isLost = false;

  constructor(sftp: SFTPWrapper, client: Client, close: () => void) {
    this.#sftp = sftp;
    this.#close = close;
    const lost = (): void => {
      this.#isLost = true;
      for (const fail of this.#pending) fail(new FileFault('lost'));
      this.#pending.clear();
    };
    client.once('close', lost);
    sftp.once('close', lost);
    sftp.on('error', lost);
  }

  close(): void {
    this.#close();
  }

  async list(folder: string): Promise<FileSeen[]> {
    const entries = await this.#ask<readonly Entry[]>((answer) => {
      this.#sftp.readdir(folder, answer);
    });
    return entries
      .filter(({ filename, attrs }) => isSafeName(filename) && (attrs.mode & fileType) === plainFile)
      .map(({ filename, attrs }) => ({ name: filename, bytes: attrs.size, modifiedAt: attrs.mtime * 1000 }));
  }

  async stat(path: string): Promise<FileSeen | null> {
    const found = await this.#attributes(path);
    if (found === null || (found.mode & fileType) !== plainFile) return null;
    return { name: path.slice(path.lastIndexOf('/') + 1), bytes: found.size, modifiedAt: found.mtime * 1000 };
  }

  async open(path: string): Promise<OpenFile> {
    const found = await this.#attributes(path);
    if (found === null) throw new FileFault('missing');
    if ((found.mode & fileType) !== plainFile) throw new FileFault('refused');
    const handle = await this.#open(path, 'r');
    return {
      bytes: found.size,
      read: (buffer, at) => this.#fill(handle, buffer, at),
      close: () => this.#shut(handle),
    };
  }

  async read(path: string, limit: number): Promise<Buffer> {
    const file = await this.open(path);
    try {
      if (file.bytes > limit) throw new FileFault('tooLarge');
      const parts: Buffer[] = [];
      for (let at = 0; ; ) {
        const part = Buffer.alloc(Math.min(readBytes, limit + 1 - at));
        const count = await file.read(part, at);
        parts.push(part.subarray(0, count));
        at += count;
        if (at > limit) throw new FileFault('tooLarge');
        if (count < part.length) return Buffer.concat(parts);
      }
    } finally {
      await file.close();
    }
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const handle = await this.#open(path, 'wx');
    const buffer = Buffer.from(bytes);
    try {
      await this.#ask((answer: Answer<undefined>) => {
        this.#sftp.write(handle, buffer, 0, buffer.length, 0, (error) => {
          answer(error, undefined);
        });
      });
    } finally {
      await this.#shut(handle);
    }
    // A server without room may close the file without a word.
    if ((await this.stat(path))?.bytes !== buffer.length) throw new FileFault('failed');
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#ask((answer: Answer<undefined>) => {
      this.#sftp.rename(from, to, (error) => {
        answer(error, undefined);
      });
    });
  }

  async remove(path: string): Promise<void> {
    try {
      await this.#ask((answer: Answer<undefined>) => {
        this.#sftp.unlink(path, (error) => {
          answer(error, undefined);
        });
      });
    } catch (error) {
      if (!isFault(error, 'missing')) throw error;
    }
  }

  async makeFolder(path: string): Promise<void> {
    const found = await this.#attributes(path);
    if (found !== null) {
      if ((found.mode & fileType) !== folderType) throw new FileFault('refused');
      return;
    }
    try {
      await this.#ask((answer: Answer<undefined>) => {
        this.#sftp.mkdir(path, { mode: 0o700 }, (error) => {
          answer(error, undefined);
        });
      });
    } catch (error) {
      // Somebody else made it meanwhile.
      if (!isFault(error, 'failed') || (await this.#attributes(path)) === null) throw error;
    }
  }

  async #attributes(path: string): Promise<Attributes | null> {
    try {
      return await this.#ask<Attributes>((answer) => {
        this.#sftp.lstat(path, answer);
      });
    } catch (error) {
      if (isFault(error, 'missing')) return null;
      throw error;
    }
  }

  async #open(path: string, mode: 'r' | 'wx'): Promise<Buffer> {
    try {
      return await this.#ask<Buffer>((answer) => {
        this.#sftp.open(path, mode, { mode: 0o600 }, answer);
      });
    } catch (error) {
      // Version 3 has no status for a file that is there.
      if (mode === 'wx' && isFault(error, 'failed') && (await this.#attributes(path)) !== null)
        throw new FileFault('exists');
      throw error;
    }
  }

  /** Asks for all parts of the buffer at once: one after the other, each would cost the way there and back. */
  async #fill(handle: Buffer, buffer: Buffer, at: number): Promise<number> {
    const parts: Promise<number>[] = [];
    for (let from = 0; from < buffer.length; from += partBytes)
      parts.push(this.#part(handle, buffer.subarray(from, from + partBytes), at + from));
    let filled = 0;
    for (const count of await Promise.all(parts)) {
      filled += count;
      if (count < partBytes) break;
    }
    return filled;
  }

  async #part(handle: Buffer, part: Buffer, at: number): Promise<number> {
    let filled = 0;
    while (filled < part.length) {
      const count = await this.#ask<number>((answer) => {
        this.#sftp.read(handle, part, filled, part.length - filled, at + filled, answer);
      });
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  async #shut(handle: Buffer): Promise<void> {
    try {
      await this.#ask((answer: Answer<undefined>) => {
        this.#sftp.close(handle, (error) => {
          answer(error, undefined);
        });
      });
    } catch (error) {
      // What came before tells more; a write is checked by its size.
      if (!(error instanceof FileFault)) throw error;
    }
  }

  /** One call. Its fault is `lost` when the session ends before the answer. */
  #ask<T>(call: (answer: Answer<T>) => void): Promise<T> {
    if (this.#isLost) return Promise.reject(new FileFault('lost'));
    return new Promise((resolve, reject) => {
      const fail = (fault: FileFault): void => {
        this.#pending.delete(fail);
        reject(fault);
      };
      this.#pending.add(fail);
      call((error, value) => {
        this.#pending.delete(fail);
        if (error) reject(faultOf(error));
        else resolve(value);
      });
    });
  }
}

interface Attributes {
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
}

interface Entry {
  readonly filename: string;
  readonly attrs: Attributes;
}

/** What one packet of a server holds. */
const partBytes = 32_768;
const readBytes = 262_144;

function faultOf(error: Error): FileFault {
  const code = codeOf(error);
  if (code === statuses.missing) return new FileFault('missing');
  if (code === statuses.refused) return new FileFault('refused');
  // No status of the server's: the session ended under the call.
  return new FileFault(code === null || lostStatuses.includes(code) ? 'lost' : 'failed');
}
