// Patients, appointments and observations as Jane tells them, row by row.
import type { Cells, TableWriting, Writing } from '../csv/cells.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import type { AppointmentRow, Gone, OutcomeRow, PatientRow } from '../pt-records/rows.ts';
import { wallClock } from '../rest/clocks.ts';
import { jsonCells } from '../rest/json-cells.ts';

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

function addressOf(cells: Cells): PatientRow['address'] {
  const [line, city, state, postalCode] = ['addressLine', 'city', 'state', 'postalCode'].map((one) => cells.text(one));
  return line && city && state && postalCode ? { line, city, state, postalCode } : null;
}

/** Jane's id is the number by which its appointments name a patient. Whoever pays is not told. */
export function patientRow(cells: Cells): PatientRow {
  return {
    recordNumber: cells.needed('recordNumber'),
    name: { given: cells.needed('given'), family: cells.needed('family') },
    birthDate: cells.date('birthDate'),
    gender: cells.word('gender', genders, sexes) ?? 'unknown',
    contact: { phone: cells.text('phone'), email: cells.text('email') },
    address: addressOf(cells),
    coverage: null,
    referringProvider: null,
    renderingProvider: null,
    diagnoses: [],
    planOfCare: null,
    clinical: { evaluationDate: null, limitations: null, goals: null, progress: null, outcomeMeasures: [] },
    authorizationRequired: null,
  };
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
    treatment: '/treatment_id',
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
  if (state === null) cells.fail('status', 'empty', true);
  const status = cells.word('status', statuses, states, true);
  const starts = wallClock(cells.needed('startsAt'), zone);
  if (starts === null && cells.text('startsAt') !== null) cells.fail('startsAt', 'not a time', true);
  return {
    appointmentId: cells.needed('appointmentId'),
    recordNumber: cells.needed('recordNumber'),
    date: starts?.date ?? '',
    time: starts?.time ?? null,
    startsAt: starts?.startsAt ?? null,
    status: status ?? 'booked',
    type: treatments.get(cells.text('treatment') ?? '') ?? null,
    units: null,
  };
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
  const at = wallClock(cells.needed('date'), zone);
  if (at === null && cells.text('date') !== null) cells.fail('date', 'not a date', true);
  return {
    recordNumber: cells.needed('recordNumber'),
    measure: cells.needed('measure'),
    score: score ?? 0,
    date: at?.date ?? '',
  };
}
