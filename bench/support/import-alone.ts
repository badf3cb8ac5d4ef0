// Reads one report in a process of its own and prints what came of it, how long it took and how much memory it needed at most.
// Arguments: the path of the report; or its name, the settings of an SFTP place (JSON) and the password.
import { basename, dirname } from 'node:path';
import { visiting } from '../../connectors/files/place.ts';
import { TokenBucket } from '../../connectors/rate-limit.ts';
import { listDropFolder, readReport } from '../../connectors/reports/drop-folder.ts';
import { readWebptConfig } from '../../connectors/webpt/config.ts';

const [path = '', sftp, sftpPassword = ''] = process.argv.slice(2);
const place: unknown = sftp === undefined ? null : JSON.parse(sftp);
const where = place === null ? { dropFolder: dirname(path) } : { sftp: place };
const config = readWebptConfig({ ...where, profile: 'webpt-standard', settleSeconds: 0 });
const { signal } = new AbortController();
const started = performance.now();
const way = { signal, secrets: { sftpPassword }, rate: new TokenBucket(1, 1) };
const read = await visiting(way, config.place, async (visit) => {
  const { reports } = await listDropFolder(visit, config, signal);
  const file = reports.find(({ name }) => name === basename(path));
  if (file === undefined) throw new Error('The report is not in its folder.');
  const report = await readReport(visit, file, 1);
  const rows = await report.rows('appointments', config.profile);
  await report.close();
  return rows;
});
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
