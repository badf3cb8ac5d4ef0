// The calls of authorizations.
import type { AuthorizationLine, AuthorizationPage } from '../api.ts';
import type { Server } from './server.ts';

export class AuthorizationCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** Every authorization of the clinic, page after page. */
  async authorizations(): Promise<readonly AuthorizationLine[]> {
    const all: AuthorizationLine[] = [];
    let cursor: string | null = null;
    do {
      const query: URLSearchParams = new URLSearchParams({ limit: '500', ...(cursor === null ? {} : { cursor }) });
      const page = await this.#server.get<{ items: readonly AuthorizationLine[]; next: string | null }>(
        `/v1/console/authorizations?${query}`,
      );
      all.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return all;
  }

  authorization(ref: string): Promise<AuthorizationPage> {
    return this.#server.get(`/v1/console/authorizations/${encodeURIComponent(ref)}`);
  }
}
