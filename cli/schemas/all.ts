// Every JSON document of the command line, and the JSON files it takes.
import type { JSONSchema } from 'json-schema-to-ts';
import { scrubChartSchema } from '../../domain/scrub/chart-schema.ts';
import { scrubProfileSchema } from '../../domain/scrub/profile-schema.ts';
import { scrubRulesFileSchema } from '../../domain/scrub/rule-schema.ts';
import { clinicSettingsSchema } from '../../server/clinics/settings.ts';
import { agreementSchema } from '../../server/connections/agreement.ts';
import { billingOutputs } from './billing.ts';
import { claimFigureOutputs } from './claim-figures.ts';
import { clinicOutputs } from './clinics.ts';
import { dataAuditOutputs } from './data-audit.ts';
import { eligibilityOutputs } from './eligibility.ts';
import { importOutputs } from './imports.ts';
import { mappingOutputs } from './mapping.ts';
import type { Output } from './output.ts';
import { scrubOutputs } from './scrub.ts';
import { stackOutputs } from './stack.ts';
import { x12Outputs } from './x12.ts';

export const outputs: readonly Output[] = [
  ...clinicOutputs,
  ...stackOutputs,
  ...x12Outputs,
  ...eligibilityOutputs,
  ...billingOutputs,
  ...mappingOutputs,
  ...claimFigureOutputs,
  ...importOutputs,
  ...dataAuditOutputs,
  ...scrubOutputs,
];

/** Files a person writes, by the name `gait schema` knows them by. */
export const inputs: Readonly<Record<string, JSONSchema>> = {
  'clinics.settings': clinicSettingsSchema,
  'connections.agreement-file': agreementSchema,
  'scrub.chart': scrubChartSchema,
  'scrub.profile': scrubProfileSchema,
  'scrub.rules': scrubRulesFileSchema,
};
