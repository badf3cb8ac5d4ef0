// The clearinghouses that take claims by call, in one shape: as JSON, or as X12 where the JSON has no place for all of a claim.
import type { ClaimDraft } from '../domain/claim/draft-schema.ts';
import type { Claim } from '../domain/claim/schema.ts';
import { readChangeHealthcareConfig } from './change-healthcare/config.ts';
import { changeHealthcareOperations } from './change-healthcare/operations.ts';
import type { ClaimCheck, ClaimReceipt, ClaimSending, X12ClaimSending } from './claim-operations.ts';
import type { ConnectorContext, Effect, Read } from './connector.ts';
import { composeClaim } from './medical-network/claim-x12.ts';
import { readStediConfig } from './stedi/config.ts';
import { stediOperations } from './stedi/operations.ts';

export interface ClaimSender {
  readonly json: Effect<ClaimSending, ClaimReceipt>;
  readonly x12: Effect<X12ClaimSending, ClaimReceipt>;
  /** Null where the clearinghouse checks nothing beforehand. */
  readonly checks: {
    readonly json: Read<{ readonly claim: Claim }, ClaimCheck>;
    readonly x12: Read<{ readonly x12: string }, ClaimCheck>;
  } | null;
  /** The claim as X12 of this connection, under new numbers. Throws `input.invalid` for one that lacks what an 837P must say. */
  readonly compose: (context: ConnectorContext, draft: ClaimDraft) => Promise<string>;
}

export const claimSenders: readonly ClaimSender[] = [
  {
    json: changeHealthcareOperations['changeHealthcare.claim.submit'],
    x12: changeHealthcareOperations['changeHealthcare.claim.submitX12'],
    checks: {
      json: changeHealthcareOperations['changeHealthcare.claim.validate'],
      x12: changeHealthcareOperations['changeHealthcare.claim.validateX12'],
    },
    compose: (context, draft) => {
      const { environment, payers } = readChangeHealthcareConfig(context.config);
      return composeClaim(context, draft, { payers, usage: environment === 'production' ? 'production' : 'test' });
    },
  },
  {
    json: stediOperations['stedi.claim.submit'],
    x12: stediOperations['stedi.claim.submitX12'],
    checks: null,
    compose: (context, draft) => {
      const { environment, payers } = readStediConfig(context.config);
      return composeClaim(context, draft, { payers, usage: environment });
    },
  },
];
