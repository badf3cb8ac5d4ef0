// Patients, appointments and observations as Jane tells them, row by row.
import type { Cells, TableWriting, Writing } from '../csv/cells.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import type { AppointmentRow, Gone, OutcomeRow, PatientRow } from '../pt-records/rows.ts';
import { jsonCells } from '../rest/json-cells.ts';
import { patientRow as rowOfPatient } from '../rest/patient-row.ts';
import { visitRow } from '../rest/visit-row.ts';

export const writing: Writing = { dateFormats: ['YYYY-MM-DD'], timeFormats: [], words: { yes: [], no: [] } };

/** `sex` is the one of the insurance policy; `gender` is free text. */
const sexes = { female: ['female'], male: ['male'], other: ['x'] };
const genders = ['female', 'male', 'other'] as const;

/** The primary number, else a mobile one, else any on which somebody can be spoken to. */
function phoneOf(item: unknown): string | null {
  const numbers = listAt(item, 'phone_numbers').filter(isObject);
  const spoken = numbers.filter((one) => one['type'] !== 'fax');
  const chosen =
    spoken.find((one) => one['is_primary'] === true) ?? spoken.find((one) => one['type'] === 'mobile') ?? spoken[0];
  return textAt(chosen, 'number') ?? textAt(item, 'mobile_phone_number');
}

export function patientCells(item: unknown, row: number, table: TableWriting): Cells {
  const pointers = {
    recordNumber: '/id',
    given: '/first_name',
    family: '/last_name',
    birthDate: '/date_of_birth',
    gender: '/sex',
    email: '/email',
    city: '/city',
    state: '/province',
    postalCode: '/postal',
  };
  const lines = [textAt(item, 'street_address'), textAt(item, 'street_address_2')].filter((line) => line !== null);
  return jsonCells(item, pointers, table, row, { phone: phoneOf(item), addressLine: lines.join(', ') });
}

/** Jane's id is the number by which its appointments name a patient. */
export function patientRow(cells: Cells): PatientRow {
  return rowOfPatient(cells, genders, sexes);
}

/** A patient that was archived: one of two that were merged, or one that staff put away. */
export function goneOf(of: Gone['of'], item: unknown): Gone[] {
  const id = textAt(item, 'id');
  const archived = at(item, of === 'patient' ? 'status' : 'state') === 'archived';
  return archived && id !== null ? [{ of, id, mergedInto: null }] : [];
}

export function appointmentCells(item: unknown, row: number, table: TableWriting): Cells {
  const pointers = {
    appointmentId: '/id',
    recordNumber: '/patient_id',
    startsAt: '/start_at',
    status: '/state',
    type: '/treatment_id',
    endsAt: '/end_at',
    therapistId: '/staff_member_id',
  };
  return jsonCells(item, pointers, table, row);
}

const states = { booked: ['booked'], arrived: ['arrived'], cancelled: ['cancelled'], missed: ['no_show'] };
const statuses = ['booked', 'arrived', 'cancelled', 'missed'] as const;

/**
 * One visit, in the clinic's wall clock. Null where it is none: an archived one is gone, a reserved one is a place held while somebody
 * books, and Jane tells of it again once it is booked.
 * @param treatments names by Jane's id
 */
export function appointmentRow(
  cells: Cells,
  zone: string,
  treatments: ReadonlyMap<string, string>,
): AppointmentRow | null {
  const state = cells.text('status');
  if (state === 'archived') return null;
  if (state === 'reserved') return cells.fail('status', 'held, not booked', true);
  return visitRow(cells, zone, statuses, states, treatments);
}

/** The scores among the values of one observation, as records of their own. */
export function scoresOf(item: unknown, outcomeCodes: Readonly<Record<string, string>>): unknown[] {
  return listAt(item, 'values')
    .filter(isObject)
    .flatMap((value) => {
      const measure = outcomeCodes[textAt(value, 'code') ?? ''];
      if (measure === undefined) return [];
      const date = textAt(item, 'issued_at') ?? textAt(item, 'created_at');
      return [{ patient_id: at(item, 'patient_id'), measure, value: value['value'], issued_at: date }];
    });
}

export function scoreCells(item: unknown, row: number, table: TableWriting): Cells {
  const pointers = { recordNumber: '/patient_id', measure: '/measure', score: '/value', date: '/issued_at' };
  return jsonCells(item, pointers, table, row);
}

export function outcomeRow(cells: Cells, zone: string): OutcomeRow {
  const score = cells.text('score') === null ? cells.fail('score', 'empty', true) : cells.number('score', true);
  const at = cells.moment('date', zone, 'not a date');
  return {
    recordNumber: cells.needed('recordNumber'),
    measure: cells.needed('measure'),
    score: score ?? 0,
    date: at?.date ?? '',
  };
}
