// Service reviews (278) in sentences: what a clinic asks for, and what the payer decided.
import type { ReadServiceReviews, ServiceReview } from '../readers/service-reviews.ts';
import type { ReviewPart, ReviewReject } from '../readers/service-review-parts.ts';
import type { Sentence, Telling } from './words.ts';
import { code, count, fix, meaning, organization, person, procedure, record, sentence, when } from './words.ts';

export function reviewSentences({ reviews }: ReadServiceReviews, telling: Telling): Sentence[] {
  return reviews.flatMap((review) => oneReview(review, telling));
}

function oneReview(review: ServiceReview, telling: Telling): Sentence[] {
  const { event, dependent, subscriber, rejects, place } = review;
  const parts: readonly ReviewPart[] = event === null ? [] : [event, ...event.services];
  const isAnswer = rejects.length > 0 || parts.some((part) => part.decision !== null || part.rejects.length > 0);
  const [payer, clinic] = [
    organization(review.organization, 'an unnamed payer'),
    organization(review.requester, 'an unnamed provider'),
  ];
  const source = event?.source ?? `HL segment ${place.segment}`;
  const patient = person(
    telling,
    dependent === null ? 'the subscriber' : 'a dependent',
    dependent ?? subscriber,
    source,
  );
  const between = isAnswer ? `${payer} answers ${clinic}` : `${clinic} asks ${payer}`;
  return [
    sentence(`${between} about ${patient}.`, source),
    ...rejects.map((reject) => rejectSentence(reject, telling)),
    ...parts.flatMap((part) => partSentences(part, telling)),
  ];
}

function partSentences(part: ReviewPart, telling: Telling): Sentence[] {
  const { decision, delivery, messages, source } = part;
  const service =
    part.procedure !== null
      ? procedure(part.procedure)
      : part.serviceType === null
        ? null
        : meaning(telling, 'service-types', part.serviceType);
  const howMany = delivery?.quantity ?? part.quantity;
  const unit = delivery?.unit ?? null;
  const quantity =
    howMany === null ? '' : `, ${howMany}${unit === null ? '' : ` ${meaning(telling, 'quantities', unit)}`}`;
  const period = part.dates.find(({ qualifier }) => qualifier === '472' || qualifier === 'AAH') ?? null;
  const what = service === null ? [] : [sentence(`For ${service}${quantity}${when(period)}.`, source)];
  const decided =
    decision === null
      ? []
      : [
          sentence(
            `Decision: ${code(telling, 'review-actions', decision.action)}` +
              `${decision.number === null ? '' : `, with an authorization number${record(telling, decision.number)}`}` +
              `${decision.reasons.length === 0 ? '' : `; reasons ${decision.reasons.join(', ')}`}.` +
              fix(telling, 'review-actions', decision.action),
            decision.source,
          ),
        ];
  // What a payer writes freely may name somebody.
  const said = telling.names ? messages.join(' / ') : `${count(messages.length, 'message')}.`;
  return [
    ...what,
    ...decided,
    ...part.rejects.map((reject) => rejectSentence(reject, telling)),
    ...(messages.length === 0 ? [] : [sentence(`In words: ${said}`, source)]),
  ];
}

function rejectSentence({ at, code: reason, followUp, source }: ReviewReject, telling: Telling): Sentence {
  const next = followUp === null ? '' : ` The payer says: ${code(telling, 'aaa-follow-up', followUp)}.`;
  return sentence(
    `Rejected for the ${at}: ${code(telling, 'aaa', reason)}.${next}${fix(telling, 'aaa', reason)}`,
    source,
  );
}
