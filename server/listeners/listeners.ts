// Which flows of a clinic hear of new and changed records, from the moment they are published.
import { randomUUID } from 'node:crypto';
import { recordKinds } from '../../connectors/pt-records/rows.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { assertUrl } from '../steps/flows.ts';

/** What a flow may hear of: records that systems bring, and what patients write back. */
export const heardKinds = [...recordKinds, 'replies'] as const;
type HeardKind = (typeof heardKinds)[number];

/** A listener as the trigger node knows itself. */
export interface RecordListener {
  readonly flow: { readonly id: string; readonly name: string };
  readonly url: string;
  readonly kinds: readonly HeardKind[];
  /** Null: of every system. */
  readonly connection: string | null;
}

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
}

export interface Listeners {
  /** What changes from now on is told to the flow; published again, it goes on where it was. */
  register(clinic: string, listener: RecordListener, by: Principal): Promise<string>;
  find(clinic: string, listener: RecordListener): Promise<boolean>;
  /** `url` null: every trigger of the flow. */
  remove(clinic: string, of: { readonly flow: string; readonly url: string | null }, by: Principal): Promise<void>;
}

export function createListeners({ db, audit, now }: Needs): Listeners {
  return {
    register: (clinic, { flow, url, kinds, connection }, by) =>
      db.transaction().execute(async (trx) => {
        assertUrl(url);
        const said = { flow_name: flow.name, url, kinds: [...kinds], connection };
        const known = await trx
          .updateTable('record_listeners')
          .set(said)
          .where('clinic', '=', clinic)
          .where('flow', '=', flow.id)
          .where('place', '=', placeOf(url))
          .where('removed_at', 'is', null)
          .returning('listener')
          .executeTakeFirst();
        if (known !== undefined) return known.listener;
        const listener = randomUUID();
        await trx
          .insertInto('record_listeners')
          .values({
            listener,
            clinic,
            flow: flow.id,
            ...said,
            call: null,
            call_seq: null,
            try_at: now(),
            registered_at: now(),
            removed_at: null,
          })
          .execute();
        const details = { kinds: [...kinds], connection: connection ?? 'every' };
        await audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: 'listener.registered',
          subject: listener,
          flow: flow.id,
          details,
        });
        return listener;
      }),
    async find(clinic, { flow, url, kinds, connection }) {
      const row = await db
        .selectFrom('record_listeners')
        .select(['kinds', 'connection'])
        .where('clinic', '=', clinic)
        .where('flow', '=', flow.id)
        .where('url', '=', url)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (row === undefined) return false;
      return row.connection === connection && [...row.kinds].sort().join() === [...kinds].sort().join();
    },
    remove: (clinic, { flow, url }, by) =>
      db.transaction().execute(async (trx) => {
        let query = trx
          .updateTable('record_listeners')
          .set({ removed_at: now() })
          .where('clinic', '=', clinic)
          .where('flow', '=', flow)
          .where('removed_at', 'is', null);
        if (url !== null) query = query.where('place', '=', placeOf(url));
        for (const { listener: subject } of await query.returning('listener').execute())
          await audit.append(trx, { clinic, actor: actorOf(by), action: 'listener.removed', subject, flow });
      }),
  };
}

/** Which trigger of a flow listens there, wherever n8n itself is: as the database tells it. */
const placeOf = (url: string): string => url.replace(/^[A-Za-z]+:\/\/[^/]*/, '');
