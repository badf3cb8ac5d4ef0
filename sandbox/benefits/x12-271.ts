// An eligibility answer as a payer sends it in X12: the segments of a 271 (005010X279A1) between ST and SE.
import type {
  AnswerDate,
  Benefit,
  Delivery,
  EligibilityAnswer,
  PersonAnswer,
  Reject,
  RelatedEntity,
} from '../../domain/eligibility/answer.ts';
import { amountOf } from '../../domain/x12/money.ts';
import type { WrittenElement, WrittenSegment } from '../../domain/x12/writer.ts';

/** Who asked, and the reference of the question (BHT03), which comes back. */
export interface Receiver {
  readonly name: string;
  readonly npi: string;
  readonly reference: string;
}

/**
 * @returns the segments of one transaction set; a dependent stands below the subscriber before it in `people`, below an
 *   unnamed one where there is none
 */
export function eligibilityResponseSegments(answer: EligibilityAnswer, receiver: Receiver): WrittenSegment[] {
  const { payer } = answer;
  const [day = '', time = ''] = (answer.asOf ?? '').split('T');
  const rejectsAt = (at: Reject['at']) => answer.rejects.filter((reject) => reject.at === at).map(rejectSegment);
  return [
    ['BHT', '0022', '11', receiver.reference, compact(day), time.slice(0, 5).replace(':', '')],
    ['HL', '1', '', '20', '1'],
    ...rejectsAt('source'),
    ['NM1', 'PR', '2', payer.name ?? '', '', '', '', '', payer.id === null ? '' : 'PI', payer.id ?? ''],
    ...contactSegments(payer.contacts),
    ['HL', '2', '1', '21', answer.people.length === 0 ? '0' : '1'],
    ['NM1', '1P', '2', receiver.name, '', '', '', '', 'XX', receiver.npi],
    ...rejectsAt('receiver'),
    ...levels(answer.people),
  ];
}

/** The levels below the receiver's, numbered from 3. */
function levels(people: readonly PersonAnswer[]): WrittenSegment[] {
  const segments: WrittenSegment[] = [];
  let id = 2;
  let subscriber: number | null = null;
  for (const [index, person] of people.entries()) {
    if (person.role === 'dependent' && subscriber === null) {
      subscriber = ++id;
      segments.push(['HL', String(id), '2', '22', '1'], ['NM1', 'IL', '1']);
    }
    id++;
    const isSubscriber = person.role === 'subscriber';
    const hasChild = isSubscriber && people[index + 1]?.role === 'dependent';
    const parent: number = isSubscriber ? 2 : (subscriber ?? 2);
    if (isSubscriber) subscriber = id;
    segments.push(['HL', String(id), String(parent), isSubscriber ? '22' : '23', hasChild ? '1' : '0']);
    segments.push(...personSegments(person));
  }
  return segments;
}

function personSegments(person: PersonAnswer): WrittenSegment[] {
  const { given, family } = person.name;
  const code = person.role === 'subscriber' ? 'IL' : '03';
  const id = person.memberId === null ? [] : ['MI', person.memberId];
  return [
    ...(person.trace === null ? [] : [['TRN', '2', person.trace, '9GAIT00000'] as const]),
    ['NM1', code, '1', family ?? '', given ?? '', '', '', '', ...id],
    ...(person.groupNumber === null ? [] : [['REF', '1L', person.groupNumber] as const]),
    ...(person.planName === null ? [] : [['REF', '18', 'PLAN', person.planName] as const]),
    ...person.rejects.map(rejectSegment),
    ...(person.birthDate === null ? [] : [['DMG', 'D8', compact(person.birthDate)] as const]),
    ...person.dates.map(dateSegment),
    ...person.benefits.flatMap(benefitSegments),
  ];
}

function benefitSegments(benefit: Benefit): WrittenSegment[] {
  const { procedure, entities } = benefit;
  const composite: WrittenElement = procedure === null ? '' : ['HC', procedure.code, ...procedure.modifiers];
  return [
    [
      'EB',
      benefit.code,
      benefit.level ?? '',
      { repetitions: benefit.serviceTypes },
      benefit.insuranceType ?? '',
      benefit.planName ?? '',
      benefit.period ?? '',
      benefit.amountCents === null ? '' : amountOf(benefit.amountCents),
      numberText(benefit.percent),
      benefit.quantityKind ?? '',
      numberText(benefit.quantity),
      benefit.authorization ?? '',
      benefit.network ?? '',
      composite,
    ],
    ...benefit.deliveries.map(deliverySegment),
    ...benefit.references.map(({ qualifier, value }) => ['REF', qualifier, value] as const),
    ...benefit.dates.map(dateSegment),
    ...benefit.messages.map((text) => ['MSG', text] as const),
    ...benefit.places.map((place) => ['III', 'ZZ', place] as const),
    ...(entities.length === 0 ? [] : [['LS', '2120'] as const]),
    ...entities.flatMap(entitySegments),
    ...(entities.length === 0 ? [] : [['LE', '2120'] as const]),
  ];
}

function deliverySegment(delivery: Delivery): WrittenSegment {
  const { unit, quantity, frequency, frequencyPeriod, periods, period } = delivery;
  const numbers = { quantity: numberText(quantity), frequency: numberText(frequency), periods: numberText(periods) };
  return ['HSD', unit ?? '', numbers.quantity, frequencyPeriod ?? '', numbers.frequency, period ?? '', numbers.periods];
}

function dateSegment({ qualifier, from, to }: AnswerDate): WrittenSegment {
  if (to === null) return ['DTP', qualifier, 'D8', compact(from ?? '')];
  return ['DTP', qualifier, 'RD8', `${compact(from ?? '')}-${compact(to)}`];
}

function rejectSegment({ code, followUp }: Reject): WrittenSegment {
  return ['AAA', 'N', '', code, followUp ?? ''];
}

function entitySegments({ role, name, id, contacts }: RelatedEntity): WrittenSegment[] {
  const identifier = id === null ? [] : [id.qualifier, id.value];
  return [['NM1', role, '2', name ?? '', '', '', '', '', ...identifier], ...contactSegments(contacts)];
}

function contactSegments(contacts: RelatedEntity['contacts']): WrittenSegment[] {
  const segments: WrittenSegment[] = [];
  for (let first = 0; first < contacts.length; first += 3) {
    const numbers = contacts.slice(first, first + 3).flatMap(({ kind, value }) => [kind, value]);
    segments.push(['PER', 'IC', '', ...numbers]);
  }
  return segments;
}

function numberText(value: number | null): string {
  return value === null ? '' : String(value);
}

function compact(date: string): string {
  return date.replaceAll('-', '');
}
