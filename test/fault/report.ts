// What the fault runs measured, as a page and as data under docs/proof.
import { circumstances, inWords, writeProof } from '../../runtime/proof-report.ts';
import type { Result } from './rounds.ts';

/** The numbers of several rounds together. */
export interface Sums {
  readonly kills: number;
  readonly submissions: number;
  readonly inFlight: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly uncertain: number;
  readonly resolvedByInquiry: number;
  readonly byPerson: number;
}

/** Everything a run has to say. `seed` chose the rounds. */
export interface FaultReport {
  readonly seed: number;
  readonly cycles: number;
  readonly minutes: number;
  readonly results: readonly Result[];
  /** Submissions the payer holds exactly once at the end, after the persons' decisions. */
  readonly heldOnceAtTheEnd: number;
  readonly canaryPlacesSearched: number;
  readonly canaryPlacesFound: number;
}

/** Adds rounds up. */
export function sumsOf(results: readonly Result[]): Sums {
  const sum = (of: (result: Result) => number): number => results.reduce((all, result) => all + of(result), 0);
  return {
    kills: results.length,
    submissions: sum((one) => one.submissions),
    inFlight: sum((one) => one.inFlight),
    duplicates: sum((one) => one.duplicates),
    lost: sum((one) => one.lost),
    uncertain: sum((one) => one.uncertain),
    resolvedByInquiry: sum((one) => one.resolvedByInquiry),
    byPerson: sum((one) => one.byPerson),
  };
}

const moments = {
  before: 'before the payer accepted',
  after: 'accepted, answer not stored',
  any: 'any moment',
} as const;

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function numbers(sums: Sums): number[] {
  const { kills, submissions, inFlight, duplicates, lost, uncertain, resolvedByInquiry, byPerson } = sums;
  return [kills, submissions, inFlight, duplicates, lost, uncertain, resolvedByInquiry, byPerson];
}

/** The table: one line for each process and moment, and the sum. */
export function tableOf(results: readonly Result[]): string {
  const groups = Map.groupBy(results, (one) => `${one.victim}/${one.moment}`);
  const head = ['kills', 'submissions', 'in flight', 'duplicates', 'lost', 'uncertain', 'by inquiry', 'by person'];
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [row([first.victim, moments[first.moment], ...numbers(sumsOf(group))])];
  });
  return [
    row(['killed', 'moment', ...head]),
    row(['---', '---', ...head.map(() => '--:')]),
    ...lines,
    row(['**all**', '', ...numbers(sumsOf(results))]),
  ].join('\n');
}

/** Writes `submission-faults.md` and `.json`. */
export async function writeReport(report: FaultReport): Promise<void> {
  const now = circumstances();
  const { seed, cycles, minutes, results, heldOnceAtTheEnd, canaryPlacesSearched, canaryPlacesFound } = report;
  const sums = sumsOf(results);
  const page = `# Submissions while processes are killed

Real n8n, Temporal, PostgreSQL, server, worker and the payer's sandbox over HTTP. Several approved requests are on their way
at once; a process gets SIGKILL and is started again. Nobody helps, except that a biller decides the items that ask for it.

${inWords(now, [`seed ${seed}`, `${cycles} cycles`, `${minutes} minutes`])}

${tableOf(results)}

- *in flight*: submissions whose call was granted or on its way when the process died. *uncertain*: submissions whose outcome was
  unknown at some time, by the audit chain; never more than were in flight.
- *duplicates*: patients for whom the payer's journal holds two requests. *lost*: submissions that ended neither settled nor as
  an item for a person.
- *by inquiry*: found at the payer by inquiry. *by person*: the payer did not have it, so a biller was asked and nothing was sent
  again before the answer.
- At the end, after the billers' decisions, the payer holds exactly one request for ${heldOnceAtTheEnd} of ${sums.submissions} submissions.
- Identifiers planted in every field were searched for in ${canaryPlacesSearched} columns and files of n8n (crashed executions included),
  Temporal, the server and the logs; places in which one was found: ${canaryPlacesFound}.

Run it again: \`npm run proof -- --cycles ${cycles} --seed ${seed}\`. Data: [submission-faults.json](submission-faults.json).
`;
  await writeProof('submission-faults', page, { ...now, ...report, sums });
}
