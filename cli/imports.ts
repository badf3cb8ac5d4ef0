// `gait imports`: take everything new over a connection and see how far it is; what was brought, as a list or a table.
import { createLinker } from '../domain/linkage/linker.ts';
import { GaitError } from '../domain/errors.ts';
import { createPolicies, readRuleBook } from '../server/authorizations/policies.ts';
import { systemNames } from '../server/data-audit/records.ts';
import { readDataRules } from '../server/data-audit/rules.ts';
import { systemPrincipal } from '../server/http/principal.ts';
import { ptConnection } from '../server/imports/endpoints.ts';
import { importsCsv } from '../server/imports/export.ts';
import { createImports } from '../server/imports/import.ts';
import { runsOf } from '../server/imports/runs.ts';
import type { RunShown } from '../server/imports/runs.ts';
import { createVendor } from '../server/operations/vendor.ts';
import { linksCsv } from '../server/patient-links/export.ts';
import type { Services } from '../server/services.ts';
import { findClinic } from '../server/setup.ts';
import { createWorkItems } from '../server/work-items/items.ts';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';
import { writeNew } from './shared/files.ts';

export const summary = 'import patients, visits, scores and authorizations; see how far it is';

export const usage = `Usage: gait imports run CONNECTION --clinic NAME [--json]
       gait imports list --clinic NAME [--json]
       gait imports export --clinic NAME --to FILE.csv [--links FILE.csv] [--json]

  run      takes everything new; how far it is stands on stderr. Killed, it goes on where it stopped: run it again, or let the server do so.
  export   writes what each import brought and every refused row by place and reason; --links which record of which system stands for which patient
Exit status: 0 done, 1 it failed or rows were refused, 2 unusable arguments.`;

/** Returns 0 or 1. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    to: { type: 'string' },
    links: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [action, name] = positionals;
  const clinic = needed(values.clinic, '--clinic', usage);
  switch (action) {
    case 'run':
      return runNow(clinic, needed(name, 'CONNECTION', usage), values.json);
    case 'list':
      return list(clinic, values.json);
    case 'export':
      return exported(clinic, needed(values.to, '--to', usage), values.links ?? null, values.json);
    default:
      throw unusable('Say what to do with imports.', usage);
  }
}

const lookMilliseconds = 1_000;

async function runNow(clinicName: string, name: string, json: boolean): Promise<number> {
  const run = await withServices(async (services) => {
    const { db } = services;
    const { id: clinic } = await findClinic(services, clinicName);
    const connection = await ptConnection(db, clinic, name);
    const imports = await importsOf(services);
    let looking: NodeJS.Timeout | undefined;
    let said = '';
    const look = async (id: string): Promise<void> => {
      const [now] = await runsOf(db, clinic, 1, id);
      const line = now === undefined ? '' : progressInWords(now);
      if (line !== said && line !== '') process.stderr.write(`${line}\n`);
      said = line;
    };
    try {
      const id = await imports.runNow({ clinic, connection }, systemPrincipal('cli'), (began) => {
        looking = setInterval(() => void look(began).catch(() => undefined), lookMilliseconds);
      });
      const [ended] = await runsOf(db, clinic, 1, id);
      if (ended === undefined) throw new GaitError('internal.bug', 'The import left no trace.');
      return ended;
    } finally {
      clearInterval(looking);
    }
  });
  print(json, { clinic: clinicName, connectionName: name, ...run }, [endInWords(run)]);
  return run.state === 'done' && run.refused === 0 ? 0 : 1;
}

async function importsOf(services: Services) {
  const policies = createPolicies({ ...services, book: await readRuleBook(services.validator) });
  const shared = { ...services, policies, vendor: createVendor(services) };
  const { linkage } = await readDataRules(services.validator);
  return createImports({ ...shared, workItems: createWorkItems(shared), linker: createLinker(linkage) });
}

function progressInWords({ phase, bytes, rows, kind, refused }: RunShown): string {
  if (phase === 'reading' && bytes !== null) return `reading: ${bytes.done} of ${bytes.total} bytes`;
  if (phase === 'storing') return `${kind ?? 'rows'}: ${rows.done} of ${rows.total} rows stored, ${refused} refused`;
  return '';
}

function endInWords({ state, rows, taken, added, changed, same, unmatched, refused, failure }: RunShown): string {
  if (state === 'failed') return `It failed: ${failure ?? 'unknown'}. What was stored stays; run it again to go on.`;
  if (rows.total === 0) return 'Nothing is new.';
  return `${rows.total} rows read: ${taken} taken (${added} new, ${changed} changed, ${same} as before), ${unmatched} of patients nobody knows, ${refused} refused.`;
}

async function list(clinicName: string, json: boolean): Promise<number> {
  const runs = await withServices(async (services) => {
    const { id: clinic } = await findClinic(services, clinicName);
    const nameOf = await systemNames(services.db, clinic);
    const shown = await runsOf(services.db, clinic, 20);
    return shown.map((run) => ({ ...run, connectionName: nameOf(run.connection) }));
  });
  const line = (run: (typeof runs)[number]): string => {
    const so = run.state === 'done' || run.state === 'failed' ? endInWords(run) : progressInWords(run) || 'waits';
    return `${run.askedAt}  ${run.connectionName}  ${run.state}  ${so}`;
  };
  print(json, { clinic: clinicName, runs }, runs.length === 0 ? ['No import yet.'] : runs.map(line));
  return 0;
}

async function exported(clinicName: string, to: string, links: string | null, json: boolean): Promise<number> {
  await withServices(async (services) => {
    const { db } = services;
    const { id: clinic } = await findClinic(services, clinicName);
    const nameOf = await systemNames(db, clinic);
    await writeNew(to, await importsCsv(db, clinic, nameOf));
    if (links !== null) await writeNew(links, await linksCsv(db, clinic, nameOf));
  });
  print(json, { imports: to, links }, [`Written: ${[to, links].filter((file) => file !== null).join(', ')}.`]);
  return 0;
}
