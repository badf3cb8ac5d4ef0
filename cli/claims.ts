// `gait claims statistics`: how a clinic's claims went, by payer, what is still owed, and what therapists' visits brought in.
import { isDate } from '../domain/calendar.ts';
import type { ClaimStatistics } from '../domain/claim-figures/statistics.ts';
import { claimStatistics } from '../server/claims/figures/statistics.ts';
import { createPolicies, readRuleBook } from '../server/authorizations/policies.ts';
import { readClaimRules } from '../server/claims/life/rules.ts';
import { readScrubRules } from '../server/scrub/rules.ts';
import { findClinic } from '../server/setup.ts';
import { statisticsLines } from './shared/claim-figures.ts';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';

export const summary = 'how claims went, what is owed, and what was paid';

export const usage = `Usage: gait claims statistics --clinic NAME [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--json]

  --from, --to   of claims that were taken in on these days or between, by the clinic's calendar; what is owed is that of today`;

/** Returns 0. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (positionals[0] !== 'statistics' || positionals.length > 1) throw unusable('Say what to do with claims.', usage);
  const clinicName = needed(values.clinic, '--clinic', usage);
  const span = { from: dateOf(values.from, '--from'), to: dateOf(values.to, '--to') };
  const statistics = await withServices(async (services): Promise<ClaimStatistics> => {
    const clinic = await findClinic(services, clinicName);
    const { validator, config } = services;
    const policies = createPolicies({ ...services, book: await readRuleBook(validator) });
    const scrubRules = await readScrubRules(validator, config.tables);
    const { figures } = await readClaimRules(validator);
    return claimStatistics({ ...services, policies, scrubRules, figures }, clinic.id, span, null);
  });
  print(values.json, statistics, statisticsLines(statistics));
  return 0;
}

function dateOf(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  if (!isDate(text)) throw unusable(`${option} is not a date.`, usage);
  return text;
}
