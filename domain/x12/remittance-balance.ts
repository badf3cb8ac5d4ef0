// Whether a remittance (835) balances: each service line, each claim, and the payment (005010X221A1, section 1.10.2.1).
import type { Fault, Place } from './findings.ts';
import type { Segment } from './segment.ts';

/** An amount in units of 10⁻¹⁸ dollars: exact for whatever fits into an element. Null where it is missing or is no amount. */
type Amount = bigint | null;

interface Balance {
  readonly place: Place;
  readonly charge: Amount;
  readonly paid: Amount;
  adjusted: Amount;
}

/** Elements of a CAS that hold amounts, and of a PLB. */
const casAmounts = [3, 6, 9, 12, 15, 18];
const plbAmounts = [4, 6, 8, 10, 12, 14];
const decimals = 18;

/** Follows one 835 from segment to segment; keeps the line and the claim at hand and the sums. */
export class RemittanceBalance {
  #payment: { readonly place: Place; readonly amount: Amount } | null = null;
  #paid: Amount = 0n;
  #claim: Balance | null = null;
  #line: Balance | null = null;
  #faults: Fault[] = [];

  /** @returns the faults that show with this segment, those of the line or claim that it ends among them */
  next(id: string, segment: Segment, place: Place): Fault[] {
    switch (id) {
      case 'BPR':
        this.#payment = { place, amount: this.#needed(segment, 2, place) };
        break;
      case 'CLP':
        this.#endClaim();
        this.#claim = this.#begun(segment, 3, place);
        this.#paid = sum(this.#paid, this.#claim.paid);
        break;
      case 'SVC':
        this.#endLine();
        this.#line = this.#begun(segment, 2, place);
        break;
      case 'CAS':
        this.#adjust(this.#total(segment, casAmounts, place));
        break;
      case 'LX':
        this.#endClaim();
        break;
      case 'PLB':
        this.#endClaim();
        this.#paid = difference(this.#paid, this.#total(segment, plbAmounts, place));
        break;
    }
    return this.#taken();
  }

  /** The faults that show when the transaction is whole. */
  end(): Fault[] {
    this.#endClaim();
    if (this.#payment !== null && differ(this.#payment.amount, this.#paid))
      this.#faults.push({
        code: 'balance.transaction',
        message: 'The payments of the claims (CLP04) less the provider adjustments (PLB) are not the payment (BPR02).',
        place: this.#payment.place,
      });
    return this.#taken();
  }

  #begun(segment: Segment, chargeElement: number, place: Place): Balance {
    const charge = this.#needed(segment, chargeElement, place);
    return { place, charge, paid: this.#needed(segment, chargeElement + 1, place), adjusted: 0n };
  }

  /** An adjustment of a line is one of its claim too. */
  #adjust(amount: Amount): void {
    if (this.#line !== null) this.#line.adjusted = sum(this.#line.adjusted, amount);
    if (this.#claim !== null) this.#claim.adjusted = sum(this.#claim.adjusted, amount);
  }

  #endLine(): void {
    if (this.#line !== null && !balances(this.#line))
      this.#faults.push({
        code: 'balance.line',
        message: 'The charge of the line (SVC02) less its adjustments (CAS) is not its payment (SVC03).',
        place: this.#line.place,
      });
    this.#line = null;
  }

  #endClaim(): void {
    this.#endLine();
    if (this.#claim !== null && !balances(this.#claim))
      this.#faults.push({
        code: 'balance.claim',
        message:
          'The charge of the claim (CLP03) less its adjustments and those of its lines (CAS) is not its payment (CLP04).',
        place: this.#claim.place,
      });
    this.#claim = null;
  }

  #needed(segment: Segment, element: number, place: Place): Amount {
    const text = segment.element(element).trim();
    if (text === '') {
      const message = `${segment.nameOf(element)} is missing.`;
      this.#faults.push({ code: 'element.missing', message, place });
      return null;
    }
    return this.#amount(segment, element, place);
  }

  #total(segment: Segment, elements: readonly number[], place: Place): Amount {
    let total: Amount = 0n;
    for (const element of elements)
      if (segment.element(element).trim() !== '') total = sum(total, this.#amount(segment, element, place));
    return total;
  }

  #amount(segment: Segment, element: number, place: Place): Amount {
    const amount = amountOf(segment.element(element).trim());
    if (amount === null) {
      const message = `${segment.nameOf(element)} is no amount.`;
      this.#faults.push({ code: 'element.invalid', message, place });
    }
    return amount;
  }

  #taken(): Fault[] {
    const faults = this.#faults;
    if (faults.length > 0) this.#faults = [];
    return faults;
  }
}

/** A decimal number as X12 writes it (data type R): no exponent, no sign but minus, digits before or after the point. */
function amountOf(text: string): Amount {
  const match = /^(-?)(\d{0,18})(?:\.(\d{0,18}))?$/.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (whole === '' && fraction === '') return null;
  const amount = BigInt(whole + fraction.padEnd(decimals, '0'));
  return sign === '' ? amount : -amount;
}

function sum(a: Amount, b: Amount): Amount {
  return a === null || b === null ? null : a + b;
}

function difference(a: Amount, b: Amount): Amount {
  return a === null || b === null ? null : a - b;
}

/** Amounts of which one is not known do not differ: its own fault is told. */
function differ(a: Amount, b: Amount): boolean {
  return a !== null && b !== null && a !== b;
}

function balances({ charge, paid, adjusted }: Balance): boolean {
  return !differ(difference(charge, adjusted), paid);
}
