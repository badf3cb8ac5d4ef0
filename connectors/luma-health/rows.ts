// Patients and appointments as Luma Health tells them, row by row.
import type { Cells, TableWriting, Writing } from '../csv/cells.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import type { AppointmentRow, Gone, PatientRow } from '../pt-records/rows.ts';
import { jsonCells } from '../rest/json-cells.ts';
import { patientRow as rowOfPatient } from '../rest/patient-row.ts';
import { visitRow } from '../rest/visit-row.ts';
import { idAt } from './client.ts';

export const writing: Writing = { dateFormats: ['YYYY-MM-DD'], timeFormats: [], words: { yes: [], no: [] } };

/** `{year, month, day}` as a date's text; an impossible one is told as such by whoever reads it. */
function birthDateOf(item: unknown, firstMonth: number): string | null {
  const born = at(item, 'dateOfBirth');
  const [year, month, day] = ['year', 'month', 'day'].map((part) => textAt(born, part));
  if (!year || !month || !day) return null;
  return `${year}-${String(Number(month) + 1 - firstMonth).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The first contact of these kinds that is in use. */
function contactOf(item: unknown, types: readonly string[]): string | null {
  const contacts = listAt(item, 'contact').filter(isObject);
  const used = contacts.filter((one) => one['archived'] !== true && one['active'] !== false);
  const found = types.flatMap((type) => used.filter((one) => one['type'] === type))[0];
  return textAt(found, 'value');
}

export function patientCells(firstMonth: number) {
  const pointers = {
    recordNumber: '/_id',
    given: '/firstname',
    family: '/lastname',
    gender: '/gender',
    addressLine: '/address',
    city: '/city',
    state: '/state',
    postalCode: '/postcode',
  };
  return (item: unknown, row: number, table: TableWriting): Cells =>
    jsonCells(item, pointers, table, row, {
      birthDate: birthDateOf(item, firstMonth),
      phone: contactOf(item, ['sms', 'whatsapp', 'voice']) ?? textAt(item, 'displayPhone'),
      email: contactOf(item, ['email']) ?? textAt(item, 'email'),
    });
}

const genderWords = { female: ['female'], male: ['male'], other: ['nonbinary'], unknown: ['unknown'] };
const genders = ['female', 'male', 'other', 'unknown'] as const;

/** Null for staff and doctors, who stand among the patients too, and for those that were deleted. */
export function patientRow(cells: Cells, item: unknown): PatientRow | null {
  const type = textAt(item, 'type');
  if (type === 'doctor' || type === 'staff' || isDeleted(item)) return null;
  return rowOfPatient(cells, genders, genderWords);
}

function isDeleted(item: unknown): boolean {
  return at(item, 'deleted') === 1 || idAt(item, 'mergedInto') !== null;
}

export function goneOf(of: Gone['of'], item: unknown): Gone[] {
  const id = idAt(item, '_id');
  return id !== null && isDeleted(item) ? [{ of, id, mergedInto: idAt(item, 'mergedInto') }] : [];
}

export function appointmentCells(item: unknown, row: number, table: TableWriting): Cells {
  const pointers = { appointmentId: '/_id', startsAt: '/date', status: '/status' };
  const values = { recordNumber: idAt(item, 'patient'), type: idAt(item, 'type') };
  return jsonCells(item, pointers, table, row, values);
}

const statuses = ['booked', 'cancelled'] as const;
/** Whether somebody came Luma does not know: a visit stays booked there. */
const statusWords = { booked: ['unconfirmed', 'confirmed'], cancelled: ['cancelled'] };

/** @param types names of appointment types by Luma's id */
export function appointmentRow(
  cells: Cells,
  item: unknown,
  zone: string,
  types: ReadonlyMap<string, string>,
): AppointmentRow | null {
  if (isDeleted(item)) return null;
  return visitRow(cells, zone, statuses, statusWords, types);
}
