// The fuzzer's thread: damages files, hands them over and says how far it is.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { feed } from './feed.ts';
import { mutated } from './mutations.ts';
import { publicFiles, synthetic } from './samples.ts';

export interface Progress {
  readonly inputs: number;
  readonly files: number;
  readonly publicFiles: number;
  readonly bytes: number;
  readonly sets: number;
  readonly withFindings: number;
  readonly thrown: number;
  /** What was thrown first, and by which input: with the seed it comes again. */
  readonly firstThrow: string | null;
  readonly longestMilliseconds: number;
  readonly heapEarlyMegabytes: number;
  readonly heapAtEndMegabytes: number;
  readonly done: boolean;
}

interface Task {
  readonly inputs: number;
  readonly seed: number;
  readonly folder: string;
}

function isTask(value: unknown): value is Task {
  return typeof value === 'object' && value !== null && 'inputs' in value && 'seed' in value && 'folder' in value;
}

/** The heap that is really in use. */
function heapMegabytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return Number((process.memoryUsage().heapUsed / 1e6).toFixed(1));
}

function run({ inputs, seed, folder }: Task, tell: (progress: Progress) => void): void {
  const random = randomFrom(seed);
  const found = publicFiles(folder);
  const files = [...Object.values(synthetic).map((text) => new TextEncoder().encode(text)), ...found];
  let [bytes, sets, withFindings, thrown, longest, early, heap] = [0, 0, 0, 0, 0, 0, 0];
  let firstThrow: string | null = null;
  const progress = (done: number) => ({
    ...{ inputs: done, files: files.length, publicFiles: found.length, bytes, sets, withFindings, thrown, firstThrow },
    longestMilliseconds: Number(longest.toFixed(1)),
    heapEarlyMegabytes: early,
    heapAtEndMegabytes: heap,
    done: done === inputs,
  });
  for (let input = 0; input < inputs; input++) {
    const file = files[Math.floor(random() * files.length)] ?? new Uint8Array(0);
    const damaged = mutated(file, random);
    const begun = performance.now();
    try {
      const read = feed(damaged.bytes, input % 10 === 0);
      sets += read.sets;
      if (read.file.findings.length > 0) withFindings++;
    } catch (error) {
      thrown++;
      firstThrow ??= `input ${input} (${damaged.names.join(', ')}): ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    }
    longest = Math.max(longest, performance.now() - begun);
    bytes += damaged.bytes.length;
    if (input === Math.floor(inputs / 10)) early = heapMegabytes();
    if (input === inputs - 1) heap = heapMegabytes();
    if (input % 200 === 0 || input === inputs - 1) tell(progress(input + 1));
  }
}

if (parentPort !== null && isTask(workerData)) {
  const port = parentPort;
  run(workerData, (progress) => port.postMessage(progress));
}
