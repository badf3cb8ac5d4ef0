// The calls of proposed charges.
import type { ChargeLine, ChargeState, DeclineReason } from '../charges.ts';
import type { Server } from './server.ts';

export class ChargeCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  async proposals(state: ChargeState): Promise<readonly ChargeLine[]> {
    const path = `/v1/console/charge-proposals?${new URLSearchParams({ state })}`;
    return (await this.#server.get<{ proposals: readonly ChargeLine[] }>(path)).proposals;
  }

  /** Takes the codes and units over, or declines them for a reason. */
  async decide(line: Pick<ChargeLine, 'session' | 'revision'>, reason: DeclineReason | null): Promise<void> {
    const { session, revision } = line;
    const said = reason === null ? { decision: 'accepted' } : { decision: 'declined', reason };
    await this.#server.post(`/v1/console/charge-proposals/${encodeURIComponent(session)}/decide`, {
      revision,
      ...said,
    });
  }
}
