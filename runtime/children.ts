// Child processes that cannot be orphaned: each leads its own process group, and a watchdog ends the groups if the supervisor dies.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { checkout } from './places.mjs';

/** What to run. `logFile` gets both outputs; `uid`/`gid` drop root's rights. */
export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFile: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** How a child ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: string | null;
}

/** A running (or ended) child. `kill` reaches its whole process group; `ended` never rejects. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly ended: Promise<ChildEnd>;
  end(): ChildEnd | null;
  kill(signal: NodeJS.Signals): void;
  stop(signal: NodeJS.Signals, graceMilliseconds: number): Promise<ChildEnd>;
}

/** Told of every process group; ends them all once this process is gone, however it went. */
export interface Watchdog {
  readonly pid: number;
  add(group: number): void;
  remove(group: number): void;
  close(): void;
}

/** Starts the watchdog process. */
export function startWatchdog(): Watchdog {
  const child = spawn(process.execPath, [join(checkout, 'runtime', 'watchdog.mjs')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  const pipe = child.stdin;
  pipe.on('error', () => undefined);
  // A pipe is a socket underneath; held open it would keep a finished supervisor running.
  if (pipe instanceof Socket) pipe.unref();
  return {
    pid: child.pid ?? 0,
    add: (group) => void pipe.write(`+${group}\n`),
    remove: (group) => void pipe.write(`-${group}\n`),
    close: () => void pipe.end(),
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/** Starts a child in its own process group with its output in `logFile` (appended). */
export function startChild(spec: ChildSpec, watchdog: Watchdog): Child {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a', 0o600);
  const child = spawn(spec.command, [...spec.args], {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ['ignore', log, log],
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  });
  closeSync(log);
  const pid = child.pid ?? 0;
  if (pid > 0) watchdog.add(pid);
  let end: ChildEnd | null = null;
  const ended = new Promise<ChildEnd>((done) => {
    const settle = (value: ChildEnd): void => {
      if (end !== null) return;
      end = value;
      // Grandchildren (n8n's task runner) must not outlive their parent.
      if (pid > 0) {
        signalGroup(pid, 'SIGKILL');
        watchdog.remove(pid);
      }
      done(value);
    };
    child.once('error', (error) => settle({ code: null, signal: null, error: error.message }));
    child.once('exit', (code, signal) => settle({ code, signal, error: null }));
  });
  return {
    name: spec.name,
    pid,
    logFile: spec.logFile,
    ended,
    end: () => end,
    kill: (signal) => signalGroup(pid, signal),
    async stop(signal, graceMilliseconds) {
      if (end !== null) return end;
      // Only the leader hears the polite signal: it tells its own children in its own order.
      child.kill(signal);
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMilliseconds);
      const result = await ended;
      clearTimeout(timer);
      return result;
    },
  };
}
