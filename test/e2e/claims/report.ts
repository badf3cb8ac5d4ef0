// What a run of the claims' life measured, as a page and as data under docs/proof.
import { circumstances, inWords, writeProof } from '../../../runtime/proof-report.ts';
import type { Money } from './agreement.ts';
import type { Killed } from './kills.ts';

export interface ClaimsLife {
  readonly minutes: number;
  readonly claims: number;
  readonly planted: number;
  readonly approved: number;
  readonly killed: readonly Killed[];
  /** Claims that reached the clearinghouse, and how many sendings of them. */
  readonly reached: number;
  readonly sendings: number;
  /** Claims that the clearinghouse has more or less often than they are known to have left; claims that are nowhere. */
  readonly doubled: number;
  readonly lost: number;
  /** Sendings that were in doubt at some time, found at the clearinghouse by an inquiry, told to be there or not by a person. */
  readonly uncertain: number;
  readonly byInquiry: number;
  readonly toldSent: number;
  readonly toldNotSent: number;
  readonly states: Readonly<Record<string, number>>;
  readonly money: Money;
  readonly canaryPlacesSearched: number;
}

const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function killTable(killed: readonly Killed[]): string {
  const victims = Map.groupBy(killed, ({ victim }) => victim);
  const lines = [...victims].map(([victim, own]) => {
    const sum = (of: (one: Killed) => number): number => own.reduce((all, one) => all + of(one), 0);
    return row([
      victim,
      own.length,
      sum(({ claims }) => claims),
      sum(({ inFlight }) => inFlight),
      sum(({ acceptedAtKill }) => acceptedAtKill),
    ]);
  });
  return [
    row(['killed', 'times', 'claims', 'on their way', 'accepted by then']),
    '| --- | --: | --: | --: | --: |',
    ...lines,
  ].join('\n');
}

function pageOf(life: ClaimsLife, circumstancesInWords: string): string {
  const { money } = life;
  return `# The life of claims under faults and kills

Real n8n with the published template *Billing QA*, Temporal, PostgreSQL, server and worker; Therabill, WebPT, Change Healthcare and the payers
are the sandbox over HTTP and folders. Persons decide as the console does, by name.

${circumstancesInWords}

${life.claims} claims came in by the flow; each of the ${life.planted} planted defects was found, and no claim without one had a finding. ${life.approved} claims
were approved. While they were on their way, half of them accepted and half not, a process got SIGKILL; then the clearinghouse throttled, answered 504
after accepting, broke the connection before and after accepting, and refused.

${killTable(life.killed)}

- ${life.reached} claims reached the clearinghouse in ${life.sendings} sendings. Sent more often than Gait knows: ${life.doubled}. Lost (neither with the payer nor closed nor in
  the hands of a person): ${life.lost}.
- ${life.uncertain} sendings were in doubt at some time: ${life.byInquiry} were found by inquiry, of ${life.toldSent} a person said that they had arrived, of
  ${life.toldNotSent} that they had not.
- Acknowledged, sent back and corrected at its source, denied and corrected, denied and appealed, taken back, partly paid, paid by the patient: each at least once.

| state at the end | claims |
| --- | --: |
${Object.entries(life.states)
  .map(([state, count]) => row([state, count]))
  .join('\n')}

| books of the approved claims | |
| --- | --: |
| charge | ${dollars(money.chargeCents)} |
| paid by payers | ${dollars(money.paidCents)} |
| adjusted | ${dollars(money.adjustedCents)} |
| left to patients | ${dollars(money.patientCents)} |
| open | ${dollars(money.openCents)} |
| paid, by the payers' own journal | ${dollars(money.paidByPayersCents)} |

Identifiers planted in every field were searched for in ${life.canaryPlacesSearched} columns and files of n8n, Temporal, the server and the logs; none was found.
The run took ${life.minutes} minutes.

Run it again: \`npm run proof\`. Data: [claims-life.json](claims-life.json).
`;
}

/** Writes `claims-life.md` and `.json`. */
export async function writeClaimsLife(life: ClaimsLife): Promise<void> {
  const now = circumstances();
  await writeProof('claims-life', pageOf(life, inWords(now)), { ...now, ...life });
}
