// Every JSON document of the command line, and the JSON files it takes.
import type { JSONSchema } from 'json-schema-to-ts';
import { clinicSettingsSchema } from '../../server/clinics/settings.ts';
import { agreementSchema } from '../../server/connections/agreement.ts';
import { clinicOutputs } from './clinics.ts';
import { eligibilityOutputs } from './eligibility.ts';
import type { Output } from './output.ts';
import { stackOutputs } from './stack.ts';
import { x12Outputs } from './x12.ts';

export const outputs: readonly Output[] = [...clinicOutputs, ...stackOutputs, ...x12Outputs, ...eligibilityOutputs];

/** Files a person writes, by the name `gait schema` knows them by. */
export const inputs: Readonly<Record<string, JSONSchema>> = {
  'clinics.settings': clinicSettingsSchema,
  'connections.agreement-file': agreementSchema,
};
