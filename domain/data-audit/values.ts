// Whether a value can be one: a phone of ten digits, a ZIP code of five or nine, an NPI with its check digit.
import { dayNumberOrNull } from '../calendar.ts';
import type { Placeholders } from '../linkage/book-schema.ts';
import {
  isPlaceholderBirthDate,
  isPlaceholderEmail,
  isPlaceholderNumber,
  isPlaceholderPhone,
  isPlaceholderWord,
} from '../linkage/placeholders.ts';
import { isNpi } from '../npi.ts';
import type { AuditField } from './book-schema.ts';

export type ValueProblem = 'placeholder.value' | 'malformed.value' | 'future.value';

interface Needs {
  readonly placeholders: Placeholders;
  readonly oldestYears: number;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** What is wrong with a value; null: nothing that can be seen from it alone. */
export function problemOf(field: AuditField, value: string, needs: Needs): ValueProblem | null {
  const { placeholders } = needs;
  if (isPlaceholder(field, value, placeholders)) return 'placeholder.value';
  switch (field) {
    case 'birthDate':
      return birthDateProblem(value, needs);
    case 'planOfCare':
      // A plan may be written ahead, not a year ahead: that is a typing error in the year.
      return dateProblem(value, { ...needs, today: yearsLater(needs.today, 1) });
    case 'phone':
      return isPhone(value) ? null : 'malformed.value';
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value.trim()) ? null : 'malformed.value';
    case 'postalCode':
      return /^\d{5}(-?\d{4})?$/.test(value.trim()) ? null : 'malformed.value';
    case 'referringNpi':
      return isNpi(value.trim()) ? null : 'malformed.value';
    case 'memberId':
      return /^[A-Za-z0-9-]{3,}$/.test(value) ? null : 'malformed.value';
    case 'given':
    case 'family':
      return /\p{L}/u.test(value) && !/[\d@#$%*?]{2,}/.test(value) ? null : 'malformed.value';
    case 'diagnoses':
      return value.split(' ').every((code) => /^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/i.test(code))
        ? null
        : 'malformed.value';
    default:
      return null;
  }
}

function isPlaceholder(field: AuditField, value: string, placeholders: Placeholders): boolean {
  switch (field) {
    case 'birthDate':
      return isPlaceholderBirthDate(value, placeholders);
    case 'phone':
      return isPlaceholderWord(value, placeholders) || isPlaceholderPhone(value);
    case 'email':
      return isPlaceholderEmail(value, placeholders);
    case 'memberId':
    case 'referringNpi':
    case 'postalCode':
      return isPlaceholderNumber(value, placeholders);
    case 'gender':
    case 'planOfCare':
      return false;
    default:
      return isPlaceholderWord(value, placeholders);
  }
}

/** Ten digits as the North American plan has them, with or without the country's 1 and an extension. */
function isPhone(value: string): boolean {
  const digits = value
    .replace(/(x|ext).*$/i, '')
    .replace(/\D/g, '')
    .replace(/^1(?=\d{10}$)/, '');
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(digits);
}

function dateProblem(value: string, { today }: Needs): ValueProblem | null {
  if (dayNumberOrNull(value) === null) return 'malformed.value';
  return value > today ? 'future.value' : null;
}

function birthDateProblem(value: string, needs: Needs): ValueProblem | null {
  const problem = dateProblem(value, needs);
  if (problem !== null) return problem;
  return value < yearsLater(needs.today, -needs.oldestYears) ? 'malformed.value' : null;
}

/** The same day so many years later; only compared, so that 29 February need not be one. */
function yearsLater(date: string, years: number): string {
  return `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;
}

/** How a value is written, without what it says: digits as 9, the case of letters. */
export function shapeOf(field: AuditField, value: string): string {
  switch (field) {
    case 'phone':
    case 'postalCode':
      return value.trim().replace(/\d/g, '9');
    case 'given':
    case 'family':
      if (value === value.toUpperCase() && value.length > 2) return 'capitals';
      return value === value.toLowerCase() && value.length > 2 ? 'small letters' : 'mixed';
    case 'memberId':
      return `${/\s/.test(value) ? 'blanks' : ''} ${value.includes('-') ? 'hyphens' : ''} ${/[a-z]/.test(value) ? 'small letters' : ''}`;
    default:
      return '';
  }
}
