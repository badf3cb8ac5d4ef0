// Installs a template as a clinic's own copy: credential bound by name, fresh addresses, created, published, and never live twice.
import { randomUUID } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import { credentialType } from '../../domain/template/flow.ts';
import { fillTemplate } from '../../domain/template/fill.ts';
import { answersSameSteps } from '../../domain/template/lint.ts';
import type { ParameterValues } from '../../domain/template/manifest.ts';
import type { Template } from './library.ts';
import type { N8nApi, StoredCredential, StoredFlow } from './n8n-api.ts';

export interface Installation {
  readonly template: string;
  readonly version: string;
  readonly clinic: string;
  readonly flow: { readonly id: string; readonly name: string; readonly url: string };
  readonly credential: { readonly id: string; readonly name: string; readonly created: boolean };
  readonly steps: readonly string[];
  readonly parameters: ParameterValues;
  readonly replaced: readonly { readonly id: string; readonly name: string }[];
}

interface Wanted {
  readonly clinic: string;
  readonly values: ParameterValues;
  readonly n8nUrl: string;
  /** Gait's server and a key with the capability "flows", for a credential that is not there yet. */
  readonly gait: { readonly serverUrl: string; readonly key: string | null };
  readonly replace: boolean;
}

async function bindCredential(n8n: N8nApi, wanted: Wanted): Promise<StoredCredential & { created: boolean }> {
  const name = `Gait – ${wanted.clinic}`;
  const found = (await n8n.credentials()).filter((one) => one.type === credentialType && one.name === name);
  if (found.length > 1) {
    throw new GaitError('state.conflict', `n8n has ${found.length} credentials named "${name}".`, {
      where: 'credential',
      fix: 'Rename or delete all but one of them in n8n.',
    });
  }
  const [existing] = found;
  if (existing !== undefined) return { ...existing, created: false };
  const { key, serverUrl } = wanted.gait;
  if (key === null) {
    throw new GaitError('input.invalid', `n8n has no credential "${name}".`, {
      where: '--key-file',
      fix: 'Name a file with an API key of the clinic (capability "flows") by --key-file; the credential is then made.',
    });
  }
  const created = await n8n.createCredential({ name, type: credentialType, data: { serverUrl, apiKey: key } });
  return { id: created.id, name, type: credentialType, created: true };
}

/** What this clinic already has for the same steps, or under the same name. */
function copiesOf(
  flows: readonly StoredFlow[],
  name: string,
  steps: readonly string[],
  credentialId: string,
): StoredFlow[] {
  return flows.filter(
    (flow) => flow.isArchived !== true && (flow.name === name || answersSameSteps(flow.nodes, steps, credentialId)),
  );
}

/**
 * Creates and publishes the clinic's copy. With `replace`, earlier copies are unpublished before and archived after; when the new one cannot
 * be published, it is removed and they are published again.
 * @throws GaitError `state.conflict` naming the copy that is there already
 */
export async function installTemplate(
  n8n: N8nApi,
  { flow, manifest }: Template,
  wanted: Wanted,
): Promise<Installation> {
  const name = `${manifest.title} – ${wanted.clinic}`;
  const credential = await bindCredential(n8n, wanted);
  const copies = copiesOf(await n8n.flows(), name, manifest.steps, credential.id);
  if (copies.length > 0 && !wanted.replace) {
    throw new GaitError(
      'state.conflict',
      `This clinic already has ${copies.map((copy) => `"${copy.name}" (${copy.id})`).join(', ')}.`,
      {
        where: 'n8n',
        fix: 'Keep it, or add --replace to put a fresh copy in its place; the old one is archived, not deleted.',
      },
    );
  }
  const copy = fillTemplate(flow, manifest, wanted.values, {
    name,
    credential: { id: credential.id, name: credential.name },
    newId: randomUUID,
  });
  const live = copies.filter(({ active }) => active);
  for (const { id } of live) await n8n.unpublish(id);
  let created: StoredFlow | null = null;
  try {
    created = await n8n.createFlow(copy);
    await n8n.publish(created.id);
  } catch (error) {
    if (created !== null) await n8n.remove(created.id);
    for (const { id } of live) await n8n.publish(id);
    throw error;
  }
  for (const { id } of copies) await n8n.archive(id);
  return {
    template: manifest.id,
    version: manifest.version,
    clinic: wanted.clinic,
    flow: { id: created.id, name, url: `${wanted.n8nUrl.replace(/\/+$/, '')}/workflow/${created.id}` },
    credential: { id: credential.id, name: credential.name, created: credential.created },
    steps: manifest.steps,
    parameters: wanted.values,
    replaced: copies.map(({ id, name: oldName }) => ({ id, name: oldName })),
  };
}
