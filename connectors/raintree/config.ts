// The settings of a Raintree connection: reports that a practice exports into a drop folder.
import type { FromSchema } from 'json-schema-to-ts';
import type { ConnectorContext } from '../connector.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { ownProfile, reportFolder, reportSettings } from '../reports/settings.ts';
import { reportSource } from '../reports/source.ts';
import { settingsReader } from '../settings.ts';
import standard from './profiles/raintree-standard.json' with { type: 'json' };

const builtIn = { 'raintree-standard': standard } as const;

/** The settings of its exported reports; those of other ways in stand beside them. */
export const raintreeReportSettings = reportSettings('Raintree', Object.keys(builtIn));

const reportsSchema = { type: 'object', properties: raintreeReportSettings } as const;

export type RaintreeSettings = FromSchema<typeof reportsSchema>;

/** Throws `input.invalid` naming the field. */
export const readRaintreeSettings = settingsReader<RaintreeSettings>('Raintree', reportsSchema);

/** The drop folder with the profile it names, over what holds for the clinic. Throws `input.invalid` naming the field. */
export function readRaintreeReports(config: ConnectorContext['config'], clinic: ClinicWords = {}): ReportFolder {
  return reportFolder(readRaintreeSettings(config), builtIn, clinic);
}

/** The words, labels and formats of the practice's Raintree, also where no report is dropped. Throws `input.invalid` naming the field. */
export function readRaintreeProfile(
  config: ConnectorContext['config'],
  clinic: ClinicWords = {},
): ReportFolder['profile'] {
  return ownProfile(readRaintreeSettings(config), builtIn, clinic);
}

export const raintreeReports = reportSource(readRaintreeReports);
