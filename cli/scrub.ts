// `gait scrub`: checks professional claims (837P, or FHIR Claim) against dated, cited rules, without a running stack and without changing them.
import { statSync } from 'node:fs';
import { isDate } from '../domain/calendar.ts';
import { GaitError } from '../domain/errors.ts';
import type { Claim } from '../domain/claim/schema.ts';
import type { ScrubInput } from '../domain/scrub/case.ts';
import { scrub } from '../domain/scrub/engine.ts';
import type { NotChecked, ScrubFinding } from '../domain/scrub/finding.ts';
import { profiledBook } from '../domain/scrub/profile.ts';
import type { RuleBook } from '../domain/scrub/rule-book.ts';
import { suggestions } from '../domain/scrub/suggestions.ts';
import type { Suggestion } from '../domain/scrub/suggestions.ts';
import type { Finding } from '../domain/x12/findings.ts';
import { places } from '../runtime/places.mjs';
import { loadedTables } from '../server/billing-tables/billing-tables.ts';
import { createValidator } from '../server/http/validation.ts';
import { readScrubRules } from '../server/scrub/rules.ts';
import { readClaimsOf } from './shared/claim-files.ts';
import type { ReadClaim } from './shared/claim-files.ts';
import { parse, print, unusable } from './shared/command-line.ts';
import { readChart, readProfile } from './shared/scrub-files.ts';
import { scrubLines } from './shared/scrub-lines.ts';
import { today } from './shared/today.ts';

export const summary = 'check claims (837P or FHIR) against billing rules';

export const usage = `Usage: gait scrub CLAIM… [--chart CHART.json] [--payer PROFILE.json] [--tables DIR] [--as-of DATE] [--json]

A file holds claims as an 837P (X12 005010X222A1), or as FHIR R4 (JSON): a Claim, or a Bundle with what its claims refer to.

  --chart   the chart of the one patient whose claims the files hold (gait schema scrub.chart)
  --payer   what the clinic knows of the payer, with rules of its own (gait schema scrub.profile)
  --tables  the folder of CMS's tables that were loaded; that of this checkout unless given
  --as-of   the day of the check, YYYY-MM-DD; today unless given
A claim is never changed. Rules that need a chart are not checked without one, and are named.
Exit status: 0 nothing blocks, 1 a finding blocks or a file has errors, 2 a file holds no claims, or unusable arguments.`;

interface ScrubbedClaim {
  readonly id: string;
  readonly source: string;
  readonly findings: readonly ScrubFinding[];
  readonly notChecked: readonly NotChecked[];
  /** Where the file says more of the claim than the rules read. */
  readonly unread: readonly string[];
  /** What the chart's notes support beside what is charged; empty without a chart. */
  readonly suggestions: readonly Suggestion[];
}

interface ScrubbedFile {
  readonly file: string;
  readonly claims: readonly ScrubbedClaim[];
  /** What is wrong with the file itself. */
  readonly findings: readonly Finding[];
  readonly summary: { readonly claims: number; readonly blocks: number; readonly warns: number; readonly asks: number };
}

/** Returns 0 when nothing blocks and no file has an error, else 1. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals: names } = parse(args, usage, {
    chart: { type: 'string' },
    payer: { type: 'string' },
    tables: { type: 'string' },
    'as-of': { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (names.length === 0) throw unusable('Name a file.', usage);
  const asOf = values['as-of'] ?? today();
  if (!isDate(asOf)) throw unusable('--as-of is no date.', usage);
  if (values.tables !== undefined && statSync(values.tables, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw unusable('--tables is no folder.', usage);
  const validator = createValidator();
  const profile = values.payer === undefined ? {} : await readProfile(validator, values.payer);
  const chart = values.chart === undefined ? null : await readChart(validator, values.chart);
  if (chart !== null && chart.unread.length > 0)
    process.stderr.write(`The chart has fields that no rule reads: ${chart.unread.join(', ')}.\n`);
  const { rules, tables, reference } = await readScrubRules(validator, values.tables ?? loadedTables(places().home));
  const book = profiledBook(rules, profile);
  const read = [];
  for (const name of names) read.push({ name, ...(await readClaimsOf(name)) });
  if (chart !== null) assertOnePatient(read.flatMap(({ claims }) => claims.map(({ claim }) => claim)));
  const files = read.map(({ name, claims, findings }) =>
    scrubbedFile(name, findings, claims, book, { chart: chart?.chart ?? null, profile, tables, reference, asOf }),
  );
  print(values.json, files, files.flatMap(linesOf));
  return files.some(({ findings, summary: { blocks } }) => blocks > 0 || findings.some(isError)) ? 1 : 0;
}

function scrubbedFile(
  file: string,
  findings: readonly Finding[],
  claims: readonly ReadClaim[],
  book: RuleBook,
  input: Omit<ScrubInput, 'claim'>,
): ScrubbedFile {
  const scrubbed = claims.map(({ claim, source, unread }) => ({
    id: claim.patientControlNumber ?? source,
    source,
    unread,
    ...scrub(book, { ...input, claim }),
    suggestions: suggestions({ ...input, claim }),
  }));
  const all = scrubbed.flatMap((one) => one.findings);
  const count = (severity: ScrubFinding['severity']): number => all.filter((one) => one.severity === severity).length;
  return {
    file,
    claims: scrubbed,
    findings,
    summary: { claims: claims.length, blocks: count('blocks'), warns: count('warns'), asks: count('asks') },
  };
}

/** A chart of one patient laid beside another's claim would be told as that patient's findings. */
function assertOnePatient(claims: readonly Claim[]): void {
  const patients = new Set(
    claims.map(({ subscriber, patient }) => {
      const person = patient ?? subscriber;
      return JSON.stringify([subscriber.memberId, person.name, person.given, person.birthDate]);
    }),
  );
  if (patients.size > 1)
    throw new GaitError(
      'input.invalid',
      `The chart is one patient's, the files hold claims of ${patients.size} patients.`,
      {
        fix: "Give each patient's claims with that patient's chart, or leave --chart out.",
      },
    );
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function linesOf({ file, claims, findings, summary: { blocks, warns, asks, ...counts } }: ScrubbedFile): string[] {
  const number = `${counts.claims} ${counts.claims === 1 ? 'claim' : 'claims'}`;
  return [
    `${file}: ${number}; ${blocks} block, ${warns} warn, ${asks} ask`,
    ...findings.map(({ severity, code, segment, message }) => `  ${severity} ${code}, segment ${segment}: ${message}`),
    ...claims.flatMap(scrubLines),
  ];
}
