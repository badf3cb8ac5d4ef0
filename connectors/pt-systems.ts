// The systems that keep a clinic's patients and visits, each asked for its records in one way.
import type { Read } from './connector.ts';
import type { RecordsFetched, RecordsRequest } from './pt-records/source.ts';
import { readWebptConfig } from './webpt/config.ts';
import { webptRecords } from './webpt/records.ts';

export interface PtSystem {
  readonly records: Read<RecordsRequest, RecordsFetched>;
  /** The folder whose files are put aside once they are stored; null: it hands over no files. */
  folder(config: Readonly<Record<string, unknown>>): string | null;
  /** Whether its record numbers are the clinic's where the settings of a connection say nothing. */
  readonly numbers: 'clinic' | 'own';
}

export const ptSystems: Readonly<Partial<Record<string, PtSystem>>> = {
  webpt: { records: webptRecords, folder: (config) => readWebptConfig(config).dropFolder, numbers: 'clinic' },
};
