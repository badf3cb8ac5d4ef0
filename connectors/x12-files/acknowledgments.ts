// Which of our interchanges the other side accepted: TA1 for the envelope, 999 for what is in it.
import type { KeptSegment, TransactionSet } from '../../domain/x12/transaction-set.ts';
import { standingOf } from './place.ts';
import { envelopesOf, setsOf } from './sort.ts';
import type { Session } from './take-in.ts';
import { acknowledgmentName, takeIn } from './take-in.ts';

export interface AcknowledgmentsRequest {
  /** At most so many of what was sent, the newest first; 100 when absent. */
  readonly limit?: number;
}

/** Codes are X12's own: `A` accepted, `E` accepted with errors noted, `P` partly accepted, `R` and the others rejected. */
export interface GroupAcknowledgment {
  /** GS06. */
  readonly control: string;
  /** AK901; null before a 999 came. */
  readonly code: string | null;
  /** The transaction sets that the 999 names: ST02, IK501 and the codes after it. */
  readonly transactions: readonly {
    readonly control: string;
    readonly code: string;
    readonly reasons: readonly string[];
  }[];
}

export interface SentInterchange {
  /** ISA13. */
  readonly control: string;
  /** The type of its first transaction set: 270, 276, 278, 837. */
  readonly kind: string;
  /** An instant (ISO UTC). */
  readonly sentAt: string;
  readonly ta1: { readonly code: string; readonly note: string } | null;
  readonly groups: readonly GroupAcknowledgment[];
  /** `rejected`: by the TA1, or in all of its groups. `pending`: nothing was said of it, or not of all. */
  readonly status: 'accepted' | 'partlyAccepted' | 'rejected' | 'pending';
}

const acceptedCodes: readonly string[] = ['A', 'E'];

async function ta1Of({ archive }: Session, control: string): Promise<SentInterchange['ta1']> {
  const found = await archive.pointed('acknowledged', acknowledgmentName('TA1', Number(control)));
  if (found === null) return null;
  const ta1 = envelopesOf(found.bytes).ta1.find((one) => Number(one.control) === Number(control));
  return ta1 === undefined ? null : { code: ta1.code, note: ta1.note };
}

async function groupOf({ archive }: Session, control: string): Promise<GroupAcknowledgment> {
  const found = await archive.pointed('acknowledged', acknowledgmentName('999', Number(control)));
  const set = found === null ? undefined : setsOf(found.bytes).find((one) => groupsOf(one).includes(Number(control)));
  if (set === undefined) return { control, code: null, transactions: [] };
  return { control, code: elementOf(set, 'AK9', 1), transactions: transactionsOf(set) };
}

function groupsOf({ type, segments }: TransactionSet): number[] {
  return type === '999' ? segments.filter(({ id }) => id === 'AK1').map((ak1) => Number(ak1.element(2))) : [];
}

function elementOf({ segments }: TransactionSet, id: string, element: number): string | null {
  return segments.find((segment) => segment.id === id)?.element(element) ?? null;
}

/** AK2 names a transaction set, the IK5 after it says what became of it (005010X231A1, loop 2000). */
function transactionsOf({ segments }: TransactionSet): GroupAcknowledgment['transactions'] {
  const transactions: { control: string; code: string; reasons: string[] }[] = [];
  let current: KeptSegment | null = null;
  for (const segment of segments) {
    if (segment.id === 'AK2') current = segment;
    if (segment.id !== 'IK5' || current === null) continue;
    const reasons = [2, 3, 4, 5, 6].map((element) => segment.element(element)).filter((code) => code !== '');
    transactions.push({ control: current.element(2), code: segment.element(1), reasons });
  }
  return transactions;
}

function statusOf(ta1: SentInterchange['ta1'], groups: readonly GroupAcknowledgment[]): SentInterchange['status'] {
  if (ta1?.code === 'R') return 'rejected';
  const codes = groups.map(({ code }) => code);
  if (codes.some((code) => code === null)) return 'pending';
  if (codes.every((code) => code !== null && acceptedCodes.includes(code))) return 'accepted';
  return codes.some((code) => code === 'P' || (code !== null && acceptedCodes.includes(code)))
    ? 'partlyAccepted'
    : 'rejected';
}

/** What is known of one interchange that we sent. */
export async function acknowledgmentOf(
  session: Session,
  text: string,
  sentAt: number,
): Promise<SentInterchange | null> {
  const [interchange] = envelopesOf(Buffer.from(text)).interchanges;
  const control = interchange?.control ?? null;
  if (interchange === undefined || control === null) return null;
  const ta1 = await ta1Of(session, control);
  const groups: GroupAcknowledgment[] = [];
  for (const group of interchange.groups) groups.push(await groupOf(session, group.control ?? ''));
  const kind = interchange.groups[0]?.transactions[0]?.type ?? '';
  return { control, kind, sentAt: new Date(sentAt).toISOString(), ta1, groups, status: statusOf(ta1, groups) };
}

/** What is known of the newest interchanges that were sent, after what came meanwhile was taken in. */
export async function readAcknowledgments(
  session: Session,
  request: AcknowledgmentsRequest,
): Promise<{ readonly interchanges: readonly SentInterchange[] }> {
  const { archive } = session;
  await takeIn(session);
  const newest = (await archive.list('sent')).sort((a, b) => b.modifiedAt - a.modifiedAt);
  const interchanges: SentInterchange[] = [];
  for (const { name } of newest.slice(0, request.limit ?? 100)) {
    const standing = await standingOf(session, name);
    const known = standing.kind === 'sent' ? await acknowledgmentOf(session, standing.text, standing.at) : null;
    if (known !== null) interchanges.push(known);
  }
  return { interchanges };
}
