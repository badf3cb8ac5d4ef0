// Patients, appointments and scores of outcome measures from Jane's API, page by page; only what changed since the last look.
import type { ConnectionTest, ConnectorContext, Failure, Outcome } from '../connector.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import type { RecordKind, RowsOf } from '../pt-records/rows.ts';
import type { RecordSource } from '../pt-records/source.ts';
import { isFailure, vendorTime } from '../rest/answer.ts';
import { readItems } from '../rest/json-cells.ts';
import { fetchPages } from '../rest/pages.ts';
import type { Collection, Page } from '../rest/pages.ts';
import { isZone } from '../settings.ts';
import { getFromJane } from './client.ts';
import { readJaneAppConfig } from './config.ts';
import {
  appointmentCells,
  appointmentRow,
  goneOf,
  outcomeRow,
  patientCells,
  patientRow,
  scoreCells,
  scoresOf,
  writing,
} from './rows.ts';

/** Changes of one record are asked for to the second. */
function toTheSecond(instant: string): string {
  return `${instant.slice(0, 19)}Z`;
}

async function pageOf(
  context: ConnectorContext,
  path: string,
  next: string | null,
  filter: Readonly<Record<string, string>>,
): Promise<Page | Failure> {
  const { pageParameters, pageSize } = readJaneAppConfig(context.config);
  const name = (parameter: string): string =>
    pageParameters === 'page.limit' ? `page.${parameter}` : `page[${parameter}]`;
  const answer = await getFromJane(context, path, {
    ...filter,
    [name('limit')]: String(pageSize),
    ...(next === null ? {} : { [name('cursor')]: next }),
  });
  if (isFailure(answer)) return answer;
  const cursor = textAt(answer.json, 'cursor');
  const hasNext = at(answer.json, 'hasNextPage') === true;
  const isPage = Array.isArray(at(answer.json, 'items')) && (!hasNext || cursor !== null);
  if (!isPage) return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  return {
    items: listAt(answer.json, 'items'),
    next: hasNext ? cursor : null,
    asOf: vendorTime(context, answer),
  };
}

/** In the order of their making, so that a record that changes meanwhile moves back and is told twice, never skipped. */
function changedSince(since: string | null): Record<string, string> {
  return { sort: 'created_at', ...(since === null ? {} : { 'updated_at[gte]': toTheSecond(since) }) };
}

/** The clinic's zone, else the one Jane has for it. */
export async function zoneFor(context: ConnectorContext, zone: string | undefined): Promise<string | Failure> {
  if (zone !== undefined) return zone;
  const answer = await getFromJane(context, '/company');
  if (isFailure(answer)) return answer;
  const told = textAt(answer.json, 'time_zone');
  return told !== null && isZone(told)
    ? told
    : { kind: 'rejected', code: 'input.invalid', reasons: [{ code: 'missing', field: 'zone' }] };
}

/** Names of treatments by Jane's id; none where the sign-in may not read them, since a visit counts without its type too. */
export async function treatmentsOf(context: ConnectorContext): Promise<ReadonlyMap<string, string> | Failure> {
  const names = new Map<string, string>();
  let next: string | null = null;
  for (let pages = 0; pages < 50; pages += 1) {
    const page: Page | Failure = await pageOf(context, '/treatments', next, {});
    if (isFailure(page)) return page.kind === 'notSent' && page.code === 'connection.credentials' ? names : page;
    for (const treatment of page.items.filter(isObject)) {
      const [id, name] = [textAt(treatment, 'id'), textAt(treatment, 'name')];
      if (id !== null && name !== null) names.set(id, name);
    }
    if (page.next === null || page.next === next) break;
    next = page.next;
  }
  return names;
}

/** What of an answer does not change while it is put together: asked when it is first needed. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | null = null;
  return () => (asked ??= ask());
}

/** Patients as rows. */
export function patientsIn(items: readonly unknown[]): RowsOf<'patients'> {
  return { kind: 'patients', ...readItems(items, writing, patientCells, patientRow, (row) => row.recordNumber) };
}

/** Appointments as rows, in the wall clock of `zone`. */
export function appointmentsIn(
  items: readonly unknown[],
  zone: string,
  treatments: ReadonlyMap<string, string>,
): RowsOf<'appointments'> {
  const rows = readItems(
    items,
    writing,
    appointmentCells,
    (cells) => appointmentRow(cells, zone, treatments),
    (row) => row.appointmentId,
  );
  return { kind: 'appointments', ...rows };
}

function collectionsOf(context: ConnectorContext, zone: string | undefined): Collection[] {
  const { outcomeCodes } = readJaneAppConfig(context.config);
  const clinicZone = once(() => zoneFor(context, zone));
  const treatments = once(() => treatmentsOf(context));
  const patients: Collection = {
    kind: 'patients',
    told: 'changes',
    page: ({ since, next }) => pageOf(context, '/patients', next, changedSince(since)),
    read: (items, first) =>
      Promise.resolve({
        told: patientsIn(items),
        gone: first ? [] : items.flatMap((item) => goneOf('patient', item)),
      }),
  };
  const appointments: Collection = {
    kind: 'appointments',
    told: 'changes',
    page: ({ since, next }) => pageOf(context, '/appointments', next, changedSince(since)),
    read: async (items, first) => {
      const [shown, names] = [await clinicZone(), await treatments()];
      if (typeof shown !== 'string') return shown;
      if (isFailure(names)) return names;
      return {
        told: appointmentsIn(items, shown, names),
        gone: first ? [] : items.flatMap((item) => goneOf('appointment', item)),
      };
    },
  };
  const outcomes: Collection = {
    kind: 'outcomes',
    told: 'stamps',
    page: ({ next }) => pageOf(context, '/medical-record/observations', next, {}),
    read: async (items) => {
      const shown = await clinicZone();
      if (typeof shown !== 'string') return shown;
      const scores = items.flatMap((item) => scoresOf(item, outcomeCodes));
      const rows = readItems(
        scores,
        writing,
        scoreCells,
        (cells) => outcomeRow(cells, shown),
        () => null,
      );
      return { told: { kind: 'outcomes', ...rows }, gone: [] };
    },
  };
  return Object.keys(outcomeCodes).length === 0 ? [patients, appointments] : [patients, appointments, outcomes];
}

async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const { environment } = readJaneAppConfig(context.config);
  const answer = await getFromJane(context, '/company');
  if (isFailure(answer)) return answer;
  const grant = (await context.grants?.read()) ?? null;
  return {
    kind: 'done',
    result: {
      facts: [
        { label: 'Environment', value: environment },
        { label: 'Clinic at Jane', value: textAt(answer.json, 'name') ?? 'not told' },
        { label: 'Its zone', value: textAt(answer.json, 'time_zone') ?? 'not told' },
        { label: 'Signed in at', value: grant?.signedInAt ?? 'not known' },
        { label: 'Lapses unless used by', value: grant?.refreshExpiresAt ?? 'not told' },
      ],
    },
  };
}

export const janeSource: RecordSource = {
  kinds: (config): readonly RecordKind[] =>
    Object.keys(readJaneAppConfig(config).outcomeCodes).length === 0
      ? ['patients', 'appointments']
      : ['patients', 'appointments', 'outcomes'],
  fetch: (context, request) => fetchPages(collectionsOf(context, request.clinic.zone), request),
  test,
};
