// The note a running stack leaves in its state folder, so that the command line finds it. It names files of secrets, never a secret.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackPorts } from './settings.ts';

/** Addresses of a stack, without a trailing slash. */
export interface StackUrls {
  readonly server: string;
  readonly n8n: string;
  readonly temporal: string;
  readonly temporalUi: string | null;
  readonly sandbox: string;
}

/** What `stack.json` holds. `pid` is the supervisor's; `databaseUrl` has no password (it lies in `postgresPasswordFile`). */
export interface StackNote {
  readonly pid: number;
  readonly startedAt: string;
  readonly serverUrl: string;
  readonly n8nUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string | null;
  readonly sandboxUrl: string;
  readonly ports: StackPorts;
  readonly databaseUrl: string;
  readonly postgresPasswordFile: string;
  readonly keyringFile: string;
  readonly n8nApiKeyFile: string;
  readonly n8nOwnerPasswordFile: string;
  readonly flowsKeyFile: string;
  readonly demoPasswordFile: string;
  readonly webptDrop: string;
  readonly logs: string;
}

/** The path of the note. */
export function stackFile(home: string): string {
  return join(home, 'stack.json');
}

/** Writes the note. */
export function writeStackNote(home: string, note: StackNote): void {
  writeFileSync(stackFile(home), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o644 });
}

/** Removes the note. */
export function removeStackNote(home: string): void {
  rmSync(stackFile(home), { force: true });
}

/** The note of a stack that runs, or null. */
export function readStackNote(home: string): StackNote | null {
  const pid = notedSupervisor(home);
  if (pid === null || !isSupervisor(pid)) return null;
  const note: unknown = JSON.parse(readFileSync(stackFile(home), 'utf8'));
  return isStackNote(note) ? note : null;
}

function isStackNote(note: unknown): note is StackNote {
  return (
    typeof note === 'object' &&
    note !== null &&
    'serverUrl' in note &&
    'webptDrop' in note &&
    'demoPasswordFile' in note
  );
}

/** The process id in the note, or null when there is none. */
export function notedSupervisor(home: string): number | null {
  const file = stackFile(home);
  if (!existsSync(file)) return null;
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof note === 'object' && note !== null && 'pid' in note && typeof note.pid === 'number' ? note.pid : null;
  } catch {
    return null;
  }
}

/** True when the process lives and is a Node process: a number given out anew to another program is not ours to stop. */
export function isSupervisor(pid: number): boolean {
  try {
    const command = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /runtime\/\w+\.ts/.test(command);
  } catch {
    return false;
  }
}
