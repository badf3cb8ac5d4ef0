// The statements of one plan in Availity's coverage as the 271's own statements (EB), each with the path it stood at.
import { blankBenefit } from '../../domain/eligibility/answer.ts';
import type { Benefit, Delivery, RelatedEntity } from '../../domain/eligibility/answer.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { measuresOf } from './coverage-amounts.ts';
import { datesOf } from './coverage-dates.ts';

/** Which list of a `BenefitDetail` is which network (EB12). */
const networks = [
  ['inNetwork', 'Y'],
  ['outOfNetwork', 'N'],
  ['notApplicableNetwork', 'W'],
  ['noNetwork', null],
] as const;

/** What a statement in these places says (EB01). */
const amounts = { deductibles: 'C', coPayment: 'B', coInsurance: 'A', outOfPocket: 'G' } as const;
const details = {
  limitations: 'F',
  nonCovered: 'I',
  exclusions: 'E',
  costContainment: 'J',
  coverageBasis: 'CB',
  reserve: 'K',
  preexistingConditions: 'M',
} as const;
/** Here each statement names its own code; without one it is a description. */
const ownCode = ['statusDetails', 'benefitDescriptions'] as const;
const description = 'D';

/** X12 contact qualifiers (PER03). */
const contactKinds = { phone: 'TE', url: 'UR', email: 'EM', fax: 'FX' } as const;

/** X12 reference qualifiers (REF01) of the numbers a statement may carry. */
const references = [
  ['priorAuthorizationNumber', 'G1'],
  ['referralNumber', '9F'],
  ['planNumber', '18'],
  ['groupNumber', '6P'],
  ['policyNumber', 'IG'],
  ['planNetworkId', 'N6'],
] as const;

function referencesOf(entry: unknown): Benefit['references'] {
  return references.flatMap(([field, qualifier]) => {
    const value = textAt(entry, field);
    return value === null ? [] : [{ qualifier, value }];
  });
}

/** Notes come as texts or as objects with a message. */
function notesOf(holder: unknown): string[] {
  return listAt(holder, 'payerNotes').flatMap((note) => {
    const text = typeof note === 'string' ? note.trim() : (textAt(note, 'message') ?? '');
    return text === '' ? [] : [text];
  });
}

function contactsOf(holder: unknown): RelatedEntity['contacts'] {
  return listAt(holder, 'contactInformation').flatMap((contact) =>
    Object.entries(contactKinds).flatMap(([field, kind]) => {
      const value = textAt(contact, field);
      return value === null ? [] : [{ kind, value }];
    }),
  );
}

/** A person or company named beside a statement; `role` is the X12 entity code where one is given. */
function entityOf(holder: unknown, role: string, path: string): RelatedEntity {
  const name = [textAt(holder, 'firstName'), textAt(holder, 'lastName')].filter(Boolean).join(' ');
  const npi = textAt(holder, 'npi');
  const payerId = textAt(holder, 'payerId');
  return {
    role,
    name: textAt(holder, 'name') ?? (name === '' ? null : name),
    id: npi !== null ? { qualifier: 'XX', value: npi } : payerId !== null ? { qualifier: 'PI', value: payerId } : null,
    contacts: contactsOf(holder),
    source: path,
  };
}

function entitiesOf(holder: unknown, path: string): RelatedEntity[] {
  return listAt(holder, 'contacts').map((contact, index) => {
    const codes = ['categoryCode', 'roleCode', 'typeCode'].map((field) => textAt(contact, field));
    return entityOf(contact, codes.find((code) => code !== null) ?? 'unknown', `${path}.contacts[${index}]`);
  });
}

function deliveriesOf(entry: unknown): Delivery[] {
  const count = (holder: unknown, field: string): number | null => {
    const text = textAt(holder, field);
    return text !== null && /^\d{1,6}(\.\d+)?$/.test(text) ? Number(text) : null;
  };
  return listAt(entry, 'deliveryInformation').map((delivery) => ({
    unit: textAt(delivery, 'quantityQualifierCode'),
    quantity: count(delivery, 'quantity'),
    frequency: null,
    frequencyPeriod: textAt(delivery, 'perCode'),
    periods: count(delivery, 'timePeriods'),
    period: textAt(delivery, 'timePeriodCode'),
  }));
}

function truth(holder: unknown, key: string): boolean | null {
  const found = at(holder, key);
  if (found === true || found === 'true') return true;
  return found === false || found === 'false' ? false : null;
}

/** EB11. "Unknown" is an answer of its own and outweighs the flag beside it. */
function authorizationOf(entry: unknown): Benefit['authorization'] {
  if (truth(entry, 'authorizationRequiredUnknown') === true) return 'U';
  const required = truth(entry, 'authorizationRequired');
  return required === null ? null : required ? 'Y' : 'N';
}

function levelOf(entry: unknown): string | null {
  const word = textAt(entry, 'level')?.toLowerCase();
  return textAt(entry, 'levelCode') ?? (word === 'individual' ? 'IND' : word === 'family' ? 'FAM' : null);
}

/** What holds for all statements of a benefit: which service, which insurance, which plan. */
type About = Pick<Benefit, 'serviceTypes' | 'insuranceType' | 'planName'>;

function statements(entry: unknown, code: string, network: Benefit['network'], about: About, path: string): Benefit[] {
  const words = [textAt(entry, 'description'), ...notesOf(entry)].filter((text) => text !== null);
  const place = textAt(entry, 'placeOfServiceCode');
  return measuresOf(entry, code).map(({ field, unread, ...measure }) => ({
    ...blankBenefit,
    ...about,
    ...measure,
    code,
    level: levelOf(entry),
    insuranceType: textAt(entry, 'insuranceTypeCode') ?? about.insuranceType,
    planName: textAt(entry, 'planName') ?? about.planName,
    authorization: authorizationOf(entry),
    network,
    dates: datesOf(entry, path),
    references: referencesOf(entry),
    deliveries: deliveriesOf(entry),
    messages: [...words, ...unread],
    entities: entitiesOf(entry, path),
    places: place === null ? [] : [place],
    source: field === null || field === 'amount' ? path : `${path}.${field}`,
  }));
}

/** All statements of a `BenefitDetail`: four lists, one for each network. */
function detailOf(detail: unknown, codeOf: (entry: unknown) => string, about: About, path: string): Benefit[] {
  return networks.flatMap(([list, network]) =>
    listAt(detail, list)
      .filter(isObject)
      .flatMap((entry, index) => statements(entry, codeOf(entry), network, about, `${path}.${list}[${index}]`)),
  );
}

/** EB01 of a status: the code, or what the first word leaves no doubt about. */
function statusCode(holder: unknown): string | null {
  const code = textAt(holder, 'statusCode');
  if (code !== null) return code;
  const word = textAt(holder, 'status')?.toLowerCase() ?? '';
  return word.startsWith('active') ? '1' : word.startsWith('inactive') ? '6' : null;
}

/** Other payers (EB01 R), with their place in the order of benefits where the payer tells it (NM101). */
function otherPayers(holder: unknown, about: About, path: string): Benefit[] {
  return listAt(holder, 'additionalPayers').map((payer, index) => {
    const at = `${path}.additionalPayers[${index}]`;
    const order = (['primary', 'secondary', 'tertiary'] as const).find((place) => truth(payer, place) === true);
    const role =
      order === undefined ? textAt(payer, 'typeCode') : { primary: 'PRP', secondary: 'SEP', tertiary: 'TTP' }[order];
    return {
      ...blankBenefit,
      ...about,
      code: 'R',
      insuranceType: null,
      planName: textAt(payer, 'planName'),
      dates: datesOf(payer, at),
      entities: [entityOf(payer, role ?? 'PR', at)],
      source: at,
    };
  });
}

/** What a plan, or a benefit of it, says: its status with notes and contacts, then every statement below it. */
function holderOf(holder: unknown, about: About, path: string, more: readonly RelatedEntity[] = []): Benefit[] {
  const code = statusCode(holder);
  const messages = notesOf(holder);
  const entities = [...more, ...entitiesOf(holder, path)];
  const told = code !== null || messages.length > 0 || entities.length > 0;
  const status = { ...blankBenefit, ...about, code: code ?? description, messages, entities, source: path };
  const fixed = Object.entries(details).map(([name, eb]) => ({ name, eb, detail: at(holder, name) }));
  const sums = Object.entries(amounts).map(([name, eb]) => ({
    name: `amounts.${name}`,
    eb,
    detail: at(at(holder, 'amounts'), name),
  }));
  return [
    ...(told ? [status] : []),
    ...[...sums, ...fixed].flatMap(({ name, eb, detail }) => detailOf(detail, () => eb, about, `${path}.${name}`)),
    ...ownCode.flatMap((name) =>
      detailOf(at(holder, name), (entry) => statusCode(entry) ?? description, about, `${path}.${name}`),
    ),
    ...otherPayers(holder, about, path),
  ];
}

/** The name a plan goes by (EB05). */
export function planNameOf(plan: unknown): string | null {
  return textAt(plan, 'planName') ?? textAt(plan, 'description') ?? textAt(plan, 'groupName');
}

/**
 * Every statement of a plan. What stands on the plan itself is about the plan as a whole (service type 30); a benefit is about its own
 * type, and about none in particular where Availity gives only a name, which is then shown.
 */
export function benefitsOf(plan: unknown, path: string): Benefit[] {
  const about = { insuranceType: textAt(plan, 'insuranceTypeCode'), planName: planNameOf(plan) };
  const physician = at(plan, 'primaryCareProvider');
  const named = isObject(physician) ? [entityOf(physician, 'P3', `${path}.primaryCareProvider`)] : [];
  const own = holderOf(plan, { ...about, serviceTypes: ['30'] }, path, named);
  const listed = listAt(plan, 'benefits').flatMap((benefit, index) => {
    const type = textAt(benefit, 'type');
    const coded = type !== null && /^[0-9A-Z]{1,2}$/.test(type);
    const name = textAt(benefit, 'name') ?? type;
    const found = holderOf(benefit, { ...about, serviceTypes: coded ? [type] : [] }, `${path}.benefits[${index}]`);
    return coded || name === null ? found : found.map((one) => ({ ...one, messages: [name, ...one.messages] }));
  });
  return [...own, ...listed];
}
