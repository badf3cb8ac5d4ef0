// The settings of a WebPT connection: there is no public API, so a folder in which the clinic drops its exported reports.
import { isAbsolute } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import { settingsReader } from '../settings.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { readProfile } from '../reports/profile.ts';
import multisite from './profiles/webpt-multisite.json' with { type: 'json' };
import standard from './profiles/webpt-standard.json' with { type: 'json' };

/** JSON Schema of `config`; the console draws its form from it. */
export const webptConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['dropFolder', 'profile'],
  properties: {
    dropFolder: { type: 'string', minLength: 1, title: 'Drop folder', description: 'An absolute path on the server.' },
    profile: {
      title: 'Mapping profile',
      description: 'The id of a built-in profile, or a profile of its own.',
      anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }],
    },
    zone: {
      type: 'string',
      minLength: 1,
      title: 'Time zone',
      description: "Instead of the profile's, or the clinic's where the profile names none.",
    },
    wholeSchedule: {
      type: 'boolean',
      title: 'Whole schedule',
      description:
        'A schedule report holds every visit between its first and its last day: what is missing was taken out. Off unless set here or in the profile.',
    },
    payers: {
      type: 'object',
      title: 'Payer names',
      description: "More names of the export, each with Gait's payer id.",
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    settleSeconds: {
      type: 'number',
      minimum: 0,
      maximum: 30,
      default: 1,
      title: 'Seconds a file must stay unchanged',
      description: 'A file beside which NAME.done stands is taken at once.',
    },
  },
} as const;

const builtIn: Readonly<Record<string, unknown>> = { 'webpt-standard': standard, 'webpt-multisite': multisite };

export const builtInProfiles: readonly string[] = Object.keys(builtIn);

const read = settingsReader<FromSchema<typeof webptConfigSchema>>('WebPT', webptConfigSchema);

/** The validated settings with the profile they name, over what holds for the clinic. Throws `input.invalid` naming the field. */
export function readWebptConfig(config: ConnectorContext['config'], clinic: ClinicWords = {}): ReportFolder {
  const settings = read(config);
  if (!isAbsolute(settings.dropFolder)) {
    throw new GaitError('input.invalid', 'the drop folder must be an absolute path', { where: 'dropFolder' });
  }
  const source = typeof settings.profile === 'string' ? builtIn[settings.profile] : settings.profile;
  if (source === undefined) {
    throw new GaitError('input.invalid', 'no such mapping profile', {
      where: 'profile',
      fix: `choose ${builtInProfiles.join(' or ')}`,
    });
  }
  const profile = readProfile(source);
  const zone = settings.zone ?? profile.zone ?? clinic.zone;
  const { appointments } = profile.reports;
  const own = readProfile({
    ...profile,
    ...(zone === undefined ? {} : { zone }),
    payers: { ...profile.payers, ...clinic.payers, ...settings.payers },
    reports: {
      ...profile.reports,
      appointments: { ...appointments, whole: settings.wholeSchedule ?? appointments.whole ?? false },
    },
  });
  return { dropFolder: settings.dropFolder, profile: own, settleSeconds: settings.settleSeconds ?? 1 };
}
