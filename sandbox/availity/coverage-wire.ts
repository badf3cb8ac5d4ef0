// A member's benefits in Availity's Coverage: plans with benefits by service type and network, every amount a text.
import type { Benefit, EligibilityAnswer, PersonAnswer } from '../../domain/eligibility/answer.ts';
import { amountOf } from '../../domain/x12/money.ts';
import type { JsonObject } from './reviews.ts';

type Told = Omit<EligibilityAnswer, 'wire'>;

const amountFields: Readonly<Record<string, string>> = {
  A: 'coInsurance',
  B: 'coPayment',
  C: 'deductibles',
  G: 'outOfPocket',
};
const detailFields: Readonly<Record<string, string>> = { D: 'benefitDescriptions', F: 'limitations', I: 'nonCovered' };
const networkFields = { Y: 'inNetwork', N: 'outOfNetwork', W: 'notApplicableNetwork', U: 'noNetwork' } as const;
const remaining = '29';

function money(cents: number): string {
  const text = amountOf(cents);
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** A statement as a `NetworkBenefit`; `rest` is the statement of what remains of it, which Availity folds into the same entry. */
function entryOf(benefit: Benefit, rest: Benefit | undefined): JsonObject {
  const left = rest?.amountCents ?? null;
  const leftCount = rest?.quantity ?? null;
  const sum = benefit.amountCents ?? null;
  return {
    statusCode: benefit.code,
    ...(benefit.level === null
      ? {}
      : { levelCode: benefit.level, level: benefit.level === 'FAM' ? 'Family' : 'Individual' }),
    ...(sum === null ? {} : { amount: money(sum), units: 'USD' }),
    ...(benefit.percent === null ? {} : { amount: String(Math.round(benefit.percent * 100)), units: 'Percent' }),
    ...(benefit.period === null ? {} : { amountTimePeriodCode: benefit.period }),
    ...(left === null ? {} : { total: money(sum ?? 0), remaining: money(left), remainingTimePeriodCode: remaining }),
    ...(benefit.quantity === null
      ? {}
      : { quantity: String(benefit.quantity), quantityQualifierCode: benefit.quantityKind ?? '' }),
    ...(leftCount === null ? {} : { remaining: String(leftCount), remainingTimePeriodCode: remaining }),
    ...(benefit.authorization === null
      ? {}
      : benefit.authorization === 'U'
        ? { authorizationRequiredUnknown: true }
        : { authorizationRequired: benefit.authorization === 'Y' }),
    payerNotes: benefit.messages.map((message) => ({ message })),
  };
}

function isRestOf(one: Benefit, other: Benefit): boolean {
  return (
    other.period === remaining &&
    one.period !== remaining &&
    one.code === other.code &&
    one.level === other.level &&
    one.network === other.network &&
    one.quantityKind === other.quantityKind &&
    (one.amountCents === null) === (other.amountCents === null)
  );
}

/** The statements below one plan or benefit: amounts under `amounts`, the others beside them, each in the list of its network. */
function detailsOf(statements: readonly Benefit[]): JsonObject {
  const rests = new Map(
    statements
      .map((one) => [one, statements.find((other) => isRestOf(one, other))] as const)
      .filter(([, rest]) => rest),
  );
  const folded = new Set(rests.values());
  const fields: Record<string, Record<string, JsonObject[]>> = {};
  for (const one of statements) {
    if (folded.has(one)) continue;
    const field = amountFields[one.code] ?? detailFields[one.code];
    if (field === undefined) continue;
    const list = one.network === null ? 'noNetwork' : networkFields[one.network];
    const lists = (fields[field] ??= {});
    (lists[list] ??= []).push(entryOf(one, rests.get(one)));
  }
  const amounts = Object.values(amountFields).flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : []));
  const details = Object.values(detailFields).flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : []));
  return {
    ...(amounts.length === 0 ? {} : { amounts: Object.fromEntries(amounts) }),
    ...Object.fromEntries(details),
  };
}

const isStatus = ({ code }: Benefit): boolean => /^[1-8]$/.test(code);
const isOfPlan = ({ serviceTypes }: Benefit): boolean => serviceTypes.length === 1 && serviceTypes[0] === '30';

function statusOf(benefit: Benefit): JsonObject {
  return {
    statusCode: benefit.code,
    status: Number(benefit.code) < 6 ? 'Active Coverage' : 'Inactive',
    payerNotes: benefit.messages.map((message) => ({ type: 'Note', message })),
  };
}

function datesOf(benefit: Benefit, person: PersonAnswer): JsonObject {
  const dates = benefit.dates.length > 0 ? benefit.dates : person.dates;
  const begin = dates.find(({ qualifier }) => qualifier === '346');
  const end = dates.find(({ qualifier }) => qualifier === '347')?.from ?? begin?.to ?? null;
  return {
    ...(begin?.from ? { planStartDate: `${begin.from}T00:00:00.000+0000` } : {}),
    ...(end === null ? {} : { planEndDate: `${end}T00:00:00.000+0000` }),
  };
}

/** One entry of `benefits` for each service type: Availity's JSON gives a benefit one type. */
function benefitList(statements: readonly Benefit[]): JsonObject[] {
  const types = [...new Set(statements.flatMap(({ serviceTypes }) => serviceTypes))];
  return types.map((type) => {
    const about = statements.filter(({ serviceTypes }) => serviceTypes.includes(type));
    const status = about.find(isStatus);
    return { name: `Service type ${type}`, type, ...(status ? statusOf(status) : {}), ...detailsOf(about) };
  });
}

/** The plans: one for each status of a plan; what else is told belongs to the last of them. */
export function plansOf(told: Told): JsonObject[] {
  const [person] = told.people;
  if (person === undefined || person.benefits.length === 0) return [];
  const statuses = person.benefits.filter((one) => isStatus(one) && isOfPlan(one));
  const others = person.benefits.filter((one) => !statuses.includes(one) && one.code !== 'R');
  const payers = person.benefits.filter(({ code }) => code === 'R').flatMap(({ entities }) => entities);
  return statuses.map((status, index) => {
    const last = index === statuses.length - 1;
    return {
      ...statusOf(status),
      ...(status.planName === null ? {} : { planName: status.planName }),
      ...(status.insuranceType === null ? {} : { insuranceTypeCode: status.insuranceType }),
      groupNumber: `G${index + 1}000`,
      ...datesOf(status, person),
      contacts: told.payer.contacts.map(({ value }) => ({
        category: 'Payer',
        categoryCode: 'PR',
        name: told.payer.name ?? '',
        contactInformation: [{ phone: value }],
      })),
      ...(last ? detailsOf(others.filter(isOfPlan)) : {}),
      ...(last && payers.length > 0
        ? {
            additionalPayers: payers.map(({ role, name }) => ({
              name: name ?? '',
              typeCode: role,
              primary: role === 'PRP',
            })),
          }
        : {}),
      benefits: last ? benefitList(others.filter((one) => !isOfPlan(one))) : [],
    };
  });
}

const fieldOf = {
  source: 'payerId',
  receiver: 'providerNpi',
  subscriber: 'memberId',
  dependent: 'patientLastName',
} as const;

/** The payer's refusals, each with a sentence that quotes what was refused, as the vendor's do. */
export function validationMessages(told: Told, quoted: string): JsonObject[] {
  const all = [...told.rejects, ...told.people.flatMap(({ rejects }) => rejects)];
  return all.map(({ at, code }) => ({ field: fieldOf[at], code, errorMessage: `The payer refused ${quoted}.` }));
}
