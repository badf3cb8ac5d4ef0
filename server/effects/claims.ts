// Sending a claim that a person approved to a clearinghouse that takes claims by call.
import { claimSenders } from '../../connectors/claim-senders.ts';
import type { ClaimSender } from '../../connectors/claim-senders.ts';
import type { ClaimReceipt } from '../../connectors/claim-operations.ts';
import { fitsJson, lacking } from '../../connectors/medical-network/claim-x12.ts';
import { missingIn } from '../../domain/x12/writers/professional-claims.ts';
import { draftIn } from '../claims/records.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { planClaim } from './claim-plan.ts';
import type { EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';

interface Needs {
  readonly vault: Vault;
  readonly validator: Validator;
}

/** `submit` goes as JSON, or as X12 where the JSON has no place for all of the claim; `submitX12` always as X12. */
export function claimEffects(needs: Needs): EffectOperation[] {
  return claimSenders.flatMap((sender) => [submission(needs, sender, false), submission(needs, sender, true)]);
}

function submission({ vault, validator }: Needs, sender: ClaimSender, isX12: boolean): EffectOperation {
  const { json, x12, compose } = sender;
  const operation = isX12 ? x12 : json;
  const { name, system, requestTimeoutSeconds, inquireAfterSeconds } = operation;
  const received = (plan: EffectPlan) => (receipt: ClaimReceipt) => receiptResult(vault, plan, receipt);
  return {
    name,
    system,
    requestTimeoutSeconds,
    inquireAfterSeconds,
    times: (config) => operation.times?.(config) ?? operation,
    plan: (trx, clinic, ask) => planClaim({ validator }, trx, clinic, ask, isX12 ? missingIn : lacking),
    prepare: async (context, record) => {
      const draft = draftIn(validator, record);
      return isX12 || !fitsJson(draft.claim) ? compose(context, draft) : null;
    },
    async send(context, record, { plan, wire }) {
      const sending = { claim: draftIn(validator, record).claim, key: plan.identity.key };
      const outcome =
        wire === null ? await json.run(context, sending) : await x12.run(context, { ...sending, x12: wire });
      return resultOf(outcome, received(plan));
    },
    async inquire(context, record, sent, { plan }) {
      const sending = { claim: draftIn(validator, record).claim, key: plan.identity.key };
      return resultFound(await json.inquire(context, sending, sent), received(plan));
    },
  };
}

/** The clearinghouse has the claim; what the payer says of it comes with its status. */
function receiptResult(vault: Vault, { about, identity: { clinic } }: EffectPlan, receipt: ClaimReceipt): EffectResult {
  return {
    outcome: 'accepted',
    structure: { edits: receipt.edits },
    keep: async (trx) => [await vault.put(clinic, 'claimReceipt', { claim: about, ...receipt }, { trx })],
  };
}
