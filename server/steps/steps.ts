// Asks a clinic's flow a workflow's question, lets the flow claim it once, stores the answer and hands it to Temporal.
import { sql } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { answer, ask, claim, end, isLost } from '../../domain/step/call.ts';
import type { StepAnswer, StepCall } from '../../domain/step/call.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Workflows } from '../temporal/workflows.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { KeyPrincipal, Principal } from '../http/principal.ts';
import { Refusal } from '../http/refusals.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { Flows } from './flows.ts';
import { deliver } from './delivery.ts';
import { checkCall } from './signature.ts';
import { callOf, lockCall, lockNewCall, rowOf, writeCall } from './store.ts';
import type { CallRow } from './store.ts';
import type { StepQuestion } from './question.ts';
import type { StepItem } from './tables.ts';

export type StepState =
  | { readonly state: 'answered'; readonly answers: readonly StepAnswer[] }
  | { readonly state: 'asked' | 'running' }
  | { readonly state: 'noFlow'; readonly firstTime: boolean; readonly retryAfterSeconds: number }
  | { readonly state: 'ended'; readonly code: ErrorCode; readonly retryAfterSeconds: number };

export interface ClaimedCall {
  readonly call: string;
  readonly attempt: number;
  readonly step: string;
  readonly clinic: string;
  readonly items: readonly StepItem[];
  readonly deadline: string;
}

export interface Steps {
  ask(question: StepQuestion, by: Principal): Promise<StepState>;
  /** Throws `access.*` for a wrong, old, foreign or replayed call, `state.conflict` for an answered one. */
  claim(
    clinic: string,
    call: { timestamp: string; signature: string; body: string },
    by: KeyPrincipal,
  ): Promise<ClaimedCall>;
  /** Throws `input.invalid` where an item is missing, `reference.unknown` for a call that was never claimed. */
  answer(
    clinic: string,
    call: string,
    attempt: number,
    answers: readonly StepAnswer[],
    by: Principal,
  ): Promise<'stored' | 'alreadyAnswered'>;
  /** Tells Temporal what it does not know yet and ends what was lost. Returns how many calls were moved. */
  sweep(): Promise<number>;
}

export interface StepsNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly keyring: Keyring;
  readonly flows: Flows;
  readonly workItems: WorkItems;
  readonly workflows: Workflows;
  readonly policies: Policies;
  /** Origin at which the server reaches n8n; null: the address the flow registered. */
  readonly n8nUrl: string | null;
}

/** Also while n8n starts and its flows register one by one, so that a restart costs a minute. */
const noFlowRetrySeconds = 60;
const lostRetrySeconds = 30;
const laterSeconds = 300;

export function createSteps(needs: StepsNeeds): Steps {
  const { db, audit, now } = needs;
  const instant = (): string => now().toISOString();

  /** Changes a call that was asked, under its lock. */
  const change = <T>(clinic: string, call: string, work: (trx: Trx, row: CallRow | null) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => work(trx, await lockCall(trx, clinic, call)));

  const note = (
    trx: Trx,
    clinic: string,
    call: string,
    by: string,
    action: string,
    details: Record<string, string | number | null>,
    flow?: string,
  ) =>
    audit.append(trx, { clinic, actor: by, action, subject: call, details, ...(flow === undefined ? {} : { flow }) });

  const missingFlow = (question: StepQuestion, by: Principal): Promise<StepState> =>
    db.transaction().execute(async (trx): Promise<StepState> => {
      const { clinic, step } = question;
      await sql`select pg_advisory_xact_lock(hashtextextended(${`flow missing ${clinic} ${step}`}, 0))`.execute(trx);
      const opened = await trx
        .selectFrom('work_items')
        .select(['id', 'status'])
        .where('clinic', '=', clinic)
        .where('kind', '=', 'flow.missing')
        .where('subject', '=', step)
        .execute();
      const standing = opened.some((one) => one.status === 'open');
      if (!standing) {
        const key = `flow.missing/${step}/${opened.length + 1}`;
        const reason = `A workflow asks ${step} and no published flow answers it.`;
        await needs.workItems.open(
          {
            clinic,
            key,
            kind: 'flow.missing',
            subject: step,
            workflow: null,
            dueAt: instant(),
            context: { step },
            reason,
          },
          by,
          trx,
        );
      }
      return { state: 'noFlow', firstTime: !standing, retryAfterSeconds: noFlowRetrySeconds };
    });

  const tellTemporal = async (row: CallRow): Promise<void> => {
    const { completion, activity } = row;
    if (completion === null) return;
    if (completion.kind === 'answered')
      await needs.workflows.completeStep(activity, forWorkflow(row.step, row.answers ?? []));
    else await needs.workflows.endAttempt(activity, completion.code, completion.retryAfterSeconds);
    // Only what was told is done: a newer delivery may have written another completion meanwhile.
    await db
      .updateTable('step_calls')
      .set({ completion: null })
      .where('clinic', '=', row.clinic)
      .where('call', '=', row.call)
      .where('updated_at', '=', row.updated_at)
      .execute();
  };

  /** False while Temporal is away: the sweep tells it later, and a workflow that asks again is given the stored answer. */
  const isTold = async (row: CallRow): Promise<boolean> => {
    try {
      await tellTemporal(row);
      return true;
    } catch {
      return false;
    }
  };

  const endDelivery = (clinic: string, call: string, attempt: number, code: ErrorCode, by: string): Promise<void> =>
    change(clinic, call, async (trx, row) => {
      if (row === null || callOf(row).answers !== null) return;
      // The worker that asked fails its attempt itself. It may have died meanwhile: then the next sweep tells Temporal, which otherwise
      // would wait for an answer until the attempt's time is up.
      const completion = { kind: 'again', code, retryAfterSeconds: lostRetrySeconds } as const;
      await writeCall(trx, row, end(callOf(row), attempt), { at: now(), completion, telling: true });
      await note(trx, clinic, call, by, 'step.ended', { attempt, code });
    });

  return {
    async ask(question, by) {
      const { clinic, call, step } = question;
      const flow = await needs.flows.live(clinic, step);
      const begun = await db
        .transaction()
        .execute(async (trx): Promise<StepState | { post: StepCall; attempt: number }> => {
          const row = await lockNewCall(trx, clinic, call);
          const stored = row === null ? null : callOf(row);
          const decision = ask(stored, { ...question, items: question.items.map((one) => one.item) }, instant());
          if (decision.kind === 'answered') {
            if (row !== null && row.completion !== null)
              await writeCall(trx, row, callOf(row), { at: now(), completion: null });
            return { state: 'answered', answers: forWorkflow(step, decision.answers) };
          }
          if (decision.kind === 'running') {
            if (row !== null) await writeCall(trx, row, callOf(row), { at: now(), activity: question.activity });
            return { state: 'running' };
          }
          if (flow === null) return { state: 'noFlow', firstTime: false, retryAfterSeconds: noFlowRetrySeconds };
          const attempt = decision.call.attempts.at(-1)?.attempt ?? 1;
          await writeCall(trx, row ?? rowOf(question, now()), decision.call, {
            at: now(),
            activity: question.activity,
            items: question.items,
            completion: null,
          });
          await note(trx, clinic, call, actorOf(by), 'step.asked', { step, attempt }, flow.flow);
          return { post: decision.call, attempt };
        });
      if ('state' in begun) return begun.state === 'noFlow' ? missingFlow(question, by) : begun;
      if (flow === null) return missingFlow(question, by);
      const { attempt } = begun;
      const body = {
        call,
        attempt,
        step,
        clinic,
        items: question.items.map((one) => one.item),
        deadline: question.deadline,
        test: false,
      };
      const delivered = await deliver(needs, clinic, flow.url, body);
      if (delivered === 'taken') return { state: 'asked' };
      await endDelivery(clinic, call, attempt, 'step.lost', 'system:steps');
      return { state: 'ended', code: 'step.lost', retryAfterSeconds: lostRetrySeconds };
    },

    async claim(clinic, call, by) {
      const refuse = (
        code: 'access.unauthenticated' | 'access.expired' | 'access.forbidden' | 'access.replayed',
        message: string,
      ): never => {
        throw new Refusal(code, message, { clinic, actor: by.id });
      };
      const said = saidIn(call.body);
      if (said === null) return refuse('access.unauthenticated', 'This is not a call of this server.');
      const checked = checkCall(needs.keyring, said.clinic, call, now());
      if (checked === 'bad') return refuse('access.unauthenticated', 'The signature is not of this server.');
      if (checked === 'old') return refuse('access.expired', 'The call is too old.');
      if (said.clinic !== clinic) return refuse('access.forbidden', "The call is another clinic's.");
      return change(clinic, said.call, async (trx, row): Promise<ClaimedCall> => {
        const decision = claim(row === null ? null : callOf(row), said.attempt, instant());
        if (decision.kind === 'refused' || row === null) {
          const why = decision.kind === 'refused' ? decision.why : 'unknown';
          if (why === 'answered')
            throw new GaitError('state.conflict', 'The call is answered already.', { where: 'call' });
          return refuse('access.replayed', why === 'late' ? 'The call is over.' : 'The call was claimed already.');
        }
        await writeCall(trx, row, decision.call, { at: now() });
        await note(trx, clinic, said.call, by.id, 'step.claimed', { step: row.step, attempt: said.attempt });
        const deadline = decision.call.attempts.find((one) => one.attempt === said.attempt)?.deadline ?? instant();
        return { call: said.call, attempt: said.attempt, step: row.step, clinic, items: row.items, deadline };
      });
    },

    async answer(clinic, call, attempt, answers, by) {
      const stored = await change(clinic, call, async (trx, row): Promise<CallRow | 'alreadyAnswered'> => {
        const decision = answer(row === null ? null : callOf(row), attempt, answers);
        switch (decision.kind) {
          case 'refused':
            throw new GaitError('reference.unknown', 'No call of this number was claimed.', { where: 'call' });
          case 'incomplete': {
            const [fault] = [...decision.missing, ...decision.foreign, ...decision.twice];
            const what =
              decision.missing.length > 0
                ? 'An item has no answer.'
                : 'An answer is for an item that was not asked, or twice for one.';
            throw new GaitError('input.invalid', what, {
              where: `answers ${fault ?? ''}`.trim(),
              fix: 'Answer each item of the call exactly once.',
            });
          }
          case 'alreadyAnswered':
            return 'alreadyAnswered';
          case 'answered': {
            if (row === null) throw new GaitError('internal.bug', 'An answered call has no row.');
            await note(trx, clinic, call, actorOf(by), 'step.answered', {
              step: row.step,
              attempt,
              items: answers.length,
            });
            return writeCall(trx, row, decision.call, { at: now(), completion: { kind: 'answered' }, telling: true });
          }
          case 'later': {
            if (row === null) throw new GaitError('internal.bug', 'A call has no row.');
            const seconds = pauseOf(row, answers);
            const code = codeOf(answers);
            await note(trx, clinic, call, actorOf(by), 'step.later', { step: row.step, attempt, code, seconds });
            const completion = decision.current
              ? ({ kind: 'again', code, retryAfterSeconds: seconds } as const)
              : row.completion;
            return writeCall(trx, row, decision.call, { at: now(), completion, telling: true });
          }
        }
      });
      if (stored === 'alreadyAnswered') return stored;
      // What is stored is not lost: the flow need not wait for Temporal.
      void isTold(stored);
      return 'stored';
    },

    async sweep() {
      const live = await db
        .selectFrom('step_calls')
        .select(['clinic', 'call'])
        .where('state', 'in', ['asked', 'claimed'])
        .limit(500)
        .execute();
      let moved = 0;
      for (const { clinic, call } of live) {
        const lost = await change(clinic, call, async (trx, row): Promise<boolean> => {
          if (row === null || !isLost(callOf(row), instant())) return false;
          const attempt = row.attempts.at(-1)?.attempt ?? 1;
          await note(trx, clinic, call, 'system:steps', 'step.lost', { step: row.step, attempt });
          await writeCall(trx, row, end(callOf(row), attempt), {
            at: now(),
            completion: { kind: 'again', code: 'step.lost', retryAfterSeconds: lostRetrySeconds },
          });
          return true;
        });
        if (lost) moved += 1;
      }
      const before = new Date(now().getTime() - 5_000);
      const untold = await db
        .selectFrom('step_calls')
        .selectAll()
        .where('completion', 'is not', null)
        .where((where) =>
          where.or([where('completion_tried_at', 'is', null), where('completion_tried_at', '<', before)]),
        )
        .orderBy('updated_at')
        .limit(100)
        .execute();
      for (const row of untold) {
        await db
          .updateTable('step_calls')
          .set({ completion_tried_at: now() })
          .where('clinic', '=', row.clinic)
          .where('call', '=', row.call)
          .execute();
        // Who is away for one is away for all: the next sweep begins with those that were not tried.
        if (!(await isTold(row))) break;
        moved += 1;
      }
      return moved;
    },
  };

  /** "Pending" waits for the payer's next poll, doubt for what the effect said; else a few minutes. */
  function pauseOf(row: CallRow, answers: readonly StepAnswer[]): number {
    const said = answers.map((one) => ('structure' in one ? one.structure?.['retryAfterSeconds'] : undefined));
    const seconds = said.filter((one): one is number => typeof one === 'number' && one >= 1);
    if (seconds.length > 0) return Math.ceil(Math.max(...seconds));
    const polls = row.items
      .map((one) => one.structure['pollEveryMinutes'])
      .filter((one): one is number => typeof one === 'number');
    const pending = answers.some((one) => 'outcome' in one && one.outcome === 'pending');
    return pending && polls.length > 0 ? Math.max(...polls) * 60 : laterSeconds;
  }
}

function codeOf(answers: readonly StepAnswer[]): string {
  const [first] = answers;
  if (first === undefined) return 'step.pending';
  return 'error' in first ? first.error.code : `step.${first.outcome}`;
}

/** A batch needs to know how each check stands and no more: its history would grow by the summaries of a whole night. */
function forWorkflow(step: string, answers: readonly StepAnswer[]): readonly StepAnswer[] {
  if (!step.startsWith('eligibility.')) return answers;
  return answers.map((one): StepAnswer => {
    if ('error' in one) return one;
    const seconds = one.structure?.['retryAfterSeconds'];
    return {
      item: one.item,
      outcome: one.outcome,
      ...(seconds === undefined ? {} : { structure: { retryAfterSeconds: seconds } }),
    };
  });
}

/** What the body of a call says of itself; null where it is not one. Nothing of it counts before the signature was checked. */
function saidIn(body: string): { clinic: string; call: string; attempt: number } | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { clinic, call, attempt } = { clinic: null, call: null, attempt: null, ...parsed };
  if (typeof clinic !== 'string' || typeof call !== 'string' || typeof attempt !== 'number') return null;
  return { clinic, call, attempt };
}
