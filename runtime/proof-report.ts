// The results that are kept under docs/proof: each says under which commit, when and on what machine it came about.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { checkout } from './places.mjs';

/** The circumstances of a run. The machine is told by what it can do, never by its name. */
export interface Circumstances {
  readonly commit: string;
  /** Whether the commit is all there was: false where files had changes of their own. */
  readonly committed: boolean;
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly node: string;
  };
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: checkout, encoding: 'utf8' }).trim();
}

/** The circumstances of now. */
export function circumstances(): Circumstances {
  return {
    commit: git('rev-parse', 'HEAD'),
    // The reports themselves are what a run changes.
    committed: git('status', '--porcelain', '--', '.', ':!docs/proof') === '',
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
    },
  };
}

/** The circumstances as a page tells them. `more` stands between the date and the machine. */
export function inWords({ commit, committed, date, machine }: Circumstances, more: readonly string[] = []): string {
  const { cpu, cores, memoryGiB, node } = machine;
  const what = `Commit \`${commit}\`${committed ? '' : ' with changes'}`;
  return `${[what, date, ...more, cpu, `${cores} cores`, `${memoryGiB} GiB`, `Node ${node}`].join(', ')}.`;
}

/** Writes `docs/proof/<name>.md` and `.json`. */
export async function writeProof(name: string, page: string, data: object): Promise<void> {
  const folder = join(checkout, 'docs', 'proof');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.md`), page);
  writeFileSync(join(folder, `${name}.json`), await format(JSON.stringify(data), { parser: 'json' }));
}
