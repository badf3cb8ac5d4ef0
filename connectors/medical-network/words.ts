// What the Medical Network spells out in words, back in the codes of X12 that the words stand for. A word nobody knows stays as it came.
import { textAt } from '../json.ts';

/** NM101 by the name the vendor gives it, without brackets, in capitals. */
const roles: Readonly<Record<string, string>> = {
  CONTRACTED_SERVICE_PROVIDER: '13',
  PREFERRED_PROVIDER_ORGANIZATION: '1I',
  PROVIDER: '1P',
  THIRD_PARTY_ADMINISTRATOR: '2B',
  EMPLOYER: '36',
  OTHER_PHYSICIAN: '73',
  FACILITY: 'FA',
  GATEWAY_PROVIDER: 'GP',
  GROUP: 'GW',
  INDEPENDENT_PHYSICIANS_ASSOCIATION: 'I3',
  INSURED_OR_SUBSCRIBER: 'IL',
  LEGAL_REPRESENTATIVE: 'LR',
  ORIGIN_CARRIER: 'OC',
  PRIMARY_CARE_PROVIDER: 'P3',
  PRIOR_INSURANCE_CARRIER: 'P4',
  PLAN_SPONSOR: 'P5',
  PAYER: 'PR',
  PRIMARY_PAYER: 'PRP',
  SECONDARY_PAYER: 'SEP',
  TERTIARY_PAYER: 'TTP',
  PARTY_PERFORMING_VERIFICATION: 'VER',
  VENDOR: 'VN',
  ORGANIZATION_COMPLETING_CONFIGURATION_CHANGE: 'VY',
  UTILIZATION_MANAGEMENT_ORGANIZATION: 'X3',
  MANAGED_CARE_ORGANIZATION: 'Y2',
};

/** PER03. */
const contactKinds: Readonly<Record<string, string>> = {
  ELECTRONIC_DATA_INTERCHANGE_ACCESS_NUMBER: 'ED',
  ELECTRONIC_MAIL: 'EM',
  FACSIMILE: 'FX',
  TELEPHONE: 'TE',
  TELEPHONE_EXTENSION: 'EX',
  UNIFORM_RESOURCE_LOCATOR: 'UR',
  WORK_PHONE_NUMBER: 'WP',
};

/** AAA04 by what its wording must hold; the first that fits counts. */
const followUps: readonly (readonly [RegExp, string])[] = [
  [/not allowed/, 'N'],
  [/original/, 'P'],
  [/third party/, 'S'],
  [/30 days/, 'W'],
  [/10 days/, 'X'],
  [/hold/, 'Y'],
  [/correct/, 'C'],
  [/allowed/, 'R'],
];

function key(words: string): string {
  const bare = words.replace(/\(.*?\)/g, '').trim();
  return bare.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

export function roleOf(words: string): string {
  return roles[key(words)] ?? words;
}

export function contactKindOf(words: string): string {
  return contactKinds[key(words)] ?? words;
}

/** AAA04; null where nothing is said or nobody knows the words, which may be free text. */
export function followUpOf(error: unknown): string | null {
  const words = textAt(error, 'followupAction')?.toLowerCase();
  if (words === undefined) return null;
  if (/^[a-z]$/.test(words)) return words.toUpperCase();
  return followUps.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
