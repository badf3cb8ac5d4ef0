// Leaving a file for a clearinghouse: the claim or the request for authorization that a person approved, written once and kept.
import { composeClaim, composeRequest } from '../../connectors/x12-files/compose.ts';
import { x12FilesOperations } from '../../connectors/x12-files/operations.ts';
import type { Sent } from '../../connectors/x12-files/send.ts';
import type { Inquiry } from '../../connectors/connector.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import { missingIn } from '../../domain/x12/writers/professional-claims.ts';
import { draftIn } from '../claims/records.ts';
import type { Trx } from '../database/tables.ts';
import { planClaim } from './claim-plan.ts';
import type { EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';
import { planSubmission, requestIn, reviewResult } from './service-reviews.ts';
import type { ReviewNeeds } from './service-reviews.ts';

export function fileEffects(needs: ReviewNeeds): EffectOperation[] {
  const operation = x12FilesOperations['x12Files.send'];
  const { name, system, requestTimeoutSeconds, inquireAfterSeconds } = operation;
  const { validator } = needs;
  const sent = (plan: EffectPlan) => (result: Sent) => sentResult(needs, plan, result);
  return [
    {
      name,
      system,
      requestTimeoutSeconds,
      inquireAfterSeconds,
      times: (config) => operation.times?.(config) ?? operation,
      plan: async (trx, clinic, ask) =>
        (await isOfClaim(trx, clinic, ask.subject))
          ? planClaim(needs, trx, clinic, ask, missingIn)
          : planSubmission(needs, trx, clinic, ask),
      prepare: (context, record, plan) =>
        isClaim(plan)
          ? composeClaim(context, draftIn(validator, record))
          : composeRequest(context, requestIn(needs, record)),
      async send(context, _record, { plan, wire }) {
        if (wire === null) throw new GaitError('internal.bug', 'A file was to be sent that was never written.');
        return resultOf(await operation.run(context, { interchange: wire }), sent(plan));
      },
      async inquire(context, _record, sending, { plan, wire }): Promise<Inquiry<EffectResult>> {
        // Sent before a restore, if at all: under which number, nobody knows.
        if (wire === null) return { kind: 'notFound' };
        return resultFound(await operation.inquire(context, { interchange: wire }, sending), sent(plan));
      },
    },
  ];
}

async function isOfClaim(trx: Trx, clinic: string, subject: string): Promise<boolean> {
  const claim = await trx
    .selectFrom('claims')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', subject)
    .unionAll(
      trx
        .selectFrom('work_items')
        .select('id as ref')
        .where('clinic', '=', clinic)
        .where('id', '=', subject)
        .where('kind', 'in', ['claim.submit', 'claim.uncertain']),
    )
    .executeTakeFirst();
  return claim !== undefined;
}

function isClaim({ identity: { key } }: EffectPlan): boolean {
  return key.startsWith('claim.submit/');
}

function sentResult(needs: ReviewNeeds, plan: EffectPlan, { control, kind }: Sent): EffectResult {
  if (isClaim(plan)) return { outcome: 'sent', structure: { control, kind }, keep: () => Promise.resolve([]) };
  const answer: AuthorizationAnswer = {
    status: 'pended',
    number: null,
    visitsApproved: null,
    unitsApproved: null,
    from: null,
    to: null,
    reasonCodes: [],
    reasonText: null,
    vendorRequestId: null,
    receivedAt: needs.now().toISOString(),
  };
  return reviewResult(needs, plan, answer);
}
