// A FHIR resource as the simulated endpoint keeps it.

export interface Meta {
  readonly versionId: string;
  readonly lastUpdated: string;
}

export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: Meta;
  readonly [element: string]: unknown;
}

/** A resource without what the endpoint itself gives it. */
export interface Draft {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isDraft(value: unknown): value is Draft {
  return isObject(value) && typeof value['resourceType'] === 'string';
}

/** The values at a path such as `participant.actor.reference`; lists on the way are gone through. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  return path
    .split('.')
    .reduce<
      readonly unknown[]
    >((found, name) => found.flatMap((one) => (isObject(one) ? one[name] : undefined)).filter((one) => one !== undefined), [value]);
}
