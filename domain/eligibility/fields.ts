// The fields of a benefit summary: each is a value with where it came from, or unknown with the reason. One table names them all.

export const confidences = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof confidences)[number];

/** The kinds of benefit years: the calendar's, the plan's own twelve months, or those the payer calls a service year. */
export const benefitYears = ['calendarYear', 'planYear', 'serviceYear'] as const;
export type BenefitYear = (typeof benefitYears)[number];

/** What a limit is counted over. */
export const limitPeriods = ['calendarYear', 'planYear', 'serviceYear', 'contract', 'episode', 'lifetime'] as const;
export type LimitPeriod = (typeof limitPeriods)[number];

/** How often: `quantity` visits in `count` periods; `period` is X12's code of the period. */
export interface Frequency {
  readonly quantity: number;
  readonly count: number;
  readonly period: string;
}

/** The value each kind of field has. Money is in cents, a share is a fraction, a day is `YYYY-MM-DD`, types are X12 service type codes. */
export interface FieldKinds {
  readonly yesNo: boolean;
  readonly cents: number;
  readonly share: number;
  readonly count: number;
  /** A number of visits or units; a payer may also say that there is no limit. */
  readonly limit: number | 'unlimited';
  readonly text: string;
  readonly date: string;
  readonly serviceTypes: readonly string[];
  readonly year: BenefitYear;
  readonly period: LimitPeriod;
  readonly frequency: Frequency;
}
export type FieldKind = keyof FieldKinds;

/** Every field with its kind and what it is called to people. Fields may be added, never renamed. */
export const fieldTable = {
  active: { kind: 'yesNo', words: 'Coverage active on the day of the visit' },
  planName: { kind: 'text', words: 'Plan' },
  begins: { kind: 'date', words: 'Coverage begins' },
  ends: { kind: 'date', words: 'Coverage ends' },
  therapyCovered: { kind: 'yesNo', words: 'Therapy covered' },
  clinicInNetwork: { kind: 'yesNo', words: "Clinic in the plan's network" },
  copayCents: { kind: 'cents', words: 'Copay for a visit' },
  coinsurance: { kind: 'share', words: 'Coinsurance, the share the patient pays' },
  deductibleCents: { kind: 'cents', words: 'Deductible, individual' },
  deductibleMetCents: { kind: 'cents', words: 'Deductible met, individual' },
  deductibleLeftCents: { kind: 'cents', words: 'Deductible left, individual' },
  deductibleFamilyCents: { kind: 'cents', words: 'Deductible, family' },
  deductibleFamilyMetCents: { kind: 'cents', words: 'Deductible met, family' },
  deductibleFamilyLeftCents: { kind: 'cents', words: 'Deductible left, family' },
  outOfPocketCents: { kind: 'cents', words: 'Out-of-pocket maximum, individual' },
  outOfPocketMetCents: { kind: 'cents', words: 'Out of pocket met, individual' },
  outOfPocketLeftCents: { kind: 'cents', words: 'Out of pocket left, individual' },
  outOfPocketFamilyCents: { kind: 'cents', words: 'Out-of-pocket maximum, family' },
  outOfPocketFamilyMetCents: { kind: 'cents', words: 'Out of pocket met, family' },
  outOfPocketFamilyLeftCents: { kind: 'cents', words: 'Out of pocket left, family' },
  visitsAllowed: { kind: 'limit', words: 'Visits allowed' },
  visitsUsed: { kind: 'count', words: 'Visits used' },
  visitsLeft: { kind: 'limit', words: 'Visits left' },
  visitsPeriod: { kind: 'period', words: 'Visits are counted over' },
  visitFrequency: { kind: 'frequency', words: 'How often visits are allowed' },
  unitsAllowed: { kind: 'limit', words: 'Units (services) allowed' },
  unitsUsed: { kind: 'count', words: 'Units used' },
  unitsLeft: { kind: 'limit', words: 'Units left' },
  dollarCapCents: { kind: 'cents', words: 'Most the plan pays for therapy' },
  dollarUsedCents: { kind: 'cents', words: 'Paid so far toward that' },
  dollarLeftCents: { kind: 'cents', words: 'Left of that' },
  benefitYear: { kind: 'year', words: 'Benefit year' },
  benefitYearResets: { kind: 'date', words: 'Benefit year starts anew' },
  pooledWith: { kind: 'serviceTypes', words: 'Services that share the limit' },
  deductibleVisitsCount: { kind: 'yesNo', words: 'Visits paid by the deductible count toward the limit' },
  authorizationRequired: { kind: 'yesNo', words: 'Authorization required' },
  referralRequired: { kind: 'yesNo', words: 'Referral required' },
} as const satisfies Record<string, { readonly kind: FieldKind; readonly words: string }>;

export type FieldName = keyof typeof fieldTable;
export type ValueOf<Name extends FieldName> = FieldKinds[(typeof fieldTable)[Name]['kind']];

/** A value: `source` is the payer's segment or path, `call`, or `rule <id>`; `asOf` is when that was true, null where nobody said. */
export interface Known<Value> {
  readonly value: Value;
  readonly source: string;
  readonly asOf: string | null;
  readonly confidence: Confidence;
  readonly why: string;
  /** Another answer to the same question that says something else; a person decides between the two. */
  readonly contradictedBy?: Known<Value>;
}

/** Never 0, never false: nobody said. */
export interface Unknown {
  readonly value: null;
  readonly unknown: true;
  readonly why: string;
  /** The statements that say different things, where that is the reason. */
  readonly contradiction?: readonly string[];
}

export type Field<Value> = Known<Value> | Unknown;

export type FieldSet = { readonly [Name in FieldName]: Field<ValueOf<Name>> };

export function unknown(why: string): Unknown {
  return { value: null, unknown: true, why };
}

export function isKnown<Value>(field: Field<Value>): field is Known<Value> {
  return !('unknown' in field);
}

export function isFieldName(text: string): text is FieldName {
  return Object.hasOwn(fieldTable, text);
}

export const fieldNames: readonly FieldName[] = Object.keys(fieldTable).filter(isFieldName);

/** The two values say the same. */
export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** A whole set, field by field. `of` gives each field a value of its own kind. */
export function fieldSet(of: (name: FieldName) => Field<unknown>): FieldSet {
  const fields: Readonly<Record<string, Field<unknown>>> = Object.fromEntries(
    fieldNames.map((name) => [name, of(name)]),
  );
  if (!isFieldSet(fields)) throw new Error('A set has every field.');
  return fields;
}

function isFieldSet(fields: Readonly<Record<string, Field<unknown>>>): fields is FieldSet {
  return fieldNames.every((name) => Object.hasOwn(fields, name));
}
