// Reads and writes step calls, one writer at a time.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { StepCall } from '../../domain/step/call.ts';
import type { Trx } from '../database/tables.ts';
import type { StepQuestion } from './question.ts';
import type { Completion, StepItem, StepTables, WaitingActivity } from './tables.ts';

export type CallRow = Selectable<StepTables['step_calls']>;

/** Makes this transaction the only one that changes a call, also while it has no row yet. */
export async function lockNewCall(trx: Trx, clinic: string, call: string): Promise<CallRow | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`step ${clinic} ${call}`}, 0))`.execute(trx);
  return lockCall(trx, clinic, call);
}

/** Makes this transaction the only one that changes a call that was asked; null where there is none. */
export async function lockCall(trx: Trx, clinic: string, call: string): Promise<CallRow | null> {
  const row = await trx
    .selectFrom('step_calls')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('call', '=', call)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** The call of a row. */
export function callOf(row: CallRow): StepCall {
  const states = ['asked', 'claimed', 'answered', 'ended'] as const;
  const state = states.find((one) => one === row.state) ?? 'ended';
  return { state, items: row.items.map((one) => one.item), attempts: row.attempts, answers: row.answers };
}

/** The row a question begins with. */
export function rowOf(question: StepQuestion, at: Date): CallRow {
  return {
    clinic: question.clinic,
    call: question.call,
    step: question.step,
    state: 'asked',
    items: question.items,
    attempts: [],
    answers: null,
    activity: question.activity,
    completion: null,
    completion_tried_at: null,
    test: false,
    created_at: at,
    updated_at: at,
  };
}

/** Stores how a call stands; what is not named stays as it was. Returns the row as stored. */
export async function writeCall(
  trx: Trx,
  row: CallRow,
  call: StepCall,
  more: {
    at: Date;
    activity?: WaitingActivity;
    items?: readonly StepItem[];
    completion?: Completion | null;
    /** Whether the writer tells Temporal right away; else the next sweep does. */
    telling?: boolean;
  },
): Promise<CallRow> {
  const completion = more.completion === undefined ? row.completion : more.completion;
  const standing = {
    state: call.state,
    items: JSON.stringify(more.items ?? row.items),
    attempts: JSON.stringify(call.attempts),
    answers: call.answers === null ? null : JSON.stringify(call.answers),
    activity: JSON.stringify(more.activity ?? row.activity),
    completion: completion === null ? null : JSON.stringify(completion),
    completion_tried_at: more.telling === true ? more.at : null,
    updated_at: more.at,
  };
  return trx
    .insertInto('step_calls')
    .values({
      clinic: row.clinic,
      call: row.call,
      step: row.step,
      test: row.test,
      created_at: row.created_at,
      ...standing,
    })
    .onConflict((conflict) => conflict.columns(['clinic', 'call']).doUpdateSet(standing))
    .returningAll()
    .executeTakeFirstOrThrow();
}
