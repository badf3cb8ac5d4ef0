// What named persons write off or leave to the patient: entered from the books as they are then, once for each event.
import type { ClaimEvent } from '../../domain/claim/event-schema.ts';
import type { Books } from '../../domain/posting/books.ts';
import type { Entry } from '../../domain/posting/entries.ts';
import type { Db, Trx } from '../database/tables.ts';

/** An entry in the books of a claim, with who made it. */
export interface PersonEntry extends Entry {
  readonly claim: string;
  readonly by: { readonly id: string; readonly displayName: string };
  readonly at: string;
}

/** Entries about any of these claims, oldest first. */
export async function entriesOf(db: Db, claims: readonly string[]): Promise<PersonEntry[]> {
  if (claims.length === 0) return [];
  const rows = await db
    .selectFrom('claim_entries as e')
    .innerJoin('users as u', 'u.id', 'e.by_user')
    .select(['e.claim', 'e.kind', 'e.of_whom', 'e.cents', 'e.at', 'u.id', 'u.display_name'])
    .where('e.claim', 'in', claims)
    .orderBy('e.at')
    .orderBy('e.event')
    .orderBy('e.of_whom')
    .execute();
  return rows.map(({ claim, kind, of_whom: of, cents, at, id, display_name: displayName }) => ({
    claim,
    kind,
    of,
    cents,
    by: { id, displayName },
    at: at.toISOString(),
  }));
}

/** What was found open, in cents, of each part that the event is about. */
type Found = Readonly<Partial<Record<'insuranceCents' | 'patientCents', number | 'unknown'>>>;

/** Whether the event moves money in the books. */
export function isEntered({ type }: ClaimEvent): boolean {
  return type === 'writtenOff' || type === 'leftToPatient';
}

/**
 * Enters what the event gives up or leaves to the patient; an amount nobody knows is not entered. Returns what it found.
 * @param books as they are before it
 */
export async function enter(
  trx: Trx,
  of: { readonly clinic: string; readonly claim: string; readonly event: ClaimEvent; readonly books: Books },
): Promise<Found> {
  const { clinic, claim, event, books } = of;
  const found = partsOf(event, books);
  const kind = event.type === 'leftToPatient' ? 'leftToPatient' : 'writeOff';
  for (const [whose, cents] of [
    ['insurance', found.insuranceCents],
    ['patient', found.patientCents],
  ] as const) {
    if (typeof cents !== 'number' || cents <= 0) continue;
    await trx
      .insertInto('claim_entries')
      .values({ event: event.id, claim, clinic, kind, of_whom: whose, cents, by_user: event.by, at: event.at })
      .execute();
  }
  return found;
}

/** A write-off says of whom it is, `all` or nothing: of both. Books that contradict themselves tell no amount. */
function partsOf({ type, detail }: ClaimEvent, { standing, openCents, patientBalanceCents }: Books): Found {
  const known = (cents: number | null): number | 'unknown' =>
    cents === null || standing === 'contradictory' ? 'unknown' : cents;
  const isOfInsurance = type === 'leftToPatient' || detail !== 'patient';
  const isOfPatient = type === 'writtenOff' && detail !== 'insurance';
  return {
    ...(isOfInsurance ? { insuranceCents: known(openCents) } : {}),
    ...(isOfPatient ? { patientCents: known(patientBalanceCents) } : {}),
  };
}
