// A patient of whom an API tells who somebody is and how to reach them, and nothing of payers, care and charts.
import type { Cells } from '../csv/cells.ts';
import type { PatientRow } from '../pt-records/rows.ts';

function addressOf(cells: Cells): PatientRow['address'] {
  const [line, city, state, postalCode] = ['addressLine', 'city', 'state', 'postalCode'].map((one) => cells.text(one));
  return line && city && state && postalCode ? { line, city, state, postalCode } : null;
}

/** @param words what the system calls each gender */
export function patientRow(
  cells: Cells,
  genders: readonly PatientRow['gender'][],
  words: Readonly<Record<string, readonly string[] | undefined>>,
): PatientRow {
  return {
    recordNumber: cells.needed('recordNumber'),
    name: { given: cells.needed('given'), family: cells.needed('family') },
    birthDate: cells.date('birthDate'),
    gender: cells.word('gender', genders, words) ?? 'unknown',
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
