// Which process is killed at which moment of a submission: the same seed gives the same rounds.
import { type Random, seededRandom } from '../../sandbox/random.ts';
import type { Json } from '../../runtime/demo/surfaces.ts';
import type { ProcessName } from '../../runtime/stack.ts';

/**
 * `before`: the payer has not accepted yet. `after`: it has, and its answer is not stored. `any`: some moment after the approval.
 */
export type Moment = 'before' | 'after' | 'any';
export type Victim = ProcessName | 'everything';

/** How the moment is held open, in words, and the payer's faults that do it. */
interface Manner {
  readonly words: string;
  faults(submissions: number): readonly Json[];
}

export interface Round {
  readonly number: number;
  readonly victim: Victim;
  readonly moment: Moment;
  readonly submissions: number;
  readonly manner: string;
  readonly faults: readonly Json[];
  /** Between the first sign of the moment and the kill. */
  readonly delayMilliseconds: number;
}

/** How long the payer keeps a call waiting: shorter than the connection's time-out, longer than the way to the kill. */
const heldMilliseconds = 3_500;
const times = (count: number, fault: Json): Json[] => Array.from({ length: count }, () => fault);

const manners: Readonly<Record<Moment, readonly Manner[]>> = {
  before: [
    {
      words: 'a fresh access token is slow',
      // The payer revokes the token, so that every call waits for the new one.
      faults: () => [
        { fault: 'tokenExpired', on: 'create' },
        { fault: 'slow', on: 'token', milliseconds: heldMilliseconds },
      ],
    },
    {
      words: 'the payer takes its time to accept',
      faults: (count) => times(count, { fault: 'slow', on: 'create', milliseconds: heldMilliseconds }),
    },
  ],
  after: [
    {
      words: 'the payer has accepted and answers late',
      faults: (count) => times(count, { fault: 'slowAfterAccepting', on: 'create', milliseconds: heldMilliseconds }),
    },
  ],
  any: [{ words: 'no fault of the payer', faults: () => [] }],
};

/** The rounds of `npm test`: each process in both windows, with the manner that leaves the least to luck. */
export function shortPlan(submissions: number): Round[] {
  const victims = ['server', 'n8n', 'worker'] as const;
  return victims.flatMap((victim, index) =>
    (['before', 'after'] as const).map((moment, second) => ({
      number: index * 2 + second + 1,
      victim,
      moment,
      submissions,
      ...held(manners[moment][0], submissions),
      delayMilliseconds: 0,
    })),
  );
}

/** `cycles` times: each of the three processes in each window and at any moment, both databases, and everything at once. */
export function fullPlan(cycles: number, seed: number): Round[] {
  const random = seededRandom(seed);
  const rounds: Round[] = [];
  const add = (victim: Victim, moment: Moment): void => {
    const submissions = random.between(3, 6);
    rounds.push({
      number: rounds.length + 1,
      victim,
      moment,
      submissions,
      ...held(random.pick(manners[moment]), submissions),
      delayMilliseconds: random.between(0, moment === 'any' ? 2_500 : 700),
    });
  };
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const victim of ['server', 'n8n', 'worker'] as const) {
      for (const moment of ['before', 'after', 'any'] as const) add(victim, moment);
    }
    for (const victim of ['postgres', 'temporal', 'everything'] as const) add(victim, anyWindow(random));
  }
  return rounds;
}

function anyWindow(random: Random): Moment {
  return random.pick(['before', 'after'] as const);
}

function held(manner: Manner | undefined, submissions: number): Pick<Round, 'manner' | 'faults'> {
  if (manner === undefined) throw new Error('There is no such manner.');
  return { manner: manner.words, faults: manner.faults(submissions) };
}
