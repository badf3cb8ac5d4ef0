// Charts of the PT system's export: a JSON file for each patient in the folder `charts` of the drop folder, read whole, each by its content once.
import { createHash } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import { isFault } from '../files/files.ts';
import type { Visit } from '../files/place.ts';

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
  visit: Visit,
  { skip, limit }: ChartsRequest,
  signal: AbortSignal,
): Promise<ChartsImport> {
  const names = (await namesIn(visit)).filter((name) => name.endsWith('.json')).sort();
  const taken = new Set(skip);
  const charts: ChartFile[] = [];
  for (const [place, name] of names.entries()) {
    signal.throwIfAborted();
    const bytes = await bytesOf(visit, name, place + 1);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (taken.has(sha256)) continue;
    if (charts.length === limit) return { charts, more: true };
    taken.add(sha256);
    charts.push({ sha256, value: parsed(bytes) });
  }
  return { charts, more: false };
}

const folderOf = ({ folder }: Visit): string => `${folder}/charts`;

async function namesIn(visit: Visit): Promise<string[]> {
  try {
    return (await visit.files.list(folderOf(visit))).map(({ name }) => name);
  } catch (error) {
    if (isFault(error, 'missing')) return [];
    if (!isFault(error, 'refused', 'failed')) throw error;
    throw new GaitError('file.unreadable', 'the folder of charts may not be read', { where: visit.place.setting });
  }
}

/** Without following a link; an error says the place in the listing, as a name may name a person. */
async function bytesOf(visit: Visit, name: string, place: number): Promise<Buffer> {
  try {
    return await visit.files.read(`${folderOf(visit)}/${name}`, largestChartBytes);
  } catch (error) {
    if (!isFault(error, 'missing', 'refused', 'tooLarge', 'failed')) throw error;
    throw new GaitError('file.unreadable', 'a chart may not be read', {
      where: `chart ${place}`,
      fix: 'let the server read the files in the folder charts',
    });
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
