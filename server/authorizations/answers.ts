// The whole answers of payers: kept in the vault, found again by the authorization they answer.
import { authorizationAnswerSchema } from '../../domain/authorization/answer-schema.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { realNumber } from '../../domain/authorization/number.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { keepNumber } from './numbers.ts';

interface Needs {
  readonly vault: Vault;
  readonly validator: Validator;
}

/** Stores an answer and, where it names a number that is one, that number. Returns the answer's reference. */
export async function keepAnswer(
  needs: Needs,
  trx: Trx,
  of: { clinic: string; authorization: string; period: number | null; answer: AuthorizationAnswer; by: Principal },
): Promise<string> {
  const { clinic, authorization, period, answer } = of;
  needs.validator.check(authorizationAnswerSchema, answer, 'answer');
  const record = await needs.vault.put(clinic, 'authorizationAnswer', { ...answer }, { trx });
  await trx
    .insertInto('authorization_answers')
    .values({ record, clinic, authorization_ref: authorization, period, status: answer.status, at: answer.receivedAt })
    .execute();
  const number = realNumber(answer.number);
  const approved = answer.status === 'approved' || answer.status === 'partlyApproved';
  if (number !== null && approved && period !== null) {
    await keepNumber(needs.vault, trx, { clinic, authorization, period, number, by: of.by });
  }
  return record;
}

/** The reference of the newest answer about an authorization; of one period where it is named. null: none. */
export async function newestAnswer(
  db: Db,
  clinic: string,
  authorization: string,
  period: number | null,
): Promise<string | null> {
  let query = db
    .selectFrom('authorization_answers')
    .select('record')
    .where('clinic', '=', clinic)
    .where('authorization_ref', '=', authorization);
  if (period !== null) query = query.where('period', '=', period);
  const row = await query.orderBy('at', 'desc').limit(1).executeTakeFirst();
  return row?.record ?? null;
}
