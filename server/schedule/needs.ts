// What the schedule is made of.
import { dateInZone } from '../../domain/calendar.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import type { SeriesRule } from '../../domain/series/book-schema.ts';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db } from '../database/tables.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';

export interface ScheduleNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly policies: Policies;
  readonly workItems: WorkItems;
  readonly seriesRules: readonly SeriesRule[];
}

/** Today and the zone where the clinic is, and the rule in force there. */
export async function dayOf({ now, policies, seriesRules }: ScheduleNeeds, db: Db, clinic: string) {
  const { zone } = await policies.today(db, clinic, now());
  const today = dateInZone(now().toISOString(), zone);
  return { zone, today, rule: ruleOn(seriesRules, today) };
}
