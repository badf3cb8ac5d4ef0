// The clinic's own severities of its rules, as its admins decided them.
import type { ClinicSeverity } from '../../domain/scrub/demotion.ts';
import { nameOf } from '../../domain/scrub/rule-book.ts';
import type { Db } from '../database/tables.ts';

/** By what a statement is called: its rule's id and its variant. */
export function statementName(rule: string, variant: string | null): string {
  return nameOf({ id: rule, ...(variant === null ? {} : { variant }) });
}

/** The clinic's own severities by the rule's name; rules without one have their own. */
export async function clinicSeverities(db: Db, clinic: string): Promise<ReadonlyMap<string, ClinicSeverity>> {
  const rows = await db
    .selectFrom('rule_severities')
    .select(['rule', 'variant', 'severity', 'decided_by', 'decided_on', 'decision'])
    .where('clinic', '=', clinic)
    .orderBy('id')
    .execute();
  const held = new Map<string, ClinicSeverity>();
  for (const { rule, variant, severity, decided_by: by, decided_on: on, decision } of rows) {
    const name = statementName(rule, variant);
    // A declined proposal leaves what held before, under the name of who decided that.
    if (decision === 'keep') continue;
    if (severity === null) held.delete(name);
    else held.set(name, { severity, by, on });
  }
  return held;
}
