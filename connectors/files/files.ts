// What a transport of files does, be it a folder of this machine or SFTP, and how it says that something did not work.

/** A plain file. `modifiedAt` is in milliseconds by the clock of where it lies. */
export interface FileSeen {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** A file that is open for reading, of whatever size: nothing of it is held. */
export interface OpenFile {
  /** When it was opened. */
  readonly bytes: number;
  /** Fills the buffer with what stands from `at` on; returns how many bytes, fewer only at the end. */
  read(buffer: Buffer, at: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * An open way to the folders of a connection. A path is a folder and a name below it; a path never comes from outside.
 * Every call throws a `FileFault` and nothing else.
 */
export interface Files {
  /** Plain files whose names `isSafeName` takes; neither links nor folders. */
  list(folder: string): Promise<FileSeen[]>;
  /** Opens a file without following a link. */
  open(path: string): Promise<OpenFile>;
  /** Refuses links and files beyond `limit` bytes. */
  read(path: string, limit: number): Promise<Buffer>;
  /** Writes a new file whole; fault `exists` where one is there. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Moves in one step. A caller that must not replace anything makes sure of it before. */
  rename(from: string, to: string): Promise<void>;
  /** Nothing to remove is no fault. */
  remove(path: string): Promise<void>;
  /** Null where no plain file is there. */
  stat(path: string): Promise<FileSeen | null>;
  /** Makes a folder where there is none. */
  makeFolder(path: string): Promise<void>;
  close(): void;
}

/**
 * `missing`, `exists`, `refused` (no right, or a link), `tooLarge`, `failed` (disk full and the like): about one path.
 * `lost`: the way there broke, and the call may or may not have worked. `unreachable`, `credentials`, `hostKey`: there was no way;
 * `busy`: no turn came.
 */
export type FileFaultKind =
  | 'missing'
  | 'exists'
  | 'refused'
  | 'tooLarge'
  | 'failed'
  | 'lost'
  | 'unreachable'
  | 'credentials'
  | 'hostKey'
  | 'busy';

/** Never holds a file's name or a server's words. `detail` is a fingerprint where the host key is another one. */
export class FileFault extends Error {
  readonly kind: FileFaultKind;
  readonly detail: string | null;

  constructor(kind: FileFaultKind, detail: string | null = null) {
    super(`files: ${kind}`);
    this.kind = kind;
    this.detail = detail;
  }
}

/** Whether a fault is of one of these kinds. */
export function isFault(error: unknown, ...kinds: readonly FileFaultKind[]): error is FileFault {
  return error instanceof FileFault && kinds.includes(error.kind);
}

/** A name that stays in its folder: no separator, no control character, not hidden. */
export function isSafeName(name: string): boolean {
  return name.length <= 255 && /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u.test(name);
}

/** An SFTP server whose key is known beforehand. */
export interface SftpServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** `SHA256:…`, as ssh-keygen prints them. */
  readonly hostKeys: readonly string[];
}

/** A folder of this machine (`server` is null) or on a server; `setting` is how an error names it. */
export interface FilePlace {
  readonly folder: string;
  readonly server: SftpServer | null;
  readonly setting: string;
}
