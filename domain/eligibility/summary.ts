// Makes benefit summaries out of a payer's answer: one for each patient and each coverage, every field a value or unknown.
import type { Benefit, EligibilityAnswer, PersonAnswer, Reject } from './answer.ts';
import { benefitFields } from './benefit-fields.ts';
import { callScriptOf } from './call-script.ts';
import type { Side, Statements } from './choice.ts';
import type { PersonCoverage } from './coverages.ts';
import { coveragesOf, isOtherPayer, isStatus } from './coverages.ts';
import type { Field, FieldSet, Known } from './fields.ts';
import { fieldNames, fieldSet, isKnown, isSame, unknown } from './fields.ts';
import type { FlagContext } from './flags.ts';
import { flagsOf } from './flags.ts';
import { lower } from './grade.ts';
import type { EligibilitySettings } from './settings-schema.ts';
import { statusFields } from './status-fields.ts';
import type { BenefitSummary, Contact, SummaryReject } from './summary-schema.ts';

/** What the answer is read for. `serviceDate` is the day of the visit; `now` is an instant. */
export interface SummaryOptions extends Omit<FlagContext, 'statements'> {
  readonly service: string;
  readonly serviceDate: string;
  readonly now: string;
  readonly settings: EligibilitySettings;
}

/**
 * One summary for each patient and each coverage the payer returned, in the order of the answer. A refused question gives one
 * as well, in which everything is unknown. Never throws on an answer, whatever it holds.
 */
export function summarise(answer: EligibilityAnswer, options: SummaryOptions): BenefitSummary[] {
  const people = patientsIn(answer.people);
  if (people.length === 0) return [summaryOf(answer, null, options, nothing, 0, 1)];
  const found = people.flatMap((person) =>
    coveragesOf(person, options.serviceDate).map((coverage) => ({ person, coverage })),
  );
  return found.map(({ person, coverage }) => {
    const own = found.filter((other) => isSamePatient(other.person, person));
    const index = own.findIndex((other) => other.coverage === coverage);
    return summaryOf(answer, person, options, coverage, index, own.length);
  });
}

/** A wire that gives each plan as an answer of its own (Availity's) speaks of one patient several times. */
function isSamePatient(one: PersonAnswer, other: PersonAnswer): boolean {
  const identity = ({ role, memberId, name, birthDate, trace }: PersonAnswer) =>
    JSON.stringify([role, memberId, name, birthDate, trace]);
  return one === other || (one.memberId !== null && identity(one) === identity(other));
}

const nothing: PersonCoverage = { insuranceType: null, planName: null, statements: [], shared: [] };

/** A subscriber of whom nothing is said stands there for the dependent below. */
function patientsIn(people: readonly PersonAnswer[]): readonly PersonAnswer[] {
  return people.filter(({ role, benefits, rejects }, index) => {
    const isSilent = benefits.length === 0 && rejects.length === 0;
    return !(role === 'subscriber' && isSilent && people[index + 1]?.role === 'dependent');
  });
}

function summaryOf(
  answer: EligibilityAnswer,
  person: PersonAnswer | null,
  options: SummaryOptions,
  coverage: PersonCoverage,
  index: number,
  of: number,
): BenefitSummary {
  const { service, serviceDate, now, settings } = options;
  const rejects = [...answer.rejects, ...(person?.rejects ?? [])];
  const side = (network: Side) => sideOf(answer, person, options, { coverage, coverages: of, network, rejects });
  const [inNetwork, outOfNetwork] = [side('Y'), side('N')];
  const own = coverage.statements;
  const others = (person?.benefits ?? []).filter(isOtherPayer);
  const base = {
    ...agreed(inNetwork, outOfNetwork),
    patient:
      person === null
        ? null
        : {
            role: person.role,
            trace: person.trace,
            name: person.name,
            memberId: person.memberId,
            source: person.source,
          },
    payer: { id: answer.payer.id, name: answer.payer.name },
    coverage: {
      index,
      of,
      insuranceType: coverage.insuranceType,
      groupNumber: person?.groupNumber ?? null,
    },
    service,
    serviceName: settings.meanings.serviceTypeWords[service] ?? `service type ${service}`,
    serviceDate,
    asOf: answer.asOf,
    madeAt: now,
    inNetwork,
    outOfNetwork,
    messages: [...own, ...coverage.shared, ...others].flatMap(({ messages, source }) =>
      messages.map((text) => ({ text, source })),
    ),
    rejects: rejects.map((reject) => withRow(reject, settings)),
    otherPayers: others.flatMap(({ entities, insuranceType, source }) =>
      entities.length === 0
        ? [{ name: null, insuranceType, source }]
        : entities.map(({ name }) => ({ name, insuranceType, source })),
    ),
    contacts: contactsOf(answer, [...own, ...coverage.shared]),
    unused: unusedOf(coverage, [inNetwork, outOfNetwork]),
    disclaimer: { text: settings.disclaimer, asOf: answer.asOf },
    calls: [],
  };
  const flags = flagsOf(base, { ...options, statements: [...own, ...coverage.shared, ...others] });
  return { ...base, flags, callScript: callScriptOf(base) };
}

interface SideQuestion {
  readonly coverage: PersonCoverage;
  readonly coverages: number;
  readonly network: Side;
  readonly rejects: readonly Reject[];
}

/** Every field as it holds in the plan's network, or outside it. */
function sideOf(
  answer: EligibilityAnswer,
  person: PersonAnswer | null,
  { service, serviceDate, settings }: SummaryOptions,
  { coverage, coverages, network, rejects }: SideQuestion,
): FieldSet {
  const statements: Statements = {
    own: coverage.statements,
    shared: coverage.shared,
    coverages,
    service,
    wider: settings.meanings.widerServiceTypes[service] ?? [],
    costTypes: settings.meanings.costServiceTypes,
    places: settings.placesOfService,
    side: network,
    asOf: answer.asOf,
    answersService: coverage.statements.some(({ serviceTypes }) => serviceTypes.includes(service)),
    absent: absence(coverage, rejects),
  };
  const dates = { dates: person?.dates ?? [], serviceDate, answeredOn: answer.asOf?.slice(0, 10) ?? null };
  const status = statusFields(coverage, statements, dates);
  const benefits = benefitFields(statements, serviceDate, status.yearEnds);
  return { ...status.fields, ...benefits, ...ruled(benefits, service, settings, serviceDate) };
}

function absence({ statements, shared }: PersonCoverage, rejects: readonly Reject[]): string {
  const [reject] = rejects;
  if (statements.length + shared.length > 0) return 'the payer did not state it';
  if (reject !== undefined) return `the payer refused the question (AAA ${reject.code} at ${reject.source})`;
  return 'the payer returned nothing about this coverage';
}

type RuledFields = Pick<
  FieldSet,
  'clinicInNetwork' | 'deductibleVisitsCount' | 'benefitYear' | 'benefitYearResets' | 'pooledWith'
>;

/** What is known of the payer beforehand stands where it did not say otherwise itself. */
function ruled(
  stated: Omit<RuledFields, 'clinicInNetwork' | 'deductibleVisitsCount'>,
  service: string,
  settings: EligibilitySettings,
  serviceDate: string,
): RuledFields {
  const { rule, inNetwork, deductibleVisitsCount, benefitYear, pools } = settings;
  const byRule = <Value>(value: Value): Known<Value> => ({
    value,
    source: rule === null ? "clinic's settings" : `rule ${rule.id}`,
    asOf: rule === null ? null : rule.retrieved,
    confidence: 'medium',
    why: rule === null ? 'the clinic set it for this payer' : rule.source,
  });
  const year: Field<string> = stated.benefitYear;
  const usesYear = !isKnown(year) && year.contradiction === undefined && benefitYear !== null;
  const next = String(Number(serviceDate.slice(0, 4)) + 1);
  const pool = pools?.find((types) => types.includes(service));
  return {
    clinicInNetwork:
      inNetwork === null
        ? unknown('an answer tells benefits by network, not whether this clinic is in it')
        : byRule(inNetwork),
    deductibleVisitsCount:
      deductibleVisitsCount === null ? unknown('payers differ, and no answer tells') : byRule(deductibleVisitsCount),
    benefitYear: usesYear ? byRule(benefitYear) : stated.benefitYear,
    benefitYearResets: usesYear && benefitYear === 'calendarYear' ? byRule(`${next}-01-01`) : stated.benefitYearResets,
    pooledWith:
      isKnown(stated.pooledWith) || pool === undefined
        ? stated.pooledWith
        : byRule(pool.filter((type) => type !== service)),
  };
}

/** A value where both sets have the same, else unknown with the reason. */
function agreed(inNetwork: FieldSet, outOfNetwork: FieldSet): FieldSet {
  return fieldSet((name) => agreedField(inNetwork[name], outOfNetwork[name]));
}

function agreedField(inside: Field<unknown>, outside: Field<unknown>): Field<unknown> {
  if (!isKnown(inside) && !isKnown(outside)) return inside;
  if (isKnown(inside) && isKnown(outside)) {
    if (!isSame(inside.value, outside.value)) return unknown('told apart by network');
    return inside.confidence === lower(inside.confidence, outside.confidence) ? inside : outside;
  }
  return unknown(`told apart by network: stated ${isKnown(inside) ? 'in' : 'out of'} network only`);
}

function withRow(reject: Reject, { rejects }: EligibilitySettings): SummaryReject {
  const row = rejects.find(({ code }) => code === reject.code);
  return {
    ...reject,
    actionClass: row?.actionClass ?? null,
    meaning: row?.meaning ?? null,
    fix: row?.fix ?? null,
  };
}

/** Whom a statement names to call first, then the payer. */
function contactsOf({ payer }: EligibilityAnswer, statements: readonly Benefit[]): Contact[] {
  const named = statements.flatMap(({ entities }) =>
    entities.flatMap(({ name, role, contacts }) => contacts.map((contact) => ({ who: name, role, ...contact }))),
  );
  const own = payer.contacts.map((contact) => ({ who: payer.name, role: payerRole, ...contact }));
  return [...named, ...own].filter((one, index, all) => all.findIndex((other) => isSame(one, other)) === index);
}

/** X12 entity code of the payer. */
const payerRole = 'PR';

/** What no field was read from, so that a reader sees that it is there. */
function unusedOf({ statements, shared }: PersonCoverage, sets: readonly FieldSet[]): BenefitSummary['unused'] {
  const used = new Set(
    sets.flatMap((set) =>
      fieldNames.flatMap((name): string[] => {
        const field: Field<unknown> = set[name];
        return isKnown(field) ? field.source.split(' and ') : [...(field.contradiction ?? [])];
      }),
    ),
  );
  return [...statements, ...shared]
    .filter((statement) => !used.has(statement.source) && !isStatus(statement))
    .map(({ code, serviceTypes, source }) => ({ code, serviceTypes, source }));
}
