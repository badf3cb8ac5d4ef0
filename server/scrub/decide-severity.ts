// A named practice admin accepts or declines the lower severity that is proposed for a rule, or takes it back, and says why.
import { GaitError } from '../../domain/errors.ts';
import type { RuleFigures } from '../../domain/scrub/demotion.ts';
import type { Audit } from '../audit/append.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { ruleRecords } from './effectiveness.ts';
import type { RuleNeeds, RuleRecord } from './effectiveness.ts';
import type { ScrubTables } from './tables.ts';

export const severityDecisions = ['lower', 'keep', 'restore'] as const;

interface Needs extends RuleNeeds {
  readonly audit: Audit;
}

interface Decision {
  readonly rule: string;
  readonly variant: string | null;
  readonly decision: (typeof severityDecisions)[number];
  readonly reason: string;
}

/**
 * @throws GaitError `input.invalid` without a reason, `reference.unknown` for a rule that never found anything here,
 * `state.conflict` where nothing is proposed, or nothing is lowered that could be restored
 */
export function decideSeverity(needs: Needs, clinic: string, of: Decision, by: SessionPrincipal): Promise<RuleRecord> {
  const { db, now, vault, audit, policies } = needs;
  const { rule, variant, decision } = of;
  const reason = of.reason.trim();
  if (reason === '') throw new GaitError('input.invalid', 'Say why.', { where: 'reason' });
  return db.transaction().execute(async (trx) => {
    // Two admins may decide at once; the second sees what the first decided.
    await trx.selectFrom('clinics').select('id').where('id', '=', clinic).forNoKeyUpdate().execute();
    const record = await recordOf(needs, trx, clinic, of);
    const severity = severityAfter(record, decision);
    const { date } = await policies.today(trx, clinic, now());
    const figures: RuleFigures = record.sinceDecided;
    await trx
      .insertInto('rule_severities')
      .values({
        clinic,
        rule,
        variant,
        decision,
        severity,
        decided_on: date,
        decided_at: now(),
        decided_by: by.user,
        reason: await vault.put(clinic, 'reason', { text: reason }, { trx }),
        figures: JSON.stringify(figures),
      })
      .execute();
    await audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: actions[decision],
      purpose: 'claim.scrub',
      rule,
      details: { rule, variant, severity, judged: figures.judged, overridden: figures.overridden },
    });
    return recordOf(needs, trx, clinic, of);
  });
}

const actions: Readonly<Record<Decision['decision'], string>> = {
  lower: 'rule.severityLowered',
  keep: 'rule.severityKept',
  restore: 'rule.severityRestored',
};

async function recordOf(
  needs: RuleNeeds,
  trx: Trx,
  clinic: string,
  { rule, variant }: Pick<Decision, 'rule' | 'variant'>,
): Promise<RuleRecord> {
  const { records } = await ruleRecords({ ...needs, db: trx }, clinic);
  const record = records.find((one) => one.rule === rule && one.variant === variant);
  if (record === undefined)
    throw new GaitError('reference.unknown', 'This rule has found nothing in this clinic.', { where: 'rule' });
  return record;
}

function severityAfter(
  { proposed, lowered }: RuleRecord,
  decision: Decision['decision'],
): ScrubTables['rule_severities']['severity'] {
  if (decision === 'restore') {
    if (!lowered) throw conflict('The rule has its own severity here.');
    return null;
  }
  if (proposed === null || proposed === 'blocks') throw conflict('Nothing is proposed for this rule any more.');
  return decision === 'lower' ? proposed : null;
}

function conflict(message: string): GaitError {
  return new GaitError('state.conflict', message, { where: 'decision', fix: 'Read the page of rules again.' });
}
