// A patient's name out of an opened record, for whoever may see it.

export interface PersonName {
  readonly given: string;
  readonly family: string;
}

/** null: the record is not there, or tells none. */
export function nameIn(record: unknown): PersonName | null {
  const name: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'name') : null;
  if (typeof name !== 'object' || name === null) return null;
  const given: unknown = Reflect.get(name, 'given');
  const family: unknown = Reflect.get(name, 'family');
  return typeof given === 'string' && typeof family === 'string' ? { given, family } : null;
}
