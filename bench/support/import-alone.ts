// Reads one report in a process of its own and prints what came of it, how long it took and how much memory it needed at most.
import { basename, dirname } from 'node:path';
import { listDropFolder, readReport } from '../../connectors/reports/drop-folder.ts';
import { readWebptConfig } from '../../connectors/webpt/config.ts';

const [path = ''] = process.argv.slice(2);
const config = readWebptConfig({ dropFolder: dirname(path), profile: 'webpt-standard', settleSeconds: 0 });
const started = performance.now();
const { reports } = await listDropFolder(config, new AbortController().signal);
const file = reports.find(({ name }) => name === basename(path));
if (file === undefined) throw new Error('The report is not in its folder.');
const report = await readReport(config, file, 1);
const read = await report.rows('appointments', config.profile);
await report.close();
const told = read?.problems.reduce((sum, { count }) => sum + (count ?? 1), 0) ?? 0;
console.log(
  JSON.stringify({
    rows: read?.rows.length ?? 0,
    duplicates: read?.duplicates ?? 0,
    problems: told,
    listed: read?.problems.length ?? 0,
    seconds: (performance.now() - started) / 1000,
    // Linux and macOS differ in the unit; Node tells kilobytes.
    megabytes: process.resourceUsage().maxRSS / 1000,
  }),
);
