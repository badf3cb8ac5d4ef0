// A payer's answer about coverage in the Medical Network's JSON (eligibility v3) as the one EligibilityAnswer every wire is read into.
import type {
  Benefit,
  Delivery,
  EligibilityAnswer,
  PersonAnswer,
  RelatedEntity,
} from '../../domain/eligibility/answer.ts';
import { centsOf } from '../../domain/x12/money.ts';
import { at, dateAt, isObject, listAt, textAt } from '../json.ts';
import { datesOf } from './dates.ts';
import { rejectsOf } from './rejects.ts';
import { contactKindOf, roleOf } from './words.ts';

/** What was sent, to recognise our own question in the answer. */
export interface SentQuestion {
  readonly trace: string;
  readonly controlNumber: string;
}

/** A number the wire carries as text. */
export function numberAt(value: unknown, key: string): number | null {
  const text = textAt(value, key);
  return text !== null && /^\d{1,9}(\.\d{1,4})?$/.test(text) ? Number(text) : null;
}

export function centsAt(value: unknown, key: string): number | null {
  const text = textAt(value, key);
  return text === null ? null : centsOf(text);
}

/** EB08 is a fraction of one; whatever is greater says something else, and nobody knows what. */
export function fractionAt(value: unknown, key: string): number | null {
  const text = textAt(value, key);
  const number = text !== null && /^\d?(\.\d{1,8})?$/.test(text) ? Number(text) : null;
  return number !== null && number <= 1 ? number : null;
}

/** A code out of a closed few; everything else is unknown. */
export function codeAt<Code extends string>(value: unknown, key: string, codes: readonly Code[]): Code | null {
  const text = textAt(value, key);
  return codes.find((code) => code === text) ?? null;
}

export function textsAt(value: unknown, key: string): string[] {
  return listAt(value, key).filter((one) => typeof one === 'string' && one.trim() !== '') as string[];
}

function contactsOf(party: unknown): RelatedEntity['contacts'] {
  return listAt(at(party, 'contactInformation'), 'contacts').flatMap((contact) => {
    const kind = textAt(contact, 'communicationMode');
    const value = textAt(contact, 'communicationNumber');
    return kind === null || value === null ? [] : [{ kind: contactKindOf(kind), value }];
  });
}

function entityOf(entity: unknown, source: string): RelatedEntity {
  const qualifier = textAt(entity, 'entityIdentification');
  const value = textAt(entity, 'entityIdentificationValue');
  const name = [textAt(entity, 'entityFirstname'), textAt(entity, 'entityName')].filter((part) => part !== null);
  return {
    role: roleOf(textAt(entity, 'entityIdentifier') ?? ''),
    name: name.length === 0 ? null : name.join(' '),
    id: qualifier === null || value === null ? null : { qualifier, value },
    contacts: contactsOf(entity),
    source,
  };
}

function entitiesOf(benefit: unknown, source: string): RelatedEntity[] {
  const several = listAt(benefit, 'benefitsRelatedEntities');
  if (several.length > 0)
    return several.map((entity, index) => entityOf(entity, `${source}.benefitsRelatedEntities[${index}]`));
  const one = at(benefit, 'benefitsRelatedEntity');
  return isObject(one) ? [entityOf(one, `${source}.benefitsRelatedEntity`)] : [];
}

function deliveryOf(delivery: unknown): Delivery {
  return {
    unit: textAt(delivery, 'quantityQualifierCode'),
    quantity: numberAt(delivery, 'quantity'),
    frequency: numberAt(delivery, 'sampleSelectionModulus'),
    frequencyPeriod: textAt(delivery, 'unitForMeasurementQualifierCode') ?? textAt(delivery, 'unitForMeasurementCode'),
    periods: numberAt(delivery, 'numOfPeriods'),
    period: textAt(delivery, 'timePeriodQualifierCode'),
  };
}

/** III: codes under qualifier ZZ are places of service. The list repeats what stands alone beside it. */
function placesOf(benefit: unknown): string[] {
  const listed = listAt(benefit, 'eligibilityAdditionalInformationList');
  const all = listed.length > 0 ? listed : [at(benefit, 'eligibilityAdditionalInformation')];
  const places = all.flatMap((one) =>
    textAt(one, 'codeListQualifierCode') === 'ZZ' ? [textAt(one, 'industryCode')] : [],
  );
  return places.filter((place) => place !== null);
}

function procedureOf(benefit: unknown): Benefit['procedure'] {
  const composite = at(benefit, 'compositeMedicalProcedureIdentifier');
  const code = textAt(composite, 'procedureCode');
  return code === null ? null : { code, modifiers: textsAt(composite, 'procedureModifiers') };
}

/** REF01 in loop 2110 of the 271 (005010X279A1) by the vendor's name. */
const references: Readonly<Record<string, string>> = {
  planNumber: '18',
  policyNumber: '1L',
  memberId: '1W',
  familyUnitNumber: '49',
  groupNumber: '6P',
  referralNumber: '9F',
  alternativeListId: 'ALS',
  coverageListId: 'CLI',
  hicNumber: 'F6',
  drugFormularyNumber: 'FO',
  priorAuthorizationNumber: 'G1',
  insurancePolicyNumber: 'IG',
  medicalAssistanceCategory: 'M7',
  planNetworkIdNumber: 'N6',
  medicaidRecepientIdNumber: 'NQ',
};

function referencesOf(benefit: unknown): Benefit['references'] {
  const named = at(benefit, 'benefitsAdditionalInformation');
  return Object.entries(references).flatMap(([name, qualifier]) => {
    const value = textAt(named, name);
    return value === null ? [] : [{ qualifier, value }];
  });
}

function benefitOf(benefit: unknown, source: string): Benefit {
  const messages = listAt(benefit, 'additionalInformation').map((one) => textAt(one, 'description'));
  return {
    code: textAt(benefit, 'code') ?? '',
    level: textAt(benefit, 'coverageLevelCode'),
    serviceTypes: textsAt(benefit, 'serviceTypeCodes'),
    insuranceType: textAt(benefit, 'insuranceTypeCode'),
    planName: textAt(benefit, 'planCoverage'),
    period: textAt(benefit, 'timeQualifierCode'),
    amountCents: centsAt(benefit, 'benefitAmount'),
    percent: fractionAt(benefit, 'benefitPercent'),
    quantityKind: textAt(benefit, 'quantityQualifierCode'),
    quantity: numberAt(benefit, 'benefitQuantity'),
    authorization: codeAt(benefit, 'authOrCertIndicator', ['Y', 'N', 'U']),
    network: codeAt(benefit, 'inPlanNetworkIndicatorCode', ['Y', 'N', 'U', 'W']),
    procedure: procedureOf(benefit),
    dates: datesOf(at(benefit, 'benefitsDateInformation'), `${source}.benefitsDateInformation`),
    references: referencesOf(benefit),
    deliveries: listAt(benefit, 'benefitsServiceDelivery').map(deliveryOf),
    messages: messages.filter((message) => message !== null),
    entities: entitiesOf(benefit, source),
    places: placesOf(benefit),
    source,
  };
}

/** Whether coverage is active or not stands in EB 1 to 8; the vendor repeats those in `planStatus`, which counts where they are nowhere else. */
function benefitsOf(json: unknown): Benefit[] {
  const told = listAt(json, 'benefitsInformation').map((one, index) => benefitOf(one, `benefitsInformation[${index}]`));
  if (told.some(({ code }) => /^[1-8]$/.test(code))) return told;
  const statuses = listAt(json, 'planStatus').map((one, index) =>
    benefitOf(
      {
        code: at(one, 'statusCode'),
        planCoverage: at(one, 'planDetails'),
        serviceTypeCodes: at(one, 'serviceTypeCodes') ?? at(one, 'serviceTypeCode'),
      },
      `planStatus[${index}]`,
    ),
  );
  return [...statuses, ...told];
}

function traceOf(json: unknown, sent: SentQuestion): string | null {
  const echoed = listAt(json, 'subscriberTraceNumbers').some(
    (trace) => textAt(trace, 'referenceIdentification') === sent.trace,
  );
  return echoed || textAt(json, 'controlNumber') === sent.controlNumber ? sent.trace : null;
}

/** Whether a body answers at all: with benefits, with a plan, or with a refusal by the payer. */
export function isEligibilityAnswer(json: unknown): boolean {
  return (
    listAt(json, 'benefitsInformation').length > 0 ||
    listAt(json, 'planStatus').length > 0 ||
    rejectsOf(json).length > 0
  );
}

/**
 * Reads an answer. The wire has one list of benefits for the patient, who is the dependent where there is one; the subscriber is
 * then told of only where the payer refused them.
 * @param receivedAt an instant, ISO UTC: the wire tells none
 */
export function toEligibilityAnswer(json: unknown, sent: SentQuestion, receivedAt: string): EligibilityAnswer {
  const rejects = rejectsOf(json);
  const [dependent] = listAt(json, 'dependents').filter(isObject);
  const plan = at(json, 'planInformation');
  const person = (role: PersonAnswer['role'], member: unknown, source: string): PersonAnswer => ({
    role,
    trace: traceOf(json, sent),
    name: { given: textAt(member, 'firstName'), family: textAt(member, 'lastName') },
    memberId: textAt(member, 'memberId'),
    groupNumber: textAt(member, 'groupNumber') ?? textAt(plan, 'groupNumber'),
    planName: textAt(plan, 'planDescription'),
    birthDate: dateAt(member, 'dateOfBirth'),
    dates: [],
    benefits: [],
    rejects: rejects.filter((reject) => reject.at === role),
    source,
  });
  const subscriber = person('subscriber', at(json, 'subscriber'), 'subscriber');
  const aboutDependent = dependent !== undefined || rejects.some((reject) => reject.at === 'dependent');
  const patient = {
    ...(aboutDependent ? person('dependent', dependent, 'dependents[0]') : subscriber),
    dates: datesOf(at(json, 'planDateInformation'), 'planDateInformation'),
    benefits: benefitsOf(json),
  };
  const payer = at(json, 'payer');
  return {
    wire: 'medicalNetwork.eligibility',
    asOf: receivedAt,
    payer: {
      id: textAt(payer, 'payorIdentification') ?? textAt(json, 'tradingPartnerServiceId'),
      name: textAt(payer, 'name'),
      contacts: contactsOf(payer),
    },
    people: aboutDependent && subscriber.rejects.length > 0 ? [subscriber, patient] : [patient],
    rejects: rejects.filter((reject) => reject.at === 'source' || reject.at === 'receiver'),
  };
}
