// Stands for the server's API in tests of the batch: checks that answer, wait or fail by a script, and a record of what was asked.

import type { ApplicationFailure } from '@temporalio/common';
import type { StepAnswer } from '../../../domain/step/call.ts';
import type { EligibilityActivities } from '../activities.ts';
import type { BatchPlan } from '../messages.ts';

export interface FakeChunk {
  readonly payer: string;
  readonly checks: readonly string[];
}

/** What a payer says of a check in the round: an outcome, or `pending`. */
export type Script = (check: string, round: number) => string;

export interface FakeEligibility {
  readonly activities: EligibilityActivities;
  /** Every question put to the flow: `check 0: a b`, `deliver 0: a`. */
  readonly asked: string[];
  /** How each check ended. */
  readonly ended: Map<string, string>;
  readonly delivered: string[];
  closed: number;
  /** The most chunks of one payer that were asked at the same time. */
  mostAtOnce: number;
  /** Thrown instead of asking the flow. */
  failure: ApplicationFailure | null;
  /** The pause before what is open is asked again. */
  retryAfterSeconds: number;
}

/** A batch with these chunks, whose time to ask ends `hours` after the epoch of the test. */
export function fakeEligibility(
  chunks: readonly FakeChunk[],
  until: string,
  script: Script = () => 'answered',
): FakeEligibility {
  const rounds = new Map<number, number>();
  const under = new Map<string, number>();
  const checksOf = (chunk: number): readonly string[] => chunks[chunk]?.checks ?? [];
  const open = (chunk: number): string[] => checksOf(chunk).filter((check) => !fake.ended.has(check));
  const plan: BatchPlan = {
    chunks: chunks.map(({ payer, checks }, chunk) => ({ chunk, payer, checks: checks.length })),
    atOnce: Object.fromEntries(chunks.map(({ payer }) => [payer, 2])),
    until,
  };
  const fake: FakeEligibility = {
    asked: [],
    ended: new Map(),
    delivered: [],
    closed: 0,
    mostAtOnce: 0,
    failure: null,
    retryAfterSeconds: 60,
    activities: {
      planBatch: () => Promise.resolve(plan),
      async askChunk({ chunk, step }): Promise<readonly StepAnswer[]> {
        if (step === 'eligibility.deliver') {
          const summaries = checksOf(chunk).filter((check) => fake.ended.get(check) === 'answered');
          if (summaries.length === 0) return [];
          fake.asked.push(`deliver ${chunk}: ${summaries.join(' ')}`);
          fake.delivered.push(...summaries);
          return summaries.map((item) => ({ item, outcome: 'delivered' }));
        }
        if (fake.failure !== null) throw fake.failure;
        const payer = chunks[chunk]?.payer ?? '';
        const now = (under.get(payer) ?? 0) + 1;
        under.set(payer, now);
        fake.mostAtOnce = Math.max(fake.mostAtOnce, now);
        await new Promise((done) => setTimeout(done, 30));
        under.set(payer, now - 1);
        const round = (rounds.get(chunk) ?? 0) + 1;
        rounds.set(chunk, round);
        const asked = open(chunk);
        fake.asked.push(`check ${chunk}: ${asked.join(' ')}`);
        return asked.map((item) => {
          const outcome = script(item, round);
          // The server itself has the answer before the flow tells of it.
          if (outcome !== 'pending') fake.ended.set(item, outcome);
          return { item, outcome };
        });
      },
      settleChunk({ chunk, step, giveUp }) {
        if (step === 'eligibility.check' && giveUp !== null)
          for (const check of open(chunk)) fake.ended.set(check, `failed ${giveUp}`);
        return Promise.resolve({ open: open(chunk).length, retryAfterSeconds: fake.retryAfterSeconds });
      },
      closeBatch: () => {
        fake.closed += 1;
        return Promise.resolve();
      },
    },
  };
  return fake;
}
