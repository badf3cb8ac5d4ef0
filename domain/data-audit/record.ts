// A patient's record as one system tells it, field by field; what a system does not keep is told apart from what is empty.
import type { Coverage } from '../coverage/schema.ts';
import type { Person } from '../linkage/person.ts';
import type { AuditField } from './book-schema.ts';

export interface AuditRecord {
  /** The record's reference; a record that two systems told stands here once for each. */
  readonly ref: string;
  /** The reference that stands for the patient: another one where a person put records together. */
  readonly patient: string;
  /** The connection whose word this is. */
  readonly system: string;
  readonly person: Person;
  readonly coverage: Pick<Coverage, 'payer' | 'payerName' | 'memberId'> | null;
  readonly referringProvider: { readonly name: string | null; readonly npi: string | null } | null;
  readonly diagnoses: readonly string[];
  readonly planOfCareFrom: string | null;
  /** Fields this system does not keep: they are neither there nor missing. */
  readonly notKept: readonly AuditField[];
}

/** The value of a field as text; null where nothing is there. */
export function valueOf(record: AuditRecord, field: AuditField): string | null {
  const { person, coverage, referringProvider } = record;
  const text = (value: string | null | undefined): string | null =>
    value === null || value === undefined || value.trim() === '' ? null : value;
  switch (field) {
    case 'given':
      return text(person.name.given);
    case 'family':
      return text(person.name.family);
    case 'birthDate':
      return text(person.birthDate);
    case 'gender':
      return person.gender === 'unknown' ? null : person.gender;
    case 'phone':
      return text(person.contact.phone);
    case 'email':
      return text(person.contact.email);
    case 'address':
      return text(person.address?.line);
    case 'postalCode':
      return text(person.address?.postalCode);
    case 'payer':
      return text(coverage?.payerName ?? coverage?.payer);
    case 'memberId':
      return text(coverage?.memberId);
    case 'referringProvider':
      return text(referringProvider?.name);
    case 'referringNpi':
      return text(referringProvider?.npi);
    case 'diagnoses':
      return record.diagnoses.length === 0 ? null : record.diagnoses.join(' ');
    case 'planOfCare':
      return text(record.planOfCareFrom);
  }
}
