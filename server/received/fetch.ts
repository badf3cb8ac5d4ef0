// Fetches what a webhook told of: again and again until it is kept, at ever longer intervals.
import type { Logger } from 'pino';
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Operations } from '../operations/operations.ts';
import { stediReports } from '../operations/reports.ts';
import type { DocumentRow } from './documents.ts';
import { stediKinds } from './stedi.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly log: Logger;
  readonly operations: Operations;
}

const firstPauseSeconds = 15;
const longestPauseSeconds = 6 * 3600;
const atOnce = 20;

/** One round. What could not be had now comes later; what cannot be had any more, since its connection is gone, is left. */
export async function fetchTold(needs: Needs, signal: AbortSignal): Promise<number> {
  const { db, now, log } = needs;
  let kept = 0;
  try {
    const due = await db
      .selectFrom('received_documents')
      .selectAll()
      .where('try_at', '<=', now())
      .where('record', 'is', null)
      .orderBy('try_at')
      .limit(atOnce)
      .execute();
    for (const row of due) {
      if (signal.aborted) break;
      if (await fetchOne(needs, row)) kept += 1;
    }
  } catch (error) {
    log.warn({ code: error instanceof Error ? error.name : 'unknown' }, 'a round of fetching did not finish');
  }
  return kept;
}

async function fetchOne({ db, now, log, operations }: Needs, row: DocumentRow): Promise<boolean> {
  const { clinic, connection, source, name, tries } = row;
  const seconds = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** Math.min(tries, 20));
  const changed = (change: { readonly try_at: Date | null; readonly tries: number }) =>
    db
      .updateTable('received_documents')
      .set(change)
      .where('clinic', '=', clinic)
      .where('connection', '=', connection)
      .where('source', '=', source)
      .where('name', '=', name)
      .where('tries', '=', tries)
      .where('record', 'is', null)
      .executeTakeFirst();
  // Whoever counts the try up makes it; another server that saw the same row does not.
  const taken = await changed({ try_at: new Date(now().getTime() + seconds * 1000), tries: tries + 1 });
  if (taken.numUpdatedRows !== 1n) return false;
  const operation = row.kinds.includes(stediKinds['835']) ? stediReports['835'] : stediReports['277'];
  try {
    await operations.run(clinic, { operation, connection, subject: name }, systemPrincipal('webhooks'));
    return true;
  } catch (error) {
    const code = error instanceof GaitError ? error.code : 'service.unavailable';
    log.warn({ code, connection, tries: tries + 1 }, 'a document could not be fetched');
    if (code === 'connection.unknown')
      await db
        .updateTable('received_documents')
        .set({ try_at: null })
        .where('connection', '=', connection)
        .where('name', '=', name)
        .execute();
    return false;
  }
}
