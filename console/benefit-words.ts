// What a benefit summary says, in words: amounts, limits, years, states; unknown is said, never shown as 0 or left blank.
import { fieldTable } from '../domain/eligibility/fields.ts';
import type { BenefitYear, FieldName, LimitPeriod } from '../domain/eligibility/fields.ts';
import type { CheckState, CodeWords } from './benefits.ts';
import { clockInWords, dateInZone, dayInWords, instantInWords } from './dates.ts';

const yesNo: Partial<Record<FieldName, readonly [yes: string, no: string]>> = {
  active: ['active', 'not active'],
  therapyCovered: ['covered', 'not covered'],
  authorizationRequired: ['required', 'not required'],
  referralRequired: ['required', 'not required'],
};

const years: Record<BenefitYear, string> = {
  calendarYear: 'calendar year',
  planYear: 'plan year',
  serviceYear: 'service year',
};

const periods: Record<LimitPeriod, string> = {
  ...years,
  contract: 'the contract',
  episode: 'an episode of care',
  lifetime: 'a lifetime',
};

/** The years and periods a person may choose from, with their words. */
export const yearChoices: readonly (readonly [string, string])[] = Object.entries(years);
export const periodChoices: readonly (readonly [string, string])[] = Object.entries(periods);

const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  trailingZeroDisplay: 'stripIfInteger',
});

/** "$1,250", "$12.50". */
export function moneyInWords(cents: number): string {
  return dollars.format(cents / 100);
}

/** "20%", "12.5%". */
function shareInWords(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

function isFrequency(value: unknown): value is { quantity: number; count: number; period: string } {
  return typeof value === 'object' && value !== null && 'quantity' in value && 'count' in value && 'period' in value;
}

function wordOf(table: Readonly<Record<string, string>>, key: string): string {
  return table[key] ?? key;
}

/** A value of a field as a person reads it. `words`: null until they are loaded; codes then stand as they came. */
export function valueInWords(name: FieldName, value: unknown, words: CodeWords | null, today: string): string {
  if (value === null || value === undefined) return 'unknown';
  const { kind } = fieldTable[name];
  if (kind === 'yesNo') return (yesNo[name] ?? ['yes', 'no'])[value === true ? 0 : 1];
  if (kind === 'serviceTypes')
    return Array.isArray(value) && value.length > 0
      ? value.map((code) => serviceTypeInWords(String(code), words)).join(', ')
      : 'nothing else';
  if (isFrequency(value)) {
    const period = words?.periods[value.period] ?? `period ${value.period}`;
    return value.count === 1
      ? `${value.quantity} ${period}`
      : `${value.quantity} in ${value.count} periods (${period})`;
  }
  if (typeof value === 'number')
    return kind === 'cents' ? moneyInWords(value) : kind === 'share' ? shareInWords(value) : String(value);
  if (typeof value !== 'string') return 'unknown';
  switch (kind) {
    case 'limit':
      return wordOf({ unlimited: 'no limit' }, value);
    case 'date':
      return dayInWords(value, today);
    case 'year':
      return wordOf(years, value);
    case 'period':
      return wordOf(periods, value);
    default:
      return value;
  }
}

export function serviceTypeInWords(code: string, words: CodeWords | null): string {
  return words?.serviceTypes[code] ?? `service type ${code}`;
}

/** When something was true: an instant, a day, or the payer's own clock; "not stated" where nobody said. */
export function asOfInWords(asOf: string | null, now: Date, zone: string): string {
  if (asOf === null) return 'not stated';
  const today = dateInZone(now, zone);
  if (/^\d{4}-\d{2}-\d{2}$/.test(asOf)) return dayInWords(asOf, today);
  if (/(Z|[+-]\d{2}:\d{2})$/.test(asOf)) return instantInWords(asOf, now, zone);
  // A time without a zone is the payer's: said as it came.
  const clock = clockInWords(new Date(`${asOf}Z`), 'UTC');
  return `${dayInWords(asOf.slice(0, 10), today)} ${clock} by the payer’s clock`;
}

/** Where a value came from. */
export function sourceInWords(source: string): string {
  return source === 'call' ? 'said on the phone' : source;
}

const states: Record<CheckState, { readonly words: string; readonly mark: string }> = {
  open: { words: 'waiting', mark: '' },
  pending: { words: 'waiting for the payer', mark: '' },
  answered: { words: 'answered', mark: 'good' },
  rejected: { words: 'refused', mark: 'danger' },
  failed: { words: 'could not be asked', mark: 'danger' },
  byPhone: { words: 'by phone only', mark: 'warn' },
};

export function stateInWords(state: CheckState): string {
  return states[state].words;
}

/** The class of the state's mark. */
export function stateMark(state: CheckState): string {
  return states[state].mark;
}

const batches: Record<string, string> = {
  overnight: 'Last night’s batch',
  new: 'Batch of new patients',
  asked: 'Batch that was asked for',
};

export function batchInWords(kind: string): string {
  return batches[kind] ?? 'Last batch';
}

const contactKinds: Record<string, string> = {
  TE: 'Telephone',
  UR: 'Web page',
  EM: 'E-mail',
  FX: 'Fax',
  WP: 'Telephone',
};

/** Whose contact it is and of which kind: "payer, Telephone". */
export function contactInWords(
  { who, role, kind }: { readonly who: string | null; readonly role: string; readonly kind: string },
  words: CodeWords | null,
): string {
  const whose = words?.contacts[role] ?? `role ${role}`;
  return `${who ?? `The ${whose}`}${who === null ? '' : ` (${whose})`}, ${(contactKinds[kind] ?? kind).toLowerCase()}`;
}
