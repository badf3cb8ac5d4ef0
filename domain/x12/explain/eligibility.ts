// Eligibility in sentences: what was asked (270) and what the payer answers (271).
import type { Benefit, EligibilityAnswer, PersonAnswer, Reject } from '../../eligibility/answer.ts';
import type { EligibilityInquiries } from '../readers/eligibility-inquiry.ts';
import type { Sentence, Telling } from './words.ts';
import { amount, code, count, fix, list, meaning, organization, person, procedure, sentence, when } from './words.ts';

export function inquirySentences({ values }: EligibilityInquiries, telling: Telling): Sentence[] {
  return values.map((inquiry) => {
    const { informationSource, receiver, subscriber, dependent, questions, dates, source } = inquiry;
    const patient =
      dependent === null
        ? person(telling, 'subscriber', subscriber, source)
        : person(telling, 'dependent', dependent, source);
    const about = questions.flatMap((question) => [
      ...question.serviceTypes.map((type) => meaning(telling, 'service-types', type)),
      ...(question.procedure === null ? [] : [procedure(question.procedure)]),
    ]);
    const what = about.length === 0 ? 'nothing in particular' : list(about);
    return sentence(
      `${organization(receiver, 'An unnamed provider')} asks ${organization(informationSource, 'an unnamed payer')} ` +
        `about ${patient}: ${what}${when(dates[0] ?? null)}.`,
      source,
    );
  });
}

export function answerSentences(answer: EligibilityAnswer, telling: Telling): Sentence[] {
  const payer = organization(answer.payer, 'An unnamed payer');
  return [
    sentence(
      `${payer} answers about ${answer.people.length === 1 ? 'one person' : `${answer.people.length} people`}` +
        `${answer.asOf === null ? '' : `, as of ${answer.asOf}`}.`,
    ),
    ...answer.rejects.map((reject) => rejectSentence(reject, telling)),
    ...answer.people.flatMap((one) => personSentences(one, telling)),
  ];
}

function personSentences(one: PersonAnswer, telling: Telling): Sentence[] {
  const who = person(telling, one.role === 'subscriber' ? 'Subscriber' : 'Dependent', one.name, one.source);
  const plan = one.planName === null ? '' : `, plan ${one.planName}`;
  return [
    sentence(`${who}${plan}: ${count(one.benefits.length, 'statement')}.`, one.source),
    ...one.rejects.map((reject) => rejectSentence(reject, telling)),
    ...one.benefits.map((benefit) => benefitSentence(benefit, telling)),
  ];
}

function rejectSentence({ at, code: reason, followUp, source }: Reject, telling: Telling): Sentence {
  const whose = { source: 'payer', receiver: 'provider', subscriber: 'subscriber', dependent: 'dependent' }[at];
  const next = followUp === null ? '' : ` The payer says: ${code(telling, 'aaa-follow-up', followUp)}.`;
  return sentence(
    `Rejected for the ${whose}: ${code(telling, 'aaa', reason)}.${next}${fix(telling, 'aaa', reason)}`,
    source,
  );
}

const authorizations = { Y: 'authorization needed', N: 'no authorization needed', U: 'authorization unknown' } as const;
const networks = {
  Y: 'in the network',
  N: 'outside the network',
  W: 'in and outside the network',
  U: 'network unknown',
} as const;

function benefitSentence(benefit: Benefit, telling: Telling): Sentence {
  const kind = code(telling, 'benefits', benefit.code);
  const types = benefit.serviceTypes.map((type) => meaning(telling, 'service-types', type));
  const details = [
    benefit.level === 'IND' ? 'individual' : benefit.level === 'FAM' ? 'family' : null,
    benefit.amountCents === null ? null : amount(benefit.amountCents),
    benefit.percent === null ? null : `${Number((benefit.percent * 100).toFixed(4))}%`,
    benefit.quantity === null
      ? null
      : `${benefit.quantity}${benefit.quantityKind === null ? '' : ` ${meaning(telling, 'quantities', benefit.quantityKind)}`}`,
    benefit.period === null ? null : meaning(telling, 'benefit-periods', benefit.period),
    benefit.network === null ? null : networks[benefit.network],
    benefit.authorization === null ? null : authorizations[benefit.authorization],
  ].filter((detail) => detail !== null);
  const text = `${kind}${types.length === 0 ? '' : ` for ${list(types)}`}${details.length === 0 ? '' : `: ${details.join(', ')}`}.`;
  const messages = benefit.messages.length;
  // What a payer writes freely may name somebody.
  const said =
    messages === 0
      ? ''
      : telling.names
        ? ` In words: ${benefit.messages.join(' / ')}`
        : ` In words: ${count(messages, 'message')}.`;
  return sentence(`${text}${said}`, benefit.source);
}
