// `gait audit verify`: whether the audit chains are as they were written; names the first entry that is not.
import { readFile } from 'node:fs/promises';
import type { Anchor, ChainReport } from '../server/audit/verify.ts';
import { verifyAll } from '../server/audit/verify.ts';
import { parse, print, unusable, withServices } from './shared/command-line.ts';
import { findClinic } from '../server/setup.ts';

export const summary = 'verify the audit chains';

export const usage = `Usage: gait audit verify [--clinic NAME] [--anchor FILE] [--json]

  --anchor FILE   an earlier output of "gait audit verify --json" that was kept elsewhere: also finds a chain that was set back
Exit status: 0 every chain holds, 1 one does not, 2 unusable arguments.`;

/** Returns 0 when every chain holds, 1 when one does not. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    anchor: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (positionals[0] !== 'verify' || positionals.length > 1)
    throw unusable('Say what to do with the audit chains.', usage);
  const anchors = values.anchor === undefined ? [] : anchorsOf(await readFile(values.anchor, 'utf8'));
  const chains = await withServices(async (services) => {
    const clinic = values.clinic === undefined ? null : await findClinic(services, values.clinic);
    const reports = await verifyAll(services.db, services.keyring, anchors);
    const names = await services.db.selectFrom('clinics').select(['id', 'name']).execute();
    const nameOf = new Map(names.map((row) => [row.id, row.name]));
    return reports
      .filter((report) => clinic === null || report.clinic === clinic.id)
      .map((report) => ({ ...report, name: nameOf.get(report.clinic) ?? report.clinic }));
  });
  const ok = chains.every((chain) => chain.broken === null);
  print(values.json, { ok, chains }, chains.map(lineOf));
  return ok ? 0 : 1;
}

function lineOf(chain: ChainReport & { readonly name: string }): string {
  return chain.broken === null
    ? `${chain.name}: ${chain.entries} entries, the chain holds.`
    : `${chain.name}: ${chain.broken.message} (${chain.broken.breach})`;
}

function anchorsOf(text: string): Anchor[] {
  const value: unknown = JSON.parse(text);
  const chains: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'chains') : null;
  if (!Array.isArray(chains)) throw unusable('The anchor file is no output of "gait audit verify --json".', usage);
  return chains.flatMap((chain: unknown) => {
    const head: unknown = typeof chain === 'object' && chain !== null ? Reflect.get(chain, 'head') : null;
    return isAnchor(head) ? [head] : [];
  });
}

function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== 'object' || value === null || !('clinic' in value) || !('seq' in value) || !('hash' in value))
    return false;
  return typeof value.clinic === 'string' && typeof value.seq === 'number' && typeof value.hash === 'string';
}
