// `gait audit-data`: what is double, missing, malformed or contradictory in a clinic's records, by system and field, never a value.
import { findingsCsv } from '../domain/data-audit/export.ts';
import { fieldWords, findingCodes } from '../domain/data-audit/findings.ts';
import { GaitError } from '../domain/errors.ts';
import { createPolicies, readRuleBook } from '../server/authorizations/policies.ts';
import { createDataAudits } from '../server/data-audit/audits.ts';
import { findingGroups, openFindings } from '../server/data-audit/findings.ts';
import type { FindingGroup } from '../server/data-audit/findings.ts';
import { systemNames } from '../server/data-audit/records.ts';
import { readDataRules } from '../server/data-audit/rules.ts';
import { auditShown } from '../server/data-audit/views.ts';
import type { AuditShown } from '../server/data-audit/views.ts';
import { systemPrincipal } from '../server/http/principal.ts';
import { findClinic } from '../server/setup.ts';
import { createWorkItems } from '../server/work-items/items.ts';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';
import { writeNew } from './shared/files.ts';

export const summary = "find doubles, gaps and contradictions in a clinic's records";

export const usage = `Usage: gait audit-data --clinic NAME [--export FILE.csv] [--json]

  --export   writes every finding, by reference and code, to a new file
Records that look like one person become items of the work list; a person decides. Run again it tells what is new and what is gone.
Exit status: 0 nothing that later work fails at, 1 findings of that severity, 2 unusable arguments or an audit under way.`;

/** Returns 0 or 1. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    export: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (positionals.length > 0) throw unusable('gait audit-data takes no words besides its options.', usage);
  const clinicName = needed(values.clinic, '--clinic', usage);
  const found = await withServices(async (services) => {
    const { id: clinic } = await findClinic(services, clinicName);
    const { db, validator } = services;
    const policies = createPolicies({ ...services, book: await readRuleBook(validator) });
    const workItems = createWorkItems({ ...services, policies });
    const audits = createDataAudits({ ...services, policies, workItems, rules: await readDataRules(validator) });
    const audit = await audits.run(clinic, systemPrincipal('cli'), (done, total) => {
      process.stderr.write(`${done} of ${total} records read\n`);
    });
    const nameOf = await systemNames(db, clinic);
    if (values.export !== undefined) await writeNew(values.export, findingsCsv(await openFindings(db, clinic), nameOf));
    return { audit: await auditShown(db, clinic, audit), groups: await findingGroups(db, clinic), nameOf };
  });
  const { audit, groups, nameOf } = found;
  const { figures } = audit;
  if (figures === null) throw new GaitError('internal.bug', 'The audit ended without figures.');
  const document = {
    clinic: clinicName,
    audit: audit.audit,
    ...figures,
    systems: figures.systems.map((one) => ({ ...one, name: nameOf(one.system) })),
    groups: groups.map((group) => ({ ...group, systemName: nameOf(group.system) })),
  };
  print(values.json, document, lines(figures, document.groups, nameOf));
  return figures.bySeverity.error === 0 ? 0 : 1;
}

function lines(
  figures: NonNullable<AuditShown['figures']>,
  groups: readonly (FindingGroup & { readonly systemName: string })[],
  nameOf: (system: string) => string,
): string[] {
  const { records, patients, unreadable, bySeverity, since, systems } = figures;
  const { error, warning, note } = bySeverity;
  return [
    `${records} records of ${patients} patients${unreadable === 0 ? '' : `, ${unreadable} of them unreadable`}: ${error} errors, ${warning} warnings, ${note} notes.`,
    ...(since === null
      ? []
      : [`Since the audit before: ${since.new} new, ${since.gone} gone, ${since.unchanged} unchanged.`]),
    ...systems.flatMap(({ system, records: own, fields }) => [
      '',
      `${nameOf(system)} (${own} records), filled:`,
      ...fields.map(
        ({ field, share }) => `  ${fieldWords[field]}: ${share === null ? 'unknown' : `${Math.floor(share * 100)} %`}`,
      ),
    ]),
    ...(groups.length === 0 ? [] : ['', 'Findings:']),
    ...groups.map(
      ({ code, severity, systemName, field, count }) =>
        `  ${count} × ${severity}, ${systemName}${field === null ? '' : `, ${fieldWords[field]}`}: ${findingCodes[code]}`,
    ),
  ];
}
