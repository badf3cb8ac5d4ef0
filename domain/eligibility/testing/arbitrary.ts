// Any eligibility answer a payer could give, for the property tests; synthetic values only.
import fc from 'fast-check';
import type {
  AnswerDate,
  Benefit,
  Delivery,
  EligibilityAnswer,
  PersonAnswer,
  Reject,
  RelatedEntity,
} from '../answer.ts';

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const text = fc.constantFrom('GOLD PPO', 'Núñez', 'ISAAC', 'A-1', 'LIMITED TO 24 VISITS', 'X');
const code = fc.constantFrom('PT', '30', 'AE', '98', 'AD', 'AF', '88', '35');
const date = fc
  .integer({ min: 0, max: 2_000 })
  .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));
const cents = fc.constantFrom(0, 1, 10, 2500, 150_000);
const quantity = fc.constantFrom(0, 1, 12, 20, 30, 2.5);
const source = fc.constant('');

const contacts = fc.array(fc.record({ kind: fc.constantFrom('TE', 'UR', 'FX'), value: fc.constant('8005550100') }), {
  maxLength: 4,
});

export const answerDate: fc.Arbitrary<AnswerDate> = fc.record({
  qualifier: fc.constantFrom('291', '307', '346', '347', '348', '472'),
  from: maybe(date),
  to: maybe(date),
  source,
});

const delivery: fc.Arbitrary<Delivery> = fc.record({
  unit: maybe(fc.constantFrom('VS', 'HS')),
  quantity: maybe(quantity),
  frequency: maybe(quantity),
  frequencyPeriod: maybe(fc.constantFrom('WK', 'MO')),
  periods: maybe(quantity),
  period: maybe(fc.constantFrom('23', '22', '34', '35')),
});

const entity: fc.Arbitrary<RelatedEntity> = fc.record({
  role: fc.constantFrom('PR', 'SEP', 'PRP', 'P3', 'X3'),
  name: maybe(text),
  id: maybe(fc.record({ qualifier: fc.constantFrom('PI', 'XX'), value: fc.constant('00882') })),
  contacts,
  source,
});

export const benefit: fc.Arbitrary<Benefit> = fc.record({
  code: fc.constantFrom('1', '6', 'A', 'B', 'C', 'F', 'G', 'I', 'R', 'L', 'H'),
  level: maybe(fc.constantFrom('IND', 'FAM')),
  serviceTypes: fc.uniqueArray(code, { maxLength: 3 }),
  insuranceType: maybe(fc.constantFrom('HM', 'PR', 'MB', 'WC')),
  planName: maybe(fc.constantFrom('GOLD PPO', 'SILVER HMO')),
  period: maybe(fc.constantFrom('22', '23', '24', '25', '27', '29', '32', '35')),
  amountCents: maybe(cents),
  percent: maybe(fc.constantFrom(0, 0.1, 0.2, 0.35, 1)),
  quantityKind: maybe(fc.constantFrom('VS', 'P6', 'HS', '99')),
  quantity: maybe(quantity),
  authorization: maybe(fc.constantFrom('Y', 'N', 'U')),
  network: maybe(fc.constantFrom('Y', 'N', 'U', 'W')),
  procedure: maybe(fc.record({ code: fc.constant('97110'), modifiers: fc.subarray(['GP', '59']) })),
  dates: fc.array(answerDate, { maxLength: 2 }),
  references: fc.array(fc.record({ qualifier: fc.constant('G1'), value: text }), { maxLength: 1 }),
  deliveries: fc.array(delivery, { maxLength: 2 }),
  messages: fc.array(text, { maxLength: 2 }),
  entities: fc.array(entity, { maxLength: 2 }),
  places: fc.subarray(['11', '22']),
  source,
});

const reject = (at: Reject['at']): fc.Arbitrary<Reject> =>
  fc.record({
    at: fc.constant(at),
    code: fc.constantFrom('42', '57', '72', '75', '79'),
    followUp: maybe(fc.constantFrom('C', 'R', 'Y')),
    source,
  });

const person = (role: PersonAnswer['role']): fc.Arbitrary<PersonAnswer> =>
  fc.record({
    role: fc.constant(role),
    trace: maybe(fc.constant('TRACE1')),
    name: fc.record({ given: maybe(text), family: maybe(text) }),
    memberId: maybe(fc.constant('SAMPLE0001')),
    groupNumber: maybe(text),
    planName: maybe(text),
    birthDate: maybe(date),
    dates: fc.array(answerDate, { maxLength: 3 }),
    benefits: fc.array(benefit, { maxLength: 8 }),
    rejects: fc.array(reject(role), { maxLength: 2 }),
    source,
  });

const family = fc
  .tuple(person('subscriber'), fc.array(person('dependent'), { maxLength: 2 }))
  .map(([subscriber, dependents]) => [subscriber, ...dependents]);

/** Dependents stand behind their subscriber, as every wire gives them. Sources are empty. */
export const eligibilityAnswer: fc.Arbitrary<EligibilityAnswer> = fc.record({
  wire: fc.constant('x12.271' as const),
  asOf: maybe(fc.tuple(date, fc.constantFrom('', 'T12:00')).map((parts) => parts.join(''))),
  payer: fc.record({ id: maybe(fc.constant('00882')), name: maybe(text), contacts }),
  people: fc.array(family, { maxLength: 2 }).map((families) => families.flat()),
  rejects: fc
    .tuple(fc.array(reject('source'), { maxLength: 2 }), fc.array(reject('receiver'), { maxLength: 2 }))
    .map((levels) => levels.flat()),
});

/** The same answer with every source empty: what two wires of one answer have in common. */
export function withoutSources(answer: EligibilityAnswer): EligibilityAnswer {
  const bare = <Part extends { readonly source: string }>(part: Part): Part => ({ ...part, source: '' });
  return {
    ...answer,
    rejects: answer.rejects.map(bare),
    people: answer.people.map((one) => ({
      ...bare(one),
      rejects: one.rejects.map(bare),
      dates: one.dates.map(bare),
      benefits: one.benefits.map((statement) => ({
        ...bare(statement),
        dates: statement.dates.map(bare),
        entities: statement.entities.map(bare),
      })),
    })),
  };
}
