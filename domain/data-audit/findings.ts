// What an audit says of a record: a code, the field, the system and the record's reference, never the value.
import type { AuditField, Severity } from './book-schema.ts';

export type { Severity };

/** The kinds of findings, each with what it says in words. */
export const findingCodes = {
  'duplicate.same': 'Two records are of one person, as far as they tell',
  'duplicate.perhaps': 'Two records are perhaps of one person',
  'missing.value': 'A field is empty that later work needs',
  'missing.everywhere': 'The system tells this of nobody',
  'placeholder.value': 'Something stands there that means nothing (TBD, 000-000-0000, 1900-01-01)',
  'malformed.value': 'The value cannot be one',
  'future.value': 'The date lies in the future',
  'format.value': 'Written otherwise than in most records of the system',
  'contradiction.value': 'Two records of one patient say something else',
  'contact.none': 'No number and no address by which the patient could be reached',
  'contact.failing': 'The last messages to it did not arrive',
  'contact.wantsNone': 'The patient wants no messages over any way: call instead',
} as const;

export type FindingCode = keyof typeof findingCodes;

export interface Finding {
  /** The same finding has the same key in every audit. */
  readonly key: string;
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly system: string;
  readonly field: AuditField | null;
  /** The record; null where it is about the system. */
  readonly subject: string | null;
  /** The other record, where it is about two. */
  readonly other: string | null;
}

export function finding(of: Omit<Finding, 'key' | 'field' | 'subject' | 'other'> & Partial<Finding>): Finding {
  const { code, severity, system, field = null, subject = null, other = null } = of;
  const key = [code, system, field, subject, other].map((part) => part ?? '-').join('/');
  return { key, code, severity, system, field, subject, other };
}

/** Names of fields as staff say them. */
export const fieldWords: Readonly<Record<AuditField, string>> = {
  given: 'First name',
  family: 'Last name',
  birthDate: 'Date of birth',
  gender: 'Gender',
  phone: 'Phone',
  email: 'E-mail',
  address: 'Address',
  postalCode: 'ZIP code',
  payer: 'Payer',
  memberId: 'Member id',
  referringProvider: 'Referring provider',
  referringNpi: "Referring provider's NPI",
  diagnoses: 'Diagnoses',
  planOfCare: 'Plan of care',
};
