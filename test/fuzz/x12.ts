// `node test/fuzz/x12.ts [--inputs N] [--seed S] [--report]`: damaged X12 files by the hundred thousand, with a watch over time and memory.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { circumstances, inWords, writeProof } from '../../runtime/proof-report.ts';
import { root } from '../structure/tracked-files.ts';
import { mutationNames } from './mutations.ts';
import type { Progress } from './worker.ts';

/** An input that takes longer is a hang. */
const limitMilliseconds = 10_000;
/** What the heap may grow between the first tenth of a run and its end. */
const growthMegabytes = 16;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    report: { type: 'boolean', default: false },
  },
});
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
const folder = join(root, '../shared/data/x12');

const started = Date.now();
const result = await watched();
const page = pageOf(result);
process.stdout.write(`${JSON.stringify({ fuzz: 'x12', ...result })}\n`);
if (values.report) await writeProof('x12-fuzz', page, { ...circumstances(), ...result });
process.exitCode = result.thrown === 0 && result.hung === 0 && result.heapGrowthMegabytes <= growthMegabytes ? 0 : 1;

type Result = Omit<Progress, 'done'> & { seed: number; seconds: number; hung: number; heapGrowthMegabytes: number };

/** Runs the worker and ends it where one input does not come to an end. */
function watched(): Promise<Result> {
  return new Promise((settle, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { inputs, seed, folder },
    });
    let last: Progress | null = null;
    let heard = Date.now();
    const finish = (hung: number) => {
      clearInterval(watch);
      if (last === null) return reject(new Error('The fuzzer ended before its first input.'));
      const { done: _done, ...progress } = last;
      const growth = Number((progress.heapAtEndMegabytes - progress.heapEarlyMegabytes).toFixed(1));
      settle({
        ...progress,
        seed,
        seconds: Math.round((Date.now() - started) / 1_000),
        hung,
        heapGrowthMegabytes: growth,
      });
    };
    // The worker is heard of every two hundred inputs.
    const watch = setInterval(() => {
      if (Date.now() - heard < limitMilliseconds * 6) return;
      void worker.terminate();
      finish(1);
    }, 1_000);
    worker.on('message', (progress: Progress) => {
      last = progress;
      heard = Date.now();
      if (progress.done) finish(0);
    });
    worker.on('error', reject);
  });
}

function pageOf(result: Result): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['damaged inputs', result.inputs],
    ['files they were made from', `${result.files}, of them public: ${result.publicFiles}`],
    ['bytes', result.bytes],
    ['transaction sets that were still read', result.sets],
    ['inputs with findings', result.withFindings],
    ['throws', result.thrown],
    ['hangs', result.hung],
    ['longest input, milliseconds', result.longestMilliseconds],
    ['heap after a tenth of the run, MB', result.heapEarlyMegabytes],
    ['heap at the end, MB', result.heapAtEndMegabytes],
  ];
  return [
    '# Damaged X12',
    '',
    'Whole files of every kind that Gait reads, and the public files of at most 12 KB where they are, are damaged one to four times and',
    'handed to the envelope reader, the checks, the walk through the loops and the typed reader of their kind; every tenth to the readers of',
    `every other kind too. What is done to them: ${mutationNames.join(', ')}.`,
    '',
    inWords(circumstances(), [`seed ${result.seed}`, `${result.seconds} s`]),
    '',
    '| what | number |',
    '| --- | --: |',
    ...rows.map(([what, number]) => `| ${what} | ${number} |`),
    '',
    'Run it again: `npm run proof`, or alone `node test/fuzz/x12.ts --inputs 200000 --seed 1`. Data: [x12-fuzz.json](x12-fuzz.json).',
    '',
  ].join('\n');
}
