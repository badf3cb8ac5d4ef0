// The stages of the tests: what each runs, how its result is counted, and the one line at the end.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from './places.mjs';
import { Problem } from './problem.ts';
import { reportFile } from './vitest-report.ts';
import type { Count, Report } from './vitest-report.ts';

/** One stage: a Vitest project, or a program that counts as one test by its exit status. */
export interface Stage {
  readonly name: string;
  readonly kind: 'vitest' | 'program';
  readonly args: readonly string[];
  /** The folder it runs in, below the checkout; the checkout itself where there is none. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** It may run beside its neighbours of this kind: it shares nothing with them and measures nothing. Its output comes when it ends. */
  readonly sideBySide?: true;
}

/** How many stages run side by side: each keeps one core busy. */
const lanes = Math.max(1, Math.min(4, availableParallelism()));

const modules = join(checkout, 'node_modules');
const program = (name: string, script: string, ...args: string[]): Stage => ({
  name,
  kind: 'program',
  args: [join(modules, script), ...args],
  sideBySide: true,
});
const vitest = (name: string): Stage => ({ name, kind: 'vitest', args: ['--project', name] });

const quick: readonly Stage[] = [
  // The longest first.
  program(
    'lint',
    'eslint/bin/eslint.js',
    '.',
    '--cache',
    '--cache-location',
    '.tsc/eslint',
    '--cache-strategy',
    'content',
  ),
  program('types', 'typescript/bin/tsc', '-p', 'tsconfig.json'),
  program('types of the nodes', 'typescript/bin/tsc', '-p', 'nodes/tsconfig.json', '--noEmit'),
  program('types of the nodes’ tests', 'typescript/bin/tsc', '-p', 'nodes/tsconfig.testing.json', '--noEmit'),
  program('types of the console', 'typescript/bin/tsc', '-p', 'console/tsconfig.json', '--noEmit'),
  // By n8n's own rules for packages of others; strict, as the package's manifest says.
  { ...program('lint of the nodes', '@n8n/node-cli/bin/n8n-node.mjs', 'lint'), folder: 'nodes' },
  program(
    'layers',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    '.',
  ),
  program('dead code', 'knip/bin/knip.js'),
  program(
    'format',
    'prettier/bin/prettier.cjs',
    '--check',
    '--log-level',
    'warn',
    '--cache',
    '--cache-location',
    '.tsc/prettier',
    '.',
  ),
  vitest('unit'),
  vitest('structure'),
];

/** The stages of a command, in their order. The fault runs have their short plan here; `proofStages` has the full one. */
export function stagesOf(command: 'check' | 'test'): readonly Stage[] {
  if (command === 'check') return quick;
  // Whole stacks wait much for their processes to start: two of them share the machine well.
  const stacks: Stage = { name: 'e2e and fault', kind: 'vitest', args: ['--project', 'e2e', '--project', 'fault'] };
  return [...quick, ...['replay', 'int', 'contract', 'browser'].map(vitest), stacks];
}

/** How large the full-scale runs are: cycles of kills, and the seed that chooses their moments. */
export interface ProofScale {
  readonly cycles: number;
  readonly seed: number;
}

/** The scale from `--cycles N --seed S`; without them 3 cycles of seed 1. Throws a `Problem`. */
export function proofScale(args: readonly string[]): ProofScale {
  const scale = { cycles: 3, seed: 1 };
  for (let index = 0; index < args.length; index += 2) {
    const [option, value] = [args[index]?.replace(/^--/, ''), Number(args[index + 1])];
    if ((option !== 'cycles' && option !== 'seed') || !Number.isSafeInteger(value) || value < 1) {
      throw new Problem(
        'npm run proof takes --cycles and --seed, each with a whole number of at least 1.',
        'Example: npm run proof -- --cycles 3 --seed 1',
      );
    }
    scale[option] = value;
  }
  return scale;
}

/** The full-scale runs: processes killed at every moment of a submission, in a night of checks, in the life of claims and in a fortnight of visits, a clinic in four systems, damaged X12, and every measurement. Each writes its report. */
export function proofStages(scale: ProofScale): readonly Stage[] {
  const [cycles, seed] = [String(scale.cycles), String(scale.seed)];
  return [
    { ...vitest('fault'), environment: { GAIT_FAULT_ROUNDS: cycles, GAIT_FAULT_SEED: seed } },
    {
      name: 'eligibility night',
      kind: 'vitest',
      args: ['--project', 'e2e', 'test/e2e/eligibility'],
      environment: { GAIT_NIGHT_PATIENTS: '200' },
    },
    {
      name: 'four systems',
      kind: 'vitest',
      args: ['--project', 'int', 'server/imports/four-systems'],
      environment: { GAIT_PROOF_PATIENTS: '500' },
    },
    {
      name: 'four systems read by a flow',
      kind: 'vitest',
      args: ['--project', 'proof', 'test/proof/four-systems'],
      environment: { GAIT_PROOF_PATIENTS: '500' },
    },
    {
      name: 'claims life',
      kind: 'vitest',
      args: ['--project', 'e2e', 'test/e2e/claims'],
      environment: { GAIT_CLAIM_CYCLES: '6' },
    },
    {
      name: 'fortnight of visits',
      kind: 'vitest',
      args: ['--project', 'proof', 'test/proof/fortnight'],
      environment: { GAIT_FORTNIGHT_VISITS: '1200', GAIT_FORTNIGHT_SEED: seed },
    },
    { name: 'x12 fuzz', kind: 'program', args: [join(checkout, 'test', 'fuzz', 'x12.ts'), '--seed', seed, '--report'] },
    { name: 'bench', kind: 'program', args: [join(checkout, 'runtime', 'bench.ts'), '--report'] },
  ];
}

/** The counts of several stages together. */
export function total(counts: readonly Count[]): Count {
  const sum = (of: (count: Count) => number): number => counts.reduce((all, count) => all + of(count), 0);
  return {
    passed: sum((count) => count.passed),
    failed: sum((count) => count.failed),
    skipped: sum((count) => count.skipped),
  };
}

/** The last line of a run: `12 passed, 1 failed` and nothing else, because programs read it. */
export function lastLine(count: Count): string {
  return `${count.passed} passed, ${count.failed} failed`;
}

/** Runs a stage's program. `print` takes what it writes; without it, it writes straight to the terminal. */
function run(stage: Stage, args: readonly string[], print?: (text: string) => void): Promise<number> {
  return new Promise((done) => {
    const output = print === undefined ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [...args], {
      cwd: join(checkout, stage.folder ?? ''),
      env: { ...process.env, ...stage.environment },
      stdio: ['ignore', output, output],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => print?.(part.toString()));
    child.once('error', () => done(1));
    child.once('close', (code) => done(code ?? 1));
  });
}

/** What became of a stage; `failures` names the tests, where it has tests of its own. */
interface Result {
  readonly name: string;
  readonly count: Count;
  readonly failures?: readonly string[];
}

async function runStage(stage: Stage, print?: (text: string) => void): Promise<Result> {
  const { name } = stage;
  if (stage.kind === 'program') {
    const status = await run(stage, stage.args, print);
    return { name, count: { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 } };
  }
  const folder = mkdtempSync(join(tmpdir(), 'gait-report-'));
  const file = join(folder, 'report.json');
  try {
    const status = await run({ ...stage, environment: { ...stage.environment, [reportFile]: file } }, [
      join(modules, 'vitest', 'vitest.mjs'),
      'run',
      ...stage.args,
      '--passWithNoTests',
      '--reporter=default',
      `--reporter=${join(checkout, 'runtime', 'vitest-report.ts')}`,
    ]);
    return { name, ...readReport(file, status) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The report in `file` of a run that ended with `status`. One that broke off without a report, or ended badly though nothing is told, failed once. */
export function readReport(file: string, status: number): Report {
  const nothing: Report = { count: { passed: 0, failed: 0, skipped: 0 }, failures: [] };
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : nothing;
  if (status === 0 || report.count.failed > 0) return report;
  return { count: { ...report.count, failed: 1 }, failures: [`the run ended with status ${status}`] };
}

/** Runs one stage between its heading and its result; what runs side by side prints all of it when it ends. */
async function runPrinted(stage: Stage): Promise<Result> {
  const started = Date.now();
  const heading = `\n── ${stage.name}`;
  const output: string[] = [];
  if (!stage.sideBySide) console.log(heading);
  const result = await runStage(stage, stage.sideBySide && ((text) => output.push(text)));
  const { count } = result;
  if (stage.sideBySide) console.log([heading, ...(output.length === 0 ? [] : [output.join('').trimEnd()])].join('\n'));
  const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  console.log(`── ${stage.name}: ${lastLine(count)}${skipped} (${seconds} s)`);
  return result;
}

/** Runs the stages in their order, neighbours that may side by side; prints each one's result and the last line. Returns the exit status. */
export async function runStages(stages: readonly Stage[], before: readonly Result[] = []): Promise<number> {
  const results = [...before];
  const waiting = [...stages];
  const lane = async (): Promise<void> => {
    while (waiting[0]?.sideBySide) {
      const [stage] = waiting.splice(0, 1);
      if (stage !== undefined) results.push(await runPrinted(stage));
    }
  };
  while (waiting.length > 0) {
    await Promise.all(Array.from({ length: lanes }, lane));
    const stage = waiting.shift();
    if (stage !== undefined) results.push(await runPrinted(stage));
  }
  const all = total(results.map((result) => result.count));
  const failed = results.filter((result) => result.count.failed > 0);
  console.log(
    failed.length === 0 ? '\nEvery stage passed.' : `\nFailed: ${failed.map(({ name }) => name).join(', ')}.`,
  );
  for (const { name, failures = [] } of failed) for (const failure of failures) console.log(`  ${name}: ${failure}`);
  if (all.skipped > 0) console.log(`Skipped: ${all.skipped}; each says why.`);
  console.log(lastLine(all));
  return all.failed === 0 ? 0 : 1;
}
