// The command line: `gait COMMAND …` runs `cli/COMMAND.ts`, which exports `summary` and `run`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { places } from '../runtime/places.mjs';

interface Command {
  readonly summary: string;
  /** Returns the exit status: 0 clean, 1 findings, 2 unusable input or arguments. */
  run(args: string[]): Promise<number>;
}

function isCommand(module: unknown): module is Command {
  return (
    typeof module === 'object' &&
    module !== null &&
    'run' in module &&
    typeof module.run === 'function' &&
    'summary' in module
  );
}

async function load(name: string): Promise<Command | null> {
  // A command is a plain word, so that no argument can name a file elsewhere.
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name === 'main') return null;
  const file = join(import.meta.dirname, `${name}.ts`);
  if (!existsSync(file)) return null;
  const module: unknown = await import(file);
  return isCommand(module) ? module : null;
}

async function help(): Promise<string> {
  const names = readdirSync(import.meta.dirname)
    .filter((file) => /^[a-z][a-z0-9-]*\.ts$/.test(file) && file !== 'main.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const lines: string[] = [];
  for (const name of names) {
    const command = await load(name);
    if (command !== null) lines.push(`  ${name.padEnd(14)} ${command.summary}`);
  }
  return `Usage: gait COMMAND [arguments]\n\n${lines.join('\n')}\n`;
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fix = 'fix' in error && typeof error.fix === 'string' ? ` ${error.fix}` : '';
  const where = 'where' in error && typeof error.where === 'string' ? ` [${error.where}]` : '';
  return `${error.message}${where}${fix}`;
}

/** Commands that open the database find the running stack's by its note, unless the environment names another. */
function useRunningStack(): void {
  const file = join(places().home, 'stack.json');
  if (process.env['GAIT_DATABASE_URL'] !== undefined || !existsSync(file)) return;
  const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const named = new Map(typeof note === 'object' && note !== null ? Object.entries(note) : []);
  const text = (name: string): string => String(named.get(name) ?? '');
  if (!existsSync(text('postgresPasswordFile'))) return;
  const url = new URL(text('databaseUrl'));
  url.password = readFileSync(text('postgresPasswordFile'), 'utf8').trim();
  process.env['GAIT_DATABASE_URL'] = url.href;
  process.env['GAIT_KEYRING_FILE'] ??= text('keyringFile');
}

async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(await help());
    return 0;
  }
  const command = await load(name);
  useRunningStack();
  if (command === null) {
    process.stderr.write(`gait has no command "${name}".\n${await help()}`);
    return 2;
  }
  return command.run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 2;
}
// The bootstrap's channel only tells whether it still lives; an open one would keep a finished command running.
process.disconnect?.();
