// On which days claims bill whom: a claim names its patient by member id and birth date, which the vault looks up.
import { GaitError } from '../../domain/errors.ts';
import { claimSchema } from '../../domain/claim/schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { memberLookup } from '../imports/rows.ts';
import { sameAsMany } from '../patient-links/same-as.ts';
import type { Vault } from '../vault/vault.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
}

export interface ClaimDays {
  readonly days: readonly { readonly patient: string; readonly date: string }[];
  readonly unmatched: number;
}

/** So many claims are opened at a time. */
const batchSize = 200;

/** The days of service of claims that end on `since` or later. A claim that fits two patients is nobody's. */
export async function claimDays(needs: Needs, clinic: string, since: string, by: Principal): Promise<ClaimDays> {
  const { db, vault } = needs;
  const claims = await db
    .selectFrom('claims')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('service_to', '>=', since)
    .orderBy('ref')
    .execute();
  const days: { patient: string; date: string }[] = [];
  let unmatched = 0;
  for (let start = 0; start < claims.length; start += batchSize) {
    const refs = claims.slice(start, start + batchSize).map(({ ref }) => ref);
    const opened = await vault.openMany(clinic, refs, {
      purpose: 'reconciliation',
      actor: systemPrincipal('reconciliation', by),
      action: 'record.reconciled',
    });
    for (const ref of refs) {
      const claim = opened.get(ref);
      const patient = isClaim(needs.validator, claim) ? await patientOf(needs, clinic, claim) : null;
      if (patient === null || !isClaim(needs.validator, claim)) {
        unmatched += 1;
        continue;
      }
      const dates = claim.lines.flatMap(({ from }) => (from === null ? [] : [from]));
      days.push(...[...new Set(dates)].map((date) => ({ patient, date })));
    }
  }
  return { days, unmatched };
}

async function patientOf({ db, vault }: Needs, clinic: string, claim: Claim): Promise<string | null> {
  const person = claim.patient ?? claim.subscriber;
  const lookup = memberLookup(claim.subscriber.memberId, person.birthDate);
  if (Object.keys(lookup).length === 0) return null;
  const coverages = await vault.findAll(clinic, 'coverage', lookup);
  if (coverages.length === 0) return null;
  const rows = await db
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('coverage', 'in', coverages)
    .execute();
  const standing = await sameAsMany(
    db,
    clinic,
    rows.map(({ ref }) => ref),
  );
  const [patient, second] = [...new Set(standing.values())];
  return second === undefined ? (patient ?? null) : null;
}

function isClaim(validator: Validator, record: unknown): record is Claim {
  if (record === undefined) return false;
  try {
    validator.check(claimSchema, record, 'claim');
    return true;
  } catch (error) {
    if (error instanceof GaitError) return false;
    throw error;
  }
}
