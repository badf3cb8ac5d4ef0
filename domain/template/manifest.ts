// What a template says of itself: its parameters, the connections it needs, the steps it answers and the runs that prove it.
import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string', minLength: 1 } as const;

/** JSON Schema of `templates/<id>/manifest.json`. */
export const manifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Template manifest',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'title', 'summary', 'parameters', 'fills', 'connections', 'steps', 'goldenRuns'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    title: text,
    summary: text,
    // A JSON Schema of its own (2020-12): an object with one property per parameter, each with title, description and default.
    parameters: {
      type: 'object',
      required: ['type', 'additionalProperties', 'properties'],
      properties: {
        type: { const: 'object' },
        additionalProperties: { const: false },
        required: { type: 'array', items: text },
        properties: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            required: ['type', 'title', 'description'],
            properties: {
              type: { enum: ['string', 'integer'] },
              title: text,
              description: text,
              default: { type: ['string', 'integer'] },
            },
          },
        },
      },
    },
    // Where a parameter goes: a path inside a node's parameters, or inside the flow's settings when `node` is left out.
    fills: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['parameter', 'path'],
        properties: {
          parameter: text,
          node: text,
          path: { type: 'array', minItems: 1, items: { type: ['string', 'integer'] } },
          part: { enum: ['hour', 'minute'] },
        },
      },
    },
    connections: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['parameter', 'system', 'why'],
        properties: { parameter: text, system: text, why: text },
      },
    },
    steps: { type: 'array', items: text },
    goldenRuns: { type: 'array', items: text },
  },
} as const;

export type Manifest = FromSchema<typeof manifestSchema>;

/** The values of a template's parameters, checked against the manifest. */
export type ParameterValues = Readonly<Record<string, string | number>>;

/** The default of every parameter that has one. */
export function defaultsOf(manifest: Manifest): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  for (const [name, parameter] of Object.entries(manifest.parameters.properties)) {
    if (parameter.default !== undefined) values[name] = parameter.default;
  }
  return values;
}
