// What is typed behind `gait` finds its command: `gait COMMAND …` runs `cli/COMMAND.ts`, which exports `summary`, `usage` and `run`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const commands = join(import.meta.dirname, '..');

interface Command {
  readonly summary: string;
  readonly usage: string;
  /** Returns the exit status: 0 clean, 1 findings, 2 unusable input or arguments. */
  run(args: string[]): Promise<number>;
}

function isCommand(module: unknown): module is Command {
  return (
    typeof module === 'object' &&
    module !== null &&
    'run' in module &&
    typeof module.run === 'function' &&
    'summary' in module &&
    'usage' in module
  );
}

async function load(name: string): Promise<Command | null> {
  // A command is a plain word, so that no argument can name a file elsewhere.
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name === 'main') return null;
  const file = join(commands, `${name}.ts`);
  if (!existsSync(file)) return null;
  const module: unknown = await import(file);
  return isCommand(module) ? module : null;
}

async function help(): Promise<string> {
  const names = readdirSync(commands)
    .filter((file) => /^[a-z][a-z0-9-]*\.ts$/.test(file) && file !== 'main.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const lines: string[] = [];
  for (const name of names) {
    const command = await load(name);
    if (command !== null) lines.push(`  ${name.padEnd(14)} ${command.summary}`);
  }
  return `Usage: gait COMMAND [arguments]\n\n${lines.join('\n')}\n\ngait COMMAND --help shows the arguments of one.\n`;
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fix = 'fix' in error && typeof error.fix === 'string' ? `\n${error.fix}` : '';
  const where = 'where' in error && typeof error.where === 'string' ? ` [${error.where}]` : '';
  return `${error.message}${where}${fix}`;
}

async function commanded(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(await help());
    return 0;
  }
  const command = await load(name);
  if (command === null) {
    process.stderr.write(`gait has no command "${name}".\n${await help()}`);
    return 2;
  }
  if (rest.some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  return command.run(rest);
}

/** Runs what was typed. @returns the exit status; what cannot be used is said on stderr, without a stack */
export async function dispatch(args: readonly string[]): Promise<number> {
  try {
    return await commanded(args);
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    return 2;
  }
}
