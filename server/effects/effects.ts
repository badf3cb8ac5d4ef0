// Causes outside effects, each at most once: the permit is written before the first byte and settled after the answer.
import type { Outcome } from '../../connectors/connector.ts';
import { answerStructure } from '../../domain/authorization/answer.ts';
import { GaitError, errorTable } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { atInstant, blockingRules, decidePermit, settle } from '../../domain/effect/permit.ts';
import type {
  BlockingRule,
  EffectOutcome,
  Permit,
  PermitDecision,
  PermitEvent,
  PermitQuestion,
} from '../../domain/effect/permit.ts';
import type { Audit } from '../audit/append.ts';
import type { Structure } from '../audit/entry.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Principal } from '../http/principal.ts';
import type { Vendor } from '../operations/vendor.ts';
import type { Vault } from '../vault/vault.ts';
import type { EffectAsk, EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { stepOutcome, told } from './answer.ts';
import type { EffectAnswer } from './answer.ts';
import { otherAttempts } from './other-attempts.ts';
import { identityOf, keepShadow, lockKey, permitOf, writePermit } from './store.ts';
import { askVendor, prepared } from './vendor-call.ts';
import type { EffectIdentity } from './store.ts';
import type { DoubtOpener } from './doubt.ts';

export interface Effects {
  /** Asks for one effect and, where leave is given, causes it. Doubt is an answer, never an error. */
  ask(clinic: string, ask: EffectAsk, by: Principal): Promise<EffectAnswer>;
}

export interface EffectsNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly vendor: Vendor;
  readonly operations: ReadonlyMap<string, EffectOperation>;
  readonly doubt: DoubtOpener;
}

/** The lease is longer than the longest wait for an answer by this much. */
const leaseMarginSeconds = 30;
/** One inquiry at a time; a crashed one frees the way after its own time-out. */
const inquiryMarginSeconds = 10;
/** What kept a request from being sent and passes by itself is tried again after so long, where the vendor names no time. */
const afterPassingFailureSeconds = 60;
/** When a person has to settle doubt, nobody need ask again sooner. */
const afterPersonSeconds = 300;

export function createEffects(needs: EffectsNeeds): Effects {
  const { db, audit, vault, now } = needs;
  const instant = (): string => now().toISOString();

  const note = (
    trx: Trx,
    plan: { identity: EffectIdentity },
    by: Principal,
    action: string,
    details: Record<string, Structure> = {},
    rule?: string,
  ) =>
    audit.append(trx, {
      clinic: plan.identity.clinic,
      actor: actorOf(by),
      action,
      subject: plan.identity.key,
      purpose: plan.identity.operation,
      ...(rule === undefined ? {} : { rule }),
      details: { connection: plan.identity.connection, ...details },
    });

  /** Applies an event under the key's lock; null when the event came too late to count. */
  const settleNow = (plan: EffectPlan, event: PermitEvent, by: Principal, action: string): Promise<Permit | null> =>
    db.transaction().execute(async (trx) => {
      const row = await lockKey(trx, plan.identity.clinic, plan.identity.key);
      const settled = settle(row === null ? null : permitOf(row), event, instant());
      if (!settled.ok) return null;
      await writePermit(trx, plan.identity, settled.permit, now());
      await note(trx, plan, by, action, { attempt: settled.permit.attempt });
      if (settled.askPerson) await needs.doubt.open(trx, plan.identity, plan.authorization);
      return settled.permit;
    });

  const questionOf = async (
    trx: Trx,
    plan: EffectPlan,
    stored: Permit | null,
    by: Principal,
  ): Promise<PermitQuestion> => {
    const { clinic, connection } = plan.identity;
    const row = await trx
      .selectFrom('connections')
      .select(['mode', 'agreement'])
      .where('clinic', '=', clinic)
      .where('id', '=', connection)
      .executeTakeFirstOrThrow();
    const paused = await trx
      .selectFrom('connection_pauses')
      .select('connection')
      .where('connection', '=', connection)
      .executeTakeFirst();
    const hold = await trx.selectFrom('clinic_holds').select('since').where('clinic', '=', clinic).executeTakeFirst();
    const open = stored === null || atInstant(stored, instant()).state === 'notSent';
    const mayBeSent = open && plan.identity.request !== '';
    const missing = mayBeSent
      ? plan.missing(
          await vault.open(clinic, plan.identity.request, {
            purpose: 'effect.check',
            actor: systemPrincipal('effects', by),
            trx,
          }),
        )
      : [];
    return {
      ...plan.facts,
      mode: row.mode === 'live' ? 'live' : 'shadow',
      paused: paused !== undefined,
      agreement: row.agreement,
      otherAttempt: await otherAttempt(trx, plan, open),
      missing,
      restored: hold !== undefined,
    };
  };

  /** Nobody else asks for an attempt that was given up: a person is asked what became of it. */
  const otherAttempt = async (trx: Trx, plan: EffectPlan, open: boolean): Promise<PermitQuestion['otherAttempt']> => {
    if (!open || !plan.facts.keyMatches) return null;
    const { sent, underWay, inDoubt } = await otherAttempts(trx, plan.identity, plan.authorization, instant());
    if (sent !== null) return sent;
    for (const effect of inDoubt) await needs.doubt.open(trx, effect, plan.authorization);
    return underWay || inDoubt.length > 0 ? 'unsettled' : null;
  };

  const decide = (operation: EffectOperation, clinic: string, ask: EffectAsk, by: Principal) =>
    db
      .transaction()
      .execute(async (trx): Promise<{ decision: PermitDecision; plan: EffectPlan; stored: Permit | null }> => {
        const asked = await operation.plan(trx, clinic, ask);
        const row = await lockKey(trx, clinic, asked.identity.key);
        const stored = row === null ? null : permitOf(row);
        const question = await questionOf(trx, asked, stored, by);
        const { date } = await needs.policies.today(trx, clinic, now());
        const decision = decidePermit(stored, question, { instant: instant(), date });
        // Whatever was approved since: doubt and its inquiry are about what was sent.
        const plan = row === null || decision.kind === 'send' ? asked : { ...asked, identity: identityOf(row) };
        switch (decision.kind) {
          case 'send': {
            const event = {
              kind: 'granted',
              attempt: decision.attempt,
              leaseSeconds: operation.requestTimeoutSeconds + leaseMarginSeconds,
              inquireAfterSeconds: operation.inquireAfterSeconds,
            } as const;
            const settled = settle(stored, event, instant());
            if (!settled.ok) throw new GaitError('internal.bug', 'A permit could not be granted.', { where: 'effect' });
            await writePermit(trx, plan.identity, settled.permit, now());
            await note(trx, plan, by, 'effect.granted', {
              attempt: decision.attempt,
              approval: plan.identity.approval,
            });
            break;
          }
          case 'shadow':
            await keepShadow(trx, plan.identity, now());
            await note(trx, plan, by, 'effect.shadowed', { approval: plan.identity.approval });
            break;
          case 'blocked':
            await note(trx, plan, by, 'effect.blocked', {}, decision.rule);
            break;
          case 'inquire': {
            if (row !== null && row.inquiring_until !== null && row.inquiring_until > now()) {
              return {
                plan,
                stored,
                decision: { kind: 'uncertain', retryAfterSeconds: operation.requestTimeoutSeconds },
              };
            }
            const event = { kind: 'held', inquireAfterSeconds: operation.inquireAfterSeconds } as const;
            const settled = stored === null ? settle(null, event, instant()) : null;
            const permit =
              settled?.ok === true ? settled.permit : stored === null ? null : atInstant(stored, instant());
            if (permit === null)
              throw new GaitError('internal.bug', 'A permit could not be held.', { where: 'effect' });
            await writePermit(trx, plan.identity, permit, now());
            const until = new Date(now().getTime() + (operation.requestTimeoutSeconds + inquiryMarginSeconds) * 1000);
            await trx
              .updateTable('effects')
              .set({ inquiring_until: until })
              .where('clinic', '=', clinic)
              .where('key', '=', plan.identity.key)
              .execute();
            await note(trx, plan, by, 'effect.inquired');
            return { plan, stored: permit, decision };
          }
          case 'duplicate':
          case 'wait':
          case 'uncertain':
            await note(trx, plan, by, `effect.${decision.kind}`, {}, 'rule' in decision ? decision.rule : undefined);
            break;
        }
        return { decision, plan, stored };
      });

  const send = async (
    operation: EffectOperation,
    plan: EffectPlan,
    attempt: number,
    by: Principal,
  ): Promise<EffectAnswer> => {
    const { clinic, connection, request, key } = plan.identity;
    const actor = systemPrincipal('effects', by);
    const opened = await prepared(async () => {
      const record = await vault.open(clinic, request, { purpose: operation.name, actor });
      const context = await needs.vendor.open({
        clinic,
        connection,
        system: operation.system,
        purpose: operation.name,
        by: actor,
        timeoutSeconds: operation.requestTimeoutSeconds,
      });
      return { record, context, times: operation.times(context.config) };
    });
    if ('code' in opened) {
      const event = { kind: 'notSent', attempt, code: opened.code, reasons: [] } as const;
      await settleNow(plan, event, by, 'effect.notSent');
      return notSent(key, opened.code);
    }
    const { requestTimeoutSeconds: seconds, inquireAfterSeconds } = opened.times;
    const begun = await settleNow(
      plan,
      { kind: 'sending', attempt, leaseSeconds: seconds + leaseMarginSeconds, inquireAfterSeconds },
      by,
      'effect.sending',
    );
    // Somebody else took over, or the lease must not begin with less than the wait for an answer: no byte leaves.
    if (begun === null) return { key, state: 'wait', retryAfterSeconds: seconds };
    if (Date.parse(begun.leaseUntil ?? '') < now().getTime() + seconds * 1000) {
      await settleNow(
        plan,
        { kind: 'notSent', attempt, code: 'service.unavailable', reasons: [] },
        by,
        'effect.notSent',
      );
      return notSent(key, 'service.unavailable');
    }
    const outcome = await askVendor(opened.times, () => operation.send(opened.context, opened.record));
    return settleAnswer(operation, plan, attempt, outcome, by);
  };

  const settleAnswer = async (
    operation: EffectOperation,
    plan: EffectPlan,
    attempt: number,
    outcome: Outcome<EffectResult>,
    by: Principal,
  ): Promise<EffectAnswer> => {
    const { key } = plan.identity;
    try {
      switch (outcome.kind) {
        case 'done': {
          const settled = await settleDone(
            plan,
            outcome.result,
            by,
            (kept) => ({ kind: 'done', attempt, outcome: kept }),
            'effect.done',
          );
          return settled === null
            ? { key, state: 'uncertain', retryAfterSeconds: operation.inquireAfterSeconds }
            : told(key, 'done', settled);
        }
        case 'notSent':
        case 'rejected': {
          const reasons = outcome.kind === 'rejected' ? outcome.reasons : [];
          const event = { kind: 'notSent', attempt, code: outcome.code, reasons } as const;
          const permit = await settleNow(
            plan,
            event,
            by,
            outcome.kind === 'rejected' ? 'effect.rejected' : 'effect.notSent',
          );
          if (permit === null) return { key, state: 'uncertain', retryAfterSeconds: operation.inquireAfterSeconds };
          return outcome.kind === 'rejected'
            ? { key, state: 'notSent', code: outcome.code, reasons }
            : notSent(key, outcome.code, outcome.retryAfterSeconds);
        }
        case 'uncertain': {
          const event = {
            kind: 'uncertain',
            attempt,
            code: outcome.code,
            inquireAfterSeconds: outcome.inquireAfterSeconds,
          } as const;
          await settleNow(plan, event, by, 'effect.uncertain');
          return { key, state: 'uncertain', code: outcome.code, retryAfterSeconds: outcome.inquireAfterSeconds };
        }
      }
    } catch {
      // What the vendor did cannot be stored now: the lease runs out, and an inquiry finds it.
      return { key, state: 'uncertain', code: 'service.unavailable', retryAfterSeconds: operation.inquireAfterSeconds };
    }
  };

  /** Puts the vendor's answer into the vault and settles the permit, both or neither. */
  const settleDone = (
    plan: EffectPlan,
    result: EffectResult,
    by: Principal,
    event: (kept: EffectOutcome) => PermitEvent,
    action: string,
  ): Promise<EffectOutcome | null> =>
    db.transaction().execute(async (trx) => {
      const { clinic, key } = plan.identity;
      const row = await lockKey(trx, clinic, key);
      const stored = row === null ? null : permitOf(row);
      const probe = settle(stored, event({ outcome: 'done', structure: {}, refs: [] }), instant());
      if (!probe.ok) return null;
      const { answer } = result;
      const ref = await keepAnswer(needs, trx, {
        clinic,
        authorization: plan.authorization,
        period: plan.period,
        answer,
        by,
      });
      const kept = { outcome: stepOutcome(result), structure: { ...answerStructure(result.answer) }, refs: [ref] };
      const settled = settle(stored, event(kept), instant());
      if (!settled.ok) return null;
      await writePermit(trx, plan.identity, settled.permit, now());
      await note(trx, plan, by, action, { outcome: kept.outcome, refs: kept.refs });
      return kept;
    });

  const inquire = async (
    operation: EffectOperation,
    plan: EffectPlan,
    stored: Permit | null,
    by: Principal,
  ): Promise<EffectAnswer> => {
    const { clinic, connection, request, key } = plan.identity;
    const actor = systemPrincipal('effects', by);
    const { inquire: question } = operation;
    const stillOpen = (retryAfterSeconds: number): EffectAnswer => ({
      key,
      state: 'uncertain',
      retryAfterSeconds,
      ...(stored?.state === 'held' ? because('effect.held') : {}),
    });
    if (question === null) {
      await settleNow(plan, { kind: 'notFound' }, by, 'effect.notFound');
      return stillOpen(afterPersonSeconds);
    }
    const seconds = operation.requestTimeoutSeconds;
    const opened = await prepared(async () => ({
      record: await vault.open(clinic, request, { purpose: `${operation.name}.inquiry`, actor }),
      context: await needs.vendor.open({
        clinic,
        connection,
        system: operation.system,
        purpose: operation.name,
        by: actor,
        timeoutSeconds: seconds,
      }),
    }));
    const answer =
      'code' in opened
        ? ({ kind: 'notSent', code: opened.code } as const)
        : await askVendor(operation, () =>
            question(
              opened.context,
              opened.record,
              stored === null || stored.sentAt === null ? undefined : { sentAt: stored.sentAt },
            ),
          );
    switch (answer.kind) {
      case 'found': {
        const kept = await settleDone(
          plan,
          answer.result,
          by,
          (outcome) => ({ kind: 'found', outcome }),
          'effect.found',
        );
        return kept === null ? stillOpen(1) : told(key, 'duplicate', kept);
      }
      case 'notFound':
        await settleNow(plan, { kind: 'notFound' }, by, 'effect.notFound');
        return stillOpen(afterPersonSeconds);
      case 'notSent':
      case 'rejected':
      case 'uncertain': {
        const retryAfterSeconds = answer.kind === 'notSent' ? (answer.retryAfterSeconds ?? 60) : 60;
        await settleNow(plan, { kind: 'inquiryFailed', retryAfterSeconds }, by, 'effect.inquiryFailed');
        return stillOpen(retryAfterSeconds);
      }
    }
  };

  return {
    async ask(clinic, ask, by) {
      const operation = needs.operations.get(ask.operation);
      if (operation === undefined)
        throw new GaitError('input.invalid', 'There is no such effect.', { where: 'operation' });
      const { decision, plan, stored } = await decide(operation, clinic, ask, by);
      const { key } = plan.identity;
      switch (decision.kind) {
        case 'send':
          return send(operation, plan, decision.attempt, by);
        case 'inquire':
          return inquire(operation, plan, stored, by);
        case 'shadow':
          return { key, state: 'shadow', outcome: 'shadow' };
        case 'blocked':
          return {
            key,
            state: 'blocked',
            ...because(decision.rule),
            where: decision.where,
          };
        case 'duplicate':
          return told(key, 'duplicate', decision.outcome);
        case 'wait':
        case 'uncertain':
          return {
            key,
            state: decision.kind,
            retryAfterSeconds: decision.retryAfterSeconds,
            ...(decision.rule === undefined ? {} : because(decision.rule)),
          };
      }
    },
  };
}

function because(rule: BlockingRule): Pick<EffectAnswer, 'rule' | 'fix'> {
  return { rule, fix: blockingRules[rule] };
}

/**
 * Surely not sent. What time mends (nobody there, too many requests) is to be waited for and asked again under the same approval;
 * only what stays so goes back to a person.
 */
function notSent(key: string, code: ErrorCode, retryAfterSeconds?: number): EffectAnswer {
  const passes = retryAfterSeconds !== undefined || errorTable[code].retry;
  return {
    key,
    state: 'notSent',
    code,
    ...(passes ? { outcome: 'wait', retryAfterSeconds: retryAfterSeconds ?? afterPassingFailureSeconds } : {}),
  };
}
