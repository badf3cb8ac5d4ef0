// The numbers payers gave: they name a person's authorization, so they lie in the vault with the authorization's record.
import { realNumber } from '../../domain/authorization/number.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';

/** The number of a period in an authorization's record, null where there is none that is one. */
export function numberIn(record: VaultRecord, period: number): string | null {
  const number = numbersOf(record)[String(period)];
  return typeof number === 'string' ? realNumber(number) : null;
}

/** Stores the number of a period. */
export async function keepNumber(
  vault: Vault,
  trx: Trx,
  of: { clinic: string; authorization: string; period: number; number: string; by: Principal },
): Promise<void> {
  const record = await vault.open(of.clinic, of.authorization, {
    purpose: 'authorization.number',
    actor: systemPrincipal('authorizations', of.by),
    trx,
  });
  const numbers = { ...numbersOf(record), [String(of.period)]: of.number };
  await vault.replace(of.clinic, of.authorization, { ...record, numbers }, { trx });
}

function numbersOf(record: VaultRecord): Readonly<Record<string, unknown>> {
  const numbers = record['numbers'];
  return typeof numbers === 'object' && numbers !== null && !Array.isArray(numbers) ? { ...numbers } : {};
}
