// What a reader has no field for, or cannot make sense of, is told as it stood: no element of a file is dropped.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimAcknowledgment } from '../grammars/claim-acknowledgment.ts';
import { claimStatusInquiry } from '../grammars/claim-status-inquiry.ts';
import { claimStatusResponse } from '../grammars/claim-status-response.ts';
import { eligibilityInquiry } from '../grammars/eligibility-inquiry.ts';
import { implementationAcknowledgment } from '../grammars/implementation-acknowledgment.ts';
import { professionalClaim } from '../grammars/professional-claim.ts';
import { serviceReview, serviceReviewRequest } from '../grammars/service-review.ts';
import type { Grammar } from '../loops.ts';
import type { Shape } from '../testing/grammar-arbitrary.ts';
import { flat, textOf, treeOver } from '../testing/grammar-arbitrary.ts';
import { setsIn } from '../testing/sets.ts';
import type { TransactionSet } from '../transaction-set.ts';
import { readClaimAcknowledgments } from './claim-acknowledgment.ts';
import { readClaimStatusInquiries } from './claim-status-inquiry.ts';
import { readClaimStatuses } from './claim-status-response.ts';
import { readClaims } from './claims.ts';
import { readEligibilityInquiries } from './eligibility-inquiry.ts';
import { readImplementationAcknowledgment } from './implementation-acknowledgment.ts';
import type { OtherSegment } from './reading.ts';
import { readServiceReviewRequests, readServiceReviewResponses } from './service-reviews.ts';

type Reader = (set: TransactionSet) => object;

const readers: readonly [string, Grammar, Reader][] = [
  ['270', eligibilityInquiry, readEligibilityInquiries],
  ['276', claimStatusInquiry, readClaimStatusInquiries],
  ['277', claimStatusResponse, readClaimStatuses],
  ['277CA', claimAcknowledgment, readClaimAcknowledgments],
  ['999', implementationAcknowledgment, readImplementationAcknowledgment],
  ['837P', professionalClaim, readClaims],
  ['278 request', serviceReviewRequest, readServiceReviewRequests],
  ['278 answer', serviceReview, (set) => readServiceReviewResponses(set, { receivedAt: '2026-03-02T13:15:00Z' })],
];

const by = { element: '*', component: ':', repetition: '^', segment: '~', newline: '' };

/** What elements may hold besides codes: dates, amounts, composites and repetitions, sound and not. */
const contents = [
  'D8',
  'RD8',
  '20260302',
  '20260302-20260331',
  '20261399',
  '12.5',
  '1.234',
  'T3',
  '1',
  '2',
  'a:b',
  'a^b',
];

/** As many elements as the longest segment here has, STC. */
const most = 12;

/** Every element that is not the grammar's own becomes a text of its own, or one of the contents; none is empty. */
function marked(segments: readonly Shape[], chosen: readonly number[]): { segments: Shape[]; marks: string[] } {
  const marks: string[] = [];
  let count = 0;
  const written = segments.map(([id = '', ...elements]) => {
    if (id === 'HL') return [id, ...elements];
    const filled = Array.from({ length: most }, (_, index) => elements[index] ?? '').map((element) => {
      if (/^[A-Z0-9]{1,3}$/.test(element)) return element;
      const content = contents[chosen[count++ % chosen.length] ?? contents.length];
      if (content !== undefined) return content;
      marks.push(`mark${count}.`);
      return `mark${count}.`;
    });
    return [id, ...filled];
  });
  return { segments: written, marks };
}

/** What was read, as text; of the segments without a field only the elements said to be unread. */
function tellingOf(read: object): string {
  return JSON.stringify(read, (key, value: unknown) => (key === 'others' ? unreadIn(value) : value));
}

function unreadIn(others: unknown): unknown {
  if (!Array.isArray(others)) return others;
  return others.map((other: OtherSegment) => other.unread.map((element) => other.elements[element - 1]));
}

const choice = fc.array(fc.integer({ min: 0, max: contents.length * 3 }), { minLength: 1, maxLength: 30 });

test.each(readers)('%s: every element stands in what was read', (_type, grammar, read) => {
  fc.assert(
    fc.property(treeOver(grammar), choice, (tree, chosen) => {
      const { segments, marks } = marked(flat(tree), chosen);
      const [set] = setsIn(textOf(grammar, segments, by));
      const told = tellingOf(set === undefined ? {} : read(set));
      expect(marks.filter((mark) => !told.includes(mark))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test.each(readers)(
  '%s: segments in any order, doubled and lost, are read without an exception and none is dropped',
  (_type, grammar, read) => {
    const anything = fc.tuple(treeOver(grammar), choice).chain(([tree, chosen]) => {
      const { segments } = marked(flat(tree), chosen);
      return fc.shuffledSubarray([...segments, ...segments.slice(0, 4)]);
    });
    fc.assert(
      fc.property(anything, (segments) => {
        const [set] = setsIn(textOf(grammar, segments, by));
        const told = tellingOf(set === undefined ? {} : read(set));
        const marks = segments.flat().filter((element) => element.startsWith('mark'));
        expect(marks.filter((mark) => !told.includes(mark))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  },
);
