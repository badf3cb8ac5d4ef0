// How a partner's API is asked and read, as the clinic's contract describes it: a profile, since none of it is public.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext } from '../connector.ts';
import { recordKinds } from '../pt-records/rows.ts';
import type { RecordKind } from '../pt-records/rows.ts';
import { checkBaseUrl, isZone, settingsReader } from '../settings.ts';
import { kindFields } from './fields.ts';
import { restSettingsSchema } from './schema.ts';
import type { recordSchema } from './schema.ts';

type Written = FromSchema<typeof restSettingsSchema>;
type Defaulted =
  | 'headers'
  | 'dateFormats'
  | 'timeFormats'
  | 'words'
  | 'payers'
  | 'requestsPerSecond'
  | 'requestTimeoutSeconds';

export type RecordProfile = Required<Pick<WrittenRecord, 'query' | 'items' | 'stamped' | 'paging' | 'whole'>> &
  WrittenRecord;
type WrittenRecord = FromSchema<typeof recordSchema>;

export type RestSettings = Omit<Written, Defaulted | 'records'> &
  Required<Pick<Written, Defaulted>> & { readonly records: Readonly<Partial<Record<RecordKind, RecordProfile>>> };

interface Config {
  readonly rest: RestSettings;
}

const schema = {
  type: 'object',
  required: ['rest'],
  properties: { rest: restSettingsSchema },
} as const;

const read = settingsReader<Config>('partner API', schema, (place) =>
  place.startsWith('rest/records') ? 'see docs/connectors/partner-api.md for the fields of each record' : null,
);

function wrong(where: string, told: string): GaitError {
  return new GaitError('input.invalid', told, { where: `rest/${where}` });
}

/** Every field is one Gait has, and none is missing that a record cannot do without. */
function checkFields(kind: RecordKind, { fields, whole, paging: pages }: RecordProfile): void {
  const { known, needed } = kindFields[kind];
  const unknown = Object.keys(fields).find((field) => !known.includes(field));
  if (unknown !== undefined) throw wrong(`records/${kind}/fields/${unknown}`, 'this field is not known');
  const missing = needed.find((names) => !names.some((name) => Object.hasOwn(fields, name)));
  if (missing !== undefined) throw wrong(`records/${kind}/fields/${missing[0] ?? ''}`, 'this field is needed');
  if (whole && (kind !== 'appointments' || pages.kind !== 'none'))
    throw wrong(`records/${kind}/whole`, 'only a schedule that comes in one answer can be whole');
}

/** Whether the connection has settings of a partner's API. */
export function hasRestSettings(config: ConnectorContext['config']): boolean {
  return config['rest'] !== undefined;
}

/** The validated settings under `rest` with their defaults. Throws `input.invalid` naming the place. */
export function readRestSettings(config: ConnectorContext['config']): RestSettings {
  const { rest } = read(config);
  checkBaseUrl(rest.baseUrl);
  if (rest.authentication.kind === 'clientCredentials') checkBaseUrl(rest.authentication.tokenUrl);
  if (rest.zone !== undefined && !isZone(rest.zone)) throw wrong('zone', 'the time zone is not known');
  for (const kind of recordKinds) {
    const profile = rest.records[kind];
    if (profile !== undefined) checkFields(kind, profile);
  }
  return rest;
}

export function restPace(config: ConnectorContext['config']): Pace {
  const { requestsPerSecond } = readRestSettings(config);
  return { perSecond: requestsPerSecond, burst: Math.max(1, Math.ceil(2 * requestsPerSecond)) };
}
