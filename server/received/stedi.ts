// Stedi tells of new transactions: the sender is proved, the id is written down, and only then is the transaction fetched.
import { isFromStedi, stediEvent } from '../../connectors/stedi/webhook.ts';
import { readStediConfig } from '../../connectors/stedi/config.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Connections } from '../connections/connections.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly connections: Connections;
}

/** X12 types by the set that Stedi names. */
export const stediKinds = { '277': '277CA', '835': '835' } as const;

/** The address a clinic enters at Stedi. The event holds ids, no patient data; a repeated one changes nothing. */
export function stediWebhook({ db, now, audit, connections }: Needs): Endpoint {
  // Whether a connection is there at all is told to nobody who does not know its secret.
  const refused = (): GaitError =>
    new GaitError('access.unauthenticated', 'This sender is not known here.', {
      fix: 'Enter the secret of the connection as a credential set at Stedi.',
    });
  const by = systemPrincipal('webhooks');
  return endpoint({
    method: 'POST',
    path: '/v1/webhooks/stedi/:connection',
    access: { kind: 'public' },
    body: { type: 'object' },
    async handle({ params, body, header }) {
      const row = await db
        .selectFrom('connections')
        .select(['id', 'clinic'])
        .where('id', '=', params.connection)
        .where('system', '=', 'stedi')
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (row === undefined) throw refused();
      const { clinic, id: connection } = row;
      const { config, secrets } = await connections.open(clinic, connection, 'stedi.webhook', by);
      if (!isFromStedi(header(readStediConfig(config).webhookHeader), secrets['webhookSecret'] ?? '')) throw refused();
      const event = stediEvent(body);
      if (event === null) return { recorded: false };
      const { transactionId, set } = event;
      return db.transaction().execute(async (trx) => {
        const at = now();
        const told = await trx
          .insertInto('received_documents')
          .values({
            clinic,
            connection,
            source: 'stedi.transaction',
            name: transactionId,
            kinds: [stediKinds[set]],
            structure: '{}',
            told_at: at,
            try_at: at,
            tries: 0,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        const isNew = told.numInsertedOrUpdatedRows === 1n;
        if (isNew)
          await audit.append(trx, {
            clinic,
            actor: actorOf(by),
            action: 'document.told',
            subject: connection,
            purpose: 'stedi.webhook',
            details: { set },
          });
        return { recorded: true, repeated: !isNew };
      });
    },
  });
}
