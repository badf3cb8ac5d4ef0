// What a fortnight on the real stack came to, as a page and as data under docs/proof.
import { circumstances, inWords, writeProof } from '../../runtime/proof-report.ts';
import type { Outcome } from './run.ts';

export interface Report {
  readonly seed: number;
  readonly visits: number;
  readonly millisecondsADay: number;
  readonly minutes: number;
  readonly outcome: Outcome;
  readonly searched: number;
  readonly found: number;
}

type Counts = Readonly<Record<string, number>>;

function counted<Item>(items: readonly Item[], of: (item: Item) => string): Counts {
  const groups = [...Map.groupBy(items, of)].map(([key, group]): [string, number] => [key, group.length]);
  return Object.fromEntries(groups.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const inLine = (counts: Counts): string =>
  Object.entries(counts)
    .map(([key, count]) => `${count} ${key}`)
    .join(', ');

/** Writes `fortnight.md` and `.json`. */
export async function writeFortnight(report: Report): Promise<void> {
  const now = circumstances();
  const { seed, visits, millisecondsADay, minutes, outcome, searched, found } = report;
  const { account, played, story, faults } = outcome;
  const { messages, taken, replies, slots } = account;
  const purposes = [...Map.groupBy(messages, ({ purpose }) => purpose)];
  const numbers = {
    seed,
    visits: story.visits.length,
    cancelled: story.visits.filter(({ cancelledAt }) => cancelledAt !== null).length,
    missed: story.visits.filter(({ missedAt }) => missedAt !== null).length,
    patients: story.patients.length,
    secondsADay: millisecondsADay / 1_000,
    minutes,
    kills: played.killed,
    refusals: played.refusals,
    taken: counted(taken, ({ channel }) => channel),
    endings: Object.fromEntries(
      purposes.map(([purpose, group]) => [purpose, counted(group, ({ ending }) => String(ending))]),
    ),
    keptBack: counted(
      messages.filter(({ ending, rule }) => rule !== null && ending !== 'sent' && ending !== 'delivered'),
      ({ rule }) => String(rule),
    ),
    replies: counted(replies, ({ end }) => String(end)),
    slots: counted(slots, ({ phase }) => phase),
    ledgerLines: slots.reduce((sum, { lines }) => sum + lines.length, 0),
    faults,
    canary: { searched, found },
  };
  const lines = purposes.map(([purpose, group]) => {
    const ends = counted(group, ({ ending }) => String(ending));
    return `| ${purpose} | ${group.length} | ${inLine(ends)} |`;
  });
  const page = `# A fortnight of the demo clinic

Ten working days in shortened time on real n8n (the published flow *Scheduling and patient communication*), Temporal, PostgreSQL, server and
worker, with Twilio and the mail server played by the sandbox over the wire. A day of the story lasts ${numbers.secondsADay} seconds; that is done by the clinic's
own settings (reminders ${3} hours before, refusals tried again after six seconds, five minutes to answer an offer) and by visits that lie
close together, never by anything the product knows of. During one day the vendor refuses every text and call; it loses answers now and then; patients
write the same several times within a moment; server, worker and n8n get SIGKILL at random moments.

${inWords(now, [`seed ${seed}`, `${minutes} minutes`])}

| | |
| --- | --: |
| visits | ${numbers.visits} |
| cancelled / missed | ${numbers.cancelled} / ${numbers.missed} |
| patients | ${numbers.patients} |
| SIGKILL | ${numbers.kills} |
| requests refused on the vendor's day off, at least | ${numbers.refusals} |
| taken by the vendors | ${inLine(numbers.taken)} |
| replies and what became of them | ${replies.length}: ${inLine(numbers.replies)} |
| freed slots and how they ended | ${slots.length}: ${inLine(numbers.slots)} |
| lines of their ledgers | ${numbers.ledgerLines} |
| **faults the accountant found** | **${faults.length}** |

| message | written | ended as |
| --- | --: | --- |
${lines.join('\n')}

- The accountant (\`test/fortnight/accounting.ts\`) reads the vendors' journals by their own interfaces and Gait's books, and reckons by itself: every due
  reminder is exactly one message that left once or one call for a person, with the rule that kept it back; no message twice by one way; caps and nights
  kept; silence after STOP, for everybody at that telephone; every reply acted upon once or given to a person; one word answers one question; every
  freed slot has one taker or an item, and a line for everybody who waited.
- Kept back: ${inLine(numbers.keptBack)}. All visits lie within one real day, so the daily cap of one text sends a patient's second reminder by e-mail or to the call list.
- Names planted in every patient were searched for in ${searched} columns and files of n8n, Temporal, the server and the logs; found: ${found}.
- The same story is decided by the pure core over its true fourteen days, with the night on which the clocks change (\`test/fortnight/core.test.ts\`), and its timers run
  on Temporal's time-skipping server (\`test/fortnight/timers.int.test.ts\`).

Run it again: \`GAIT_FORTNIGHT_VISITS=${visits} GAIT_FORTNIGHT_SEED=${seed} npx vitest run --project proof test/proof/fortnight\`. Data: [fortnight.json](fortnight.json).
`;
  await writeProof('fortnight', page, { ...now, ...numbers });
}
