// A FHIR Patient as a patient of the clinic, one row for each coverage; or the word that the record is gone into another.
import type { Element } from '../../domain/fhir/element.ts';
import { genders } from '../../domain/patient/schema.ts';
import type { PatientRow } from '../pt-records/rows.ts';
import { readCoverages } from './read-coverage.ts';
import { nameIn, recordNumberOf } from './read-party.ts';
import { Reading } from './reading.ts';
import type { Surroundings, Told } from './reading.ts';

/** Middle names stay behind: payers compare the first name. */
function personName(patient: Element, reading: Reading): PatientRow['name'] {
  const name = nameIn(patient);
  const family = name?.string('family') ?? null;
  const given = name?.strings('given')[0]?.trim() ?? '';
  if (name !== null && family !== null && given !== '') return { given, family };
  const [, before, after] = /^([^,]+),\s*([^,\s]+)/.exec(name?.string('text') ?? '') ?? [];
  if (before !== undefined && after !== undefined) return { given: after, family: before.trim() };
  reading.fail(name?.path ?? `${patient.path}.name`, name === null ? 'empty' : 'not in the form expected', true);
  return { given: '', family: '' };
}

function gender(patient: Element, reading: Reading): PatientRow['gender'] {
  const code = patient.string('gender');
  if (code === null) return 'unknown';
  return genders.find((one) => one === code) ?? reading.fail(`${patient.path}.gender`, 'unknown word') ?? 'unknown';
}

/** FHIR ranks the ways to reach a person: 1 is the one preferred. */
function telecom(patient: Element, system: string): string | null {
  const uses = ['mobile', 'home', 'work'];
  const place = (one: Element): number => {
    const use = uses.indexOf(one.string('use') ?? '');
    return (one.number('rank') ?? 9) * 10 + (use === -1 ? uses.length : use);
  };
  const ways = patient
    .children('telecom')
    .filter((one) => one.string('system') === system && one.string('use') !== 'old' && one.string('value') !== null)
    .toSorted((one, other) => place(one) - place(other));
  return ways[0]?.string('value') ?? null;
}

/** An address without its street, city, state or code is none that a letter reaches. */
function address(patient: Element): PatientRow['address'] {
  const all = patient.children('address').filter((one) => !['old', 'billing'].includes(one.string('use') ?? ''));
  const one = all.find((candidate) => candidate.string('use') === 'home') ?? all[0];
  const line = one?.strings('line').join(', ') ?? '';
  const [city, state, postalCode] = [one?.string('city'), one?.string('state'), one?.string('postalCode')];
  if (line === '' || !city || !state || !postalCode) return null;
  return { line, city, state, postalCode };
}

function gone(patient: Element, recordNumber: string, around: Surroundings): Told<'patients'> {
  const link = patient.children('link').find((one) => one.string('type') === 'replaced-by');
  const target = around.follow(link?.child('other') ?? null);
  const mergedInto = target === null ? null : recordNumberOf(target, around);
  return { rows: [], problems: [], gone: [{ of: 'patient', id: recordNumber, mergedInto }] };
}

function isGone(patient: Element): boolean {
  return (
    patient.boolean('active') === false || patient.children('link').some((one) => one.string('type') === 'replaced-by')
  );
}

/**
 * A Patient with its Coverages. A record that was merged into another, or is not used any more, is told as gone. Diagnoses, plans of care
 * and clinicians stand in other resources, which are not read: those fields say nothing.
 */
export function readPatient(
  patient: Element,
  coverages: readonly Element[],
  row: number,
  around: Surroundings,
): Told<'patients'> {
  const reading = new Reading(row, around.clock);
  const recordNumber = recordNumberOf(patient, around) ?? reading.fail(`${patient.path}.identifier`, 'empty', true);
  if (recordNumber !== null && isGone(patient)) return gone(patient, recordNumber, around);
  const name = personName(patient, reading);
  const birthDate =
    patient.string('birthDate') === null ? reading.missing(patient, 'birthDate') : reading.day(patient, 'birthDate');
  const person: Omit<PatientRow, 'coverage'> = {
    recordNumber: recordNumber ?? '',
    name,
    birthDate,
    gender: gender(patient, reading),
    contact: { phone: telecom(patient, 'phone'), email: telecom(patient, 'email') },
    address: address(patient),
    referringProvider: null,
    renderingProvider: null,
    diagnoses: [],
    planOfCare: null,
    clinical: { evaluationDate: null, limitations: null, goals: null, progress: null, outcomeMeasures: [] },
    authorizationRequired: null,
  };
  const rows = readCoverages(coverages, reading, around).map((coverage) => ({ ...person, coverage }));
  if (reading.rejected) return reading.nothing();
  return { rows: rows.length === 0 ? [{ ...person, coverage: null }] : rows, problems: reading.problems, gone: [] };
}
