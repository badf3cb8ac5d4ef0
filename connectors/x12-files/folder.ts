// The drop folder: files of this machine, nothing outside the three folders, no symbolic link.
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileFault, isSafeName } from './files.ts';
import type { FileFaultKind, Files, FileSeen } from './files.ts';

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

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw faultOf(error);
  }
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

async function read(path: string, limit: number): Promise<Buffer> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new FileFault('refused');
    if (found.size > limit) throw new FileFault('tooLarge');
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
  // A link in place of our own folder would lead what we archive elsewhere.
  if (!(await lstat(path)).isDirectory()) throw new FileFault('refused');
}

/** The transport over folders of this machine; a path is taken as it is after its folder was found to be one. */
export const folderFiles: Files = {
  async list(folder) {
    const names = await told(realpath(folder).then((real) => readdir(real)));
    const files = await Promise.all(names.filter(isSafeName).map((name) => seen(join(folder, name), name)));
    return files.filter((file) => file !== null);
  },
  read: (path, limit) => told(read(path, limit)),
  write: (path, bytes) => told(write(path, bytes)),
  rename: (from, to) => told(rename(from, to)),
  remove: (path) => told(rm(path, { force: true })),
  stat: (path) => seen(path, path.slice(path.lastIndexOf('/') + 1)),
  makeFolder: (path) => told(makeFolder(path)),
  close: () => undefined,
};
