// An answer of Stedi's typed eligibility check (2026-06-01): plans with benefits by kind, everything in words, read back into codes.
import type {
  AnswerDate,
  Benefit,
  Delivery,
  EligibilityAnswer,
  PersonAnswer,
  Reject,
  RelatedEntity,
} from '../../domain/eligibility/answer.ts';
import { at, dateAt, isObject, listAt, textAt } from '../json.ts';
import { centsAt, fractionAt, numberAt, textsAt } from '../medical-network/eligibility-answer.ts';
import { followUpOf, roleOf } from '../medical-network/words.ts';
import * as words from './typed-words.ts';

function worded(value: unknown, key: string, table: Readonly<Record<string, string>>): string | null {
  const text = textAt(value, key);
  return text === null ? null : (table[text] ?? text);
}

function nameOf(party: unknown): { given: string | null; family: string | null; organization: string | null } {
  const name = at(party, 'name');
  const person = at(name, 'person');
  return {
    given: textAt(person, 'firstName'),
    family: textAt(person, 'lastName'),
    organization: textAt(name, 'organization'),
  };
}

function datesOf(dates: unknown, source: string): AnswerDate[] {
  if (!isObject(dates)) return [];
  return Object.entries(dates).flatMap(([name, range]) => {
    const from = dateAt(range, 'start');
    const to = dateAt(range, 'end');
    const where = `${source}.${name}`;
    const ends = words.dateEnds[name];
    const common = words.dateQualifiers[name];
    if (common !== undefined && (ends === undefined || (from !== null && to !== null)))
      return from === null && to === null ? [] : [{ qualifier: common, from, to, source: where }];
    // A beginning alone is a beginning, an end alone an end: each is a day of its own kind.
    const [begin, end] = ends ?? [];
    return [
      ...(from === null || begin === undefined ? [] : [{ qualifier: begin, from, to: null, source: `${where}.start` }]),
      ...(to === null || end === undefined ? [] : [{ qualifier: end, from: to, to: null, source: `${where}.end` }]),
    ];
  });
}

const contactLists = { phoneNumbers: 'TE', emails: 'EM', faxNumbers: 'FX', ediNumbers: 'ED', urls: 'UR' } as const;

function contactsOf(party: unknown): RelatedEntity['contacts'] {
  return listAt(party, 'contacts').flatMap((contact) =>
    Object.entries(contactLists).flatMap(([list, kind]) => textsAt(contact, list).map((value) => ({ kind, value }))),
  );
}

const ids = { payerId: 'PI', npi: 'XX', memberId: 'MI', tin: 'FI', ein: '24', naicId: 'NI' } as const;

function entityOf(entity: unknown, source: string): RelatedEntity {
  const { given, family, organization } = nameOf(entity);
  const person = [given, family].filter((part) => part !== null).join(' ');
  const id = Object.entries(ids).flatMap(([key, qualifier]) => {
    const value = textAt(entity, key);
    return value === null ? [] : [{ qualifier, value }];
  });
  return {
    role: roleOf(textAt(entity, 'type') ?? ''),
    name: organization ?? (person === '' ? null : person),
    id: id[0] ?? null,
    contacts: contactsOf(entity),
    source,
  };
}

/** REF01 by the vendor's name. */
const references = {
  groupOrPolicyNumber: '1L',
  memberId: '1W',
  familyUnitNumber: '49',
  referralNumber: '9F',
  alternativeListId: 'ALS',
  coverageListId: 'CLI',
  mbi: 'F6',
  drugFormularyNumber: 'FO',
  priorAuthNumber: 'G1',
  insurancePolicyNumber: 'IG',
  medicalAssistanceCategory: 'M7',
  medicaidRecipientId: 'NQ',
} as const;

function referencesOf(benefit: unknown): Benefit['references'] {
  const more = at(benefit, 'additionalInformation');
  const all: (readonly [string, string | null])[] = [
    ['18', textAt(at(more, 'plan'), 'number')],
    ['6P', textAt(at(more, 'group'), 'number')],
    ...Object.entries(references).map(([key, qualifier]) => [qualifier, textAt(more, key)] as const),
  ];
  return all.flatMap(([qualifier, value]) => (value === null ? [] : [{ qualifier, value }]));
}

function deliveriesOf(benefit: unknown): Delivery[] {
  return listAt(benefit, 'serviceLimits')
    .map((limit) => at(limit, 'delivery'))
    .filter(isObject)
    .map((delivery) => ({
      unit: worded(at(delivery, 'quantity'), 'qualifier', words.deliveryUnits),
      quantity: numberAt(at(delivery, 'quantity'), 'value'),
      frequency: numberAt(at(delivery, 'frequency'), 'value'),
      frequencyPeriod: worded(at(delivery, 'frequency'), 'qualifier', words.frequencies),
      periods: numberAt(at(delivery, 'period'), 'value'),
      period: worded(at(delivery, 'period'), 'qualifier', words.periods),
    }));
}

/** A service type (STC) or a procedure of another code system. */
function serviceOf(benefit: unknown): Pick<Benefit, 'serviceTypes' | 'procedure'> {
  const service = at(benefit, 'service');
  const code = textAt(service, 'value');
  if (code === null) return { serviceTypes: [], procedure: null };
  return textAt(service, 'system') === 'STC'
    ? { serviceTypes: [code], procedure: null }
    : { serviceTypes: [], procedure: { code, modifiers: [] } };
}

function benefitOf(benefit: unknown, code: string, planName: string | null, source: string): Benefit {
  return {
    code,
    level: worded(benefit, 'coverageLevel', words.levels),
    ...serviceOf(benefit),
    insuranceType: worded(benefit, 'insuranceType', words.insuranceTypes),
    planName: textAt(benefit, 'planCoverageDescription') ?? planName,
    period: worded(benefit, 'timePeriod', words.periods),
    amountCents: centsAt(benefit, 'amount'),
    percent: fractionAt(benefit, 'percent'),
    quantityKind: worded(at(benefit, 'quantity'), 'qualifier', words.quantityKinds),
    quantity: numberAt(at(benefit, 'quantity'), 'value'),
    authorization: words.authorizations[textAt(benefit, 'priorAuthIndicator') ?? ''] ?? null,
    network: words.networks[textAt(at(benefit, 'network'), 'indicator') ?? ''] ?? null,
    dates: datesOf(at(benefit, 'dates'), `${source}.dates`),
    references: referencesOf(benefit),
    deliveries: deliveriesOf(benefit),
    messages: textsAt(benefit, 'messages'),
    entities: listAt(benefit, 'relatedEntities').map((entity, index) =>
      entityOf(entity, `${source}.relatedEntities[${index}]`),
    ),
    places: listAt(benefit, 'placesOfService').flatMap((place) => textAt(place, 'code') ?? []),
    source,
  };
}

/** Benefits of one object of lists; entries the vendor finds invalid (an amount is missing) are told like the others. */
function listsOf(benefits: unknown, planName: string | null, source: string): Benefit[] {
  return Object.entries(words.benefitLists).flatMap(([list, code]) =>
    listAt(benefits, list).map((one, index) => benefitOf(one, code, planName, `${source}.${list}[${index}]`)),
  );
}

function benefitsOf(plan: unknown, source: string): Benefit[] {
  const planName = textAt(plan, 'name');
  const benefits = at(plan, 'benefits');
  const where = `${source}.benefits`;
  const statuses = listAt(benefits, 'statuses').map((status, index) =>
    benefitOf(status, worded(status, 'status', words.statuses) ?? '', planName, `${where}.statuses[${index}]`),
  );
  const invalid = at(benefits, 'invalidEntries');
  return [...statuses, ...listsOf(benefits, planName, where), ...listsOf(invalid, planName, `${where}.invalidEntries`)];
}

function isPlace(text: string): text is keyof typeof words.places {
  return Object.hasOwn(words.places, text);
}

/** Refusals by the payer; an error without a place or a code is the vendor's own and no refusal. */
export function typedRejects(json: unknown): Reject[] {
  return listAt(json, 'errors').flatMap((error, index) => {
    const code = textAt(error, 'code');
    const place = textAt(error, 'location');
    if (code === null || place === null || !/^[0-9A-Z]{2}$/.test(code) || !isPlace(place)) return [];
    return [{ at: words.places[place], code, followUp: followUpOf(error), source: `errors[${index}]` }];
  });
}

/** The JSON answer. `receivedAt` is an instant, ISO UTC: the wire tells none. */
export function toTypedAnswer(json: unknown, receivedAt: string): EligibilityAnswer {
  const rejects = typedRejects(json);
  const dependent = at(json, 'dependent');
  const role = isObject(dependent) || rejects.some((reject) => reject.at === 'dependent') ? 'dependent' : 'subscriber';
  const personOf = (as: PersonAnswer['role']): PersonAnswer => {
    const member = at(json, as);
    const { given, family } = nameOf(member);
    const more = at(member, 'additionalInformation');
    return {
      role: as,
      trace: null,
      name: { given, family },
      memberId: textAt(member, 'memberId') ?? textAt(more, 'memberId'),
      groupNumber: textAt(at(more, 'group'), 'number') ?? textAt(more, 'groupOrPolicyNumber'),
      planName: textAt(at(more, 'plan'), 'name'),
      birthDate: dateAt(member, 'dateOfBirth'),
      dates: datesOf(at(member, 'dates'), `${as}.dates`),
      benefits: [],
      rejects: rejects.filter((reject) => reject.at === as),
      source: as,
    };
  };
  const patient = {
    ...personOf(role),
    benefits: listAt(json, 'plans').flatMap((plan, index) => benefitsOf(plan, `plans[${index}]`)),
  };
  const subscriber = role === 'dependent' ? personOf('subscriber') : patient;
  const payer = at(json, 'payer');
  return {
    wire: 'stedi.eligibilityCheck',
    asOf: receivedAt,
    payer: {
      id: textAt(payer, 'identification') ?? textAt(json, 'payerId'),
      name: nameOf(payer).organization,
      contacts: contactsOf(payer),
    },
    people: role === 'dependent' && subscriber.rejects.length > 0 ? [subscriber, patient] : [patient],
    rejects: rejects.filter((reject) => reject.at === 'source' || reject.at === 'receiver'),
  };
}
