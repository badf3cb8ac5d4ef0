// Hands out the control numbers of a connection: each is kept in the database before anybody sees it.
import { sql } from 'kysely';
import type { ControlNumbers } from '../../connectors/control-numbers.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';

/** ISA13 has nine digits (X12.5 Interchange Control Structures, I12). */
export const lastControlNumber = 999_999_999;

/**
 * The numbers of one connection. Each call is a transaction of its own: it must not be part of a caller's, because a number
 * that was seen outside must stay used even where the caller's work is dropped.
 */
export function createControlNumbers(db: Db, clinic: string, connection: string): ControlNumbers {
  return {
    async next(kind) {
      const { rows } = await sql<{ last: number }>`
        insert into control_numbers (clinic, connection, kind, last) values (${clinic}, ${connection}, ${kind}, 1)
        on conflict (clinic, connection, kind)
        do update set last = control_numbers.last + 1 where control_numbers.last < ${lastControlNumber}
        returning last`.execute(db);
      const [row] = rows;
      if (row === undefined) {
        throw new GaitError('state.conflict', 'The control numbers of this connection are used up.', {
          where: kind,
          fix: 'Add a new connection to the same system under a sender id of its own: a number may not come twice from one sender.',
        });
      }
      return row.last;
    },
  };
}
