// The settings of a system that hands its records over as exported reports, and the folder and profile they come to.
import { isAbsolute } from 'node:path';
import { GaitError } from '../../domain/errors.ts';
import type { FilePlace } from '../files/files.ts';
import { sftpPlace, sftpPlaceSchema } from '../files/sftp-settings.ts';
import type { SftpPlace } from '../files/sftp-settings.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from './drop-folder.ts';
import { readProfile } from './profile.ts';
import type { Profile } from './profile.ts';

/** Properties of a connection's JSON Schema, to stand beside others; the console draws its form from them. */
export function reportSettings(system: string, builtInProfiles: readonly string[]) {
  return {
    dropFolder: {
      type: 'string',
      minLength: 1,
      title: 'Drop folder',
      description: `An absolute path on the server, into which the reports of ${system} are exported (CSV or .xlsx).`,
    },
    sftp: sftpPlaceSchema,
    profile: {
      title: 'Mapping profile',
      description: `The id of a built-in profile (${builtInProfiles.join(', ')}), or a profile of its own.`,
      anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }],
    },
    zone: {
      type: 'string',
      minLength: 1,
      title: 'Time zone',
      description: "Of the export's clocks, instead of the profile's, or the clinic's where the profile names none.",
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
      title: 'Seconds a file must stay unchanged',
      description: 'One, over SFTP five, unless set. A file beside which NAME.done stands is taken at once.',
    },
  } as const;
}

/** What those properties hold. */
export interface ReportSettings {
  readonly dropFolder?: string;
  readonly sftp?: SftpPlace;
  readonly profile?: string | Readonly<Record<string, unknown>>;
  readonly zone?: string;
  readonly wholeSchedule?: boolean;
  readonly payers?: Readonly<Record<string, string>>;
  readonly settleSeconds?: number;
}

/** The profiles a system comes with, by id; the first is taken where a connection names none. */
export type BuiltInProfiles = Readonly<Record<string, unknown>>;

function profileOf(named: ReportSettings['profile'], builtIn: BuiltInProfiles): Profile {
  const ids = Object.keys(builtIn);
  const source = typeof named === 'object' ? named : builtIn[named ?? ids[0] ?? ''];
  if (source === undefined)
    throw new GaitError('input.invalid', 'no such mapping profile', {
      where: 'profile',
      fix: `choose ${ids.join(' or ')}`,
    });
  return readProfile(source);
}

/** The profile with the practice's own payer names, zone and say about whole schedules, over what holds for the clinic. */
export function ownProfile(
  settings: ReportSettings,
  builtIn: BuiltInProfiles,
  clinic: ClinicWords,
): ReportFolder['profile'] {
  const profile = profileOf(settings.profile, builtIn);
  const zone = settings.zone ?? profile.zone ?? clinic.zone;
  const { appointments } = profile.reports;
  const whole = settings.wholeSchedule ?? appointments?.whole ?? false;
  const own = readProfile({
    ...profile,
    ...(zone === undefined ? {} : { zone }),
    payers: { ...profile.payers, ...clinic.payers, ...settings.payers },
    reports: {
      ...profile.reports,
      ...(appointments === undefined ? {} : { appointments: { ...appointments, whole } }),
    },
  });
  return clinic.zone === undefined ? own : { ...own, clinicZone: clinic.zone };
}

/** Where the reports lie: on this machine, or on an SFTP server. Throws `input.invalid` naming the field. */
function placeOf({ dropFolder, sftp }: ReportSettings): FilePlace {
  if (dropFolder !== undefined && sftp !== undefined)
    throw new GaitError('input.invalid', 'reports come into a drop folder or over SFTP, not both', { where: 'sftp' });
  if (sftp !== undefined) return sftpPlace(sftp, 'sftp');
  if (dropFolder === undefined || !isAbsolute(dropFolder))
    throw new GaitError('input.invalid', 'the drop folder must be an absolute path', { where: 'dropFolder' });
  return { folder: dropFolder, server: null, setting: 'dropFolder' };
}

/** The folder of a connection with the profile it names. Throws `input.invalid` naming the field. */
export function reportFolder(
  settings: ReportSettings,
  builtIn: BuiltInProfiles,
  clinic: ClinicWords = {},
): ReportFolder {
  const profile = ownProfile(settings, builtIn, clinic);
  return { place: placeOf(settings), profile, settleSeconds: settings.settleSeconds };
}
