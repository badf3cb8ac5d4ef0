// Hands bytes to everything that reads X12: the envelopes with their checks, the walk through the loops and every typed reader.
import { codeWordsOf } from '../../domain/x12/code-words.ts';
import { Envelopes } from '../../domain/x12/envelopes.ts';
import { explain } from '../../domain/x12/explain/explain.ts';
import type { X12File } from '../../domain/x12/file.ts';
import { readClaimAcknowledgments } from '../../domain/x12/readers/claim-acknowledgment.ts';
import { readClaimStatusInquiries } from '../../domain/x12/readers/claim-status-inquiry.ts';
import { readClaimStatuses } from '../../domain/x12/readers/claim-status-response.ts';
import { readClaims } from '../../domain/x12/readers/claims.ts';
import { readEligibilityInquiries } from '../../domain/x12/readers/eligibility-inquiry.ts';
import { readEligibilityResponse } from '../../domain/x12/readers/eligibility-response.ts';
import { readImplementationAcknowledgment } from '../../domain/x12/readers/implementation-acknowledgment.ts';
import { readRemittance } from '../../domain/x12/readers/remittance.ts';
import { readServiceReviewRequests, readServiceReviewResponses } from '../../domain/x12/readers/service-reviews.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';

const readers: readonly ((set: TransactionSet) => unknown)[] = [
  readClaimAcknowledgments,
  readClaimStatusInquiries,
  readClaimStatuses,
  readClaims,
  readEligibilityInquiries,
  readEligibilityResponse,
  readImplementationAcknowledgment,
  readRemittance,
  readServiceReviewRequests,
  (set) => readServiceReviewResponses(set, { receivedAt: '2026-03-02T08:15:00Z' }),
];
const telling = { words: codeWordsOf(() => []), names: true };

/** Every transaction set goes through the reader of its kind; with `everyReader` also through those of every other. */
export function feed(bytes: Uint8Array, everyReader: boolean): { file: X12File; sets: number } {
  let sets = 0;
  const gathered = new TransactionSets((set) => {
    sets++;
    explain(set, telling);
    if (everyReader) for (const read of readers) read(set);
  });
  const envelopes = new Envelopes('transactions');
  const scanner = new Scanner({
    take(segment) {
      envelopes.take(segment);
      gathered.take(segment);
    },
    fault: (code, message, offset) => envelopes.fault(code, message, offset),
  });
  for (let at = 0; at < bytes.length; at += 4_096) scanner.push(bytes.subarray(at, at + 4_096));
  const file = envelopes.end(scanner.end());
  gathered.end();
  return { file, sets };
}
