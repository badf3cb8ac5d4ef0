// What a member's plan pays for, drawn from the member id alone: every simulated vendor tells the same of the same member, each in its own wire.
import { createHash } from 'node:crypto';
import { blankBenefit } from '../../domain/eligibility/answer.ts';
import type { Benefit, EligibilityAnswer, PersonAnswer } from '../../domain/eligibility/answer.ts';
import { everyPayer } from '../clinic/payers.ts';

/** What a vendor was asked. A member id of null, or one that no payer here gives out, is not found. */
export interface BenefitsQuestion {
  readonly payerId: string;
  readonly memberId: string | null;
  readonly given: string | null;
  readonly family: string | null;
  readonly birthDate: string | null;
  readonly role: PersonAnswer['role'];
  readonly trace: string | null;
  /** `YYYY-MM-DD`; benefit years and plan dates are those around it. */
  readonly serviceDate: string;
  readonly serviceTypes: readonly string[];
  readonly now: Date;
}

/** The kinds of answers a clinic meets, by how often they come in a hundred. */
export const benefitKinds = {
  /** Everything is told, in and out of network. */
  complete: 38,
  /** The payer answers for the whole plan (service type 30), whatever it was asked. */
  planOnly: 14,
  /** One pool of visits for physical, occupational and speech therapy. */
  pooled: 10,
  /** An ended plan and the one that replaced it. */
  replaced: 7,
  inactive: 6,
  /** AAA 75: no such subscriber. */
  notFound: 6,
  /** Coinsurance, no visit limit, and another payer that comes first. */
  medicareSecondary: 6,
  workersCompensation: 3,
  /** A limit in units and one in dollars. */
  unitsAndDollars: 5,
  /** The limit stands in free text only. */
  textOnly: 5,
} as const;
export type BenefitKind = keyof typeof benefitKinds;

const therapy = ['PT'];

/** A number below `bound` that a member id always gives. */
function drawn(memberId: string, what: string, bound: number): number {
  return createHash('sha256').update(`${what}/${memberId}`).digest().readUInt32BE(0) % bound;
}

/** The kind of answer this member always gets. */
export function kindOf(memberId: string): BenefitKind {
  let rest = drawn(memberId, 'kind', 100);
  for (const kind of Object.keys(benefitKinds).filter(isKind)) {
    rest -= benefitKinds[kind];
    if (rest < 0) return kind;
  }
  return 'complete';
}

function isKind(text: string): text is BenefitKind {
  return Object.hasOwn(benefitKinds, text);
}

/** The payer's whole answer. Sources are empty: where a statement stands is for its reader to say. */
export function benefitsOf(question: BenefitsQuestion): Omit<EligibilityAnswer, 'wire'> {
  const { memberId, payerId, now } = question;
  const payer = Object.values(everyPayer).find(({ id }) => id === payerId);
  const about = {
    asOf: now.toISOString(),
    payer: { id: payerId, name: payer?.name ?? null, contacts: [{ kind: 'TE', value: '8005550100' }] },
  };
  if (payer === undefined)
    return { ...about, people: [], rejects: [{ at: 'source', code: '79', followUp: 'C', source: '' }] };
  const known =
    memberId !== null && Object.values(everyPayer).some(({ memberPrefix }) => memberId.startsWith(memberPrefix));
  const isMedicare = memberId?.startsWith(everyPayer.medicarePartB.memberPrefix) === true;
  const kind = isMedicare ? 'medicare' : known ? kindOf(memberId) : 'notFound';
  const person: PersonAnswer = {
    role: question.role,
    trace: question.trace,
    name: { given: question.given, family: question.family },
    memberId,
    groupNumber: null,
    planName: payer.planName,
    birthDate: question.birthDate,
    dates: [],
    benefits: [],
    rejects: [],
    source: '',
  };
  if (memberId === null || kind === 'notFound') {
    const code = memberId === null ? '72' : '75';
    return {
      ...about,
      rejects: [],
      people: [{ ...person, rejects: [{ at: person.role, code, followUp: 'C', source: '' }] }],
    };
  }
  const year = question.serviceDate.slice(0, 4);
  const dates = [{ qualifier: '346', from: `${year}-01-01`, to: null, source: '' }];
  return {
    ...about,
    rejects: [],
    people: [{ ...person, dates, benefits: statements(kind, memberId, payer.planName, year) }],
  };
}

function statements(kind: BenefitKind | 'medicare', memberId: string, planName: string, year: string): Benefit[] {
  const draw = (what: string, bound: number) => drawn(memberId, what, bound);
  const deductible = 50_000 + draw('deductible', 6) * 25_000;
  const left = draw('met', 3) === 0 ? 0 : Math.floor((deductible * draw('left', 100)) / 100);
  const visits = 20 + draw('visits', 5) * 10;
  const visitsLeft = draw('used', visits + 1);
  const copay = 2000 + draw('copay', 5) * 1000;
  const active = { ...blankBenefit, code: '1', level: 'IND', serviceTypes: ['30'], planName, insuranceType: 'PR' };
  const covered = { ...blankBenefit, code: '1', serviceTypes: therapy };
  const deductibles = [
    {
      ...blankBenefit,
      code: 'C',
      level: 'IND',
      serviceTypes: ['30'],
      period: '23',
      amountCents: deductible,
      network: 'Y',
    },
    { ...blankBenefit, code: 'C', level: 'IND', serviceTypes: ['30'], period: '29', amountCents: left, network: 'Y' },
    {
      ...blankBenefit,
      code: 'C',
      level: 'FAM',
      serviceTypes: ['30'],
      period: '23',
      amountCents: deductible * 2,
      network: 'Y',
    },
    {
      ...blankBenefit,
      code: 'C',
      level: 'IND',
      serviceTypes: ['30'],
      period: '23',
      amountCents: deductible * 3,
      network: 'N',
    },
    {
      ...blankBenefit,
      code: 'G',
      level: 'IND',
      serviceTypes: ['30'],
      period: '29',
      amountCents: 600_000 - draw('oop', 400_000),
      network: 'Y',
    },
  ] as const satisfies readonly Benefit[];
  const copays = [
    { ...blankBenefit, code: 'B', level: 'IND', serviceTypes: therapy, period: '27', amountCents: copay, network: 'Y' },
    { ...blankBenefit, code: 'A', level: 'IND', serviceTypes: therapy, percent: 0.4, network: 'N' },
  ] as const satisfies readonly Benefit[];
  const authorization = draw('authorization', 2) === 0 ? 'N' : 'Y';
  const limits = (serviceTypes: readonly string[]) =>
    [
      {
        ...blankBenefit,
        code: 'F',
        level: 'IND',
        serviceTypes,
        period: '23',
        quantityKind: 'VS',
        quantity: visits,
        authorization,
        network: 'W',
      },
      {
        ...blankBenefit,
        code: 'F',
        level: 'IND',
        serviceTypes,
        period: '29',
        quantityKind: 'VS',
        quantity: visitsLeft,
        network: 'W',
      },
    ] as const satisfies readonly Benefit[];
  const medicare = [
    { ...active, insuranceType: 'MB' },
    covered,
    { ...blankBenefit, code: 'C', level: 'IND', serviceTypes: ['30'], period: '23', amountCents: 25_700 },
    { ...blankBenefit, code: 'C', level: 'IND', serviceTypes: ['30'], period: '29', amountCents: 0 },
    { ...blankBenefit, code: 'A', level: 'IND', serviceTypes: therapy, percent: 0.2 },
  ] as const satisfies readonly Benefit[];
  switch (kind) {
    case 'complete':
      return [active, covered, ...deductibles, ...copays, ...limits(therapy)];
    case 'planOnly':
      return [
        active,
        ...deductibles,
        { ...blankBenefit, code: 'A', level: 'IND', serviceTypes: ['30'], percent: 0.2, network: 'Y' },
      ];
    case 'pooled':
      return [active, covered, ...deductibles, ...copays, ...limits(['PT', 'AD', 'AF'])];
    case 'replaced':
      return [
        {
          ...active,
          code: '6',
          planName: `${planName} (former)`,
          dates: [{ qualifier: '346', from: `${Number(year) - 1}-01-01`, to: `${Number(year) - 1}-12-31`, source: '' }],
        },
        { ...active, dates: [{ qualifier: '346', from: `${year}-01-01`, to: null, source: '' }] },
        covered,
        ...deductibles,
        ...copays,
        ...limits(therapy),
      ];
    case 'inactive':
      return [
        {
          ...active,
          code: '6',
          dates: [{ qualifier: '347', from: `${Number(year) - 1}-12-31`, to: null, source: '' }],
        },
      ];
    case 'medicare':
      return [...medicare];
    case 'medicareSecondary':
      return [
        ...medicare,
        {
          ...blankBenefit,
          code: 'R',
          serviceTypes: ['30'],
          insuranceType: '12',
          entities: [{ role: 'PRP', name: 'Millbrook Employers Plan', id: null, contacts: [], source: '' }],
        },
      ];
    case 'workersCompensation':
      return [{ ...active, insuranceType: 'WC', planName: 'Workers compensation' }, covered];
    case 'unitsAndDollars':
      return [
        active,
        covered,
        ...deductibles,
        ...copays,
        {
          ...blankBenefit,
          code: 'F',
          level: 'IND',
          serviceTypes: therapy,
          period: '23',
          quantityKind: 'P6',
          quantity: 60,
          network: 'W',
        },
        {
          ...blankBenefit,
          code: 'F',
          level: 'IND',
          serviceTypes: therapy,
          period: '23',
          amountCents: 250_000,
          network: 'W',
        },
      ];
    case 'textOnly':
      return [
        active,
        {
          ...covered,
          messages: ['PHYSICAL THERAPY LIMITED TO 24 VISITS COMBINED WITH CHIROPRACTIC, CALL FOR DETAILS'],
        },
        ...deductibles,
        ...copays,
      ];
    case 'notFound':
      return [];
  }
}
