// The settings of a Prompt connection: no public interface: the reports that a practice exports into a drop folder.
import type { FromSchema } from 'json-schema-to-ts';
import type { ConnectorContext } from '../connector.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { ownProfile, reportFolder, reportSettings } from '../reports/settings.ts';
import { reportSource } from '../reports/source.ts';
import { settingsReader } from '../settings.ts';
import standard from './profiles/prompt-standard.json' with { type: 'json' };

const builtIn = { 'prompt-standard': standard } as const;

/** The settings of its exported reports; those of other ways in stand beside them. */
export const promptReportSettings = reportSettings('Prompt', Object.keys(builtIn));

const reportsSchema = { type: 'object', properties: promptReportSettings } as const;

export type PromptSettings = FromSchema<typeof reportsSchema>;

/** Throws `input.invalid` naming the field. */
export const readPromptSettings = settingsReader<PromptSettings>('Prompt', reportsSchema);

/** The drop folder with the profile it names, over what holds for the clinic. Throws `input.invalid` naming the field. */
export function readPromptReports(config: ConnectorContext['config'], clinic: ClinicWords = {}): ReportFolder {
  return reportFolder(readPromptSettings(config), builtIn, clinic);
}

/** The words, labels and formats of the practice's Prompt, also where no report is dropped. Throws `input.invalid` naming the field. */
export function readPromptProfile(
  config: ConnectorContext['config'],
  clinic: ClinicWords = {},
): ReportFolder['profile'] {
  return ownProfile(readPromptSettings(config), builtIn, clinic);
}

export const promptReports = reportSource(readPromptReports);
