// Patients and appointments from Luma Health, page by page; deleted and merged ones are told as such.
import type { ConnectionTest, ConnectorContext, Failure, Outcome } from '../connector.ts';
import { isObject, textAt } from '../json.ts';
import type { RecordSource } from '../pt-records/source.ts';
import { isFailure } from '../rest/answer.ts';
import { readItems } from '../rest/json-cells.ts';
import { fetchPages } from '../rest/pages.ts';
import type { Collection, Page } from '../rest/pages.ts';
import { everyFromLuma, getFromLuma, idAt, listFromLuma } from './client.ts';
import { readLumaHealthConfig } from './config.ts';
import { appointmentCells, appointmentRow, goneOf, patientCells, patientRow, writing } from './rows.ts';

/** The page behind those that are there: first what is, then what was deleted. */
async function pageOf(
  context: ConnectorContext,
  resource: string,
  { since, next }: { readonly since: string | null; readonly next: string | null },
): Promise<Page | Failure> {
  const { changesOnly } = readLumaHealthConfig(context.config);
  const [deleted = '0', number = '1'] = next?.split('/') ?? [];
  const page = await listFromLuma(context, resource, Number(number), {
    deleted,
    ...(changesOnly && since !== null ? { updatedAt: `>${since}` } : {}),
  });
  if (isFailure(page)) return page;
  // At the first time nobody knows of what was deleted before.
  const behind = deleted === '0' && since !== null ? '1/1' : null;
  return { ...page, next: page.next === null ? behind : `${deleted}/${page.next}` };
}

async function typesOf(context: ConnectorContext): Promise<ReadonlyMap<string, string> | Failure> {
  const types = await everyFromLuma(context, 'appointmentTypes');
  if (isFailure(types)) return types;
  return new Map(
    types.items.filter(isObject).flatMap((type) => {
      const [id, name] = [idAt(type, '_id'), textAt(type, 'name')];
      return id === null || name === null ? [] : [[id, name] as const];
    }),
  );
}

function collectionsOf(context: ConnectorContext, zone: string | undefined): Collection[] {
  const cells = patientCells(readLumaHealthConfig(context.config).birthMonthStartsAt);
  let types: Promise<ReadonlyMap<string, string> | Failure> | null = null;
  return [
    {
      kind: 'patients',
      told: 'stamps',
      page: (ask) => pageOf(context, 'patients', ask),
      read: (items) =>
        Promise.resolve({
          told: { kind: 'patients', ...readItems(items, writing, cells, patientRow, (row) => row.recordNumber) },
          gone: items.flatMap((item) => goneOf('patient', item)),
        }),
    },
    {
      kind: 'appointments',
      told: 'stamps',
      page: (ask) => pageOf(context, 'appointments', ask),
      read: async (items) => {
        if (zone === undefined)
          return { kind: 'rejected', code: 'input.invalid', reasons: [{ code: 'missing', field: 'zone' }] };
        const names = await (types ??= typesOf(context));
        if (isFailure(names)) return names;
        const rows = readItems(
          items,
          writing,
          appointmentCells,
          (own, item) => appointmentRow(own, item, zone, names),
          (row) => row.appointmentId,
        );
        return {
          told: { kind: 'appointments', ...rows },
          gone: items.flatMap((item) => goneOf('appointment', item)),
        };
      },
    },
  ];
}

async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const answer = await getFromLuma(context, '/facilities', { page: '1', limit: '1' });
  if (isFailure(answer)) return answer;
  const { secure, changesOnly } = readLumaHealthConfig(context.config);
  return {
    kind: 'done',
    result: {
      facts: [
        { label: 'Credentials', value: 'accepted' },
        { label: 'Messages', value: secure ? 'secure: behind a sign-in' : 'direct: no health information' },
        { label: 'Imports', value: changesOnly ? 'changes only' : 'everything each time' },
      ],
    },
  };
}

export const lumaSource: RecordSource = {
  kinds: () => ['patients', 'appointments'],
  fetch: (context, request) => fetchPages(collectionsOf(context, request.clinic.zone), request),
  test,
};
