// What every source of the page Today is asked with, and how its rows are counted.
import { sql } from 'kysely';
import type { Expression, RawBuilder, SqlBool } from 'kysely';
import type { WorkItemKind } from '../../domain/work-item/kinds.ts';
import type { Db } from '../database/tables.ts';
import type { Role } from '../http/principal.ts';

/** `day` is the clinic's, `YYYY-MM-DD`; `from` its first instant. */
export interface TodayAsk {
  readonly db: Db;
  readonly clinic: string;
  readonly roles: readonly Role[];
  readonly day: string;
  readonly from: Date;
  readonly now: Date;
}

/** How many rows it holds for. */
export function countIf(condition: Expression<SqlBool>): RawBuilder<string> {
  return sql<string>`count(*) filter (where ${condition})`;
}

/** Open items of these kinds, whoever they wait for. */
export async function openItems({ db, clinic }: TodayAsk, kinds: readonly WorkItemKind[]): Promise<number> {
  const { count } = await db
    .selectFrom('work_items')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .where('kind', 'in', [...kinds])
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Null: there is none. */
export function latest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
}
