// `gait eligibility`: what payers' eligibility responses (271) say of a patient's benefits, without a running stack.
import { createReadStream } from 'node:fs';
import { isDate } from '../domain/calendar.ts';
import type { EligibilityAnswer } from '../domain/eligibility/answer.ts';
import { summarise } from '../domain/eligibility/summary.ts';
import type { BenefitSummary, SummaryReject } from '../domain/eligibility/summary-schema.ts';
import { GaitError } from '../domain/errors.ts';
import { findPayer } from '../domain/payer/policy.ts';
import type { Fault, Finding } from '../domain/x12/findings.ts';
import { severities } from '../domain/x12/findings.ts';
import { readEligibilityResponse } from '../domain/x12/readers/eligibility-response.ts';
import { X12Reader } from '../domain/x12/reader.ts';
import { Scanner } from '../domain/x12/scanner.ts';
import type { TransactionSet } from '../domain/x12/transaction-set.ts';
import { TransactionSets } from '../domain/x12/transaction-set.ts';
import { readRuleBook } from '../server/authorizations/policies.ts';
import { readEligibilityRules } from '../server/eligibility/rules.ts';
import { createValidator } from '../server/http/validation.ts';
import { parse, print, unusable } from './shared/command-line.ts';
import { summaryLines } from './shared/summary-lines.ts';

export const summary = 'read eligibility responses (271) as benefit summaries';

export const usage = `Usage: gait eligibility read FILE.271… [--service PT] [--as-of DATE] [--json]

  --service   the X12 service type that is asked about; PT, physical therapy, unless given
  --as-of     the day of the visit, YYYY-MM-DD; the day of the payer's answer unless given
One summary for each patient and coverage; what the payer did not say is unknown, and the call script asks for exactly that.
Exit status: 0 no errors, 1 a file has errors, 2 a file cannot be read, holds no 271, or unusable arguments.`;

interface ReadFile {
  readonly file: string;
  readonly summaries: readonly BenefitSummary[];
  readonly rejects: readonly SummaryReject[];
  readonly findings: readonly Finding[];
}

interface Asked {
  readonly service: string;
  readonly asOf: string | null;
}

/** Returns 0 when no file has an error, 1 when one has. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    service: { type: 'string', default: 'PT' },
    'as-of': { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [action, ...names] = positionals;
  if (action !== 'read') throw unusable('Say what to do with eligibility responses.', usage);
  if (names.length === 0) throw unusable('Name a file.', usage);
  if (!/^[0-9A-Z]{1,2}$/.test(values.service)) throw unusable('--service is no service type.', usage);
  const asOf = values['as-of'] ?? null;
  if (asOf !== null && !isDate(asOf)) throw unusable('--as-of is no date.', usage);
  const summaries = await summariser({ service: values.service, asOf });
  const files: ReadFile[] = [];
  for (const name of names) files.push(await read(name, summaries));
  print(
    values.json,
    files,
    files.flatMap(({ file, summaries: made, findings }) => [
      `${file}: ${made.length} ${made.length === 1 ? 'summary' : 'summaries'}`,
      ...made.flatMap(summaryLines),
      ...findings.map(
        ({ severity, code, segment, message }) => `  ${severity} ${code}, segment ${segment}: ${message}`,
      ),
    ]),
  );
  return files.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

type Summariser = (answer: EligibilityAnswer, set: TransactionSet) => BenefitSummary[];

/** With the settings of the payer that the answer names, the defaults where no rule knows it. */
async function summariser({ service, asOf }: Asked): Promise<Summariser> {
  const validator = createValidator();
  const [book, rules] = await Promise.all([readRuleBook(validator), readEligibilityRules(validator)]);
  const now = new Date().toISOString();
  return (answer, set) => {
    const serviceDate = asOf ?? answer.asOf?.slice(0, 10) ?? set.date ?? now.slice(0, 10);
    const named = [answer.payer.id, answer.payer.name].flatMap((text) =>
      text === null ? [] : (findPayer(book.payers, text, serviceDate)?.id ?? []),
    );
    const settings = rules.settings(named[0] ?? '', serviceDate);
    return summarise(answer, { service, serviceDate, now, settings });
  };
}

async function read(name: string, summaries: Summariser): Promise<ReadFile> {
  const made: BenefitSummary[] = [];
  const found: Finding[] = [];
  let responses = 0;
  const sets = new TransactionSets((set) => {
    if (set.type !== '271') return;
    responses++;
    const { answer, faults } = readEligibilityResponse(set);
    made.push(...summaries(answer, set));
    found.push(...faults.map((fault) => findingOf(fault, set)));
  });
  const reader = new X12Reader('transactions');
  const scanner = new Scanner(sets);
  try {
    for await (const chunk of createReadStream(name))
      if (chunk instanceof Uint8Array) {
        reader.push(chunk);
        scanner.push(chunk);
      }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const sentence = error.code === 'ENOENT' ? `There is no file ${name}.` : `The file ${name} cannot be read.`;
    throw new GaitError('file.unreadable', sentence);
  }
  scanner.end();
  sets.end();
  const { findings } = reader.end();
  if (responses === 0) throw new GaitError('file.unreadable', `The file ${name} holds no eligibility response (271).`);
  const further = found.filter(
    ({ code, segment }) => !findings.some((finding) => finding.code === code && finding.segment === segment),
  );
  return {
    file: name,
    summaries: made,
    rejects: wholeRejects(made),
    findings: [...findings, ...further].sort((one, other) => one.segment - other.segment),
  };
}

/** The refusals of a whole question, once each: every summary of its answer has them. */
function wholeRejects(summaries: readonly BenefitSummary[]): SummaryReject[] {
  const all = summaries.flatMap(({ rejects }) => rejects.filter(({ at }) => at === 'source' || at === 'receiver'));
  return all.filter(({ source }, index) => all.findIndex((reject) => reject.source === source) === index);
}

function findingOf({ code, message, place }: Fault, { interchange, group, control }: TransactionSet): Finding {
  return { severity: severities[code], code, message, ...place, interchange, group, transaction: control };
}
