// What a claim status category says about where the claim stands. Pure.

import { isSentBack, saysNothing } from './facts.ts';

/** `moreInformation`: the payer waits for documents. `decided`: a remittance says the rest. `nothing`: as if nobody had answered. */
export const standings = [
  'accepted',
  'sentBack',
  'notOnFile',
  'pending',
  'moreInformation',
  'decided',
  'nothing',
] as const;
export type Standing = (typeof standings)[number];

/** A claim that the payer looked for and has not (X12 code list 507: A4, D0). */
const notOnFile: readonly string[] = ['A4', 'D0'];
/** Pending because the payer asked the provider for something. */
const askedProvider = 'P3';

/** By the letter of the category, which is its family in X12 code list 507; what is none of them says nothing. */
export function standingOf(category: string): Standing {
  if (notOnFile.includes(category)) return 'notOnFile';
  if (saysNothing(category)) return 'nothing';
  const status = { category, code: '', entity: null, effectiveOn: null, chargeCents: null, paidCents: null };
  if (isSentBack({ statuses: [{ ...status, paidOn: null, checkNumber: null, source: '' }] })) return 'sentBack';
  switch (category.charAt(0)) {
    case 'A':
      return 'accepted';
    case 'P':
      return category === askedProvider ? 'moreInformation' : 'pending';
    case 'R':
      return 'moreInformation';
    case 'F':
      return 'decided';
    default:
      return 'nothing';
  }
}
