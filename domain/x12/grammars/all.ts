// Every grammar, found by what a transaction set says of itself.
import type { Grammar } from '../loops.ts';
import { claimAcknowledgment } from './claim-acknowledgment.ts';
import { claimStatusInquiry } from './claim-status-inquiry.ts';
import { claimStatusResponse } from './claim-status-response.ts';
import { eligibilityInquiry } from './eligibility-inquiry.ts';
import { eligibilityResponse } from './eligibility-response.ts';
import { implementationAcknowledgment } from './implementation-acknowledgment.ts';
import { professionalClaim } from './professional-claim.ts';
import { remittance } from './remittance.ts';
import { serviceReview, serviceReviewInquiry, serviceReviewNotification } from './service-review.ts';

export const grammars: readonly Grammar[] = [
  claimAcknowledgment,
  claimStatusInquiry,
  claimStatusResponse,
  eligibilityInquiry,
  eligibilityResponse,
  implementationAcknowledgment,
  professionalClaim,
  remittance,
  serviceReview,
  serviceReviewInquiry,
  serviceReviewNotification,
];

/**
 * The grammar of a transaction set; null where none is known. Errata of a guide (`005010X279` and `005010X279A1`) share their loops.
 * @param version ST03, else GS08
 */
export function grammarOf(type: string, version: string): Grammar | null {
  const guide = guideOf(version);
  return grammars.find((grammar) => grammar.type === type && guideOf(grammar.guide) === guide) ?? null;
}

function guideOf(version: string): string {
  return version.replace(/[A-Z]\d$/, '');
}
