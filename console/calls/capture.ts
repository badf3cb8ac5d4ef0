// The calls of the capture page.
import { ApiError } from '../api-error.ts';
import type { CaptureDay, SaveAnswer, SessionSave, StoredSession } from '../capture/answers.ts';
import type { Server } from './server.ts';

export class CaptureCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** The visits of a day, today's where none is named, with what capturing them needs. */
  captureDay(): Promise<CaptureDay> {
    return this.#server.get('/v1/console/capture');
  }

  async tabletKey(): Promise<string> {
    return (await this.#server.post<{ key: string }>('/v1/console/capture/key')).key;
  }

  sessionRecord(ref: string): Promise<StoredSession & { readonly appointment: string }> {
    return this.#server.get(`/v1/console/session-records/${encodeURIComponent(ref)}`);
  }

  /** Saves a session; a conflict is an answer: what is stored stands in it. */
  async saveSession(ref: string, save: SessionSave): Promise<SaveAnswer> {
    try {
      return await this.#server.post(`/v1/console/session-records/${encodeURIComponent(ref)}/saves`, save);
    } catch (error) {
      if (error instanceof ApiError && error.status === 409 && isConflict(error.answer)) return error.answer;
      throw error;
    }
  }

  /** Has a recording written down: `audio` is base64. Nothing of it is kept. */
  async writtenDown(session: string, mediaType: string, audio: string): Promise<string> {
    const path = `/v1/console/session-records/${encodeURIComponent(session)}/speech`;
    return (await this.#server.post<{ text: string }>(path, { mediaType, audio })).text;
  }

  closeSession(ref: string, revision: number): Promise<{ readonly revision: number }> {
    return this.#server.post(`/v1/console/session-records/${encodeURIComponent(ref)}/close`, { revision });
  }

  reopenSession(ref: string): Promise<{ readonly revision: number }> {
    return this.#server.post(`/v1/console/session-records/${encodeURIComponent(ref)}/reopen`);
  }
}

function isConflict(answer: unknown): answer is SaveAnswer {
  return typeof answer === 'object' && answer !== null && 'current' in answer && 'outcome' in answer;
}
