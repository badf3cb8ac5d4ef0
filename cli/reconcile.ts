// `gait reconcile`: whether a clinic's schedule, notes, charges and authorizations tell of the same visits.
import { disagreementInWords } from '../domain/reconciliation/visits.ts';
import { createPolicies, readRuleBook } from '../server/authorizations/policies.ts';
import { readDataRules } from '../server/data-audit/rules.ts';
import { systemPrincipal } from '../server/http/principal.ts';
import { reconcileAndKeep } from '../server/reconciliation/nightly.ts';
import type { Reconciliation } from '../server/reconciliation/reconcile.ts';
import { findClinic } from '../server/setup.ts';
import { createWorkItems } from '../server/work-items/items.ts';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';

export const summary = 'compare schedule, notes, charges and authorizations';

export const usage = `Usage: gait reconcile --clinic NAME [--json]

It runs by itself every night (clinic setting reconciliation.nightlyAt), and at once with this command.
What disagrees becomes one item of the work list for each patient, and is closed when the books agree again.
Exit status: 0 all agree, 1 some do not, 2 unusable arguments.`;

/** Returns 0 or 1. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (positionals.length > 0) throw unusable('gait reconcile takes no words besides its options.', usage);
  const clinicName = needed(values.clinic, '--clinic', usage);
  const reconciled = await withServices(async (services) => {
    const { id: clinic } = await findClinic(services, clinicName);
    const policies = createPolicies({ ...services, book: await readRuleBook(services.validator) });
    const workItems = createWorkItems({ ...services, policies });
    const { reconciliation: rules } = await readDataRules(services.validator);
    return reconcileAndKeep(
      { ...services, policies, workItems, rules },
      clinic,
      systemPrincipal('cli'),
      (done, total) => {
        process.stderr.write(`${done} of ${total} patients compared\n`);
      },
    );
  });
  print(values.json, { clinic: clinicName, ...reconciled }, lines(reconciled));
  return reconciled.disagreeing.length === 0 ? 0 : 1;
}

function lines({ asOf, patients, agree, claimsUnmatched, disagreeing, items }: Reconciliation): string[] {
  const heard = (at: string | null): string => at ?? 'unknown';
  return [
    `${patients} patients, ${agree} agree; items: ${items.opened} opened, ${items.changed} changed, ${items.closed} closed, ${items.accepted} accepted.`,
    `As of: schedule ${heard(asOf.schedule)}, notes ${heard(asOf.notes)}, charges ${heard(asOf.charges)}, authorizations ${heard(asOf.authorizations)}.`,
    ...(claimsUnmatched === 0 ? [] : [`Claims whose patient is not known: ${claimsUnmatched}.`]),
    ...disagreeing.flatMap(({ patient, disagreements }) => [
      '',
      patient,
      ...disagreements.map((one) => `  ${disagreementInWords(one)}`),
    ]),
  ];
}
