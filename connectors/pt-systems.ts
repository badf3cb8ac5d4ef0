// The systems that keep a clinic's patients and visits: the ways in of each, asked for their records in one way.
import { breezyNotesReports, breezyNotesReportSettings } from './breezy-notes/config.ts';
import { clinicientReports, clinicientReportSettings } from './clinicient/config.ts';
import type { ConnectionTest, ConnectorContext, Read } from './connector.ts';
import { fhirSettingsSchema } from './fhir/settings.ts';
import { fhirSource } from './fhir/source.ts';
import { hl7SettingsSchema } from './hl7/settings.ts';
import { hl7Source } from './hl7/source.ts';
import { janeSource } from './jane-app/source.ts';
import { lumaSource } from './luma-health/source.ts';
import { restSettingsSchema } from './partner-api/schema.ts';
import { restSource } from './partner-api/source.ts';
import { noteSettingsSchema } from './note-filing/settings.ts';
import { promptReports, promptReportSettings } from './prompt/config.ts';
import { systemSchema } from './pt-records/config.ts';
import type { RecordSource, RecordsFetched, RecordsRequest } from './pt-records/source.ts';
import { fetching, putAsideIn, testing } from './pt-records/system.ts';
import type { WayIn } from './pt-records/system.ts';
import { raintreeReports, raintreeReportSettings } from './raintree/config.ts';
import { webptReports, webptReportSettings } from './webpt/config.ts';

type Config = ConnectorContext['config'];

export interface PtSystem {
  readonly records: Read<RecordsRequest, RecordsFetched>;
  readonly test: Read<Record<string, never>, ConnectionTest>;
  /** Moves files that an answer named out of the way, once it is stored; returns how many it could. */
  putAside(context: ConnectorContext, files: readonly string[]): Promise<number>;
  /** Whether its record numbers are the clinic's, where the clinic has named no main system. */
  readonly numbers: 'clinic' | 'own';
}

const isThere =
  (key: string) =>
  (config: Config): boolean =>
    config[key] !== undefined;

const hl7: WayIn = { name: 'hl7', source: hl7Source, isSet: isThere('hl7') };
const fhir: WayIn = { name: 'fhir', source: fhirSource, isSet: isThere('fhir') };
const rest: WayIn = { name: 'rest', source: restSource, isSet: isThere('rest') };
const reports = (source: RecordSource): WayIn => ({
  name: 'reports',
  source,
  isSet: (config) => config['dropFolder'] !== undefined || config['sftp'] !== undefined,
});
const always = (name: string, source: RecordSource): WayIn => ({ name, source, isSet: () => true });

function ptSystem(id: string, ways: readonly WayIn[], numbers: PtSystem['numbers'] = 'own'): PtSystem {
  return {
    records: fetching(id, ways),
    test: testing(id, ways),
    putAside: (context, files) => putAsideIn(ways, context, files),
    numbers,
  };
}

/** By the id of the system. */
export const ptSystems = {
  webpt: ptSystem('webpt', [reports(webptReports), hl7], 'clinic'),
  clinicient: ptSystem('clinicient', [reports(clinicientReports), hl7, rest]),
  raintree: ptSystem('raintree', [reports(raintreeReports), hl7, fhir, rest]),
  prompt: ptSystem('prompt', [reports(promptReports), rest]),
  breezyNotes: ptSystem('breezyNotes', [reports(breezyNotesReports)]),
  janeApp: ptSystem('janeApp', [always('jane', janeSource)]),
  lumaHealth: ptSystem('lumaHealth', [always('luma', lumaSource)]),
} as const satisfies Record<string, PtSystem>;

const byId: ReadonlyMap<string, PtSystem> = new Map(Object.entries(ptSystems));

/** Undefined for a system that keeps no patients. */
export function ptSystemOf(id: string): PtSystem | undefined {
  return byId.get(id);
}

/** The forms of the systems with several ways in. */
export const systemSchemas = {
  webpt: systemSchema({ ...webptReportSettings, hl7: hl7SettingsSchema, notes: noteSettingsSchema }),
  clinicient: systemSchema({
    ...clinicientReportSettings,
    hl7: hl7SettingsSchema,
    rest: restSettingsSchema,
    notes: noteSettingsSchema,
  }),
  raintree: systemSchema({
    ...raintreeReportSettings,
    hl7: hl7SettingsSchema,
    fhir: fhirSettingsSchema,
    rest: restSettingsSchema,
    notes: noteSettingsSchema,
  }),
  prompt: systemSchema({ ...promptReportSettings, rest: restSettingsSchema, notes: noteSettingsSchema }),
  breezyNotes: systemSchema({ ...breezyNotesReportSettings, notes: noteSettingsSchema }),
};
