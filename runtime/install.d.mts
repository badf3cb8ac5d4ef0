export class InstallProblem extends Error {}
export type PackageName = 'node' | 'app' | 'n8n';
export const packages: Readonly<
  Record<
    PackageName,
    { readonly title: string; readonly folder: string; readonly megabytes: number; readonly expected: string }
  >
>;
export function installationName(
  name: PackageName,
  lock: string | Uint8Array,
  platform?: string,
  arch?: string,
): string;
export function installationFolder(name: PackageName, checkout: string, cache: string): string;
export function takeLock(file: string, waiting?: (holder: number) => void): Promise<() => void>;
export function npmEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined>;
export function npmFailure(title: string, output: string): string;
export function hydrateSymlinks(modules: string): void;
export function requireSpace(folder: string, megabytes: number, title: string): void;
export function ensureInstalled(
  name: PackageName,
  checkout: string,
  cache: string,
  say: (line: string) => void,
): Promise<string>;
export interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string; readonly optional?: boolean }>
  >;
}
export function matchesLock(lock: LockFile, installed: LockFile): boolean;
export function linkModules(checkout: string, modules: string): void;
export function hasOwnModules(checkout: string): boolean;
