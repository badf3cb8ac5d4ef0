// The resources of a FHIR file, and what a reference in it points to.

import { Element } from './element.ts';

/** The resources of one file. */
export interface Resources {
  readonly all: readonly Element[];
  /** What a reference points to; null: it is not in the file. */
  follow(reference: Element): Element | null;
}

/** A Claim alone, or a Bundle with what it refers to; null: neither. */
export function resourcesOf(json: unknown): Resources | null {
  const top = Element.ofResource(json);
  if (top === null) return null;
  const byReference = new Map<string, Element>();
  const all: Element[] = [];
  /** What stands within a resource, for itself and for each other. */
  const within = new Map<Element, ReadonlyMap<string, Element>>();
  const take = (value: unknown, names: readonly (string | null)[]): void => {
    const resource = Element.ofResource(value);
    if (resource === null) return;
    all.push(resource);
    const id = resource.string('id');
    for (const name of [...names, id === null ? null : `${resource.path}/${id}`])
      if (name !== null) byReference.set(name, resource);
    const parts = new Map<string, Element>();
    for (const inner of resource.contained()) {
      const part = Element.ofResource(inner);
      const local = part?.string('id') ?? null;
      if (part === null) continue;
      all.push(part);
      within.set(part, parts);
      if (local !== null) parts.set(`#${local}`, part);
    }
    within.set(resource, parts);
  };
  if (top.path === 'Bundle') {
    const entries = (json as { readonly entry?: unknown }).entry;
    for (const [at, entry] of top.children('entry').entries()) {
      const raw: unknown = Array.isArray(entries) ? entries[at] : undefined;
      if (typeof raw === 'object' && raw !== null && 'resource' in raw) take(raw.resource, [entry.string('fullUrl')]);
    }
  } else take(json, []);
  return {
    all,
    follow(reference) {
      const named = reference.string('reference');
      if (named === null) return null;
      if (named.startsWith('#')) return within.get(reference.resource)?.get(named) ?? null;
      return byReference.get(named) ?? byReference.get(lastTwo(named)) ?? null;
    },
  };
}

/** `https://server/fhir/Patient/1` names the same as `Patient/1`. */
function lastTwo(reference: string): string {
  return reference.split('/').slice(-2).join('/');
}
