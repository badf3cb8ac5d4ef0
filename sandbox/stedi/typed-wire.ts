// A payer's picture of a member as Stedi's typed answer (2026-06-01): plans, benefits by kind, words for codes, one service per entry.
import type { Benefit, EligibilityAnswer } from '../../domain/eligibility/answer.ts';
import { amountOf } from '../../domain/x12/money.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';
import { eligibilityResponseSegments } from '../benefits/x12-271.ts';
import { benefitsOf } from '../benefits/picture.ts';
import { followUps } from '../medical-network/eligibility-wire.ts';
import { listIn, textIn } from '../medical-network/json.ts';
import type { JsonObject } from '../medical-network/json.ts';

type Picture = Omit<EligibilityAnswer, 'wire'>;
type Names = Readonly<Record<string, string>>;

const lists: Names = {
  A: 'coInsurance',
  B: 'coPayment',
  C: 'deductible',
  F: 'limitations',
  G: 'outOfPocket',
  I: 'nonCovered',
  R: 'otherOrAdditionalPayer',
};
const statuses: Names = { '1': 'ACTIVE_COVERAGE', '6': 'INACTIVE' };
const levels: Names = { IND: 'INDIVIDUAL', FAM: 'FAMILY' };
const periods: Names = { '23': 'CALENDAR_YEAR', '27': 'VISIT', '29': 'REMAINING' };
const quantities: Names = { VS: 'VISITS', P6: 'NUMBER_OF_SERVICES_OR_PROCEDURES' };
const networks: Names = { Y: 'IN_NETWORK', N: 'OUT_OF_NETWORK', W: 'IN_AND_OUT_OF_NETWORK' };
const insuranceTypes: Names = {
  '12': 'MEDICARE_SECONDARY_WORKING_AGED_BENEFICIARY_OR_SPOUSE_WITH_EMPLOYER_GROUP_HEALTH_PLAN',
  MB: 'MEDICARE_PART_B',
  PR: 'PREFERRED_PROVIDER_ORGANIZATION_PPO',
  WC: 'WORKERS_COMPENSATION',
};
const types: Names = { PR: 'PAYER', PRP: 'PRIMARY_PAYER', SEP: 'SECONDARY_PAYER' };
const places = { source: 'PAYER', receiver: 'PROVIDER', subscriber: 'SUBSCRIBER', dependent: 'DEPENDENT' } as const;

function entry(benefit: Benefit, service: string | null): JsonObject {
  const { level, insuranceType, network, authorization, period, amountCents, percent, quantity, quantityKind } =
    benefit;
  const [date] = benefit.dates;
  const entries: Readonly<Record<string, unknown>> = {
    coverageLevel: levels[level ?? 'IND'],
    insuranceType: insuranceType === null ? undefined : insuranceTypes[insuranceType],
    network: network === null || network === 'U' ? undefined : { indicator: networks[network] },
    priorAuthIndicator: authorization === 'Y' ? 'REQUIRED' : authorization === 'N' ? 'NOT_REQUIRED' : undefined,
    service: service === null ? undefined : { system: 'STC', value: service },
    messages: benefit.messages.length === 0 ? undefined : benefit.messages,
    planCoverageDescription: benefit.planName ?? undefined,
    timePeriod: period === null ? undefined : periods[period],
    amount: amountCents === null ? undefined : amountOf(amountCents),
    percent: percent === null ? undefined : String(percent),
    quantity: quantity === null ? undefined : { value: String(quantity), qualifier: quantities[quantityKind ?? ''] },
    dates:
      date === undefined
        ? undefined
        : {
            plan:
              date.qualifier === '347'
                ? { end: date.from }
                : { start: date.from, ...(date.to === null ? {} : { end: date.to }) },
          },
    relatedEntities:
      benefit.entities.length === 0
        ? undefined
        : benefit.entities.map(({ role, name }) => ({ type: types[role] ?? 'PAYER', name: { organization: name } })),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

/** A statement about three services comes as three entries. */
function split(benefit: Benefit): JsonObject[] {
  const services = benefit.serviceTypes.length === 0 ? [null] : benefit.serviceTypes;
  return services.map((service) => entry(benefit, service));
}

function plan(benefits: readonly Benefit[], name: string | null): JsonObject {
  const grouped: Record<string, JsonObject[]> = {};
  for (const benefit of benefits) {
    const status = statuses[benefit.code];
    const list = status === undefined ? (lists[benefit.code] ?? 'benefitDescription') : 'statuses';
    const entries = split(benefit).map((one) => (status === undefined ? one : { ...one, status }));
    grouped[list] = [...(grouped[list] ?? []), ...entries];
  }
  return { ...(name === null ? {} : { name }), benefits: grouped };
}

/** What the picture says of the question in `body`. */
export function typedPicture(body: unknown, now: Date): Picture {
  const orNull = (value: string) => (value === '' ? null : value);
  const about = textIn(body, 'dependent.name.person.lastName') === '' ? 'subscriber' : 'dependent';
  return benefitsOf({
    payerId: textIn(body, 'payerId'),
    memberId: orNull(textIn(body, 'subscriber.memberId')),
    given: orNull(textIn(body, `${about}.name.person.firstName`)),
    family: orNull(textIn(body, `${about}.name.person.lastName`)),
    birthDate: orNull(textIn(body, `${about}.dateOfBirth`)),
    role: about,
    trace: null,
    serviceDate: textIn(body, 'encounter.dates.service.start') || now.toISOString().slice(0, 10),
    serviceTypes: servicesOf(body),
    now,
  });
}

export function servicesOf(body: unknown): string[] {
  const encounter = typeof body === 'object' && body !== null && 'encounter' in body ? body.encounter : {};
  return listIn(encounter, 'services').map((service) => textIn(service, 'value'));
}

/** The 271 itself, which Stedi gives with every answer of a payer. */
function x12Of(picture: Picture, body: unknown, now: Date): string {
  const receiver = {
    name: textIn(body, 'provider.name.organization'),
    npi: textIn(body, 'provider.npi'),
    reference: 'SANDBOX',
  };
  const segments = eligibilityResponseSegments({ ...picture, wire: 'x12.271' }, receiver);
  return writeInterchange(
    {
      sender: { qualifier: 'ZZ', id: 'STEDI' },
      receiver: { qualifier: 'ZZ', id: 'CLINIC' },
      groupSender: 'STEDI',
      groupReceiver: 'CLINIC',
      groupCode: 'HB',
      interchangeControl: 1,
      groupControl: 1,
      date: now.toISOString().slice(0, 10),
      time: now.toISOString().slice(11, 16).replace(':', ''),
      usage: 'test',
      acknowledge: false,
    },
    [{ type: '271', version: '005010X279A1', control: '0001', segments }],
  );
}

/** The answer as it goes over the wire, the payer's own text beside it. */
export function typedJson(picture: Picture, body: unknown, id: string, now: Date): JsonObject {
  const [person] = picture.people;
  const rejects = [...picture.rejects, ...picture.people.flatMap((one) => one.rejects)];
  const [date] = person?.dates ?? [];
  const member = {
    name: { person: { firstName: person?.name.given ?? '', lastName: person?.name.family ?? '' } },
    ...((person?.memberId ?? null) === null || person?.role === 'dependent' ? {} : { memberId: person?.memberId }),
    ...((person?.birthDate ?? null) === null ? {} : { dateOfBirth: person?.birthDate }),
    ...((person?.planName ?? null) === null
      ? {}
      : { additionalInformation: { plan: { number: 'PLAN', name: person?.planName } } }),
    ...(date === undefined ? {} : { dates: { plan: { start: date.from } } }),
  };
  return {
    id,
    meta: { traceId: 'sandbox', subscriberTraceNumbers: [] },
    payerId: textIn(body, 'payerId'),
    payer: {
      type: 'PAYER',
      identification: picture.payer.id,
      name: { organization: picture.payer.name },
      contacts: [{ phoneNumbers: picture.payer.contacts.map(({ value }) => value) }],
    },
    ...(person === undefined ? {} : { [person.role]: member }),
    plans: person === undefined || person.benefits.length === 0 ? [] : [plan(person.benefits, person.planName)],
    errors: rejects.map(({ at, code, followUp }) => ({
      code,
      description: 'Refused by the payer',
      followupAction: followUps[followUp ?? ''] ?? '',
      location: places[at],
    })),
    x12: x12Of(picture, body, now),
  };
}
