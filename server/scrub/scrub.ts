// Checks claims of the vault against every rule, each by itself; the claim stays as it is.
import { claimSchema } from '../../domain/claim/schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { withClinicSeverity } from '../../domain/scrub/demotion.ts';
import { scrub } from '../../domain/scrub/engine.ts';
import { profileOn } from '../../domain/scrub/profile-schema.ts';
import type { ScrubProfile } from '../../domain/scrub/profile-schema.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import { claimRow } from '../claims/records.ts';
import type { ClaimRow } from '../claims/records.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { chartOf } from './charts.ts';
import { keepFindings } from './findings.ts';
import type { FindingCounts } from './findings.ts';
import type { ScrubRules } from './rules.ts';
import { clinicSeverities, statementName } from './severities.ts';

export interface ScrubNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly scrubRules: ScrubRules;
}

/** `clean`: nothing stands against it; `findings`: something warns or asks; `blocked`: it must not go out so. */
export type ScrubOutcome = 'clean' | 'findings' | 'blocked';

export type ScrubAnswer =
  | {
      readonly item: string;
      readonly claim: string;
      readonly outcome: ScrubOutcome;
      readonly structure: FindingCounts & { readonly payer: string; readonly chart: boolean };
      readonly refs: readonly string[];
    }
  | { readonly item: string; readonly claim: string; readonly error: { readonly code: ErrorCode } };

export async function scrubClaims(
  needs: ScrubNeeds,
  clinic: string,
  claims: readonly string[],
  by: Principal,
): Promise<ScrubAnswer[]> {
  const answers: ScrubAnswer[] = [];
  for (const claim of claims) {
    try {
      answers.push(await needs.db.transaction().execute((trx) => scrubClaim(needs, trx, clinic, claim, by)));
    } catch (error) {
      const code = error instanceof GaitError ? error.code : 'service.unavailable';
      answers.push({ item: claim, claim, error: { code } });
    }
  }
  return answers;
}

async function scrubClaim(
  needs: ScrubNeeds,
  trx: Trx,
  clinic: string,
  ref: string,
  by: Principal,
): Promise<ScrubAnswer> {
  const { vault, validator, policies, scrubRules } = needs;
  const row = await claimRow(trx, clinic, ref, true);
  const actor = systemPrincipal('scrub', by);
  const claim: unknown = await vault.open(clinic, ref, { purpose: 'claim.scrub', actor, trx });
  assertClaim(validator, claim);
  const found = await chartOf(needs, trx, clinic, claim);
  const { date } = await policies.today(trx, clinic, needs.now());
  const book = scrubRules.bookFor(row.payer, row.service_from ?? date);
  const { findings, notChecked } = scrub(book, {
    claim,
    chart: found?.chart ?? null,
    profile: await profileOf(needs, trx, row, date),
    tables: scrubRules.tables,
    reference: scrubRules.reference,
    asOf: date,
  });
  const severities = await clinicSeverities(trx, clinic);
  const chart = found?.record ?? null;
  const at = needs.now();
  const counts = await keepFindings(needs, trx, {
    clinic,
    claim: ref,
    version: row.version,
    chart,
    findings: findings.map((finding) =>
      withClinicSeverity(finding, severities.get(statementName(finding.rule, finding.variant ?? null))),
    ),
    notChecked,
    at,
  });
  const outcome = counts.blocks > 0 ? 'blocked' : counts.warns + counts.asks > 0 ? 'findings' : 'clean';
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: 'claim.scrubbed',
    subject: ref,
    purpose: 'claim.scrub',
    details: { version: row.version, outcome, ...counts },
  });
  return {
    item: ref,
    claim: ref,
    outcome,
    structure: { ...counts, payer: row.payer, chart: chart !== null },
    refs: [ref],
  };
}

/** What is known of the payer on the day of service; the claim's own codes tell the rest. */
export async function profileOf(
  { policies, scrubRules }: Pick<ScrubNeeds, 'policies' | 'scrubRules'>,
  db: Db,
  row: ClaimRow,
  today: string,
): Promise<ScrubProfile> {
  const on = row.service_from ?? today;
  const profile = profileOn(scrubRules.payers, row.payer, on);
  const lineOfBusiness = await policies.lineOfBusiness(db, row.clinic, row.payer, on);
  return lineOfBusiness === 'unknown' ? profile : { ...profile, payer: { lineOfBusiness, ...profile.payer } };
}

function assertClaim(validator: Validator, value: unknown): asserts value is Claim {
  validator.check(claimSchema, value, 'claim');
}
