// The calls of coverage checks.
import type { CheckBatch, CheckFilter, CheckLine, CheckPage, CodeWords } from '../benefits.ts';
import type { Server } from './server.ts';

export class BenefitCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** Coverage checks for visits from a day on, the next visit first. */
  async benefitChecks(state: CheckFilter, from: string): Promise<readonly CheckLine[]> {
    const query = new URLSearchParams({ state, from, limit: '500' });
    return (await this.#server.get<{ items: readonly CheckLine[] }>(`/v1/console/eligibility/checks?${query}`)).items;
  }

  benefitCheck(ref: string): Promise<CheckPage> {
    return this.#server.get(`/v1/console/eligibility/checks/${encodeURIComponent(ref)}`);
  }

  /** The last batches, the newest first. */
  async benefitBatches(): Promise<readonly CheckBatch[]> {
    return (await this.#server.get<{ items: readonly CheckBatch[] }>('/v1/console/eligibility/batches')).items;
  }

  benefitWords(): Promise<CodeWords> {
    return this.#server.get('/v1/console/eligibility/words');
  }
}
