// WebPT's exported reports as records of a PT system.
import { fetching } from '../pt-records/system.ts';
import type { RecordSource } from '../pt-records/source.ts';
import { webptOperations } from './operations.ts';

const source: RecordSource = {
  kinds: () => ['patients', 'authorizations', 'appointments'],
  async fetch(context, { skip, clinic, kinds }) {
    const outcome = await webptOperations['webpt.reports.import'].run(context, { skip, clinic });
    if (outcome.kind !== 'done') return outcome;
    const { reports, waiting, skipped, unrecognised } = outcome.result;
    const wanted = reports.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
    return {
      kind: 'done',
      result: {
        deliveries: wanted.map((report) => ({
          ...report,
          id: report.sha256,
          asOf: report.modifiedAt,
          file: report.name,
        })),
        gone: [],
        cursor: null,
        more: false,
        waiting: waiting.length,
        skipped,
        unrecognised,
      },
    };
  },
  test: (context) => webptOperations['webpt.connection.test'].run(context, {}),
};

export const webptRecords = fetching('webpt', [{ name: 'reports', source, isSet: () => true }]);
