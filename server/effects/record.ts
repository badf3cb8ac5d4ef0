// Writing a decision into a PT system that has no way in: the effect is a work item with values ready to copy.
import { ptSystemOf } from '../../connectors/pt-systems.ts';
import { recordKey } from '../../domain/effect/key.ts';
import { authorizationRow } from '../authorizations/facts.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { WorkItems } from '../work-items/items.ts';
import { authorizationWorkflowId } from '../../workflows/authorization/messages.ts';
import type { EffectAnswer } from './answer.ts';
import type { EffectAsk } from './operation.ts';

/** True for `SYSTEM.authorization.record` of a PT system. */
export function isRecording(operation: string): boolean {
  const [, system = ''] = /^(\w+)\.authorization\.record$/.exec(operation) ?? [];
  return ptSystemOf(system) !== undefined;
}

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly workItems: WorkItems;
}

/**
 * Opens the work item by which a person enters the newest decision, once per decision. Nothing leaves the clinic, so no
 * approval is asked for: the person who copies the values is the one who decides.
 */
export function recordByPerson(needs: Needs, clinic: string, ask: EffectAsk, by: Principal): Promise<EffectAnswer> {
  return needs.db.transaction().execute(async (trx) => {
    const connection = await connectionNamed(trx, clinic, ask.connection);
    const row = await authorizationRow(trx, clinic, ask.subject, true);
    const decided = row.periods.filter((period) => period.decidedOn !== null);
    const period = decided.reduce(
      (latest, one) => (one.sequence > latest.sequence ? one : latest),
      decided[0] ?? { sequence: 1, status: 'unknown', decidedOn: 'unknown', kind: 'initial' as const },
    );
    const decision = `${period.status}-${period.decidedOn ?? 'unknown'}`;
    const key = recordKey({ authorization: row.ref, period: period.sequence, decision });
    const ahead = await answerAhead(trx, row.ref, needs.now());
    if (ahead !== null && row.periods.find(({ sequence }) => sequence === ahead.period)?.status !== ahead.status)
      return { key, state: 'wait', retryAfterSeconds: secondsToApply };
    const opened = await needs.workItems.open(
      {
        clinic,
        key,
        kind: 'authorization.record',
        subject: row.ref,
        workflow: authorizationWorkflowId(clinic, row.ref),
        dueAt: new Date(needs.now().getTime() + 24 * 3_600_000).toISOString(),
        context: { period: period.sequence, requestKind: period.kind, connection },
      },
      by,
      trx,
    );
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: opened.created ? 'effect.done' : 'effect.duplicate',
      subject: row.ref,
      purpose: ask.operation,
      details: { connection, workItem: opened.workItem, period: period.sequence },
    });
    return {
      key,
      state: opened.created ? 'done' : 'duplicate',
      outcome: 'workItem',
      structure: { workItem: opened.workItem, period: period.sequence },
      refs: [opened.workItem],
    };
  });
}

/** How long an answer that was read may take to reach the authorization, and the pause before the recording is asked for again. */
const mostSecondsToApply = 120;
const secondsToApply = 2;

const decisions: readonly string[] = ['approved', 'partlyApproved', 'denied', 'cancelled'];

/**
 * The newest decision that was read, if it was read just now. The workflow has it written and asks for its recording at the same
 * time: the older one must not be recorded in its place.
 */
async function answerAhead(
  trx: Trx,
  authorization: string,
  now: Date,
): Promise<{ period: number; status: string } | null> {
  const newest = await trx
    .selectFrom('authorization_answers')
    .select(['period', 'status', 'at'])
    .where('authorization_ref', '=', authorization)
    .where('period', 'is not', null)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined || newest.period === null || !decisions.includes(newest.status)) return null;
  const isFresh = now.getTime() - newest.at.getTime() < mostSecondsToApply * 1000;
  return isFresh ? { period: newest.period, status: newest.status } : null;
}
