// Folders of this machine: nothing outside them, no symbolic link.
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileFault, isFault, isSafeName } from './files.ts';
import type { FileFaultKind, Files, FileSeen, OpenFile } from './files.ts';

const faults: Readonly<Record<string, FileFaultKind>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EEXIST: 'exists',
  ENOTEMPTY: 'exists',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
  ELOOP: 'refused',
};

function faultOf(error: unknown): FileFault {
  if (error instanceof FileFault) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return new FileFault(faults[code] ?? 'failed');
}

async function seen(path: string, name: string): Promise<FileSeen | null> {
  try {
    const found = await lstat(path);
    return found.isFile() ? { name, bytes: found.size, modifiedAt: found.mtimeMs } : null;
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'missing') return null;
    throw fault;
  }
}

async function opened(path: string): Promise<{ readonly handle: FileHandle; readonly bytes: number }> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new FileFault('refused');
    return { handle, bytes: found.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFile(path: string): Promise<OpenFile> {
  const { handle, bytes } = await opened(path);
  return {
    bytes,
    async read(buffer, at) {
      let filled = 0;
      try {
        while (filled < buffer.length) {
          const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, at + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
      } catch (error) {
        throw faultOf(error);
      }
      return filled;
    },
    close: () => handle.close(),
  };
}

async function read(path: string, limit: number): Promise<Buffer> {
  const { handle, bytes } = await opened(path);
  try {
    if (bytes > limit) throw new FileFault('tooLarge');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (faultOf(error).kind !== 'exists') throw error;
  });
  if (!(await lstat(path)).isDirectory()) throw new FileFault('refused');
}

/** A folder with the links in it followed; as it is where it is not there. The folders of the settings may be links, ours may not. */
export async function realFolder(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** Refuses a path whose folder is reached over a link: somebody else put it there, and it leads elsewhere. */
async function inPlace<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    if ((await realpath(folder)) !== folder) throw new FileFault('refused');
    return await work();
  } catch (error) {
    throw faultOf(error);
  }
}

/** The transport over folders of this machine. Every folder it is given is a real one (`realFolder`) or one directly below it. */
export const folderFiles: Files = {
  list: (folder) =>
    inPlace(folder, async () => {
      const names = await readdir(folder);
      const files = await Promise.all(names.filter(isSafeName).map((name) => seen(join(folder, name), name)));
      return files.filter((file) => file !== null);
    }),
  open: (path) => inPlace(dirname(path), () => openFile(path)),
  read: (path, limit) => inPlace(dirname(path), () => read(path, limit)),
  write: (path, bytes) => inPlace(dirname(path), () => write(path, bytes)),
  rename: (from, to) => inPlace(dirname(from), () => inPlace(dirname(to), () => rename(from, to))),
  remove: (path) => inPlace(dirname(path), () => rm(path, { force: true })),
  stat: async (path) => {
    try {
      return await inPlace(dirname(path), () => seen(path, basename(path)));
    } catch (error) {
      if (isFault(error, 'missing')) return null;
      throw error;
    }
  },
  makeFolder: (path) => inPlace(dirname(path), () => makeFolder(path)),
  close: () => undefined,
};
