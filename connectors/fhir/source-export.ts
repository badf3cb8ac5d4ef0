// What a bulk export tells: asked for, waited for over several looks, then read file by file, each look going on where the last one ended.
import { Element } from '../../domain/fhir/element.ts';
import type { Failure } from '../connector.ts';
import type { Problem } from '../csv/problems.ts';
import { at, listAt, textAt } from '../json.ts';
import { isFailure } from './client.ts';
import type { FhirClient } from './client.ts';
import type { Cursor, ExportCursor } from './cursor.ts';
import { deleteExport, linesOfFile, pollExport, startExport } from './export-job.ts';
import type { ExportFile, Line, Manifest } from './export-job.ts';
import { placeOf, reasonsOf } from './outcome.ts';
import { targetOf } from './references.ts';
import { fingerprint } from './search.ts';
import type { Entry } from './search.ts';
import { readableTypes } from './settings.ts';
import type { ReadableType } from './settings.ts';
import type { Looked } from './source-search.ts';
import { BrokenStream } from './stream.ts';
import type { Telling } from './telling.ts';

/** A look that ends while the job is under way says so. */
export interface Exported extends Looked {
  readonly waiting: number;
}

/** Lines that make one delivery. */
const linesInPiece = 500;
/** Exported beside what is read, for the names they give. */
const besides = ['Organization', 'Practitioner'] as const;
/** What is kept in memory of a resource that others refer to. */
const kept: Readonly<Record<string, readonly string[]>> = {
  Patient: ['identifier', 'link', 'active'],
  Organization: ['name'],
  Practitioner: ['name', 'qualification'],
  Coverage: [
    'status',
    'beneficiary',
    'payor',
    'order',
    'period',
    'class',
    'relationship',
    'subscriberId',
    'identifier',
    'contained',
  ],
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function slim(json: unknown): Element | null {
  const type = textAt(json, 'resourceType') ?? '';
  const fields = ['resourceType', 'id', ...(kept[type] ?? [])];
  return Element.ofResource(Object.fromEntries(fields.map((name) => [name, at(json, name)])));
}

function later(context: FhirClient['context'], seconds: number): string {
  return new Date(context.now().getTime() + seconds * 1000).toISOString();
}

/** Reads the files of one finished job. */
class Files {
  readonly #client: FhirClient;
  readonly #manifest: Manifest;
  readonly #telling: Telling;
  readonly #isWhole: boolean;

  constructor(client: FhirClient, manifest: Manifest, telling: Telling, isWhole: boolean) {
    this.#client = client;
    this.#manifest = manifest;
    this.#telling = telling;
    this.#isWhole = isWhole;
  }

  #lines(file: ExportFile): AsyncGenerator<Line, void> {
    return linesOfFile(this.#client, this.#manifest, file);
  }

  async #each(type: string, take: (resource: Element) => void): Promise<void> {
    for (const file of this.#manifest.output.filter((one) => one.type === type))
      for await (const { text } of this.#lines(file)) {
        const resource = slim(parsed(text));
        if (resource?.path === type) take(resource);
      }
  }

  /** What the lines refer to: names and numbers of everyone exported, and of each patient all coverages where the export has them all. */
  async index(types: readonly ReadableType[]): Promise<void> {
    for (const type of ['Patient', ...besides]) await this.#each(type, (one) => {
      this.#telling.known.add(one);
    }); // prettier-ignore
    if (!this.#isWhole || !types.includes('Patient')) return;
    const coverages = new Map<string, Element[]>();
    await this.#each('Coverage', (coverage) => {
      const id = targetOf(coverage.child('beneficiary'), this.#client.settings.baseUrl)?.id;
      if (id !== undefined) coverages.set(id, [...(coverages.get(id) ?? []), coverage]);
    });
    this.#telling.coverages = coverages;
  }

  /** The files in the order in which they are told; a whole export tells coverages with their patients. */
  order(types: readonly ReadableType[]): readonly (ExportFile & { readonly type: ReadableType })[] {
    return types
      .filter((type) => type !== 'Coverage' || !this.#isWhole)
      .flatMap((type) => this.#manifest.output.filter((one) => one.type === type).map(({ url }) => ({ type, url })));
  }

  async #tell(type: ReadableType, lines: readonly Line[]): Promise<Failure | null> {
    const entries: Entry[] = [];
    const problems: Problem[] = [];
    for (const { number, text } of lines) {
      const json = parsed(text);
      const resource = Element.ofResource(json);
      if (resource?.path === type) entries.push({ resource, json, row: number, fullUrl: null, isMatch: true });
      else
        problems.push({
          row: number,
          column: null,
          reason: json === undefined ? 'row cut off' : 'not in the form expected',
          rejected: true,
        });
    }
    return this.#telling.take({ type, entries, problems, asOf: this.#manifest.transactionTime });
  }

  /** Tells a file from a line on. Null: to its end; else the line after the last one told. */
  async tell(
    file: ExportFile & { readonly type: ReadableType },
    from: number,
    limit: number,
  ): Promise<number | null | Failure> {
    let piece: Line[] = [];
    const size = Math.min(linesInPiece, Math.max(1, limit));
    for await (const line of this.#lines(file)) {
      if (line.number <= from) continue;
      piece.push(line);
      if (piece.length < size) continue;
      const failure = await this.#tell(file.type, piece);
      if (failure !== null) return failure;
      piece = [];
      if (this.#telling.rows >= limit) return line.number;
    }
    return piece.length === 0 ? null : this.#tell(file.type, piece);
  }

  /** What could not be exported, by the kind of what it concerns. */
  async errors(): Promise<void> {
    for (const file of this.#manifest.error) {
      const problems: Problem[] = [];
      for await (const { number, text } of this.#lines(file)) {
        const outcome = parsed(text);
        if (reasonsOf(outcome).length === 0) continue;
        const column = listAt(outcome, 'issue').map((one) => placeOf(one)).find((one) => one !== null) ?? null; // prettier-ignore
        problems.push({ row: number, column, reason: 'refused by its system', rejected: true });
      }
      const id = fingerprint([file.type, problems, this.#manifest.transactionTime]);
      this.#telling.add({
        id,
        asOf: this.#manifest.transactionTime,
        kind: 'patients',
        rows: [],
        problems,
        duplicates: 0,
      });
    }
  }

  /** Deleted appointments; of a deleted patient the record number is known only where it is the id. */
  async deleted(): Promise<void> {
    const { recordNumber } = this.#client.settings;
    for (const file of this.#manifest.deleted)
      for await (const { text } of this.#lines(file))
        for (const entry of listAt(parsed(text), 'entry')) {
          const [type, id] = (textAt(at(entry, 'request'), 'url') ?? '').split('/');
          if (id === undefined) continue;
          if (type === 'Appointment') this.#telling.gone.push({ of: 'appointment', id, mergedInto: null });
          if (type === 'Patient' && recordNumber === 'id')
            this.#telling.gone.push({ of: 'patient', id, mergedInto: null });
        }
  }
}

async function begin(client: FhirClient, types: readonly ReadableType[], cursor: Cursor): Promise<Exported | Failure> {
  const known = types.map((type) => cursor.since[type]);
  const since = known.every((one) => one !== undefined) ? (known.toSorted()[0] ?? null) : null;
  const started = await startExport(client, [...types, ...besides], since);
  if (isFailure(started)) return started;
  const job: ExportCursor = { status: started.status, notBefore: later(client.context, 0), file: 0, line: 0 };
  return { cursor: { ...cursor, export: job }, more: false, waiting: 1 };
}

async function tellFiles(
  client: FhirClient,
  telling: Telling,
  types: readonly ReadableType[],
  manifest: Manifest,
  cursor: Cursor,
  job: ExportCursor,
  limit: number,
): Promise<Exported | Failure> {
  const files = new Files(client, manifest, telling, Object.keys(cursor.since).length === 0);
  const { export: _job, ...rest } = cursor;
  let { file, line } = job;
  const here = (): Exported => ({ cursor: { ...rest, export: { ...job, file, line } }, more: true, waiting: 0 });
  try {
    await files.index(types);
    const all = files.order(types);
    for (const one of all.slice(file)) {
      const ended = await files.tell(one, line, limit);
      if (ended !== null && typeof ended !== 'number') throw new BrokenStream(ended);
      file += ended === null ? 1 : 0;
      line = ended ?? 0;
      if (telling.rows >= limit && file < all.length) return here();
    }
    await files.errors();
    await files.deleted();
  } catch (error) {
    if (!(error instanceof BrokenStream)) throw error;
    const { failure } = error;
    // A file that is no more: the job has run out, and another one begins.
    if (failure.kind === 'rejected' && failure.code === 'reference.unknown') return begin(client, types, rest);
    return file === job.file && line === job.line ? failure : here();
  }
  await deleteExport(client, job.status);
  const since = Object.fromEntries(types.map((type) => [type, manifest.transactionTime]));
  return { cursor: { ...rest, since: { ...cursor.since, ...since } }, more: false, waiting: 0 };
}

/** Goes on with the export under way, or begins one. */
export async function lookByExport(
  client: FhirClient,
  telling: Telling,
  wanted: readonly ReadableType[],
  cursor: Cursor,
  limit: number,
): Promise<Exported | Failure> {
  const types = readableTypes.filter((type) => wanted.includes(type));
  const job = cursor.export;
  if (job === undefined) return begin(client, types, cursor);
  const waiting = { cursor, more: false, waiting: 1 };
  if (client.context.now().toISOString() < job.notBefore) return waiting;
  const state = await pollExport(client, job.status);
  if (state === 'gone') return begin(client, types, cursor);
  if ('kind' in state) return state;
  if ('againIn' in state)
    return { ...waiting, cursor: { ...cursor, export: { ...job, notBefore: later(client.context, state.againIn) } } };
  return tellFiles(client, telling, types, state, cursor, job, limit);
}
