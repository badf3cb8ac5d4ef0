// What an endpoint says it can do (CapabilityStatement), held against what the settings ask of it.
import type { ConnectionTest, ConnectorContext, Outcome } from '../connector.ts';
import { listAt, textAt } from '../json.ts';
import { isFailure, openFhir, reading, resourceOf } from './client.ts';
import type { FhirClient } from './client.ts';

interface Capabilities {
  readonly version: string;
  /** Interactions (read, search-type, create, update) by resource type. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
  readonly conditionalCreate: ReadonlySet<string>;
}

function capabilitiesIn(json: unknown): Capabilities {
  const resources = listAt(json, 'rest').flatMap((rest) => listAt(rest, 'resource'));
  const types = new Map<string, ReadonlySet<string>>();
  const conditionalCreate = new Set<string>();
  for (const one of resources) {
    const type = textAt(one, 'type');
    if (type === null) continue;
    types.set(type, new Set(listAt(one, 'interaction').flatMap((interaction) => textAt(interaction, 'code') ?? [])));
    if (typeof one === 'object' && one !== null && 'conditionalCreate' in one && one.conditionalCreate === true)
      conditionalCreate.add(type);
  }
  const version = textAt(json, 'fhirVersion') ?? '';
  return { version: /^\d[\w.-]{0,20}$/.test(version) ? version : 'not told', types, conditionalCreate };
}

function listOf(types: readonly string[]): string {
  return types.length === 0 ? 'none' : types.join(', ');
}

/** One entry of the first type that is read: the token and its scopes are good for it. */
async function trial(client: FhirClient): Promise<Outcome<{ readonly type: string }>> {
  const [type = 'Patient'] = client.settings.read;
  const answer = await client.send({
    ...reading,
    method: 'GET',
    url: client.url(type, { _count: '1', _elements: 'id' }),
  });
  const bundle = resourceOf(client, answer, reading);
  return isFailure(bundle) ? bundle : { kind: 'done', result: { type } };
}

/** Asks for the statement, and for one entry with the token. */
export async function testEndpoint(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const client = openFhir(context);
  const { settings } = client;
  const answer = await client.send({ ...reading, method: 'GET', url: client.url('metadata') });
  const statement = resourceOf(client, answer, reading);
  if (isFailure(statement)) return statement;
  if (isFailure(answer)) return answer;
  const tried = await trial(client);
  if (tried.kind !== 'done') return tried;
  const { version, types, conditionalCreate } = capabilitiesIn(answer.json);
  const lacks = (type: string, interaction: string): boolean => types.get(type)?.has(interaction) !== true;
  const unsearchable = settings.read.filter((type) => lacks(type, 'search-type'));
  const unwritable = settings.write.filter((type) => lacks(type, 'create'));
  const unconditional = settings.write.filter((type) => !conditionalCreate.has(type));
  return {
    kind: 'done',
    result: {
      facts: [
        { label: 'FHIR version', value: version },
        { label: 'Sign-in', value: settings.auth === 'none' ? 'none' : 'accepted' },
        { label: 'Search tried', value: tried.result.type },
        { label: 'To be read, but not offered for search', value: listOf(unsearchable) },
        { label: 'To be written, but not offered', value: listOf(unwritable) },
        { label: 'To be written, without protection against a second creation', value: listOf(unconditional) },
      ],
    },
  };
}
