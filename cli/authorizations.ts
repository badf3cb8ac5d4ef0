// `gait authorizations stats`: how a clinic's requests went, by payer.
import type { DaysSpent, PayerStatistics, VisitSum } from '../server/authorizations/statistics.ts';
import { authorizationStatistics } from '../server/authorizations/statistics.ts';
import { findClinic } from '../server/setup.ts';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';

export const summary = 'how long requests took and what payers approved';

export const usage = `Usage: gait authorizations stats --clinic NAME [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--json]

  --from, --to   of requests that were sent on these days or between, by the clinic's calendar`;

/** Returns 0. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (positionals[0] !== 'stats' || positionals.length > 1)
    throw unusable('Say what to do with authorizations.', usage);
  const clinicName = needed(values.clinic, '--clinic', usage);
  const span = { from: dateOf(values.from, '--from'), to: dateOf(values.to, '--to') };
  const payers = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    return authorizationStatistics(services.db, clinic.id, span);
  });
  print(values.json, { ...span, payers }, payers.length === 0 ? ['No request was sent.'] : payers.flatMap(linesOf));
  return 0;
}

function linesOf(one: PayerStatistics): string[] {
  const { approved, partlyApproved, denied, cancelled, notAnswered } = one;
  return [
    `${one.payer}: ${one.sent} sent`,
    `  opened to sent     ${inWords(one.openedToSent)}`,
    `  sent to answered   ${inWords(one.sentToAnswered)}`,
    `  approved ${approved}, partly ${partlyApproved}, denied ${denied}, cancelled ${cancelled}, not answered ${notAnswered}`,
    `  visits asked ${sumOf(one.visitsAsked)}; approved ${sumOf(one.visitsApproved)}`,
    `  visits treated on days without approval: ${one.visitsTreatedUncovered ?? 'unknown'}`,
  ];
}

function inWords({ count, medianDays, days90thPercentile }: DaysSpent): string {
  return count === 0 ? 'unknown' : `median ${medianDays} days, 90th percentile ${days90thPercentile} days (${count})`;
}

function sumOf({ known, unknownFor }: VisitSum): string {
  const rest = unknownFor === 0 ? '' : ` (unknown for ${unknownFor})`;
  return `${known ?? 'unknown'}${known === null ? '' : rest}`;
}

function dateOf(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw unusable(`${option} is not a date.`, usage);
  return text;
}
