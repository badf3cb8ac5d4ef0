// The calls of claims, remittances and the rules that check claims.
import type { ClaimStatistics } from '../../domain/claim-figures/statistics.ts';
import type { ClaimList, ClaimPage, DenialLine, RuleDecision, RuleRecords } from '../claims.ts';
import type { Ledger, PatientPayment, RemittanceList, RemittancePage, RemittanceState } from '../remittances.ts';
import type { Server } from './server.ts';

export class ClaimCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** Claims, the oldest day of service first: those that are not closed, or those that are. */
  claims(state: 'open' | 'closed'): Promise<ClaimList> {
    return this.#server.get(`/v1/console/claims?${new URLSearchParams({ state, limit: '1000' })}`);
  }

  claim(ref: string): Promise<ClaimPage> {
    return this.#server.get(`/v1/console/claims/${encodeURIComponent(ref)}`);
  }

  /** Lets a finding stand, for a reason. */
  async overrideFinding(claim: string, finding: string, reason: string): Promise<void> {
    const path = `/v1/console/claims/${encodeURIComponent(claim)}/findings/${encodeURIComponent(finding)}/override`;
    await this.#server.post(path, { reason });
  }

  /** Has a void of the claim laid before a biller. */
  async takeBack(claim: string): Promise<void> {
    await this.#server.post(`/v1/console/claims/${encodeURIComponent(claim)}/take-back`);
  }

  /** Of the claims taken in since a day; null: of all of them. */
  claimStatistics(from: string | null): Promise<ClaimStatistics> {
    const query = new URLSearchParams(from === null ? {} : { from });
    return this.#server.get(`/v1/console/claims/statistics?${query}`);
  }

  ruleRecords(): Promise<RuleRecords> {
    return this.#server.get('/v1/console/scrub/rules');
  }

  /** Accepts or declines the severity that is proposed for a rule, or takes it back. */
  async decideRule(decision: {
    rule: string;
    variant: string | null;
    decision: RuleDecision;
    reason: string;
  }): Promise<void> {
    await this.#server.post('/v1/console/scrub/rules/decisions', decision);
  }

  async denials(): Promise<readonly DenialLine[]> {
    return (await this.#server.get<{ items: readonly DenialLine[] }>('/v1/console/denials')).items;
  }

  /** What was paid, adjusted and left open of a claim, with every line behind it. */
  ledger(claim: string): Promise<Ledger> {
    return this.#server.get(`/v1/console/claims/${encodeURIComponent(claim)}/ledger`);
  }

  /** Enters what a patient paid or was paid back; `known`: it was entered under this key before. */
  enterPayment(claim: string, payment: PatientPayment): Promise<{ readonly outcome: 'posted' | 'known' }> {
    return this.#server.post(`/v1/console/claims/${encodeURIComponent(claim)}/payments`, payment);
  }

  /** The newest remittances first; `before` is the `next` of the page before. */
  remittances(state: RemittanceState | null, before: string | null): Promise<RemittanceList> {
    const query = new URLSearchParams({ limit: '100' });
    if (state !== null) query.set('state', state);
    if (before !== null) query.set('before', before);
    return this.#server.get(`/v1/console/remittances?${query}`);
  }

  remittance(ref: string): Promise<RemittancePage> {
    return this.#server.get(`/v1/console/remittances/${encodeURIComponent(ref)}`);
  }
}
