// A payer's picture of a member as the Medical Network's JSON (eligibility v3): a flat list of statements, everything as text.
import type { AnswerDate, Benefit, EligibilityAnswer, Reject, RelatedEntity } from '../../domain/eligibility/answer.ts';
import { amountOf } from '../../domain/x12/money.ts';
import { benefitsOf } from '../benefits/picture.ts';
import { textIn, listIn } from './json.ts';
import type { JsonObject } from './json.ts';

type Picture = Omit<EligibilityAnswer, 'wire'>;

export const followUps: Readonly<Record<string, string>> = {
  C: 'Please Correct and Resubmit',
  N: 'Resubmission Not Allowed',
  R: 'Resubmission Allowed',
};

const loops: Readonly<Record<Reject['at'], string>> = {
  source: 'Loop 2100A',
  receiver: 'Loop 2100B',
  subscriber: 'Loop 2100C',
  dependent: 'Loop 2100D',
};

const roles: Readonly<Record<string, string>> = { PR: 'Payer', PRP: 'Primary Payer', SEP: 'Secondary Payer' };
const dateNames: Readonly<Record<string, string>> = {
  '291': 'plan',
  '346': 'planBegin',
  '347': 'planEnd',
  '356': 'eligibilityBegin',
  '357': 'eligibilityEnd',
};

export function wireDate(date: string): string {
  return date.replaceAll('-', '');
}

/** `20260131` as `2026-01-31`; empty where it is none. */
export function isoDate(date: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  return year === '' ? '' : `${year}-${month}-${day}`;
}

function said(entries: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

function namedDates(dates: readonly AnswerDate[]): JsonObject | null {
  if (dates.length === 0) return null;
  return Object.fromEntries(
    dates.map(({ qualifier, from, to }) => [
      dateNames[qualifier] ?? 'service',
      [from, to].flatMap((day) => (day === null ? [] : wireDate(day))).join('-'),
    ]),
  );
}

function entity({ role, name, contacts }: RelatedEntity): JsonObject {
  return said({
    entityIdentifier: roles[role] ?? role,
    entityType: 'Non-Person Entity',
    entityName: name,
    contactInformation: contactInformation(contacts),
  });
}

function contactInformation(contacts: RelatedEntity['contacts']): JsonObject | null {
  if (contacts.length === 0) return null;
  return {
    contacts: contacts.map(({ kind, value }) => ({
      communicationMode: kind === 'TE' ? 'Telephone' : kind,
      communicationNumber: value,
    })),
  };
}

function statement(benefit: Benefit): JsonObject {
  return said({
    code: benefit.code,
    coverageLevelCode: benefit.level,
    serviceTypeCodes: benefit.serviceTypes,
    insuranceTypeCode: benefit.insuranceType,
    planCoverage: benefit.planName,
    timeQualifierCode: benefit.period,
    benefitAmount: benefit.amountCents === null ? null : amountOf(benefit.amountCents),
    benefitPercent: benefit.percent === null ? null : String(benefit.percent),
    quantityQualifierCode: benefit.quantityKind,
    benefitQuantity: benefit.quantity === null ? null : String(benefit.quantity),
    authOrCertIndicator: benefit.authorization,
    inPlanNetworkIndicatorCode: benefit.network,
    benefitsDateInformation: namedDates(benefit.dates),
    additionalInformation: benefit.messages.map((description) => ({ description })),
    benefitsRelatedEntities: benefit.entities.map(entity),
  });
}

function refusal({ at, code, followUp }: Reject): JsonObject {
  return {
    field: at === 'source' ? 'payer' : at === 'receiver' ? 'provider' : at,
    code,
    description: 'Refused by the payer',
    followupAction: followUps[followUp ?? ''] ?? '',
    location: loops[at],
    possibleResolutions: 'Check what was sent',
  };
}

/** What the picture says of the question in `body`. */
export function pictureOf(body: unknown, now: Date): Picture {
  const dependent = listIn(body, 'dependents')[0];
  const person =
    dependent ?? (typeof body === 'object' && body !== null && 'subscriber' in body ? body.subscriber : {});
  const orNull = (value: string) => (value === '' ? null : value);
  const day = isoDate(textIn(body, 'encounter.dateOfService') || textIn(body, 'encounter.beginningDateOfService'));
  return benefitsOf({
    payerId: textIn(body, 'tradingPartnerServiceId'),
    memberId: orNull(textIn(body, 'subscriber.memberId')),
    given: orNull(textIn(person, 'firstName')),
    family: orNull(textIn(person, 'lastName')),
    birthDate: orNull(isoDate(textIn(person, 'dateOfBirth'))),
    role: dependent === undefined ? 'subscriber' : 'dependent',
    trace: null,
    serviceDate: day === '' ? now.toISOString().slice(0, 10) : day,
    serviceTypes: listIn(
      body && typeof body === 'object' && 'encounter' in body ? body.encounter : {},
      'serviceTypeCodes',
    ).map(String),
    now,
  });
}

export function rejectsIn(picture: Picture): readonly Reject[] {
  return [...picture.rejects, ...picture.people.flatMap(({ rejects }) => rejects)];
}

/** The answer as it goes over the wire: refusals stand at the party and again at the top. */
export function eligibilityJson(picture: Picture, body: unknown): JsonObject {
  const person = picture.people[0];
  const rejects = rejectsIn(picture);
  const aaa = (at: Reject['at']) => {
    const own = rejects.filter((reject) => reject.at === at).map(refusal);
    return own.length === 0 ? {} : { aaaErrors: own };
  };
  const dependent = listIn(body, 'dependents')[0];
  const benefits = (person?.benefits ?? []).map(statement);
  const statuses = benefits.filter(({ code }) => typeof code === 'string' && /^[1-8]$/.test(code));
  return said({
    meta: { applicationMode: 'sandbox', traceId: 'sandbox' },
    controlNumber: textIn(body, 'controlNumber'),
    reassociationKey: textIn(body, 'controlNumber'),
    tradingPartnerServiceId: textIn(body, 'tradingPartnerServiceId'),
    provider: {
      providerOrgName: textIn(body, 'provider.organizationName'),
      npi: textIn(body, 'provider.npi'),
      ...aaa('receiver'),
    },
    subscriber: {
      memberId: textIn(body, 'subscriber.memberId'),
      firstName: textIn(body, 'subscriber.firstName'),
      lastName: textIn(body, 'subscriber.lastName'),
      dateOfBirth: textIn(body, 'subscriber.dateOfBirth'),
      ...aaa('subscriber'),
    },
    dependents:
      dependent === undefined
        ? []
        : [
            {
              firstName: textIn(dependent, 'firstName'),
              lastName: textIn(dependent, 'lastName'),
              dateOfBirth: textIn(dependent, 'dateOfBirth'),
              ...aaa('dependent'),
            },
          ],
    payer: said({
      entityIdentifier: 'Payer',
      name: picture.payer.name,
      payorIdentification: picture.payer.id,
      contactInformation: contactInformation(picture.payer.contacts),
      ...aaa('source'),
    }),
    planInformation: said({ groupNumber: person?.groupNumber ?? null, planDescription: person?.planName ?? null }),
    planDateInformation: namedDates(person?.dates ?? []),
    planStatus: statuses.map(({ code, planCoverage, serviceTypeCodes }) =>
      said({ statusCode: code, planDetails: planCoverage ?? null, serviceTypeCodes: serviceTypeCodes ?? [] }),
    ),
    benefitsInformation: benefits,
    errors: rejects.map(refusal),
  });
}
