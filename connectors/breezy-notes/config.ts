// The settings of a BreezyNotes connection: no public interface: the lists that a practice exports into a drop folder.
import type { FromSchema } from 'json-schema-to-ts';
import type { ConnectorContext } from '../connector.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { ownProfile, reportFolder, reportSettings } from '../reports/settings.ts';
import { reportSource } from '../reports/source.ts';
import { settingsReader } from '../settings.ts';
import standard from './profiles/breezy-notes-standard.json' with { type: 'json' };

const builtIn = { 'breezy-notes-standard': standard } as const;

/** The settings of its exported reports; those of other ways in stand beside them. */
export const breezyNotesReportSettings = reportSettings('BreezyNotes', Object.keys(builtIn));

const reportsSchema = { type: 'object', properties: breezyNotesReportSettings } as const;

export type BreezyNotesSettings = FromSchema<typeof reportsSchema>;

/** Throws `input.invalid` naming the field. */
export const readBreezyNotesSettings = settingsReader<BreezyNotesSettings>('BreezyNotes', reportsSchema);

/** The drop folder with the profile it names, over what holds for the clinic. Throws `input.invalid` naming the field. */
export function readBreezyNotesReports(config: ConnectorContext['config'], clinic: ClinicWords = {}): ReportFolder {
  return reportFolder(readBreezyNotesSettings(config), builtIn, clinic);
}

/** The words, labels and formats of the practice's BreezyNotes, also where no report is dropped. Throws `input.invalid` naming the field. */
export function readBreezyNotesProfile(
  config: ConnectorContext['config'],
  clinic: ClinicWords = {},
): ReportFolder['profile'] {
  return ownProfile(readBreezyNotesSettings(config), builtIn, clinic);
}

export const breezyNotesReports = reportSource(readBreezyNotesReports);
