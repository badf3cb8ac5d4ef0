// How long what follows a visit may take before it counts as missing.
import type { FromSchema } from 'json-schema-to-ts';

/** A time of day, HH:MM. */
export const clockPattern = '^([01][0-9]|2[0-3]):[0-5][0-9]$';

const days = { type: 'integer', minimum: 0 } as const;

export const reconciliationFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'How long notes and charges may take',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'source', 'noteDays', 'signDays', 'chargeDays', 'lookBackDays', 'nightlyAt'],
  properties: {
    retrieved: { type: 'string', format: 'date' },
    source: { type: 'string', minLength: 1 },
    noteDays: days,
    signDays: days,
    chargeDays: days,
    /** What lies further back is not looked at again. */
    lookBackDays: days,
    /** By the clock of the clinic, where it has set none of its own. */
    nightlyAt: { type: 'string', pattern: clockPattern },
  },
} as const;

export type ReconciliationRules = FromSchema<typeof reconciliationFileSchema>;
