// How the console asks the server: every change is a POST with the console header, every refusal an ApiError in plain words.
import { ApiError, refusal } from '../api-error.ts';

/** `onSignedOut` runs when the server no longer knows the session. */
export class Server {
  readonly #onSignedOut: () => void;

  constructor(onSignedOut: () => void) {
    this.#onSignedOut = onSignedOut;
  }

  async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T }> {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        headers:
          method === 'POST'
            ? { 'content-type': 'application/json', 'x-gait-console': '1', accept: 'application/json' }
            : { accept: 'application/json' },
        ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      });
    } catch {
      throw new ApiError(
        0,
        'unreachable',
        'The Gait server cannot be reached.',
        method === 'GET'
          ? 'Check the network, then try again.'
          : 'Check the network. It may have been done all the same: load the page again before you repeat it.',
        null,
      );
    }
    const raw = await response.text();
    let parsed: unknown = null;
    try {
      parsed = raw === '' ? null : JSON.parse(raw);
    } catch {
      parsed = null;
    }
    if (!response.ok) {
      if (response.status === 401 && path !== '/v1/session') this.#onSignedOut();
      throw refusal(response.status, parsed);
    }
    return { status: response.status, body: parsed as T };
  }

  async get<T>(path: string): Promise<T> {
    return (await this.call<T>('GET', path)).body;
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return (await this.call<T>('POST', path, body)).body;
  }
}
