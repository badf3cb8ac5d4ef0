// Splits what a person says with a decision into what may travel and what the vault keeps.
import type { JSONSchema } from 'json-schema-to-ts';
import { answerStructure } from '../../domain/authorization/answer.ts';
import { authorizationAnswerSchema } from '../../domain/authorization/answer-schema.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { liesAhead } from '../../domain/machine/times.ts';
import { classifyNumber } from '../../domain/authorization/number.ts';
import { callFormSchema } from '../../domain/eligibility/call-script.ts';
import { fieldNames, fieldTable } from '../../domain/eligibility/fields.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Decision, WorkItemKind } from '../../domain/work-item/kinds.ts';
import { outcomeSchemaFor } from '../../domain/work-item/schema.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import { keepNumber } from '../authorizations/numbers.ts';
import { claimMeant } from '../posting/decisions.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';

export type OutcomeStructure = Readonly<Record<string, unknown>>;

interface Of {
  readonly clinic: string;
  readonly kind: WorkItemKind;
  readonly decision: Decision;
  readonly subject: string;
  readonly period: number | null;
  readonly by: Principal;
}

/** Throws `input.invalid` unless the outcome is what this decision needs; placeholder numbers and times to come are refused. */
export function checkOutcome(
  validator: Validator,
  kind: WorkItemKind,
  decision: Decision,
  outcome: unknown,
  now: Date,
): void {
  const schema: JSONSchema | null = asSchema(outcomeSchemaFor(kind, decision));
  if (schema === null) return;
  validator.check(schema, outcome, 'outcome');
  if (!isObject(outcome)) return;
  if (decision === 'called') checkAnswers(validator, outcome['coverages']);
  for (const field of ['at', 'receivedAt']) {
    const instant = outcome[field];
    if (typeof instant === 'string' && liesAhead(instant, now.toISOString())) {
      throw new GaitError('input.invalid', 'This time lies in the future.', {
        where: `outcome.${field}`,
        fix: 'Enter when it happened, by the clinic’s clock.',
      });
    }
  }
  const approved = outcome['status'] === 'approved' || outcome['status'] === 'partlyApproved';
  const number = outcome['number'];
  const given = typeof number === 'string' ? number : null;
  const needsReal = decision === 'corrected' || (approved && given !== null && given.trim() !== '');
  if (needsReal && classifyNumber(given) !== 'present') {
    throw new GaitError('input.invalid', 'This is a placeholder, not an authorization number.', {
      where: 'outcome.number',
      fix: "Enter the payer's number, or leave it empty until it is known.",
    });
  }
}

/** Every answer of a call belongs to a field of the summary and is of its kind. */
function checkAnswers(validator: Validator, coverages: unknown): void {
  const schema = callFormSchema(fieldNames.map((field) => ({ field, ask: fieldTable[field].words, essential: false })));
  for (const one of Array.isArray(coverages) ? coverages : []) {
    const answers: unknown = isObject(one) ? one['answers'] : {};
    validator.check(schema, answers, 'outcome.coverages.answers');
  }
}

/** Stores what names a person and returns the structure with references to it. */
export async function keepOutcome(
  needs: { readonly vault: Vault; readonly validator: Validator },
  trx: Trx,
  of: Of,
  outcome: unknown,
): Promise<OutcomeStructure | null> {
  if (!isObject(outcome) || outcomeSchemaFor(of.kind, of.decision) === null) return null;
  const { clinic, subject, period, by } = of;
  switch (of.decision) {
    case 'answered': {
      assertAnswer(needs.validator, outcome);
      const ref = await keepAnswer(needs, trx, { clinic, authorization: subject, period, answer: outcome, by });
      return { ...answerStructure(outcome), refs: [ref] };
    }
    case 'sent':
    case 'wasSent': {
      const { confirmation, ...rest } = outcome;
      if (typeof confirmation !== 'string') return rest;
      const ref = await needs.vault.put(clinic, 'confirmation', { confirmation }, { trx });
      return { ...rest, refs: [ref] };
    }
    case 'corrected': {
      const number = String(outcome['number']).trim();
      await keepNumber(needs.vault, trx, { clinic, authorization: subject, period: period ?? 1, number, by });
      return { number: classifyNumber(number) };
    }
    case 'agreed': {
      // What the person wrote may name the patient: it travels as a reference.
      const { consent, ...rest } = outcome;
      return { ...rest, consent: await needs.vault.put(clinic, 'consent', { confirmation: String(consent) }, { trx }) };
    }
    case 'match':
      return { claim: await claimMeant(needs, trx, clinic, String(outcome['claim'])) };
    case 'called':
      return { refs: [await needs.vault.put(clinic, 'payerCall', outcome, { trx })] };
    default:
      return outcome;
  }
}

function assertAnswer(validator: Validator, value: unknown): asserts value is AuthorizationAnswer {
  validator.check(authorizationAnswerSchema, value, 'outcome');
}

function asSchema(schema: object | null): JSONSchema | null {
  return schema === null ? null : { ...schema };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
