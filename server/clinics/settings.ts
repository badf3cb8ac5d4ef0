// What a clinic sets for itself: who it is to a payer, and where it departs from the payer rules. Structure, no patient data.
import type { FromSchema } from 'json-schema-to-ts';
import { claimTermSettingsSchema } from '../../domain/claim/terms-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import { isNpi } from '../../domain/npi.ts';
import { linesOfBusiness } from '../../domain/payer/lines-of-business.ts';
import { clockPattern } from '../../domain/reconciliation/book-schema.ts';
import { syncedFields } from '../../domain/sync/fields.ts';
import { outreachSettingsSchema } from '../../domain/outreach/settings.ts';
import { waitlistSettingsSchema } from '../../domain/waitlist/settings.ts';
import { careSettingsSchema } from '../../domain/care/settings.ts';
import { auditSettingsSchema } from '../../domain/note-audit/sample.ts';
import { documentationSettingsSchema } from '../../domain/note/settings.ts';
import { policySettingsSchema } from '../../domain/payer/schema.ts';
import type { Validator } from '../http/validation.ts';

const connectionName = { type: 'string', minLength: 1, maxLength: 120 } as const;
const npi = { type: 'string', pattern: '^[12][0-9]{9}$' } as const;

/** JSON Schema of the file for `gait clinics set`. */
export const clinicSettingsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'ClinicSettings',
  type: 'object',
  additionalProperties: false,
  properties: {
    /** As the clinic names itself to payers; requests are filled with it. */
    organization: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'npi', 'taxId'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 120 },
        npi,
        taxId: { type: 'string', pattern: '^[0-9]{2}-?[0-9]{7}$' },
      },
    },
    /** The therapist named on a request where the chart names none. */
    renderingProvider: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'npi'],
      properties: { name: { type: 'string', minLength: 1, maxLength: 120 }, npi },
    },
    /** The connection whose patient numbers are the clinic's own, where it is neither WebPT nor Therabill. */
    mainSystem: connectionName,
    /** What a new patient is told, instead of the usual words, and where the intake forms are. */
    welcome: {
      type: 'object',
      additionalProperties: false,
      properties: {
        text: { type: 'string', minLength: 1, maxLength: 320 },
        formsUrl: { type: 'string', pattern: '^https://', maxLength: 200 },
      },
    },
    /** Messages to patients: names, channels, limits and words. */
    outreach: outreachSettingsSchema,
    /** How freed slots are offered, where it departs from the dated rules. */
    waitlist: waitlistSettingsSchema,
    /** Care between visits: plans that end, forms, video visits. */
    care: careSettingsSchema,
    /** Documents: structure, style, phrases, co-signature. */
    documentation: documentationSettingsSchema,
    /** Which signed drafts a clinical specialist looks over, where it departs from the dated rule. */
    noteAudit: auditSettingsSchema,
    /** Whose word holds for a field of a patient, by the name of a connection; elsewhere the one that brought the patient. */
    owners: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(syncedFields.map((field) => [field, connectionName])),
    },
    /** When visits are compared by themselves every night, by the clinic's clock; false: only when somebody asks. */
    reconciliation: {
      type: 'object',
      additionalProperties: false,
      required: ['nightlyAt'],
      properties: { nightlyAt: { anyOf: [{ type: 'string', pattern: clockPattern }, { const: false }] } },
    },
    /** The clinic's own values for one payer, or under the payer `*` for every one. */
    payers: {
      type: 'array',
      maxItems: 200,
      items: {
        ...policySettingsSchema,
        required: ['payer'],
        properties: {
          payer: { type: 'string', minLength: 1, maxLength: 60 },
          /** What the payer is called, and what kind of business it does with this clinic's patients. */
          name: { type: 'string', minLength: 1, maxLength: 120 },
          lineOfBusiness: { enum: linesOfBusiness },
          /** Further names by which the PT system's exports call it. */
          exportedAs: { type: 'array', maxItems: 50, items: { type: 'string', minLength: 1, maxLength: 120 } },
          ...policySettingsSchema.properties,
          /** What its contract says of claims: times, limits, whether it takes replacements. */
          claims: claimTermSettingsSchema,
        },
      },
    },
  },
} as const;

export type ClinicSettings = FromSchema<typeof clinicSettingsSchema>;

/** Throws `input.invalid` naming the field that is unknown or wrong, never its value. */
export function assertClinicSettings(validator: Validator, value: unknown): asserts value is ClinicSettings {
  validator.check(clinicSettingsSchema, value, 'settings');
  if (!isObject(value)) return;
  for (const name of ['organization', 'renderingProvider']) {
    const provider = value[name];
    const number = isObject(provider) ? provider['npi'] : undefined;
    if (typeof number === 'string' && !isNpi(number)) {
      throw new GaitError('input.invalid', 'The check digit of an NPI is wrong.', {
        where: `settings.${name}.npi`,
        fix: 'Copy the ten digits from the NPI registry.',
      });
    }
  }
  const rows = Array.isArray(value['payers']) ? value['payers'] : [];
  const seen = new Set<unknown>();
  for (const [index, row] of rows.entries()) {
    const payer: unknown = isObject(row) ? row['payer'] : undefined;
    if (seen.has(payer)) {
      throw new GaitError('input.invalid', 'A payer is set twice.', { where: `settings.payers.${index}.payer` });
    }
    seen.add(payer);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
