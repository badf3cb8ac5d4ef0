// Twilio tells how far messages and calls have come, and what patients answer: proved by its signature, kept in the vault, then told on.
import type { Logger } from 'pino';
import { readTwilioConfig } from '../../connectors/twilio/config.ts';
import type { TwilioConfig } from '../../connectors/twilio/config.ts';
import { doorFor, readTwilioWebhook } from '../../connectors/twilio/webhook.ts';
import type { TwilioEvent } from '../../connectors/twilio/webhook.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { ServerConfig } from '../config.ts';
import type { Connections } from '../connections/connections.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import { reply } from '../http/reply.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import { documentRow, keepDocument } from './documents.ts';
import { keepMessageEvent } from './message-events.ts';
import type { MessageEvent } from './message-events.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly log: Logger;
  readonly config: Pick<ServerConfig, 'publicUrl'>;
  readonly audit: Audit;
  readonly connections: Connections;
  readonly vault: Vault;
  /** Told once an event is kept; what it fails at waits among the open events. */
  readonly received?: (event: MessageEvent) => Promise<void>;
}

/** The door of a connection, by the server's public address: of its statuses, and of its number's incoming messages. */
export function twilioDoor(publicUrl: string, connection: string): string {
  return `${publicUrl}/v1/webhooks/twilio/${connection}`;
}

/** What of an event lies in the vault: numbers and words. */
function contentOf(event: TwilioEvent, { twilioAnswersStop }: TwilioConfig): VaultRecord {
  if (event.kind === 'status') return { id: event.id, of: event.of, status: event.word, reason: event.reason };
  const { id, from, to, text, keyword, attachments } = event;
  // Who reads it must know whether Twilio has confirmed a STOP already.
  return { id, from, to, text, keyword, attachments, vendorAnswersStop: twilioAnswersStop };
}

function structureOf(event: TwilioEvent): Readonly<Record<string, unknown>> {
  return event.kind === 'status' ? { of: event.of, status: event.status } : { attachments: event.attachments };
}

/** The address a clinic enters at Twilio. A repeat changes nothing, and a word that was overtaken is kept and not acted on. */
export function twilioWebhook(needs: Needs): Endpoint {
  const { db, now, log, config: server, audit, connections, vault, received } = needs;
  // Whether a connection is there at all is told to nobody who cannot sign.
  const refused = (): GaitError =>
    new GaitError('access.unauthenticated', 'This sender is not known here.', {
      fix: 'Enter the auth token of the Twilio account at the connection, and the address of this server as Twilio reaches it.',
    });
  const by = systemPrincipal('webhooks');
  const nothing = () => reply(204, undefined);

  const keep = async (clinic: string, connection: string, event: TwilioEvent, content: VaultRecord) => {
    const of = { clinic, connection, source: 'twilio.event' } as const;
    const name = `${event.id}/${event.kind === 'status' ? event.word : 'reply'}`;
    // Most repeats come long after: they need no vault.
    if ((await documentRow(db, { ...of, name })) !== null) return null;
    return db.transaction().execute(async (trx) => {
      const kinds = [event.kind];
      const structure = structureOf(event);
      const { record, isNew } = await keepDocument({ vault, now }, trx, { ...of, name, kinds, content, structure });
      if (!isNew) return null;
      const details = event.kind === 'status' ? { kind: event.kind, status: event.status } : { kind: event.kind };
      await audit.append(trx, {
        clinic,
        actor: actorOf(by),
        action: 'document.kept',
        subject: connection,
        purpose: 'twilio.webhook',
        details,
      });
      const { status, reason, mark } = event.kind === 'status' ? event : { status: null, reason: null, mark: null };
      const told = { clinic, connection, vendorMessage: event.id, kind: event.kind, status, mark };
      return keepMessageEvent(trx, { ...told, errorCode: reason, document: record }, now());
    });
  };

  return endpoint({
    method: 'POST',
    path: '/v1/webhooks/twilio/:connection',
    access: { kind: 'public' },
    query: {
      type: 'object',
      additionalProperties: false,
      properties: { mark: { type: 'string', pattern: '^[0-9a-f]{32}$' } },
    },
    bodyBytes: 65_536,
    takesForm: true,
    async handle({ params, query, header, rawBody }) {
      const row = await db
        .selectFrom('connections')
        .select(['id', 'clinic'])
        .where('id', '=', params.connection)
        .where('system', '=', 'twilio')
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (row === undefined || rawBody === null) throw refused();
      const { clinic, id: connection } = row;
      const opened = await connections.open(clinic, connection, 'twilio.webhook', by);
      const config = readTwilioConfig(opened.config);
      const door = doorFor(twilioDoor(server.publicUrl, connection), config);
      const url = query.mark === undefined ? door : `${door}?mark=${query.mark}`;
      const call = { url, signature: header('x-twilio-signature'), rawBody };
      const reading = readTwilioWebhook(call, opened.secrets['authToken'] ?? '', config.accountSid);
      if (reading.verdict === 'unsigned') throw refused();
      // That it is under way is known since it was sent.
      if (reading.verdict === 'ignored' || (reading.event.kind === 'status' && reading.event.status === 'queued'))
        return nothing();
      const event = await keep(clinic, connection, reading.event, contentOf(reading.event, config));
      if (event !== null) await told(event);
      return nothing();
    },
  });

  /** Twilio has done its part: a failure here is ours, and the event waits. */
  async function told(event: MessageEvent): Promise<void> {
    try {
      await received?.(event);
    } catch (error) {
      const code = error instanceof GaitError ? error.code : 'internal.bug';
      log.warn({ code, connection: event.connection, event: event.id }, 'a word about a message was not acted on');
    }
  }
}
