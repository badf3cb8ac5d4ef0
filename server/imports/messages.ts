// Messages that a system pushed over HL7: read in the order they came, once each, as rows like any other.
import { readMessage } from '../../connectors/hl7/read-message.ts';
import { readHl7Settings } from '../../connectors/hl7/settings.ts';
import type { Gone } from '../../connectors/pt-records/rows.ts';
import type { ClinicWords, Delivery } from '../../connectors/pt-records/source.ts';
import type { Db } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { hl7Imported, hl7Waiting, openMessages } from '../received/hl7-messages.ts';
import type { MessagePlace } from '../received/hl7-messages.ts';
import type { Vault } from '../vault/vault.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly now: () => Date;
}

export interface ReadMessages {
  /** Each message's pieces, in the order the messages came. */
  readonly pieces: readonly { readonly deliveries: readonly Delivery[]; readonly gone: readonly Gone[] }[];
  readonly unrecognised: number;
  readonly more: boolean;
  /** To be called once every piece is stored: the messages do not wait any more. */
  done(): Promise<void>;
}

const atOnce = 500;

/** What waits of a connection; nothing where it does not listen. */
export async function readMessages(
  needs: Needs,
  place: MessagePlace,
  of: { readonly config: Readonly<Record<string, unknown>>; readonly words: ClinicWords; readonly by: Principal },
): Promise<ReadMessages> {
  const waiting = of.config['hl7'] === undefined ? [] : await hl7Waiting(needs.db, place, atOnce);
  if (waiting.length === 0) return { pieces: [], unrecognised: 0, more: false, done: () => Promise.resolve() };
  const settings = readHl7Settings(of.config);
  const opened = await openMessages(needs.vault, place.clinic, waiting, of.by);
  const pieces = opened.map(({ bytes, receivedAt }) => readMessage(bytes, settings, of.words, { receivedAt }));
  return {
    pieces,
    unrecognised: pieces.reduce((sum, piece) => sum + piece.unrecognised, 0),
    more: waiting.length === atOnce,
    done: () =>
      hl7Imported(
        needs.db,
        place,
        opened.map(({ name }) => name),
        needs.now(),
      ),
  };
}
