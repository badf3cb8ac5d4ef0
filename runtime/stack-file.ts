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

/** What the note says, whether or not its stack still runs; null when there is none that can be read. */
export function stackNote(home: string): StackNote | null {
  const file = stackFile(home);
  if (!existsSync(file)) return null;
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isStackNote(note) ? note : null;
  } catch {
    return null;
  }
}

/** The note of a stack that runs, or null. */
export function readStackNote(home: string): StackNote | null {
  const note = stackNote(home);
  return note !== null && isSupervisor(note.pid) ? note : null;
}

/** The note is written whole: whoever finds its first and its last field finds the others. */
function isStackNote(note: unknown): note is StackNote {
  return typeof note === 'object' && note !== null && 'pid' in note && typeof note.pid === 'number' && 'logs' in note;
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
