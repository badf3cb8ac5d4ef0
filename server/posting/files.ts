// Reads the received files that hold remittances: each once, one remittance in memory at a time, begun again after a crash.
import type { Logger } from 'pino';
import { readRemittances } from '../../connectors/stedi/remittance.ts';
import type { Remittance } from '../../domain/claim/remittance.ts';
import { isEnvelopeFault } from '../../domain/x12/findings.ts';
import type { Finding } from '../../domain/x12/findings.ts';
import { X12Reader } from '../../domain/x12/reader.ts';
import { readRemittance } from '../../domain/x12/readers/remittance.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { VaultRecord } from '../vault/vault.ts';
import { openDamaged } from './items.ts';
import type { PostingNeeds } from './needs.ts';
import { postRemittance } from './post.ts';
import type { RemittanceFinding } from './tables.ts';

interface FileNeeds extends PostingNeeds {
  readonly log: Logger;
}

const by = systemPrincipal('posting');
const chunkCharacters = 65_536;
const firstPauseSeconds = 15;
const longestPauseSeconds = 6 * 3600;
const atOnce = 20;

/** Writes down that a received document holds remittances, in the transaction that keeps it. */
export async function remittancesArrived(
  trx: Trx,
  of: { readonly clinic: string; readonly record: string; readonly kinds: readonly string[]; readonly at: Date },
): Promise<void> {
  if (!of.kinds.includes('835')) return;
  const { clinic, record, at } = of;
  await trx
    .insertInto('remittance_files')
    .values({ record, clinic, arrived_at: at, read_at: null, try_at: at, tries: 0, damage_accepted: false })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** One round: reads what waits to be read. Returns how many files were. */
export async function readArrived(needs: FileNeeds, signal?: AbortSignal): Promise<number> {
  const { db, now, log } = needs;
  const due = await db
    .selectFrom('remittance_files')
    .selectAll()
    .where('read_at', 'is', null)
    .where('try_at', '<=', now())
    .orderBy('arrived_at')
    .limit(atOnce)
    .execute();
  let read = 0;
  for (const { record, clinic, tries, damage_accepted: isAccepted } of due) {
    if (signal?.aborted === true) break;
    const pause = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** Math.min(tries, 20));
    // Whoever counts the try up makes it; another server that saw the same row does not.
    const taken = await db
      .updateTable('remittance_files')
      .set({ try_at: new Date(now().getTime() + pause * 1000), tries: tries + 1 })
      .where('record', '=', record)
      .where('tries', '=', tries)
      .where('read_at', 'is', null)
      .executeTakeFirst();
    if (taken.numUpdatedRows !== 1n) continue;
    try {
      await readFile(needs, clinic, record, isAccepted);
      read += 1;
    } catch (error) {
      log.warn({ code: error instanceof Error ? error.name : 'unknown', record, tries }, 'a remittance was not read');
    }
  }
  return read;
}

/** Reads one file. What of it was posted before a crash stays posted and is known by what makes it that remittance. */
async function readFile(needs: PostingNeeds, clinic: string, file: string, isAccepted: boolean): Promise<void> {
  const { db, vault, now, audit } = needs;
  const kept = await vault.open(clinic, file, { purpose: 'remittance.read', actor: by });
  const { findings, remittances: found } = contentOf(kept);
  // What is missing in a file that was cut off may be a reversal: of such a file nothing is posted, and nothing is known.
  const damage = isAccepted ? [] : findings.filter(isEnvelopeFault);
  let remittances = 0;
  for (const { remittance, findings: wrong } of found()) {
    remittances += 1;
    if (damage.length > 0) continue;
    await db
      .transaction()
      .execute((trx) => postRemittance(needs, trx, { clinic, file, remittance, findings: wrong, by }));
  }
  await db.transaction().execute(async (trx) => {
    // Nobody would hear of a file in which there is nothing to read.
    if (remittances === 0 || damage.length > 0) {
      const wrong = [...told(damage), ...(remittances === 0 ? [{ code: 'noRemittance', segment: null }] : [])];
      await openDamaged(needs, trx, { clinic, file, remittances, findings: wrong, by });
    }
    await trx
      .updateTable('remittance_files')
      .set({ read_at: now(), try_at: null })
      .where('record', '=', file)
      .execute();
    await audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'remittances.read',
      subject: file,
      purpose: 'remittance.read',
      details: { remittances },
    });
  });
}

/** What is in a received file: its own faults, and its remittances one after the other, each with what is wrong with it. */
interface Content {
  readonly findings: readonly Finding[];
  readonly remittances: () => Iterable<{ remittance: Remittance; findings: readonly RemittanceFinding[] }>;
}

/** X12 as it came, or the JSON that Stedi tells it in. */
function contentOf(kept: VaultRecord): Content {
  const text = [kept['text'], kept['content']].find((one) => typeof one === 'string');
  if (text !== undefined) return contentOfText(text);
  const remittances = readRemittances(kept['raw']).map((remittance) => ({ remittance, findings: [] }));
  return { findings: [], remittances: () => remittances };
}

function contentOfText(text: string): Content {
  const reader = new X12Reader('transactions');
  for (const chunk of chunksOf(text)) reader.push(chunk);
  const { findings } = reader.end();
  return {
    findings,
    *remittances() {
      for (const set of setsOf(text)) {
        if (set.type !== '835') continue;
        const wrong = told(findings.filter((one) => isOf(one, set) && forbidsPosting(one)));
        yield { remittance: readRemittance(set).value, findings: wrong };
      }
    },
  };
}

/** What must not be posted over: amounts that do not balance or cannot be read. Other faults of form lose no cent. */
function forbidsPosting({ code }: Finding): boolean {
  return code.startsWith('balance.');
}

function isOf({ segment }: Finding, { segments }: TransactionSet): boolean {
  const [first, last] = [segments[0]?.place.segment ?? 0, segments.at(-1)?.place.segment ?? 0];
  return first <= segment && segment <= last;
}

function told(findings: readonly Finding[]): RemittanceFinding[] {
  return findings.map(({ code, segment }) => ({ code, segment }));
}

/** The bytes of a text piece by piece; no character is cut in two. */
function* chunksOf(text: string): Generator<Uint8Array> {
  for (let start = 0; start < text.length; ) {
    const after = start + chunkCharacters;
    const isCut = /[\uD800-\uDBFF]/.test(text.charAt(after - 1));
    const end = isCut ? after + 1 : after;
    yield Buffer.from(text.slice(start, end));
    start = end;
  }
}

/** The transaction sets of a text as it is read on, so that whoever posts one waits for no other to be in memory. */
function* setsOf(text: string): Generator<TransactionSet> {
  let ready: TransactionSet[] = [];
  const sets = new TransactionSets((set) => ready.push(set));
  const scanner = new Scanner(sets);
  for (const chunk of chunksOf(text)) {
    scanner.push(chunk);
    yield* ready;
    ready = [];
  }
  scanner.end();
  sets.end();
  yield* ready;
}
