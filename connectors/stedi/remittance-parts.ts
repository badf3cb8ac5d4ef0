// What stands at several levels of an 835 in Stedi's JSON: amounts as text, references and amounts under names that stand for X12 qualifiers.
import type {
  RemittanceAdjustment,
  RemittanceAmount,
  RemittanceContact,
  RemittanceReference,
} from '../../domain/claim/remittance.ts';
import { centsOf } from '../../domain/x12/money.ts';
import { listAt, textAt } from '../json.ts';

type Qualifiers = Readonly<Record<string, string>>;

/** An amount in cents; null where there is none, or none that is exact. */
export function centsIn(holder: unknown, name: string): number | null {
  const text = textAt(holder, name);
  return text === null ? null : centsOf(text);
}

/** A count that may have a fraction ("1.5" units). */
export function numberIn(holder: unknown, name: string): number | null {
  const text = textAt(holder, name);
  return text !== null && /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : null;
}

export function referencesIn(holder: unknown, source: string, qualifiers: Qualifiers): RemittanceReference[] {
  return Object.entries(qualifiers).flatMap(([name, qualifier]) => {
    const value = textAt(holder, name);
    return value === null ? [] : [{ qualifier, value, source: `${source}.${name}` }];
  });
}

/** AMT01 of the federal categories is the same at a claim and at a line. */
const federal: Qualifiers = {
  federalMedicareOrMedicaidPaymentMandateCategory1: 'ZK',
  federalMedicareOrMedicaidPaymentMandateCategory2: 'ZL',
  federalMedicareOrMedicaidPaymentMandateCategory3: 'ZM',
  federalMedicareOrMedicaidPaymentMandateCategory4: 'ZN',
  federalMedicareOrMedicaidPaymentMandateCategory5: 'ZO',
};

export function amountsIn(holder: unknown, qualifiers: Qualifiers): RemittanceAmount[] {
  return Object.entries({ ...qualifiers, ...federal }).flatMap(([name, qualifier]) =>
    textAt(holder, name) === null ? [] : [{ qualifier, cents: centsIn(holder, name) }],
  );
}

/** CAS: up to six reasons in one object. One whose amount cannot be read is left out, and the claim does not balance. */
export function adjustmentsIn(list: readonly unknown[], source: string): RemittanceAdjustment[] {
  return list.flatMap((one, index) =>
    [1, 2, 3, 4, 5, 6].flatMap((place) => {
      const group = textAt(one, 'claimAdjustmentGroupCode');
      const reason = textAt(one, `adjustmentReasonCode${place}`);
      const amountCents = centsIn(one, `adjustmentAmount${place}`);
      if (group === null || reason === null || amountCents === null) return [];
      const quantity = numberIn(one, `adjustmentQuantity${place}`);
      return [{ group, reason, amountCents, quantity, source: `${source}[${index}].adjustmentAmount${place}` }];
    }),
  );
}

/** PER03, 05 and 07 by the vendor's name. */
const numbers: Qualifiers = {
  phone: 'TE',
  phoneExtension: 'EX',
  fax: 'FX',
  email: 'EM',
};

export function contactIn(role: string, contact: unknown): RemittanceContact {
  return {
    role,
    name: textAt(contact, 'contactName'),
    numbers: listAt(contact, 'contactMethods').flatMap((method) =>
      referencesIn(method, '', numbers).map(({ qualifier, value }) => ({ qualifier, value })),
    ),
  };
}
