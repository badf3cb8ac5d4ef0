// The settings of a Clinicient connection: no public interface: the reports that a practice exports from Insight into a drop folder.
import type { FromSchema } from 'json-schema-to-ts';
import type { ConnectorContext } from '../connector.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { ownProfile, reportFolder, reportSettings } from '../reports/settings.ts';
import { reportSource } from '../reports/source.ts';
import { settingsReader } from '../settings.ts';
import standard from './profiles/clinicient-standard.json' with { type: 'json' };

const builtIn = { 'clinicient-standard': standard } as const;

/** The settings of its exported reports; those of other ways in stand beside them. */
export const clinicientReportSettings = reportSettings('Clinicient', Object.keys(builtIn));

const reportsSchema = { type: 'object', properties: clinicientReportSettings } as const;

export type ClinicientSettings = FromSchema<typeof reportsSchema>;

/** Throws `input.invalid` naming the field. */
export const readClinicientSettings = settingsReader<ClinicientSettings>('Clinicient', reportsSchema);

/** The drop folder with the profile it names, over what holds for the clinic. Throws `input.invalid` naming the field. */
export function readClinicientReports(config: ConnectorContext['config'], clinic: ClinicWords = {}): ReportFolder {
  return reportFolder(readClinicientSettings(config), builtIn, clinic);
}

/** The words, labels and formats of the practice's Clinicient, also where no report is dropped. Throws `input.invalid` naming the field. */
export function readClinicientProfile(
  config: ConnectorContext['config'],
  clinic: ClinicWords = {},
): ReportFolder['profile'] {
  return ownProfile(readClinicientSettings(config), builtIn, clinic);
}

export const clinicientReports = reportSource(readClinicientReports);
