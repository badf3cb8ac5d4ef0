// Where things lie in the archive, our own folder: what was sent, what came, and what tells which file answers what.
import { randomBytes } from 'node:crypto';
import { isFault } from '../files/files.ts';
import type { Files, FileSeen } from '../files/files.ts';

/**
 * `taking`: moved out of the inbox, not yet sorted. `new`: not yet confirmed by whoever fetches. `received`: done with.
 * `answers` and `acknowledged`: for a trace or a control number, the SHA-256 of the file that speaks of it.
 * `sending` and `sent`: for each file we leave in the outbox, what is in it and how far its sending has come.
 */
export type Shelf = 'taking' | 'new' | 'received' | 'answers' | 'acknowledged' | 'sending' | 'sent';

/** Files of payers stay far below; what is beyond is no answer to us. */
export const largestFileBytes = 100_000_000;

export class Archive {
  readonly #files: Files;
  readonly #folder: string;

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  path(shelf: Shelf, name: string): string {
    return `${this.#folder}/${shelf}/${name}`;
  }

  async list(shelf: Shelf): Promise<FileSeen[]> {
    try {
      return await this.#files.list(`${this.#folder}/${shelf}`);
    } catch (error) {
      if (isFault(error, 'missing')) return [];
      throw error;
    }
  }

  stat(shelf: Shelf, name: string): Promise<FileSeen | null> {
    return this.#files.stat(this.path(shelf, name));
  }

  /** Null where it is not there. */
  async read(shelf: Shelf, name: string): Promise<Buffer | null> {
    try {
      return await this.#files.read(this.path(shelf, name), largestFileBytes);
    } catch (error) {
      if (isFault(error, 'missing')) return null;
      throw error;
    }
  }

  async write(shelf: Shelf, name: string, bytes: Uint8Array): Promise<void> {
    await this.#into(shelf, () => this.#files.write(this.path(shelf, name), bytes));
  }

  async remove(shelf: Shelf, name: string): Promise<void> {
    await this.#files.remove(this.path(shelf, name));
  }

  /** Moves a file here. Fault `missing` where it is no longer there: somebody else moved it. */
  async take(from: string, shelf: Shelf, name: string): Promise<void> {
    await this.#into(shelf, () => this.#files.rename(from, this.path(shelf, name)));
  }

  /** Moves a file from one shelf to another; what is not there or was moved by somebody else is no fault. */
  async move(from: Shelf, name: string, to: Shelf, newName = name): Promise<void> {
    try {
      await this.take(this.path(from, name), to, newName);
    } catch (error) {
      if (isFault(error, 'missing')) return;
      if (!isFault(error, 'exists', 'failed') || (await this.stat(to, newName)) === null) throw error;
      await this.remove(from, name);
    }
  }

  /** A received file by its SHA-256, wherever it lies. */
  async received(sha256: string): Promise<Buffer | null> {
    return (await this.read('received', fileName(sha256))) ?? (await this.read('new', fileName(sha256)));
  }

  /** Notes that a file speaks of something. The first one stays: an answer that was read does not change. */
  async point(shelf: 'answers' | 'acknowledged', name: string, sha256: string): Promise<void> {
    if ((await this.stat(shelf, name)) !== null) return;
    const unfinished = `${name}.${randomBytes(8).toString('hex')}.part`;
    await this.write(shelf, unfinished, Buffer.from(sha256));
    await this.move(shelf, unfinished, shelf, name);
  }

  /** The file that speaks of it, or null. */
  async pointed(shelf: 'answers' | 'acknowledged', name: string): Promise<{ sha256: string; bytes: Buffer } | null> {
    const sha256 = (await this.read(shelf, name))?.toString('latin1') ?? null;
    const bytes = sha256 === null ? null : await this.received(sha256);
    return sha256 === null || bytes === null ? null : { sha256, bytes };
  }

  /** Makes the shelf when it is found missing: one call fewer for each time it is there. */
  async #into(shelf: Shelf, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isFault(error, 'missing')) throw error;
      await this.#files.makeFolder(`${this.#folder}/${shelf}`);
      await work();
    }
  }
}

export function fileName(sha256: string): string {
  return `${sha256}.x12`;
}
