// The benefit summary: what a biller and a front desk read before a visit, one for each patient and each coverage. It is PHI.
import type { JSONSchema } from 'json-schema-to-ts';
import { rejectClasses } from '../x12/code-words.ts';
import type { Reject } from './answer.ts';
import type { FieldKind, FieldName, FieldSet } from './fields.ts';
import { benefitYears, confidences, fieldTable, limitPeriods } from './fields.ts';

/** Why a person looks at this summary. */
export const flagCodes = [
  'refused',
  'inactive',
  'severalCoverages',
  'complexPlan',
  'workersCompensation',
  'auto',
  'medicareSecondary',
  'coordinationOfBenefits',
  'otherInsurance',
  'noElectronicAnswers',
  'contradiction',
  'changedSinceLast',
] as const;
export type FlagCode = (typeof flagCodes)[number];

export interface Flag {
  readonly code: FlagCode;
  readonly why: string;
  /** The statements it rests on; empty where it rests on something else than the answer. */
  readonly sources: readonly string[];
}

/** A refusal with what to do about it: the row of rules/codes/aaa.json, null where the code has none. */
export interface SummaryReject extends Reject {
  readonly actionClass: (typeof rejectClasses)[number] | null;
  readonly meaning: string | null;
  readonly fix: string | null;
}

/** One question of the call. `field` is where its answer goes; the last ones (who answered, reference number, date) go to the call itself. */
export interface Question {
  readonly field: FieldName | 'answeredBy' | 'reference' | 'calledOn';
  readonly ask: string;
  /** Without the answer nobody can tell the patient what the visit costs or whether it may take place. */
  readonly essential: boolean;
}

export interface Contact {
  readonly who: string | null;
  /** X12 entity code: PR payer, X3 utilization management … */
  readonly role: string;
  /** X12 contact qualifier: TE telephone, UR web page, EM e-mail, FX fax. */
  readonly kind: string;
  readonly value: string;
}

export interface OtherPayer {
  readonly name: string | null;
  readonly insuranceType: string | null;
  readonly source: string;
}

/**
 * A value stands at the top level where it is the same in and out of network; the two sets hold what applies there.
 * `patient` is null where the whole question was refused.
 */
export interface BenefitSummary extends FieldSet {
  readonly patient: {
    readonly role: 'subscriber' | 'dependent';
    readonly trace: string | null;
    readonly name: { readonly given: string | null; readonly family: string | null };
    readonly memberId: string | null;
    readonly source: string;
  } | null;
  readonly payer: { readonly id: string | null; readonly name: string | null };
  /** The which of how many coverages of this patient; `insuranceType` is EB04. */
  readonly coverage: {
    readonly index: number;
    readonly of: number;
    readonly insuranceType: string | null;
    readonly groupNumber: string | null;
  };
  /** The service type and the day that were asked about. */
  readonly service: string;
  /** The service in our own words. */
  readonly serviceName: string;
  readonly serviceDate: string;
  readonly asOf: string | null;
  readonly madeAt: string;
  readonly inNetwork: FieldSet;
  readonly outOfNetwork: FieldSet;
  /** Free text of the payer: shown, never decided on. */
  readonly messages: readonly { readonly text: string; readonly source: string }[];
  readonly rejects: readonly SummaryReject[];
  readonly otherPayers: readonly OtherPayer[];
  readonly contacts: readonly Contact[];
  /** Statements that no field holds: other services, other places, single procedures. */
  readonly unused: readonly {
    readonly code: string;
    readonly serviceTypes: readonly string[];
    readonly source: string;
  }[];
  readonly disclaimer: { readonly text: string; readonly asOf: string | null };
  /** The calls that completed it, by whom (a user's reference), the payer's number of each. */
  readonly calls: readonly { readonly by: string; readonly at: string; readonly reference: string | null }[];
  readonly flags: readonly Flag[];
  readonly callScript: readonly Question[];
}

const text = { type: 'string' } as const;
const nullableText = { type: ['string', 'null'] } as const;

const kinds: { readonly [Kind in FieldKind]: JSONSchema } = {
  yesNo: { type: 'boolean' },
  cents: { type: 'integer' },
  share: { type: 'number', minimum: 0, maximum: 1 },
  count: { type: 'number', minimum: 0 },
  limit: { anyOf: [{ type: 'number', minimum: 0 }, { const: 'unlimited' }] },
  text: { type: 'string' },
  date: { type: 'string', format: 'date' },
  serviceTypes: { type: 'array', items: { type: 'string' } },
  year: { enum: benefitYears },
  period: { enum: limitPeriods },
  frequency: {
    type: 'object',
    required: ['quantity', 'count', 'period'],
    properties: { quantity: { type: 'number' }, count: { type: 'number' }, period: text },
  },
};

/** The schema of a field's value. */
export function valueSchema(kind: FieldKind): JSONSchema {
  return kinds[kind];
}

const knownFields = ['value', 'source', 'asOf', 'confidence', 'why'];

/** Known or unknown in one object: `unknown` and `contradiction` come with a value of null, the others with one of its kind. */
function fieldSchema(kind: FieldKind): JSONSchema {
  return {
    ...marked('coverage'),
    type: 'object',
    required: ['value', 'why'],
    properties: {
      value: {},
      why: text,
      unknown: { const: true },
      contradiction: { type: 'array', items: text },
      source: text,
      asOf: nullableText,
      confidence: { enum: confidences },
      contradictedBy: { type: 'object', required: knownFields },
    },
    if: { required: ['unknown'] },
    then: { properties: { value: { type: 'null' } } },
    else: { required: knownFields, properties: { value: kinds[kind] } },
  };
}

/** The PHI mark, which JSON Schema's own types do not know. */
function marked(phi: 'coverage' | 'name' | 'memberId' | 'recordNumber'): Readonly<Record<string, string>> {
  return { phi };
}

const fieldProperties: Readonly<Record<string, JSONSchema>> = Object.fromEntries(
  Object.entries(fieldTable).map(([name, { kind }]) => [name, fieldSchema(kind)]),
);

function object(properties: Readonly<Record<string, JSONSchema>>): Exclude<JSONSchema, boolean> {
  return { type: 'object', required: Object.keys(properties), properties };
}

function listOf(items: JSONSchema): JSONSchema {
  return { type: 'array', items };
}

const set = object(fieldProperties);

/** JSON Schema of a `BenefitSummary`; a later version may have more fields. */
export const benefitSummarySchema: JSONSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'BenefitSummary',
  ...object({
    patient: {
      anyOf: [
        { type: 'null' },
        object({
          role: { enum: ['subscriber', 'dependent'] },
          trace: nullableText,
          name: object({
            given: { ...marked('name'), ...nullableText },
            family: { ...marked('name'), ...nullableText },
          }),
          memberId: { ...marked('memberId'), ...nullableText },
          source: text,
        }),
      ],
    },
    payer: object({ id: nullableText, name: nullableText }),
    coverage: object({
      index: { type: 'integer', minimum: 0 },
      of: { type: 'integer', minimum: 1 },
      insuranceType: { ...marked('coverage'), ...nullableText },
      groupNumber: { ...marked('coverage'), ...nullableText },
    }),
    service: text,
    serviceName: text,
    serviceDate: { type: 'string', format: 'date' },
    asOf: nullableText,
    madeAt: { type: 'string', format: 'date-time' },
    ...fieldProperties,
    inNetwork: set,
    outOfNetwork: set,
    messages: listOf(object({ text: { ...marked('coverage'), ...text }, source: text })),
    rejects: listOf(
      object({
        at: { enum: ['source', 'receiver', 'subscriber', 'dependent'] },
        code: text,
        followUp: nullableText,
        source: text,
        actionClass: { enum: [...rejectClasses, null] },
        meaning: nullableText,
        fix: nullableText,
      }),
    ),
    otherPayers: listOf(
      object({ name: { ...marked('coverage'), ...nullableText }, insuranceType: nullableText, source: text }),
    ),
    contacts: listOf(object({ who: nullableText, role: text, kind: text, value: text })),
    unused: listOf(object({ code: text, serviceTypes: listOf(text), source: text })),
    disclaimer: object({ text, asOf: nullableText }),
    calls: listOf(object({ by: text, at: text, reference: { ...marked('recordNumber'), ...nullableText } })),
    flags: listOf(object({ code: { enum: flagCodes }, why: text, sources: listOf(text) })),
    callScript: listOf(object({ field: text, ask: text, essential: { type: 'boolean' } })),
  }),
};
