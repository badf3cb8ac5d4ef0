// Looks into bodies whose shape a client decides.

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text at a dotted path (`subscriber.memberId`, `dependents.0.firstName`); empty where there is none. */
export function textIn(value: unknown, path: string): string {
  const found = path
    .split('.')
    .reduce<unknown>(
      (part, key) => (Array.isArray(part) ? part[Number(key)] : isObject(part) ? part[key] : undefined),
      value,
    );
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : '';
}

export function listIn(value: unknown, key: string): readonly unknown[] {
  const found = isObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}
