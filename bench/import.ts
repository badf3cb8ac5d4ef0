// Reads a schedule report from its bytes to typed rows, against csv-parse reading the same file alone; and what memory files ten times as large need.
import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { visitHere } from '../connectors/files/place.ts';
import { listDropFolder, readReport } from '../connectors/reports/drop-folder.ts';
import { readWebptConfig } from '../connectors/webpt/config.ts';
import { writeSchedule } from './import-data.ts';
import { percentile, rounded } from './support/numbers.ts';

const rounds = 7;
const rows = 200_000;
/** Of the rows per second that the library alone reads. */
const leastShare = 0.5;
/** The memory of a file ten times as large, by that of the small one: the rows are not kept, so nothing grows with them. */
const mostGrowth = 2;
const smallBytes = 20_000_000;

const folder = await mkdtemp(join(tmpdir(), 'gait-import-'));

/** csv-parse as fast as it goes: no option, each record handed over and let go. @returns records */
async function libraryAlone(path: string): Promise<number> {
  let records = 0;
  const parser = createReadStream(path).pipe(parse());
  parser.on('data', () => (records += 1));
  await new Promise((settle, reject) => parser.once('end', settle).once('error', reject));
  return records - 1;
}

/** Everything an import does with a file before it stores its rows. */
async function ours(name: string): Promise<{ readonly rows: number; readonly problems: number }> {
  const settings = { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0 };
  const config = readWebptConfig(settings, { zone: 'America/Denver' });
  const visit = await visitHere(config.place);
  const { reports } = await listDropFolder(visit, config, new AbortController().signal);
  const file = reports.find((one) => one.name === name);
  if (file === undefined) throw new Error('The report is not in its folder.');
  const report = await readReport(visit, file, 1);
  const read = await report.rows('appointments', config.profile);
  await report.close();
  return { rows: read?.rows.length ?? 0, problems: read?.problems.length ?? 0 };
}

async function seconds<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly took: number; readonly result: Result }> {
  const started = performance.now();
  const result = await work();
  return { took: (performance.now() - started) / 1000, result };
}

interface Alone {
  readonly rows: number;
  readonly duplicates: number;
  readonly problems: number;
  readonly listed: number;
  readonly seconds: number;
  readonly megabytes: number;
}

/** In a process of its own, whose memory is that of this file alone. */
function alone(path: string): Alone {
  const script = join(import.meta.dirname, 'support', 'import-alone.ts');
  // Written by that script in this shape.
  return JSON.parse(execFileSync(process.execPath, [script, path], { encoding: 'utf8' })) as Alone;
}

async function measuredAlone(kind: 'repeated' | 'quotes', bytes: number): Promise<Alone> {
  const path = join(folder, `schedule_${kind}_${bytes}.csv`);
  await writeSchedule(path, kind, { bytes });
  const measured = alone(path);
  await rm(path);
  return measured;
}

try {
  const name = 'schedule_bench.csv';
  const path = join(folder, name);
  await writeSchedule(path, 'schedule', { rows });
  const library: number[] = [];
  const own: number[] = [];
  let read = { rows: 0, problems: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const theirs = await seconds(() => libraryAlone(path));
    if (theirs.result !== rows) throw new Error('The library read other rows.');
    const mine = await seconds(() => ours(name));
    library.push(theirs.took);
    own.push(mine.took);
    read = mine.result;
  }
  const [theirs, mine] = [rows / percentile(library, 0.5), rows / percentile(own, 0.5)];
  const share = mine / theirs;
  const { size } = await stat(path);
  await rm(path);
  const small = await measuredAlone('repeated', smallBytes);
  const large = await measuredAlone('repeated', 10 * smallBytes - 1_000_000);
  const growth = large.megabytes / small.megabytes;
  const quotes = await measuredAlone('quotes', 10 * smallBytes - 1_000_000);
  const isRight = read.rows === rows && read.problems === 0 && large.rows === small.rows && quotes.rows === 0;
  console.log(
    JSON.stringify({
      bench: 'import',
      rounds,
      rows,
      megabytes: rounded(size / 1e6, 1),
      rowsPerSecond: rounded(mine, 0),
      libraryRowsPerSecond: rounded(theirs, 0),
      share: rounded(share, 2),
      leastShare,
      residentMegabytes20: rounded(small.megabytes, 0),
      residentMegabytes200: rounded(large.megabytes, 0),
      growth: rounded(growth, 2),
      mostGrowth,
      badQuotesMegabytes: (10 * smallBytes) / 1e6,
      badQuotesRows: quotes.problems,
      badQuotesListed: quotes.listed,
      badQuotesSeconds: rounded(quotes.seconds, 1),
      badQuotesResidentMegabytes: rounded(quotes.megabytes, 0),
    }),
  );
  const isBounded = growth <= mostGrowth && quotes.megabytes <= small.megabytes * mostGrowth;
  process.exitCode = isRight && isBounded && share >= leastShare ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
