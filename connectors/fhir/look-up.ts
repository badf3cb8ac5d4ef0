// Fetches what resources refer to and do not bring along: patients for their record numbers, payers, clinicians, visits, requests.
import type { Element } from '../../domain/fhir/element.ts';
import type { Failure } from '../connector.ts';
import { isFailure } from './client.ts';
import type { FhirClient } from './client.ts';
import { targetOf } from './references.ts';
import type { Known, Target } from './references.ts';
import { searchAll } from './search.ts';

/** The references of a resource that are worth following, by its type. */
export function referencesIn(resource: Element): readonly Element[] {
  const found = ((): readonly (Element | null)[] => {
    switch (resource.path) {
      case 'Patient':
        return resource
          .children('link')
          .filter((one) => one.string('type') === 'replaced-by')
          .map((one) => one.child('other'));
      case 'Coverage':
        return [resource.child('beneficiary'), ...resource.children('payor')];
      case 'Appointment':
        return resource.children('participant').map((one) => one.child('actor'));
      case 'DocumentReference':
        return [
          resource.child('subject'),
          resource.child('authenticator'),
          ...resource.children('author'),
          ...(resource.child('context')?.children('encounter') ?? []),
        ];
      case 'Encounter':
        return [resource.child('subject'), ...resource.children('participant').map((one) => one.child('individual'))];
      case 'ChargeItem':
      case 'Observation':
        return [resource.child('subject')];
      case 'Claim':
        return [resource.child('patient')];
      case 'ClaimResponse':
        return [resource.child('patient'), resource.child('insurer'), resource.child('request')];
      default:
        return [];
    }
  })();
  return found.filter((one) => one !== null);
}

/** What is fetched, and how little of it. Without one of the others a row still says something, without its patient nothing. */
const wanted: Readonly<Record<string, { readonly elements: string; readonly isNeeded: boolean }>> = {
  Patient: { elements: 'identifier,active,link', isNeeded: true },
  Organization: { elements: 'name', isNeeded: false },
  Practitioner: { elements: 'name,qualification', isNeeded: false },
  Location: { elements: 'name,physicalType', isNeeded: false },
  Encounter: { elements: 'period', isNeeded: false },
  Claim: { elements: 'created,use,item,extension', isNeeded: false },
};

/** Whether anything that is read refers to resources of this type. */
export function isReferredTo(type: string): boolean {
  return wanted[type] !== undefined;
}

export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** A lack of leave, or of the resource type, is no reason to read nothing at all. */
function isOptional(failure: Failure): boolean {
  return failure.kind === 'rejected' || failure.code === 'connection.credentials';
}

/** Remembers what was looked for in vain, so that it is not asked for again. */
export class LookUp {
  readonly #client: FhirClient;
  readonly #known: Known;
  readonly #asked = new Set<string>();

  constructor(client: FhirClient, known: Known) {
    this.#client = client;
    this.#known = known;
  }

  #missing(resources: readonly Element[]): ReadonlyMap<string, readonly string[]> {
    const byType = new Map<string, string[]>();
    const targets = resources
      .flatMap((one) => referencesIn(one))
      .map((one) => targetOf(one, this.#client.settings.baseUrl))
      .filter((one): one is Target => one !== null);
    for (const target of targets) {
      const name = `${target.type}/${target.id}`;
      if (wanted[target.type] === undefined || this.#known.has(target) || this.#asked.has(name)) continue;
      this.#asked.add(name);
      byType.set(target.type, [...(byType.get(target.type) ?? []), target.id]);
    }
    return byType;
  }

  /** Makes known what `resources` refer to. Null: all that could be found was. */
  async follow(resources: readonly Element[]): Promise<Failure | null> {
    for (const [type, ids] of this.#missing(resources)) {
      const { elements = '', isNeeded = false } = wanted[type] ?? {};
      for (const chunk of chunksOf(ids, this.#client.settings.patientsPerSearch)) {
        const found = await searchAll(this.#client, type, { _id: chunk.join(','), _elements: elements });
        if (isFailure(found)) {
          if (!isNeeded && isOptional(found)) break;
          return found;
        }
        for (const { resource } of found) this.#known.add(resource);
      }
    }
    return null;
  }
}
