// Charts of the PT system's export: a JSON file for each patient in the folder `charts` of the drop folder, read whole, each by its content once.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitError } from '../../domain/errors.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';

/** One file. `value` is what its JSON holds, null where it is none; whoever takes it in checks it. */
export interface ChartFile {
  readonly sha256: string;
  readonly value: unknown;
}

export interface ChartsImport {
  readonly charts: readonly ChartFile[];
  /** More files wait than one answer holds: ask again. */
  readonly more: boolean;
}

export interface ChartsRequest {
  /** SHA-256 of files already taken. */
  readonly skip: readonly string[];
  readonly limit: number;
}

const largestChartBytes = 20_000_000;

/** What is new, by name; a clinic without such a folder has no charts. A name may hold a patient's number: it stays here. */
export async function readCharts(
  { dropFolder }: Pick<ReportFolder, 'dropFolder'>,
  { skip, limit }: ChartsRequest,
  signal: AbortSignal,
): Promise<ChartsImport> {
  const folder = join(dropFolder, 'charts');
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  const taken = new Set(skip);
  const charts: ChartFile[] = [];
  for (const [place, name] of names.entries()) {
    signal.throwIfAborted();
    const bytes = await bytesOf(join(folder, name), place + 1);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (taken.has(sha256)) continue;
    if (charts.length === limit) return { charts, more: true };
    taken.add(sha256);
    charts.push({ sha256, value: parsed(bytes) });
  }
  return { charts, more: false };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new GaitError('file.unreadable', 'the folder of charts may not be read', { where: 'dropFolder' });
  }
}

/** Without following a link; an error says the place in the listing, as a name may name a person. */
async function bytesOf(path: string, place: number): Promise<Buffer> {
  const refused = new GaitError('file.unreadable', 'a chart may not be read', {
    where: `chart ${place}`,
    fix: 'let the server read the files in the folder charts',
  });
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => {
    throw refused;
  });
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > largestChartBytes) throw refused;
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
