// The lines charged for a visit, from a message of DFT^P03.
import { centsOf } from '../../domain/x12/money.ts';
import { neededRecordNumber } from './identifiers.ts';
import type { Reading } from './reading.ts';
import { clinicMoment, part } from './segment-reader.ts';
import type { SegmentReader } from './segment-reader.ts';

/** The amount of a price (its first component, which may hold the currency beside it) in cents. */
function cents(ft1: SegmentReader, field: number): number | null {
  const text = ft1.text(field);
  if (text === null) return null;
  return centsOf(text.replace(/^\$/, '')) ?? ft1.fail(field, 'not an amount', false);
}

/** Extended (FT1-11), or the price of one (FT1-12) as often as it was done. */
function chargeCents(ft1: SegmentReader, units: number | null): number | null {
  const whole = cents(ft1, 11);
  if (whole !== null) return whole;
  const each = cents(ft1, 12);
  return each === null || units === null ? null : each * units;
}

function units(ft1: SegmentReader): number | null {
  const number = ft1.number(10);
  if (number === null || (Number.isInteger(number) && number >= 0)) return number;
  return ft1.fail(10, 'not a whole number', false);
}

/** The codes of FT1-26, one in each repetition; some senders put them behind the procedure code, one in each component. */
function modifiers(ft1: SegmentReader): string[] {
  const own = ft1.repetitions(26).map((repetition) => part(repetition));
  return own.flatMap((code) => (code === null ? [] : [code.toUpperCase()]));
}

function readCharge(reading: Reading, recordNumber: string, ft1: SegmentReader): void {
  const id = ft1.text(2);
  const type = ft1.text(6)?.toUpperCase() ?? 'CG';
  // A credit takes a charge back; without the charge itself a person has to look.
  if (type === 'CD' || type === 'CR') {
    if (id === null || !reading.into.withdraw('charges', id)) ft1.fail(6, 'withdrawn', true);
    return;
  }
  if (type !== 'CG') {
    ft1.fail(6, 'unknown word', true);
    return;
  }
  const stamp = ft1.timestamp(4, 1, true);
  const date = stamp === null ? null : (clinicMoment(stamp, reading.clock)?.date ?? null);
  if (date === null && !ft1.rejected) ft1.fail(4, stamp === null ? 'empty' : 'not a date', true);
  const code = ft1.text(25) ?? ft1.text(7) ?? ft1.fail(25, 'empty', true);
  const done = units(ft1);
  const charged = chargeCents(ft1, done);
  if (date === null || code === null || ft1.rejected) return;
  reading.into.charge({
    chargeId: id,
    recordNumber,
    date,
    code: code.toUpperCase(),
    modifiers: modifiers(ft1),
    units: done,
    chargeCents: charged,
  });
}

export function readCharges(reading: Reading): void {
  const pid = reading.needed('PID');
  if (pid === null) return;
  const recordNumber = neededRecordNumber(pid, 3, reading.settings);
  const lines = reading.all('FT1');
  if (lines.length === 0) reading.missing('FT1');
  if (recordNumber !== '') for (const ft1 of lines) readCharge(reading, recordNumber, ft1);
}
