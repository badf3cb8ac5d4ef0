// Listens over MLLP for every live connection whose settings say so: each message is kept first and acknowledged then.
import type { Logger } from 'pino';
import { judge } from '../../connectors/hl7/acknowledgment.ts';
import type { Decision } from '../../connectors/hl7/acknowledgment.ts';
import { createMllpListener } from '../../connectors/hl7/mllp-listener.ts';
import type { ArrivedMessage, MllpListener } from '../../connectors/hl7/mllp-listener.ts';
import { readHl7Settings } from '../../connectors/hl7/settings.ts';
import type { Hl7Settings } from '../../connectors/hl7/settings.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Connections } from '../connections/connections.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { keepMessage } from './hl7-messages.ts';
import type { MessagePlace } from './hl7-messages.ts';

export interface Hl7ListenersNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly log: Logger;
  readonly connections: Connections;
  /** Systems whose connections may have a setting `hl7`. */
  readonly systems: readonly string[];
  /** Told after a message was kept, so that it is imported soon. */
  readonly kept?: (place: MessagePlace) => void;
}

export interface Hl7Listeners {
  /** Looks at the connections: opens, changes and closes listeners as they now say. Costs one query where nothing changed. */
  refresh(): Promise<void>;
  /** The connections that are listened for, each with its port. */
  listening(): ReadonlyMap<string, number>;
  stop(patienceSeconds?: number): Promise<void>;
}

/** The settings of a connection as they were when its row last changed; null: it does not listen. */
interface Known {
  readonly place: MessagePlace;
  readonly changedAt: string;
  readonly settings: Hl7Settings | null;
}

interface Running {
  readonly listener: MllpListener;
  readonly saying: string;
}

class Listeners implements Hl7Listeners {
  readonly #needs: Hl7ListenersNeeds;
  readonly #known = new Map<string, Known>();
  readonly #running = new Map<string, Running>();
  #sequence = 0;
  #stopped = false;
  #round: Promise<void> = Promise.resolve();

  constructor(needs: Hl7ListenersNeeds) {
    this.#needs = needs;
  }

  refresh(): Promise<void> {
    this.#round = this.#round.then(() => this.#look());
    return this.#round;
  }

  listening(): ReadonlyMap<string, number> {
    return new Map([...this.#running].map(([connection, { listener }]) => [connection, listener.port]));
  }

  async stop(patienceSeconds?: number): Promise<void> {
    this.#stopped = true;
    await this.#round;
    await Promise.all([...this.#running.keys()].map((connection) => this.#close(connection, patienceSeconds)));
  }

  async #look(): Promise<void> {
    const { db, systems, log } = this.#needs;
    if (this.#stopped || systems.length === 0) return;
    try {
      const rows = await db
        .selectFrom('connections')
        .select(['id', 'clinic', 'updated_at'])
        .where('system', 'in', systems)
        .where('mode', '=', 'live')
        .where('removed_at', 'is', null)
        .execute();
      const ids = new Set(rows.map(({ id }) => id));
      for (const id of [...this.#known.keys()]) {
        if (ids.has(id)) continue;
        this.#known.delete(id);
        await this.#close(id);
      }
      for (const { id, clinic, updated_at: changed } of rows) {
        if (this.#stopped) return;
        await this.#stand(await this.#settled({ clinic, connection: id }, changed.toISOString()));
      }
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'a look at the connections that listen did not finish');
    }
  }

  /** Opens the settings only where the row has changed: each opening leaves an audit entry. */
  async #settled(place: MessagePlace, changedAt: string): Promise<Known> {
    const before = this.#known.get(place.connection);
    if (before?.changedAt === changedAt) return before;
    const known = { place, changedAt, settings: await this.#read(place) };
    this.#known.set(place.connection, known);
    return known;
  }

  async #read({ clinic, connection }: MessagePlace): Promise<Hl7Settings | null> {
    const { connections, log } = this.#needs;
    const { config } = await connections.open(clinic, connection, 'hl7.listen', systemPrincipal('hl7'));
    if (config['hl7'] === undefined) return null;
    try {
      return readHl7Settings(config);
    } catch (error) {
      log.warn({ connection, code: codeOf(error) }, 'the HL7 settings of a connection are wrong');
      return null;
    }
  }

  async #stand({ place, settings }: Known): Promise<void> {
    const { connection } = place;
    const saying = canonicalJson(settings);
    const running = this.#running.get(connection);
    if (running?.saying === saying) return;
    await this.#close(connection);
    if (settings?.listen === undefined) return;
    const { log, now } = this.#needs;
    try {
      const listener = await createMllpListener({
        ...settings.listen,
        settings,
        now,
        handle: (message) => this.#take(place, settings, message),
        fault: (code) => log.warn({ connection, code }, 'a fault of a sender of HL7 messages'),
      });
      this.#running.set(connection, { listener, saying });
      log.info({ connection, port: listener.port }, 'listening for HL7 messages');
    } catch (error) {
      // Tried again at the next look: the port may be free by then.
      log.warn({ connection, code: codeOf(error) }, 'no listening for HL7 messages');
    }
  }

  async #close(connection: string, patienceSeconds?: number): Promise<void> {
    const running = this.#running.get(connection);
    this.#running.delete(connection);
    await running?.listener.close(patienceSeconds);
  }

  /** What is refused is not kept. Whatever else comes is, before its sender hears of it. */
  async #take(place: MessagePlace, settings: Hl7Settings, message: ArrivedMessage): Promise<Decision> {
    const { log, kept } = this.#needs;
    const { bytes, sha256, header } = message;
    // Whether it can be used does not depend on the clinic's zone and payers.
    const decision = judge(bytes, settings, {});
    const kind = [header?.type, header?.event].map((part) => part ?? '').join('^');
    const { code } = decision;
    if (code !== 'AR') {
      const sequence = (this.#sequence += 1);
      const isNew = await keepMessage(this.#needs, place, { sha256, bytes, kind, code, sequence }).catch(
        (error: unknown) => {
          log.warn({ connection: place.connection, code: codeOf(error) }, 'an HL7 message could not be kept');
          throw error;
        },
      );
      if (isNew) kept?.(place);
    }
    const { connection } = place;
    const errors = decision.errors.map((one) => `${one.code} ${one.segment ?? ''}-${one.field ?? ''}`);
    log.debug({ connection, code, errors }, 'an HL7 message was answered');
    return decision;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof GaitError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** Nothing is listened for before the first `refresh`. */
export function createHl7Listeners(needs: Hl7ListenersNeeds): Hl7Listeners {
  return new Listeners(needs);
}
