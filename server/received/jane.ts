// Jane tells of appointments: the signature is proved over the very bytes, and the event is written down for the import to fetch.
import { readJaneAppConfig } from '../../connectors/jane-app/config.ts';
import { janeEvent, secretsOf, verify } from '../../connectors/jane-app/webhook.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Connections } from '../connections/connections.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { documentRow, keepDocument } from './documents.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly connections: Connections;
  readonly vault: Vault;
  /** A new event is kept: the import may fetch what it tells of. */
  readonly kept: (place: { readonly clinic: string; readonly connection: string }) => void;
}

/**
 * The address a clinic registers at Jane. Jane's id of an appointment stands for one person's visit: it lies in the vault, and only what
 * befell it and when stands beside. Whoever fetches the appointment marks the document as confirmed.
 */
export function janeWebhook({ db, now, audit, connections, vault, kept }: Needs): Endpoint {
  // Whether a connection is there at all is told to nobody who does not know its secret.
  const refused = (): GaitError =>
    new GaitError('access.unauthenticated', 'This sender is not known here.', {
      fix: 'Enter the secret that Jane gave for this subscription as the webhook secret of the connection.',
    });
  const by = systemPrincipal('webhooks');
  return endpoint({
    method: 'POST',
    path: '/v1/webhooks/jane/:connection',
    access: { kind: 'public' },
    body: { type: 'object' },
    bodyBytes: 65_536,
    keepsRawBody: true,
    async handle({ params, body, header, rawBody }) {
      const row = await db
        .selectFrom('connections')
        .select(['id', 'clinic'])
        .where('id', '=', params.connection)
        .where('system', '=', 'janeApp')
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (row === undefined || rawBody === null) throw refused();
      const { clinic, id: connection } = row;
      const { config, secrets } = await connections.open(clinic, connection, 'jane.webhook', by);
      const signed = { signature: header('x-jane-signature'), timestamp: header('x-jane-timestamp'), rawBody };
      const verdict = verify(signed, secretsOf(secrets['webhookSecret']), now(), readJaneAppConfig(config));
      if (verdict === 'unsigned') throw refused();
      if (verdict === 'late')
        throw new GaitError('access.expired', 'This webhook was signed too long ago.', {
          fix: 'Check the clock of the server; the import finds what a late webhook would have told.',
        });
      const event = janeEvent(body);
      if (event === null) return { recorded: false };
      const { eventId, topic, appointmentId, happenedAt } = event;
      const name = { clinic, connection, source: 'jane.event', name: eventId } as const;
      // Most repeats come long after: they need no vault.
      if ((await documentRow(db, name)) !== null) return { recorded: true, repeated: true };
      const isNew = await db.transaction().execute(async (trx) => {
        const document = await keepDocument({ vault, now }, trx, {
          ...name,
          kinds: [topic],
          content: { appointmentId, topic, happenedAt },
          structure: { topic, happenedAt },
        });
        if (document.isNew)
          await audit.append(trx, {
            clinic,
            actor: actorOf(by),
            action: 'document.told',
            subject: connection,
            purpose: 'jane.webhook',
            details: { topic },
          });
        return document.isNew;
      });
      if (isNew) kept({ clinic, connection });
      return { recorded: true, repeated: !isNew };
    },
  });
}
