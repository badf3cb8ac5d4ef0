// What a reference of a FHIR resource points to: beside it, within it, in the same bundle, or known from another page.
import { Element } from '../../domain/fhir/element.ts';

/** The resource a reference names, where it lies at the endpoint. */
export interface Target {
  readonly type: string;
  readonly id: string;
}

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** Of a relative reference, or an absolute one under `baseUrl`; null for `#id`, `urn:uuid:…`, searches and other endpoints. */
export function targetOf(reference: Element | null, baseUrl: string): Target | null {
  const named = reference?.string('reference') ?? '';
  const path = named.startsWith(`${baseUrl}/`) ? named.slice(baseUrl.length + 1) : named;
  const [, type, id] = relative.exec(path) ?? [];
  return type === undefined || id === undefined ? null : { type, id };
}

function containedIn(resource: Element, name: string): Element | null {
  for (const inner of resource.contained()) {
    const part = Element.ofResource(inner);
    if (part?.string('id') === name) return part;
  }
  return null;
}

/** The resources at hand, found by what references call them. */
export class Known {
  readonly #baseUrl: string;
  readonly #byName = new Map<string, Element>();

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** `fullUrl` is what an entry of a bundle says the resource is called. */
  add(resource: Element, fullUrl: string | null = null): void {
    const id = resource.string('id');
    if (id !== null) this.#byName.set(`${resource.path}/${id}`, resource);
    if (fullUrl !== null) this.#byName.set(fullUrl, resource);
  }

  has({ type, id }: Target): boolean {
    return this.#byName.has(`${type}/${id}`);
  }

  get({ type, id }: Target): Element | null {
    return this.#byName.get(`${type}/${id}`) ?? null;
  }

  follow(reference: Element | null): Element | null {
    const named = reference?.string('reference') ?? null;
    if (reference === null || named === null) return null;
    if (named.startsWith('#')) return containedIn(reference.resource, named.slice(1));
    const target = targetOf(reference, this.#baseUrl);
    return this.#byName.get(named) ?? (target === null ? null : this.get(target));
  }
}
