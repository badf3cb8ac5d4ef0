// The settings of a Therabill connection: there is no public API, so a folder through which its files come and go.
import { isAbsolute } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import { settingsReader } from '../settings.ts';
import { labelsSchema, readProfile, withLabels } from './profile.ts';
import type { Profile } from './profile.ts';
import standard from './profiles/therabill-standard.json' with { type: 'json' };

/** JSON Schema of `config`; the console draws its form from it. */
export const therabillConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['dropFolder'],
  properties: {
    dropFolder: {
      type: 'string',
      minLength: 1,
      title: 'Drop folder',
      description:
        'An absolute path on the server. Exports go into its folders claims, remittances, payments and clients; what is to be uploaded lies in upload.',
    },
    profile: {
      title: 'Mapping profile',
      description: 'The id of a built-in profile, or a profile of its own.',
      anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }],
      default: 'therabill-standard',
    },
    labels: {
      ...labelsSchema,
      title: 'Column labels',
      description: "Labels that the practice renamed: for clients and payments lists of labels by Gait's field.",
      default: {},
    },
    ignored: {
      type: 'array',
      title: 'Columns that are not read',
      description: 'Labels of columns that need not be told as unknown.',
      items: { type: 'string', minLength: 1 },
      default: [],
    },
    payers: {
      type: 'object',
      title: 'Payer names',
      description: "Names of the export, each with Gait's payer id.",
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    settleSeconds: {
      type: 'number',
      minimum: 0,
      maximum: 30,
      default: 2,
      title: 'Seconds a file must stay unchanged',
      description: 'A file beside which NAME.done stands is taken at once.',
    },
    damagedAfterSeconds: {
      type: 'number',
      minimum: 0,
      default: 600,
      title: 'Seconds until a file without its end counts as damaged',
    },
    requestTimeoutSeconds: { type: 'number', minimum: 1, maximum: 120, default: 60 },
    inquireAfterSeconds: { type: 'number', minimum: 0, default: 5 },
  },
} as const;

type Defaulted =
  | 'profile'
  | 'labels'
  | 'ignored'
  | 'payers'
  | 'settleSeconds'
  | 'damagedAfterSeconds'
  | 'requestTimeoutSeconds'
  | 'inquireAfterSeconds';
type Settings = FromSchema<typeof therabillConfigSchema>;
type Complete = Settings & Required<Pick<Settings, Defaulted>>;

export interface TherabillConfig extends Omit<Complete, 'profile' | 'labels' | 'payers'> {
  /** With the practice's own labels and payer names in it. */
  readonly profile: Profile;
}

const builtIn: Readonly<Record<string, unknown>> = { 'therabill-standard': standard };

const read = settingsReader<Complete>('Therabill', therabillConfigSchema, (place) =>
  place.startsWith('labels/') ? 'use a name of the fields that docs/connectors/therabill.md lists' : null,
);

/**
 * The validated settings with their defaults.
 * @param payers payer names that hold for the whole clinic
 * @throws GaitError `input.invalid` naming the field
 */
export function readTherabillConfig(
  config: ConnectorContext['config'],
  payers: Readonly<Record<string, string>> = {},
): TherabillConfig {
  const settings = read(config);
  const dropFolder = settings.dropFolder.replace(/\/+$/, '');
  const isPlain = isAbsolute(dropFolder) && dropFolder.split('/').every((part) => part !== '..' && part !== '.');
  if (!isPlain)
    throw new GaitError('input.invalid', 'the drop folder must be an absolute path', { where: 'dropFolder' });
  const source = typeof settings.profile === 'string' ? builtIn[settings.profile] : settings.profile;
  if (source === undefined) {
    throw new GaitError('input.invalid', 'no such mapping profile', {
      where: 'profile',
      fix: `choose ${Object.keys(builtIn).join(' or ')}`,
    });
  }
  const profile = withLabels(readProfile(source), settings.labels);
  return {
    ...settings,
    dropFolder,
    profile: { ...profile, payers: { ...profile.payers, ...payers, ...settings.payers } },
  };
}
