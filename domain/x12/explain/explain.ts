// A transaction set in plain words, for a biller.
import { grammarOf } from '../grammars/all.ts';
import { readClaimAcknowledgments } from '../readers/claim-acknowledgment.ts';
import { readClaimStatusInquiries } from '../readers/claim-status-inquiry.ts';
import { readClaimStatuses } from '../readers/claim-status-response.ts';
import { readClaims } from '../readers/claims.ts';
import { readEligibilityInquiries } from '../readers/eligibility-inquiry.ts';
import { readEligibilityResponse } from '../readers/eligibility-response.ts';
import { readImplementationAcknowledgment } from '../readers/implementation-acknowledgment.ts';
import { readRemittance } from '../readers/remittance.ts';
import { readServiceReviewRequests } from '../readers/service-reviews.ts';
import type { TransactionSet } from '../transaction-set.ts';
import { implementationSentences } from './acknowledgment.ts';
import { acknowledgmentSentences, statusInquirySentences, statusSentences } from './claim-status.ts';
import { claimSentences } from './claims.ts';
import { answerSentences, inquirySentences } from './eligibility.ts';
import { remittanceSentences } from './remittance.ts';
import { reviewSentences } from './service-review.ts';
import type { Sentence, Telling } from './words.ts';
import { count, sentence } from './words.ts';

/** What a transaction set is and says. */
export interface Explanation {
  readonly type: string;
  readonly version: string;
  readonly control: string;
  readonly interchange: string;
  readonly group: string;
  /** In our own words: `eligibility response`. */
  readonly title: string;
  readonly sentences: readonly Sentence[];
}

interface Kind {
  readonly title: string;
  readonly sentences: (set: TransactionSet, telling: Telling) => readonly Sentence[];
}

/** A request and its answer have one form. */
const review: Kind = {
  title: 'service review',
  sentences: (set, telling) => reviewSentences(readServiceReviewRequests(set), telling),
};

/** By type and the guide of its grammar. */
const kinds: Readonly<Record<string, Kind>> = {
  '270 005010X279A1': {
    title: 'eligibility inquiry',
    sentences: (set, telling) => inquirySentences(readEligibilityInquiries(set), telling),
  },
  '271 005010X279A1': {
    title: 'eligibility response',
    sentences: (set, telling) => answerSentences(readEligibilityResponse(set).answer, telling),
  },
  '276 005010X212': {
    title: 'claim status inquiry',
    sentences: (set, telling) => statusInquirySentences(readClaimStatusInquiries(set), telling),
  },
  '277 005010X212': {
    title: 'claim status response',
    sentences: (set, telling) => statusSentences(readClaimStatuses(set), telling),
  },
  '277 005010X214': {
    title: 'claim acknowledgment',
    sentences: (set, telling) => acknowledgmentSentences(readClaimAcknowledgments(set), telling),
  },
  '278 005010X215': review,
  '278 005010X216': review,
  '278 005010X217': review,
  '835 005010X221A1': {
    title: 'remittance',
    sentences: (set, telling) => remittanceSentences(readRemittance(set).value, telling),
  },
  '837 005010X222A1': {
    title: 'professional claims',
    sentences: (set, telling) => claimSentences(readClaims(set), telling),
  },
  '999 005010X231A1': {
    title: 'acknowledgment of a group',
    sentences: (set, telling) => implementationSentences(readImplementationAcknowledgment(set).value, telling),
  },
};

/** Never throws; of a transaction set that no reader knows only its size is told. */
export function explain(set: TransactionSet, telling: Telling): Explanation {
  const { type, version, control, interchange, group, segments } = set;
  const guide = grammarOf(type, version)?.guide ?? '';
  const kind = kinds[`${type} ${guide}`];
  const title = kind?.title ?? 'another kind of transaction';
  const sentences = kind?.sentences(set, telling) ?? [
    sentence(
      `A ${type} of version ${version} with ${count(segments.length, 'segment')}; its content is not explained.`,
    ),
  ];
  return { type, version, control, interchange, group, title, sentences };
}
