// The calls of connections, keys and the audit chain.
import type { ApiKey, AuditVerdict, Connection, Json } from '../api.ts';
import type { Server } from './server.ts';

export class AdminCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  async connections(): Promise<readonly Connection[]> {
    return (await this.#server.get<{ connections: readonly Connection[] }>('/v1/admin/connections')).connections;
  }

  addConnection(connection: object): Promise<unknown> {
    return this.#server.post('/v1/admin/connections', connection);
  }

  testConnection(
    id: string,
  ): Promise<{ outcome: string; facts?: readonly { readonly label: string; readonly value: string }[] }> {
    return this.#server.post(`/v1/admin/connections/${encodeURIComponent(id)}/test`);
  }

  rotateConnection(id: string, secrets: Json): Promise<unknown> {
    return this.#server.post(`/v1/admin/connections/${encodeURIComponent(id)}/rotate`, { secrets });
  }

  /** The address at the vendor where a person signs in. */
  startSignIn(id: string): Promise<{ readonly url: string }> {
    return this.#server.post(`/v1/admin/connections/${encodeURIComponent(id)}/sign-in`);
  }

  finishSignIn(answer: {
    readonly state: string;
    readonly code: string;
  }): Promise<{ readonly connection: { readonly name: string }; readonly lastsUntil: string | null }> {
    return this.#server.post('/v1/signed-in', answer);
  }

  connectionMode(id: string, mode: 'live' | 'shadow'): Promise<unknown> {
    return this.#server.post(`/v1/admin/connections/${encodeURIComponent(id)}/mode`, { mode });
  }

  pauseConnection(id: string, paused: boolean): Promise<unknown> {
    return this.#server.post(`/v1/admin/connections/${encodeURIComponent(id)}/pause`, { paused });
  }

  connectionAgreement(id: string, agreement: Json): Promise<unknown> {
    return this.#server.post(`/v1/admin/connections/${encodeURIComponent(id)}/agreement`, { agreement });
  }

  verifyAudit(): Promise<AuditVerdict> {
    return this.#server.post('/v1/admin/audit/verify');
  }

  async keys(): Promise<readonly ApiKey[]> {
    return (await this.#server.get<{ keys: readonly ApiKey[] }>('/v1/admin/keys')).keys;
  }

  addKey(key: Json): Promise<{ id: string; key: string }> {
    return this.#server.post('/v1/admin/keys', key);
  }

  revokeKey(id: string): Promise<unknown> {
    return this.#server.post(`/v1/admin/keys/${encodeURIComponent(id)}/revoke`);
  }
}
