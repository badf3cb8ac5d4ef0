// The calls of the work list, of today and of the morning report.
import type { Today } from '../../domain/today/today.ts';
import type { DecisionName, Json, MorningReport, WorkItemLine, WorkItemPage } from '../api.ts';
import type { Server } from './server.ts';

export class WorkCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** Open items of one's own roles (`mine`), of everybody (`all`) or of one role. */
  async workItems(role: string): Promise<readonly WorkItemLine[]> {
    const query = new URLSearchParams({ status: 'open', role });
    return (await this.#server.get<{ items: readonly WorkItemLine[] }>(`/v1/console/work-items?${query}`)).items;
  }

  workItem(id: string): Promise<WorkItemPage> {
    return this.#server.get(`/v1/console/work-items/${encodeURIComponent(id)}`);
  }

  saveRevision(id: string, basedOn: string, draft: Json): Promise<{ number: number; hash: string }> {
    return this.#server.post(`/v1/console/work-items/${encodeURIComponent(id)}/revisions`, { basedOn, draft });
  }

  /** `delivered` is false when the decision is recorded while its delivery to the workflow continues (202). */
  async decide(
    id: string,
    decision: { decision: DecisionName; hash?: string; reason?: string; outcome?: Json },
  ): Promise<{ delivered: boolean }> {
    const { status } = await this.#server.call<unknown>(
      'POST',
      `/v1/console/work-items/${encodeURIComponent(id)}/decisions`,
      decision,
    );
    return { delivered: status !== 202 };
  }

  today(): Promise<Today> {
    return this.#server.get('/v1/console/today');
  }

  morningReport(date?: string): Promise<MorningReport> {
    return this.#server.get(
      `/v1/console/morning-report${date === undefined ? '' : `?date=${encodeURIComponent(date)}`}`,
    );
  }

  makeMorningReport(): Promise<MorningReport> {
    return this.#server.post('/v1/console/morning-report');
  }
}
