// A FHIR R4 endpoint as a way in for a PT system's records.
import type { ConnectorContext, Outcome } from '../connector.ts';
import { rejected } from '../faults.ts';
import { recordKinds } from '../pt-records/rows.ts';
import type { RecordsFetched, RecordSource, RecordsRequest } from '../pt-records/source.ts';
import { testEndpoint } from './capabilities.ts';
import { isFailure, openFhir } from './client.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { readableTypes, readFhirSettings } from './settings.ts';
import type { FhirSettings, ReadableType } from './settings.ts';
import { lookByExport } from './source-export.ts';
import { lookBySearch } from './source-search.ts';
import { kindOfType, Telling } from './telling.ts';

/** Searches take over once an export has told everything. */
function isByExport(settings: FhirSettings, cursor: Cursor): boolean {
  if (settings.way === 'search') return false;
  return settings.way === 'export' || cursor.export !== undefined || Object.keys(cursor.since).length === 0;
}

function typesOf(settings: FhirSettings, kinds: RecordsRequest['kinds']): readonly ReadableType[] {
  return readableTypes.filter(
    (type) => settings.read.includes(type) && (kinds === undefined || kinds.includes(kindOfType[type])),
  );
}

async function fetchRecords(context: ConnectorContext, request: RecordsRequest): Promise<Outcome<RecordsFetched>> {
  const client = openFhir(context);
  const { settings } = client;
  const zone = settings.zone === '' ? request.clinic.zone : settings.zone;
  if (zone === undefined) return rejected('input.invalid', [{ code: 'missing', field: 'fhir.zone' }]);
  const cursor = readCursor(request.cursor, settings.baseUrl);
  const telling = new Telling(client, zone, request);
  const types = typesOf(settings, request.kinds);
  const limit = request.limit ?? Infinity;
  const looked = isByExport(settings, cursor)
    ? await lookByExport(client, telling, types, cursor, limit)
    : await lookBySearch(client, telling, types, cursor, limit);
  if (isFailure(looked)) return looked;
  return {
    kind: 'done',
    result: {
      deliveries: telling.deliveries,
      gone: telling.gone,
      cursor: writeCursor(looked.cursor),
      more: looked.more,
      waiting: looked.waiting ?? 0,
      skipped: telling.skipped,
      unrecognised: 0,
    },
  };
}

export const fhirSource: RecordSource = {
  kinds(config) {
    const kinds = readFhirSettings(config).read.map((type) => kindOfType[type]);
    return recordKinds.filter((kind) => kinds.includes(kind));
  },
  fetch: fetchRecords,
  test: testEndpoint,
};
