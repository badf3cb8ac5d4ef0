// How much was asked for and approved, of the quantities of a prior authorization: visits and units kept apart.
import type { Quantity } from '../../domain/authorization/schema.ts';
import type { Element } from '../../domain/fhir/element.ts';
import { normalized } from '../csv/labels.ts';
import { termsOf } from './reading.ts';
import type { Reading } from './reading.ts';

const pas = 'http://hl7.org/fhir/us/davinci-pas/StructureDefinition/';

/** The extensions of Da Vinci PAS by their short name, and those within an extension by their own. */
export function extensionsOf(element: Element | null, name: string): readonly Element[] {
  const all = element?.children('extension') ?? [];
  return all.filter((one) => [name, `${pas}extension-${name}`].includes(one.string('url') ?? ''));
}

/** Units of measure of X12 (HSD01, SV103) and the words people write for them. */
const measures: Readonly<Record<string, keyof Quantity>> = {
  vs: 'visits',
  visit: 'visits',
  visits: 'visits',
  'approved visits': 'visits',
  'visits approved': 'visits',
  un: 'units',
  unit: 'units',
  units: 'units',
  'approved units': 'units',
  'units approved': 'units',
};

function measureOf(quantity: Element): keyof Quantity | null {
  for (const word of [quantity.string('code'), quantity.string('unit')]) {
    const found = word === null ? undefined : measures[normalized(word)];
    if (found !== undefined) return found;
  }
  return null;
}

/** Sums the units of all lines. Visits are those of the whole request: lines that name different numbers contradict each other. */
class Sum {
  readonly #reading: Reading;
  readonly #essential: boolean;
  visits: number | null = null;
  units: number | null = null;

  constructor(reading: Reading, essential: boolean) {
    this.#reading = reading;
    this.#essential = essential;
  }

  add(measure: keyof Quantity | null, value: number, path: string): void {
    if (!Number.isInteger(value) || value < 0) this.#reading.fail(path, 'not a whole number', this.#essential);
    else if (measure === null) this.#reading.fail(path, 'not in the form expected', this.#essential);
    else if (measure === 'units') this.units = (this.units ?? 0) + value;
    else if (this.visits !== null && this.visits !== value)
      this.#reading.fail(path, 'conflicts with an earlier row', this.#essential);
    else this.visits = value;
  }

  get quantity(): Quantity {
    return { visits: this.visits, units: this.units };
  }
}

/** What the items of the request ask for. */
export function requestedQuantity(claim: Element | null, reading: Reading): Quantity {
  const sum = new Sum(reading, false);
  for (const item of claim?.children('item') ?? []) {
    const quantity = item.child('quantity');
    const value = quantity?.number('value') ?? null;
    if (quantity !== null && value !== null) sum.add(measureOf(quantity), value, quantity.path);
  }
  return sum.quantity;
}

/** What was approved; a limit that cannot be read is no unlimited approval, so that the row is left out. */
export function approvedQuantity(response: Element, reading: Reading): Quantity {
  const sum = new Sum(reading, true);
  for (const item of [...response.children('item'), ...response.children('addItem')]) {
    for (const detail of extensionsOf(item, 'itemAuthorizedDetail').flatMap((one) => extensionsOf(one, 'quantity'))) {
      const quantity = detail.child('valueQuantity');
      const value = quantity?.number('value') ?? null;
      if (quantity !== null && value !== null) sum.add(measureOf(quantity), value, quantity.path);
    }
    for (const adjudication of item.children('adjudication')) {
      const value = adjudication.number('value');
      const measure = termsOf(adjudication.child('category'))
        .map((term) => measures[normalized(term)])
        .find((one) => one !== undefined);
      if (measure !== undefined && value !== null) sum.add(measure, value, adjudication.path);
    }
  }
  return sum.quantity;
}
