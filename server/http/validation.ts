// Checks what comes in against JSON Schema 2020-12 and names the wrong field, never its value.
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JSONSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';

export interface Validator {
  /** Throws `input.invalid` unless the value has the shape. `where` names the thing: `body`, `report`. */
  readonly check: (schema: JSONSchema, value: unknown, where: string) => void;
  /** As `check`, and returns the value with texts turned into the numbers and booleans the schema asks for. */
  coerce(
    schema: JSONSchema,
    value: Readonly<Record<string, unknown>>,
    where: string,
  ): Readonly<Record<string, unknown>>;
}

/** A validator that knows the formats and the keyword `phi`; schemas are compiled once each. */
export function createValidator(): Validator {
  const strict = compiler(false);
  const coercing = compiler(true);
  return {
    check(schema, value, where) {
      const validate = strict(schema);
      if (!validate(value)) throw invalid(validate.errors ?? [], where);
    },
    coerce(schema, value, where) {
      const copy = structuredClone(value);
      const validate = coercing(schema);
      if (!validate(copy)) throw invalid(validate.errors ?? [], where);
      return copy;
    },
  };
}

function compiler(coerceTypes: boolean): (schema: JSONSchema) => ValidateFunction {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    coerceTypes,
  });
  addFormats.default(ajv);
  ajv.addKeyword({ keyword: 'phi', schemaType: 'string' });
  const compiled = new WeakMap<object, ValidateFunction>();
  return (schema) => {
    const key = typeof schema === 'object' ? schema : { anything: schema };
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const made = ajv.compile(typeof schema === 'object' ? Object.fromEntries(Object.entries(schema)) : schema);
    compiled.set(key, made);
    return made;
  };
}

function invalid(errors: readonly ErrorObject[], where: string): GaitError {
  const [first] = errors;
  if (first === undefined) return new GaitError('input.invalid', 'The input has another shape.', { where });
  return new GaitError('input.invalid', describe(first), { where: placeOf(first, where) });
}

/** The path of the wrong field. A caller's own keys are shown only where they look like field names. */
function placeOf(error: ErrorObject, where: string): string {
  const steps = error.instancePath.split('/').slice(1);
  const named = fieldOf(error);
  return [where, ...steps, ...(named === undefined ? [] : [named])].map(fieldName).join('.');
}

function fieldOf(error: ErrorObject): string | undefined {
  const name: unknown =
    error.params['missingProperty'] ?? error.params['additionalProperty'] ?? error.params['unevaluatedProperty'];
  return typeof name === 'string' ? name : undefined;
}

function fieldName(step: string): string {
  return /^(?:[A-Za-z][A-Za-z]{0,39}|\d{1,4})$/.test(step) ? step : '…';
}

function describe(error: ErrorObject): string {
  switch (error.keyword) {
    case 'required':
      return 'A field is missing.';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'A field is not known here.';
    default:
      // Ajv's own words speak of the schema alone: "must be string", "must be equal to one of the allowed values".
      return `A field ${error.message ?? 'has another shape'}.`;
  }
}
