// The settings of a WebPT connection: there is no public API, so a folder in which the clinic drops its exported reports.
import type { FromSchema } from 'json-schema-to-ts';
import type { ConnectorContext } from '../connector.ts';
import { settingsReader } from '../settings.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { reportFolder, reportSettings } from '../reports/settings.ts';
import { reportSource } from '../reports/source.ts';
import multisite from './profiles/webpt-multisite.json' with { type: 'json' };
import standard from './profiles/webpt-standard.json' with { type: 'json' };

const builtIn: Readonly<Record<string, unknown>> = { 'webpt-standard': standard, 'webpt-multisite': multisite };

/** The settings of its exported reports; those of other ways in stand beside them. */
export const webptReportSettings = reportSettings('WebPT', Object.keys(builtIn));

const reportsSchema = { type: 'object', properties: webptReportSettings } as const;

const read = settingsReader<FromSchema<typeof reportsSchema>>('WebPT', reportsSchema);

/** The validated settings with the profile they name, over what holds for the clinic. Throws `input.invalid` naming the field. */
export function readWebptConfig(config: ConnectorContext['config'], clinic: ClinicWords = {}): ReportFolder {
  return reportFolder(read(config), builtIn, clinic);
}

export const webptReports = reportSource(readWebptConfig);
