// The form of a PT system's connection: whatever ways in it has, each with its own settings, at least one of them filled in.

/** JSON Schema of `config` made of the settings of every way in; the console draws its form from it. */
export function systemSchema(
  properties: Readonly<Record<string, unknown>>,
): { readonly properties: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>> {
  return { type: 'object', additionalProperties: false, minProperties: 1, properties };
}
