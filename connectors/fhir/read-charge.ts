// What was charged for a visit: a ChargeItem, or the items of a Claim.
import type { Element } from '../../domain/fhir/element.ts';
import { centsOf } from '../../domain/fhir/lines.ts';
import { codeOf } from '../../domain/fhir/parties.ts';
import type { ChargeRow } from '../pt-records/rows.ts';
import { patientAt } from './read-party.ts';
import { Reading } from './reading.ts';
import type { Surroundings, Told } from './reading.ts';

/** CPT and HCPCS as HL7 names them, and as some endpoints write them. */
const procedureSystems = [
  'http://www.ama-assn.org/go/cpt',
  'https://www.ama-assn.org/go/cpt',
  'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  'urn:oid:2.16.840.1.113883.6.12',
  'urn:oid:2.16.840.1.113883.6.285',
];

function procedure(concept: Element | null, path: string, reading: Reading): string {
  const code = codeOf(concept, procedureSystems);
  if (code !== null && /^[0-9A-Z]{5}$/.test(code)) return code;
  reading.fail(path, concept === null ? 'empty' : 'unknown word', true);
  return '';
}

/** An amount without a value or in another money is none. */
function cents(money: Element | null, reading: Reading): number | null {
  if (money === null) return null;
  const found = centsOf(money);
  return found !== null && Number.isSafeInteger(found) ? found : reading.fail(money.path, 'not an amount');
}

const withdrawnItems: readonly string[] = ['entered-in-error', 'aborted', 'not-billable'];

export function readChargeItem(item: Element, row: number, around: Surroundings): Told<'charges'> {
  const reading = new Reading(row, around.clock);
  if (withdrawnItems.includes(item.string('status') ?? '')) {
    reading.fail(`${item.path}.status`, 'withdrawn', true);
    return reading.nothing();
  }
  const day = reading.day(item, 'occurrenceDateTime') ?? reading.start(item.child('occurrencePeriod'));
  return reading.told<'charges'>({
    chargeId: item.string('id'),
    recordNumber: patientAt(item.child('subject'), reading, around, `${item.path}.subject`),
    date: day ?? reading.fail(`${item.path}.occurrence`, 'empty', true) ?? '',
    code: procedure(item.child('code'), `${item.path}.code`, reading),
    modifiers: [],
    units: reading.count(item.child('quantity')),
    chargeCents: cents(item.child('priceOverride'), reading),
  });
}

/** The net amount of a line, or its unit price so many times. */
function lineCents(item: Element, units: number | null, reading: Reading): number | null {
  const net = cents(item.child('net'), reading);
  if (net !== null) return net;
  const price = cents(item.child('unitPrice'), reading);
  const isPlain = item.number('factor') === null;
  return price === null || !isPlain
    ? null
    : item.child('quantity') === null
      ? price
      : units === null
        ? null
        : price * units;
}

function line(claim: Element, item: Element, row: number, around: Surroundings): Told<'charges'> {
  const reading = new Reading(row, around.clock);
  const day =
    reading.day(item, 'servicedDate') ??
    reading.start(item.child('servicedPeriod')) ??
    reading.start(claim.child('billablePeriod'));
  const units = reading.count(item.child('quantity'));
  const id = claim.string('id');
  const sequence = item.number('sequence');
  const charge: ChargeRow = {
    chargeId: id === null || sequence === null ? null : `${id}/${sequence}`,
    recordNumber: patientAt(claim.child('patient'), reading, around, `${claim.path}.patient`),
    date: day ?? reading.fail(`${item.path}.serviced`, 'empty', true) ?? '',
    code: procedure(item.child('productOrService'), `${item.path}.productOrService`, reading),
    modifiers: item.children('modifier').flatMap((one) => codeOf(one) ?? []),
    units,
    chargeCents: lineCents(item, units, reading),
  };
  return reading.told<'charges'>(charge);
}

/** The lines of a Claim; a request for leave or for an estimate charges nothing. */
export function readClaim(claim: Element, row: number, around: Surroundings): Told<'charges'> {
  if (claim.string('use') !== 'claim') return { rows: [], problems: [], gone: [] };
  const status = claim.string('status');
  if (status !== 'active' && status !== 'draft') {
    const reading = new Reading(row, around.clock);
    reading.fail(`${claim.path}.status`, 'withdrawn', true);
    return reading.nothing();
  }
  const lines = claim.children('item').map((item) => line(claim, item, row, around));
  return {
    rows: lines.flatMap(({ rows }) => rows),
    problems: lines.flatMap(({ problems }) => problems),
    gone: [],
  };
}
