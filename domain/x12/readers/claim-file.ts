// Reads a whole file of professional claims (837P): each claim with the heading and the envelope it came under.
import type { ClaimHeading } from '../../claim/draft-schema.ts';
import type { Claim } from '../../claim/schema.ts';
import { isEnvelopeFault } from '../findings.ts';
import type { FindingCode } from '../findings.ts';
import { X12Reader } from '../reader.ts';
import { Scanner } from '../scanner.ts';
import type { TransactionSet } from '../transaction-set.ts';
import { TransactionSets } from '../transaction-set.ts';
import { readClaims } from './claims.ts';
import type { OtherSegment } from './reading.ts';

export interface ClaimOfFile {
  readonly claim: Claim;
  readonly heading: ClaimHeading;
  /** `CLM segment 24`. */
  readonly source: string;
}

/** `notProfessional`: another kind of claim. `noClaims`: no 837 in it. */
export interface ClaimFileFinding {
  readonly code: FindingCode | 'notProfessional' | 'noClaims';
  readonly segment: number;
}

/** A file that was cut off or changed on its way holds no claims to us; its findings tell where. */
export interface ClaimFile {
  readonly claims: readonly ClaimOfFile[];
  readonly findings: readonly ClaimFileFinding[];
}

const professional = '005010X222';

export function readClaimFile(bytes: Uint8Array): ClaimFile {
  const reader = new X12Reader('envelopes');
  reader.push(bytes);
  const file = reader.end();
  const damage = file.findings.filter(isEnvelopeFault);
  if (damage.length > 0) return { claims: [], findings: damage.map(({ code, segment }) => ({ code, segment })) };
  const partiesOf = new Map(
    file.interchanges.map(({ control, sender, receiver }) => [
      control ?? '',
      { sender: partyOf(sender), receiver: partyOf(receiver) },
    ]),
  );
  const claims: ClaimOfFile[] = [];
  const findings: ClaimFileFinding[] = [];
  const take = (set: TransactionSet): void => {
    if (set.type !== '837') return;
    if (!set.version.startsWith(professional)) {
      findings.push({ code: 'notProfessional', segment: set.segments[0]?.place.segment ?? 0 });
      return;
    }
    const read = readClaims(set);
    findings.push(...read.faults.map(({ code, place }) => ({ code, segment: place.segment })));
    const nobody = { qualifier: '', id: '' };
    const envelope = partiesOf.get(set.interchange) ?? { sender: nobody, receiver: nobody };
    const parties = { ...envelope, groupSender: set.sender, groupReceiver: set.receiver };
    for (const { claim, source, others } of read.claims) {
      const unread = [...read.others, ...others].map(unreadPlace);
      claims.push({ claim, source, heading: { submission: submissionOf(read.submission), parties, unread } });
    }
  };
  const sets = new TransactionSets(take);
  const scanner = new Scanner(sets);
  scanner.push(bytes);
  scanner.end();
  sets.end();
  if (claims.length === 0 && findings.length === 0) findings.push({ code: 'noClaims', segment: 0 });
  return { claims, findings };
}

/** Which elements of which segment: never what stands in them. */
export function unreadPlace({ source, unread }: OtherSegment): string {
  return `${source} ${unread.map((element) => String(element).padStart(2, '0')).join(' ')}`.trim();
}

function partyOf(named: string | null): { qualifier: string; id: string } {
  const [qualifier = '', ...id] = (named ?? '').split(':');
  return { qualifier, id: id.join(':') };
}

function submissionOf({ submitter, ...rest }: ReturnType<typeof readClaims>['submission']): ClaimHeading['submission'] {
  return { ...rest, submitter: { ...submitter } };
}
