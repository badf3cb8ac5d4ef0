// The closed list of labels that say what kind of PHI a field holds, and the reader of the marks in a schema.

/** Every label a JSON Schema may carry under the keyword `phi`. The flow checker and the vault use the same words. */
export const phiLabels = [
  'name',
  'birthDate',
  'contact',
  'address',
  'memberId',
  'ssn',
  'recordNumber',
  'diagnosis',
  'clinicalText',
  'measurement',
  'visitTime',
  'coverage',
  'payment',
  'image',
  'any',
] as const;

export type PhiLabel = (typeof phiLabels)[number];

/** One marked field of a schema; `path` is dotted, list elements are written `[]`: `service.diagnoses[].code`. */
export interface PhiField {
  readonly path: string;
  readonly label: PhiLabel;
}

const known: ReadonlySet<string> = new Set(phiLabels);

/** True if `text` is one of the labels of the closed list. */
export function isPhiLabel(text: unknown): text is PhiLabel {
  return typeof text === 'string' && known.has(text);
}

interface Node {
  readonly phi?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Lists the fields of a JSON Schema that are marked as PHI, each path once, in the order of the schema.
 * @param schema a JSON Schema 2020-12 object without `$ref`
 * @throws Error if a mark is not in the closed list: a schema with a misspelt mark must not load
 */
export function phiFields(schema: unknown): PhiField[] {
  const found = new Map<string, PhiField>();
  walk(schema, '', found);
  return [...found.values()];
}

function walk(schema: unknown, path: string, found: Map<string, PhiField>): void {
  if (!isNode(schema)) return;
  if (schema.phi !== undefined) {
    if (!isPhiLabel(schema.phi)) throw new Error(`The mark of ${path === '' ? 'the schema' : path} is not a PHI label`);
    if (!found.has(path)) found.set(path, { path, label: schema.phi });
  }
  for (const [key, child] of Object.entries(schema.properties ?? {}))
    walk(child, path === '' ? key : `${path}.${key}`, found);
  walk(schema.items, `${path}[]`, found);
  for (const child of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) walk(child, path, found);
}
