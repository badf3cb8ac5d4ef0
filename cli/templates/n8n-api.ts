// n8n's public API, as far as installing a template needs it.
import { GaitError } from '../../domain/errors.ts';
import type { Flow, FlowNode } from '../../domain/template/flow.ts';

/** A flow as n8n lists it. */
export interface StoredFlow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly isArchived?: boolean;
  readonly nodes: readonly FlowNode[];
}

export interface StoredCredential {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export interface N8nApi {
  flows(): Promise<StoredFlow[]>;
  credentials(): Promise<StoredCredential[]>;
  createCredential(credential: { name: string; type: string; data: Record<string, string> }): Promise<StoredCredential>;
  createFlow(flow: Flow): Promise<StoredFlow>;
  publish(id: string): Promise<void>;
  unpublish(id: string): Promise<void>;
  archive(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

interface Page<T> {
  readonly data: T[];
  readonly nextCursor?: string | null;
}

function wordsOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string')
      return body.message;
  } catch {
    return '';
  }
  return '';
}

/**
 * Opens n8n's public API.
 * @param url n8n's address, e.g. http://127.0.0.1:7311
 * @param key an API key of n8n with the scopes of workflows and credentials
 */
export function openN8n(url: string, key: string): N8nApi {
  const base = `${url.replace(/\/+$/, '')}/api/v1`;

  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response: Response;
    try {
      response = await fetch(`${base}${path}`, {
        method,
        headers: { 'X-N8N-API-KEY': key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
    } catch {
      throw new GaitError('service.unavailable', `n8n does not answer at ${url}.`, {
        where: 'n8n',
        fix: 'Start it with "npm start", or name it with --n8n-url.',
      });
    }
    const text = await response.text();
    if (response.ok) return (text === '' ? null : JSON.parse(text)) as T;
    const words = wordsOf(text);
    if (response.status === 401 || response.status === 403) {
      throw new GaitError('access.unauthenticated', `n8n refuses the API key (${method} ${path}).`, {
        where: 'n8n',
        fix: 'Make a key in n8n under Settings → n8n API with the scopes of workflows and credentials, and name its file with --n8n-key-file.',
      });
    }
    throw new GaitError(
      'state.conflict',
      `n8n refuses ${method} ${path}: ${words === '' ? `status ${response.status}` : words}`,
      { where: 'n8n' },
    );
  }

  async function all<T>(path: string): Promise<T[]> {
    const entries: T[] = [];
    let cursor: string | null | undefined;
    do {
      const page: Page<T> = await ask(
        'GET',
        `${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      entries.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    return entries;
  }

  return {
    flows: () => all<StoredFlow>('/workflows'),
    credentials: () => all<StoredCredential>('/credentials'),
    createCredential: (credential) => ask('POST', '/credentials', credential),
    createFlow: (flow) => ask('POST', '/workflows', flow),
    publish: (id) => ask('POST', `/workflows/${id}/publish`, {}),
    unpublish: (id) => ask('POST', `/workflows/${id}/unpublish`),
    archive: (id) => ask('POST', `/workflows/${id}/archive`),
    remove: (id) => ask('DELETE', `/workflows/${id}`),
  };
}
